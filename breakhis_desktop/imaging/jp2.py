"""Reads the channel definitions of a JPEG 2000 file, and tells whether Pillow confuses them. Source: ITU-T T.800, annexes A and I."""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from PIL import Image

from breakhis_desktop.imaging.jpeg2000 import Component, components
from breakhis_desktop.imaging.limits import too_costly
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message

_LAB, _SRGB, _SYCC = 14, 16, 18
_KNOWN_COLOURS = frozenset({None, 0, 12, 15, _SRGB, 17, _SYCC})
_COLOUR, _OPACITY, _PREMULTIPLIED, _WHOLE_IMAGE = 0, 1, 2, 0
_SUBSAMPLINGS = (((1, 1), (2, 2), (2, 2)), ((1, 1), (2, 1), (2, 1)))
_PALETTE_COLUMNS = {3: b"\0\0\1\0\0\0\1\1\0\0\1\2", 4: b"\0\0\1\0\0\0\1\1\0\0\1\2\0\0\1\3"}
_MOST_BOXES = 10_000
_HEADER, _DENSITY = b"jp2h", b"res "


@dataclass(frozen=True, slots=True)
class Channels:
    """The channels of a picture.

    Attributes:
        components: The components in the order of the codestream.
        colours: The number that identifies the colour space in the standard; None if the file describes its colour space in another way.
        layout: The index of the component for the first colour, for the second colour and so on, then for opacity; None if the file does
            not define this order.
        oddity: A feature that keeps the file from being read, whatever its colours and layout; None if there is none.
    """

    components: tuple[Component, ...]
    colours: int | None
    layout: tuple[int, ...] | None
    oddity: Message | None

    @property
    def is_usual(self) -> bool:
        """Whether the components are in the order that Pillow assumes."""
        return self.layout is None or self.layout == tuple(range(len(self.components)))


