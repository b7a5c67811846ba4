"""Which chunks of a PNG file decide on its pixels, seen without decoding it. Source: PNG specification, third edition."""

import zlib
from collections.abc import Iterator

from PIL import PngImagePlugin

from breakhis_desktop.imaging.formats import not_read
from breakhis_desktop.imaging.limits import too_costly

PNG = b"\x89PNG\r\n\x1a\n"
_LONGEST_UNFOLDED = 32_000_000
_MOST_CHUNKS = 100_000
_ANCILLARY = 0x20
_TURNING_TEXTS = (b"XML:com.adobe.xmp\0", b"Raw profile type exif\0", b"Raw profile type APP1\0")
"""Texts in which Pillow looks for how a photograph is turned."""
_GREY, _COLOURS, _PALETTE = 0, 2, 3

# The profiles of slide scanners have up to 13 MB; what would unfold to more than the limit is left out before Pillow sees it.
PngImagePlugin.MAX_TEXT_CHUNK = _LONGEST_UNFOLDED
PngImagePlugin.MAX_TEXT_MEMORY = 4 * _LONGEST_UNFOLDED


def without_odd_metadata(data: bytes) -> bytes:
    """Leave out the ancillary chunks that change no pixel, and those that are broken.

    Pillow fails a whole picture for a density that is cut short or a comment with a wrong checksum; libpng, and with it nearly every
    other program, steps over them.

    Raises:
        ImageError: A transparent colour has 16 bits, which Pillow confuses.
        ImageRefusedError: There are more chunks than pictures have.
    """
    kept, palette, seen, end = [PNG], 0, set[bytes](), len(PNG)
    for count, (name, start, stop) in enumerate(_chunks(data)):
        if count > _MOST_CHUNKS:
            raise too_costly()
        end = stop + 4
        content = data[start:stop] if name[0] & _ANCILLARY or name == b"PLTE" else b""
        palette = len(content) // 3 if name == b"PLTE" else palette
        if not name[0] & _ANCILLARY or (_is_whole(data, start, stop) and _decides(name, content, data[:33], seen, palette)):
            kept.append(data[start - 8 : end])
        seen.add(name)
    whole = sum(map(len, kept)) == end
    return data if whole else b"".join(kept) + data[end:]


def _chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Yield each chunk's name and where its content starts and ends, up to the end of the image or where the file breaks off."""
    place, name = len(PNG), b""
    while place + 12 <= len(data) and name != b"IEND":
        start, name = place + 8, data[place + 4 : place + 8]
        stop = start + int.from_bytes(data[place : place + 4])
        if stop + 4 > len(data):
            return
        yield name, start, stop
        place = stop + 4


def _is_whole(data: bytes, start: int, stop: int) -> bool:
    return zlib.crc32(data[start - 4 : stop]) == int.from_bytes(data[stop : stop + 4])


def _decides(name: bytes, content: bytes, header: bytes, seen: set[bytes], palette: int) -> bool:
    """Tell whether a chunk's content may change a pixel: transparency, colours, or how the picture is turned."""
    if name == b"tRNS":
        return not {name, b"IDAT"} & seen and _is_transparency(content, header, palette)
    if name == b"iCCP":
        keyword, _, profile = content.partition(b"\0")
        return bool(keyword) and name not in seen and profile[:1] == b"\0" and _unfolds(profile[1:])
    if name in {b"tEXt", b"zTXt", b"iTXt"}:
        return content.startswith(_TURNING_TEXTS) and _is_text(name, content.partition(b"\0")[2])
    return name == b"eXIf"


def _is_transparency(content: bytes, header: bytes, palette: int) -> bool:
    depth, colours = header[24], header[25]
    if colours == _PALETTE:
        return 0 < len(content) <= palette
    if len(content) != {_GREY: 2, _COLOURS: 6}.get(colours):
        return False
    if depth == 16 and content[::2] != content[1::2]:
        raise not_read("PNG with a transparent colour of 16 bits")  # Pillow compares its lower halves with the pixels' upper ones.
    return True


def _is_text(name: bytes, text: bytes) -> bool:
    if name == b"zTXt":
        return text[:1] == b"\0" and _unfolds(text[1:])
    if name == b"iTXt" and text[:1] == b"\1":
        return text[1:2] == b"\0" and _unfolds(text[2:].split(b"\0", 2)[-1])
    return True


def _unfolds(content: bytes) -> bool:
    """Tell whether compressed content can be had and is no longer than the limit."""
    unfolding = zlib.decompressobj()
    try:
        unfolding.decompress(content, _LONGEST_UNFOLDED)
    except zlib.error:
        return False
    return not unfolding.unconsumed_tail
