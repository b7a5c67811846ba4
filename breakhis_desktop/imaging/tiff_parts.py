"""Locates the strips or tiles of a TIFF page, and checks that all were written. Source: TIFF 6.0, sections 3, 15 and 22."""

from operator import add, gt

from breakhis_desktop.imaging.formats import TRUNCATED
from breakhis_desktop.imaging.jpeg import END_OF_IMAGE
from breakhis_desktop.imaging.limits import too_costly
from breakhis_desktop.imaging.tiff_directory import Directory, Tag

_UNCOMPRESSED, _OLD_JPEG, _JPEG = 1, 6, 7
_SEPARATE = 2
_MOST_PARTS = 300_000
MOST_OFTEN = 4
"""Limit on the total length of all parts, as a multiple of the file's length; parts may overlap, but not that much."""


def offsets_of(page: Directory) -> tuple[int, ...]:
    """Return the offsets of the strips or tiles, beginning with those of the first plane."""
    return page.integers(Tag.TILE_OFFSETS) or page.integers(Tag.STRIP_OFFSETS)


def shapes_of(page: Directory) -> list[tuple[int, int]]:
    """Return the width and height of each strip or tile of one plane, in pixels.

    Raises:
        ImageRefusedError: There are more parts than any real picture has.
    """
    across, down = page.integer(Tag.WIDTH, 0), page.integer(Tag.LENGTH, 0)
    if Tag.TILE_OFFSETS in page.fields:
        width, height = max(page.integer(Tag.TILE_WIDTH, 1), 1), max(page.integer(Tag.TILE_LENGTH, 1), 1)
        count, rest = -(-across // width) * -(-down // height), 0
    else:
        width, height = across, max(min(page.integer(Tag.ROWS_PER_STRIP, down), down), 1)
        count, rest = divmod(down, height)
    if count > _MOST_PARTS:
        raise too_costly()
    return [(width, height)] * count + [(width, rest)] * (rest > 0)


def refuse_unwritten(page: Directory) -> None:
    """Reject a page that lacks strips or tiles because its writer was interrupted.

    In an uncompressed file, Pillow would show the bytes at the start of the file as the missing pixels.

    Raises:
        ImageRefusedError: There are more parts than any real picture has, or they overlap too much.
        ValueError: Parts are missing or cut short.
    """
    compression, offsets = page.integer(Tag.COMPRESSION, _UNCOMPRESSED), offsets_of(page)
    if compression == _OLD_JPEG or not {Tag.TILE_OFFSETS, Tag.STRIP_OFFSETS} & page.fields.keys():
        return
    shapes = shapes_of(page)
    planes = page.integer(Tag.SAMPLES, 1) if page.integer(Tag.PLANES, 1) == _SEPARATE else 1
    if len(shapes) * planes > _MOST_PARTS:
        raise too_costly()
    shapes *= planes
    counts = page.integers(Tag.TILE_BYTES) or page.integers(Tag.STRIP_BYTES)
    if len(shapes) == 1 or not counts:
        counts = (len(page.data),) * len(shapes)  # Like libtiff, ignore the stated length of a single part.
    if min(len(offsets), len(counts)) < len(shapes) or 0 in offsets[: len(shapes)] or 0 in counts[: len(shapes)]:
        raise ValueError("strips or tiles are missing")
    if compression == _UNCOMPRESSED:
        _refuse_short(page, offsets, counts, shapes)
    elif compression == _JPEG:
        _refuse_endless(page.data, tuple(zip(offsets, counts, strict=False))[: len(shapes)])


def _refuse_short(page: Directory, offsets: tuple[int, ...], counts: tuple[int, ...], shapes: list[tuple[int, int]]) -> None:
    """Reject uncompressed parts that are too short; their proper sizes are known.

    Raises:
        ValueError: A part is cut short.
    """
    samples = page.integer(Tag.SAMPLES, 1)
    bits = page.integers(Tag.BITS)[:samples] or (1,)
    is_separate = page.integer(Tag.PLANES, 1) == _SEPARATE
    pixel = bits[0] if is_separate else sum(bits) if len(bits) == samples else bits[0] * samples
    bytes_of = {(width, height): -(-width * pixel // 8) * height for width, height in set(shapes)}
    needed = list(map(bytes_of.__getitem__, shapes))
    if any(map(gt, needed, counts)) or max(map(add, offsets, needed), default=0) > len(page.data):
        raise ValueError(TRUNCATED)


def _refuse_endless(data: bytes, parts: tuple[tuple[int, int], ...]) -> None:
    """Reject JPEG streams without an end marker; libjpeg would show their missing pixels in grey.

    Raises:
        ImageRefusedError: The parts overlap more than those of any real picture.
        ValueError: A part is cut short.
    """
    if len(parts) > 1 and any(offset + count > len(data) for offset, count in parts):
        raise ValueError(TRUNCATED)
    if len(parts) > 1 and sum(count for _, count in parts) > MOST_OFTEN * len(data):
        raise too_costly()
    if any(data.rfind(END_OF_IMAGE, offset, offset + count) < 0 for offset, count in parts):
        raise ValueError(TRUNCATED)
