"""Where the strips or tiles of a TIFF page lie, and whether all of them were written. Source: TIFF 6.0, sections 3, 15 and 22."""

from operator import add, gt

from breakhis_desktop.imaging.formats import TRUNCATED
from breakhis_desktop.imaging.jpeg import END_OF_IMAGE
from breakhis_desktop.imaging.limits import too_costly
from breakhis_desktop.imaging.tiff_directory import Directory, Tag

_UNCOMPRESSED, _OLD_JPEG, _JPEG = 1, 6, 7
_SEPARATE = 2
_MOST_PARTS = 300_000
MOST_OFTEN = 4
"""Parts may lie over each other, and so be more together than the file, but not by that much."""


def offsets_of(page: Directory) -> tuple[int, ...]:
    """Return where the strips or tiles start, those of the first plane first."""
    return page.integers(Tag.TILE_OFFSETS) or page.integers(Tag.STRIP_OFFSETS)


def shapes_of(page: Directory) -> list[tuple[int, int]]:
    """Return the width and height of each strip or tile of one plane.

    Raises:
        ImageRefusedError: There are more of them than pictures have.
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
    """Look for strips and tiles that the file lacks, as after a writer that was stopped.

    Without a compression, Pillow takes what lies at the start of the file for their pixels.

    Raises:
        ImageRefusedError: There are more of them than pictures have.
        ValueError: Some are missing, or break off.
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
        counts = (len(page.data),) * len(shapes)  # As libtiff does: what a file says of its only part is not believed.
    if min(len(offsets), len(counts)) < len(shapes) or 0 in offsets[: len(shapes)] or 0 in counts[: len(shapes)]:
        raise ValueError("strips or tiles are missing")
    if compression == _UNCOMPRESSED:
        _refuse_short(page, offsets, counts, shapes)
    elif compression == _JPEG:
        _refuse_endless(page.data, tuple(zip(offsets, counts, strict=False))[: len(shapes)])


def _refuse_short(page: Directory, offsets: tuple[int, ...], counts: tuple[int, ...], shapes: list[tuple[int, int]]) -> None:
    """Look at parts without a compression, whose sizes are known."""
    samples = page.integer(Tag.SAMPLES, 1)
    bits = page.integers(Tag.BITS)[:samples] or (1,)
    is_separate = page.integer(Tag.PLANES, 1) == _SEPARATE
    pixel = bits[0] if is_separate else sum(bits) if len(bits) == samples else bits[0] * samples
    bytes_of = {(width, height): -(-width * pixel // 8) * height for width, height in set(shapes)}
    needed = list(map(bytes_of.__getitem__, shapes))
    if any(map(gt, needed, counts)) or max(map(add, offsets, needed), default=0) > len(page.data):
        raise ValueError(TRUNCATED)


def _refuse_endless(data: bytes, parts: tuple[tuple[int, int], ...]) -> None:
    """Look for the marker at the end of each JPEG stream; where it is missing, libjpeg shows the rest of the stream in grey."""
    if len(parts) > 1 and any(offset + count > len(data) for offset, count in parts):
        raise ValueError(TRUNCATED)
    if len(parts) > 1 and sum(count for _, count in parts) > MOST_OFTEN * len(data):
        raise too_costly()
    if any(data.rfind(END_OF_IMAGE, offset, offset + count) < 0 for offset, count in parts):
        raise ValueError(TRUNCATED)