def channels(data: bytes) -> Channels | None:
    """Read the channels that a file defines; None if the file is cut short before them."""
    found, boxes = components(data), _header_boxes(data)
    if not found:
        return None
    is_numbered = boxes.get(b"colr", b"")[:1] == b"\1"
    definition = boxes.get(b"cdef", b"")[2:]
    entries = list(struct.iter_unpack(">HHH", definition[: len(definition) // 6 * 6]))
    oddity = Message.of(ImageCode.JP2_PREMULTIPLIED) if any(kind == _PREMULTIPLIED for _, kind, _ in entries) else None
    colours = int.from_bytes(boxes[b"colr"][3:7]) if is_numbered else None
    return Channels(found, colours, _layout(entries, len(found)), oddity or _unread_palette(boxes, is_numbered=is_numbered))


def without_density(data: bytes) -> bytes:
    """Remove the boxes that state the resolution; Pillow rejects the whole picture if one is cut short."""
    header = _header(data)
    boxes = list(_boxes(data, header.start, header.stop))
    kept = b"".join(data[place:stop] for name, place, _, stop in boxes if name != _DENSITY)
    has_usual_head = data[header.start - 4 : header.start] == _HEADER
    if not has_usual_head or not boxes or boxes[-1][-1] != header.stop or all(name != _DENSITY for name, *_ in boxes):
        return data
    return data[: header.start - 8] + struct.pack(">I4s", 8 + len(kept), _HEADER) + kept + data[header.stop :]


def unread_kind(found: Channels) -> Message | None:
    """Name what keeps a file from being read; None if nothing does."""
    if found.oddity:
        return found.oddity
    if found.colours not in _KNOWN_COLOURS:
        colours = Message.of(ImageCode.LAB) if found.colours == _LAB else Message.of(ImageCode.COLOURS_NUMBER, number=found.colours)
        return Message.of(ImageCode.JP2_COLOURS, colours=colours)
    return _unread_sizes(found) or _unread_bits(found)


def is_confused(found: Channels) -> bool:
    """Return whether a picture has three channels that Pillow decodes wrongly.

    Pillow shears subsampled colours if a side is odd, and reads them as red, green and blue if the file says that they are sRGB. When it
    converts colours, it ignores the order of the channels. It turns white to black if a channel has more than 8 bits.
    """
    if len(found.components) != 3:
        return False
    is_subsampled = any(one.steps != (1, 1) for one in found.components)
    is_sheared = is_subsampled and (found.colours == _SRGB or any(not one.is_even for one in found.components))
    return is_sheared or not found.is_usual or max(one.bits for one in found.components) > 8


def in_order(image: Image.Image, found: Channels) -> Image.Image:
    """Put the channels that Pillow has read into the order that the file defines, and stretch each to 0-255."""
    bits = [one.bits for one in found.components]
    if image.mode not in {"L", "LA", "RGB", "RGBA", "CMYK"} or (found.is_usual and min(bits) >= 8):
        return image
    bands = [_stretched(band, depth) for band, depth in zip(image.split(), bits, strict=True)]
    layout = found.layout or tuple(range(len(bands)))
    mode = image.mode if len(layout) == len(bands) else {1: "L", 3: "RGB"}[len(layout)]
    return Image.merge(mode, [bands[place] for place in layout])


def _unread_sizes(found: Channels) -> Message | None:
    steps = tuple(one.steps for one in found.components)
    if set(steps) == {(1, 1)}:
        return None
    if steps in _SUBSAMPLINGS:
        starts_even = all(one.starts_even for one in found.components)
        return None if starts_even else Message.of(ImageCode.JP2_ODD_START)
    is_sound = len(steps) == 3 and steps[0] == (1, 1) and steps[1] == steps[2] and not is_confused(found)
    return None if is_sound else Message.of(ImageCode.JP2_SIZES)


def _unread_bits(found: Channels) -> Message | None:
    bits = [one.bits for one in found.components]
    if min(bits) < 8 and (found.colours == _SYCC or is_confused(found)):
        return Message.of(ImageCode.JP2_FEW_BITS)
    if max(bits) > 8 and len(bits) in {2, 4}:
        return Message.of(ImageCode.JP2_MANY_BITS)
    is_mixed = len(bits) == 4 and found.colours == _SYCC and not found.is_usual
    return Message.of(ImageCode.JP2_ORDER) if is_mixed else None


def _stretched(band: Image.Image, bits: int) -> Image.Image:
    """Stretch a band of fewer than 8 bits to 0-255; Pillow only shifts such samples up, so that white is not white."""
    return band if bits >= 8 else band.point([(value >> (8 - bits)) * 255 // (2**bits - 1) for value in range(256)])


def _layout(entries: list[tuple[int, ...]], count: int) -> tuple[int, ...] | None:
    colours = tuple(channel for place, channel in sorted((place, channel) for channel, kind, place in entries if kind == _COLOUR))
    opacity = tuple(channel for channel, kind, place in entries if (kind, place) == (_OPACITY, _WHOLE_IMAGE))
    layout = (*colours, *opacity[:1])
    is_sound = len(colours) in {1, 3, 4} and len(set(layout)) == len(layout) <= count and max(layout) < count
    return layout if is_sound else None


def _unread_palette(boxes: Mapping[bytes, bytes], *, is_numbered: bool) -> Message | None:
    palette = boxes.get(b"pclr")
    if palette is None:
        return None
    columns = palette[2:3]
    is_mapped = bool(columns) and boxes.get(b"cmap") == _PALETTE_COLUMNS.get(columns[0]) and b"cdef" not in boxes
    is_usual = is_numbered and is_mapped and set(palette[3 : 3 + columns[0]]) == {7}
    return None if is_usual else Message.of(ImageCode.JP2_PALETTE)


def _header_boxes(data: bytes) -> dict[bytes, bytes]:
    """Return the contents of the boxes in a file's header box, by name (the first box of each name); empty for a bare codestream."""
    header = _header(data)
    boxes = [(name, data[start:stop]) for name, _, start, stop in _boxes(data, header.start, header.stop)]
    return dict(reversed(boxes))


def _header(data: bytes) -> range:
    """Return the byte range of the header box's content; empty if there is no such box."""
    boxes = _boxes(data, 0, len(data)) if data[4:8] == b"jP  " else iter(())
    return next((range(start, stop) for name, _, start, stop in boxes if name == _HEADER), range(0))


def _boxes(data: bytes, place: int, end: int) -> Iterator[tuple[bytes, int, int, int]]:
    """Yield each box in a file or in another box, up to the codestream: its name, its start, and the start and end of its content.

    Raises:
        ImageRefusedError: There are more boxes than any real picture has.
    """
    for number in count():
        if place + 8 > end:
            return
        if number > _MOST_BOXES:
            raise too_costly()
        length, name, head = int.from_bytes(data[place : place + 4]), data[place + 4 : place + 8], 8
        if length == 1:
            length, head = int.from_bytes(data[place + 8 : place + 16]), 16
        if name == b"jp2c" or length < head:
            return
        yield name, place, place + head, min(place + length, end)
        place += length
