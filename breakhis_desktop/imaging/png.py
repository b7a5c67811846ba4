"""Finds the chunks of a PNG file that affect its pixels, without decoding the file. Source: PNG specification, third edition."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from PIL import PngImagePlugin

from breakhis_desktop.imaging.formats import TRUNCATED, not_read
from breakhis_desktop.imaging.limits import too_costly
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message

PNG = b"\x89PNG\r\n\x1a\n"
_LONGEST_UNFOLDED = 32_000_000
_MOST_TIMES = 1032  # The highest compression ratio of zlib.
_MOST_UNFOLDED = 4 * _LONGEST_UNFOLDED
_MOST_CHUNKS = 100_000
_ANCILLARY = 0x20
_TURNING_TEXTS = (b"XML:com.adobe.xmp\0", b"Raw profile type exif\0", b"Raw profile type APP1\0")
"""The texts in which Pillow looks for the orientation."""
_DEPTH, _COLOURS, _HEADER = 24, 25, 33
_GREY, _TRUECOLOUR, _PALETTE = 0, 2, 3
_SHALLOW = {2: 85, 4: 17}

# The colour profiles of slide scanners reach 13 MB; chunks that decompress to more than the limit are removed before Pillow sees them.
PngImagePlugin.MAX_TEXT_CHUNK = _LONGEST_UNFOLDED
PngImagePlugin.MAX_TEXT_MEMORY = _MOST_UNFOLDED


@dataclass(slots=True)
class _Before:
    """What was read before the current chunk.

    Attributes:
        header: The first 33 bytes of the file.
        names: The names of the chunks.
        palette: The number of colours in the palette.
        unfolded: The total number of decompressed bytes.
    """

    header: bytes
    names: set[bytes] = field(default_factory=set)
    palette: int = 0
    unfolded: int = 0


def without_odd_metadata(data: bytes) -> bytes:
    """Remove the ancillary chunks that change no pixel or are damaged, and adapt those that Pillow misreads.

    Pillow rejects the whole picture for a truncated density or a comment with a wrong checksum; libpng, and so nearly every other
    program, skips them.

    Raises:
        ImageError: The transparent colour has 16 bits in each channel, whose two bytes Pillow would confuse.
        ImageRefusedError: There are more chunks, or more compressed contents, than any real picture has.
        ValueError: The header is cut short, or the palette is missing.
    """
    if len(data) < _HEADER:
        raise ValueError(TRUNCATED)
    kept: list[bytes | memoryview] = [PNG]
    view, before, end, is_changed = memoryview(data), _Before(data[:_HEADER]), len(PNG), False
    for count, (name, start, stop) in enumerate(chunks(data)):
        if count > _MOST_CHUNKS:
            raise too_costly()
        chunk = _for_pillow(data, name, slice(start, stop), before)
        end = stop + 4
        is_changed = is_changed or chunk is not None
        kept.append(view[start - 8 : end] if chunk is None else chunk)
        before.palette = (stop - start) // 3 if name == b"PLTE" else before.palette
        before.names.add(name)
    return b"".join([*kept, view[end:]]) if is_changed else data


def _for_pillow(data: bytes, name: bytes, place: slice, before: _Before) -> bytes | None:
    """Return the replacement for a chunk; empty to remove the chunk, None to keep it unchanged."""
    depth, colours = before.header[_DEPTH], before.header[_COLOURS]
    if not name[0] & _ANCILLARY:
        if name == b"IDAT" and colours == _PALETTE and not before.palette:
            raise ValueError("palette is missing")  # Pillow would mistake the palette indices for grey values.
        return None
    content = data[place]
    is_whole = zlib.crc32(content, zlib.crc32(name)) == int.from_bytes(data[place.stop : place.stop + 4])
    if not is_whole or not _decides(name, content, before):
        return b""
    if name == b"tRNS" and colours == _GREY and depth in _SHALLOW:
        # Pillow stretches such grey to 0-255, but not the value of the transparent grey.
        return _chunk(name, struct.pack(">H", int.from_bytes(content) * _SHALLOW[depth] & 0xFF))
    return None


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(content, zlib.crc32(name)))


def chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Yield each chunk's name and the start and end of its content, up to the end of the image or of a truncated file."""
    place, name = len(PNG), b""
    while place + 12 <= len(data) and name != b"IEND":
        start, name = place + 8, data[place + 4 : place + 8]
        stop = start + int.from_bytes(data[place : place + 4])
        if stop + 4 > len(data):
            return
        yield name, start, stop
        place = stop + 4


def _decides(name: bytes, content: bytes, before: _Before) -> bool:
    """Return whether a chunk may change a pixel: by transparency, colour profile or orientation."""
    if name == b"tRNS":
        return not {name, b"IDAT"} & before.names and _is_transparency(content, before)
    if name == b"iCCP":
        keyword, _, profile = content.partition(b"\0")
        return bool(keyword) and name not in before.names and profile[:1] == b"\0" and _unfolds(profile[1:], before)
    if name in {b"tEXt", b"zTXt", b"iTXt"}:
        return content.startswith(_TURNING_TEXTS) and _is_text(name, content.partition(b"\0")[2], before)
    return name == b"eXIf" and name not in before.names


def _is_transparency(content: bytes, before: _Before) -> bool:
    depth, colours = before.header[_DEPTH], before.header[_COLOURS]
    if colours == _PALETTE:
        return 0 < len(content) <= before.palette
    if len(content) != {_GREY: 2, _TRUECOLOUR: 6}.get(colours):
        return False
    if (depth, colours) == (16, _TRUECOLOUR) and content[::2] != content[1::2]:
        raise not_read(Message.of(ImageCode.PNG_TRANSPARENT))  # Pillow compares this colour's lower bytes with the pixels' upper bytes.
    return True


def _is_text(name: bytes, text: bytes, before: _Before) -> bool:
    if name == b"zTXt":
        return text[:1] == b"\0" and _unfolds(text[1:], before)
    if name == b"iTXt" and text[:1] == b"\1":
        return text[1:2] == b"\0" and _unfolds(text[2:].split(b"\0", 2)[-1], before)
    return True


def _unfolds(content: bytes, before: _Before) -> bool:
    """Return whether content decompresses without error and within the limit.

    Raises:
        ImageRefusedError: The file's compressed contents together exceed their limit.
    """
    unfolding = zlib.decompressobj()
    try:
        length, is_whole = len(unfolding.decompress(content, _LONGEST_UNFOLDED)), not unfolding.unconsumed_tail
    except zlib.error:
        length, is_whole = min(_MOST_TIMES * len(content), _LONGEST_UNFOLDED), False
    before.unfolded += length
    if before.unfolded > _MOST_UNFOLDED:
        raise too_costly()
    return is_whole
