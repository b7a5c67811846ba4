"""The planes of a TIFF page without compression, laid pixel by pixel. Source: TIFF 6.0, PlanarConfiguration."""

import numpy as np

from breakhis_desktop.imaging.limits import too_costly
from breakhis_desktop.imaging.tiff_directory import Directory, Tag

_SEPARATE = 2
_UNCOMPRESSED = 1
_MOST_PARTS = 300_000


def has_planes(page: Directory) -> bool:
    """Tell whether a page without compression keeps each channel on its own."""
    uncompressed = page.integer(Tag.COMPRESSION, _UNCOMPRESSED) == _UNCOMPRESSED
    whole_bytes = set(page.integers(Tag.BITS)) <= {8, 16, 32}
    return uncompressed and whole_bytes and page.integer(Tag.PLANES, 1) == _SEPARATE and page.integer(Tag.SAMPLES, 1) > 1


def interleaved(page: Directory) -> list[bytes]:
    """Return the strips or tiles of a page with separate planes as those of one without.

    Raises:
        ImageRefusedError: There are more of them than pictures have.
        ValueError: The file breaks off before their end, or a plane is missing.
    """
    samples, width = page.integer(Tag.SAMPLES, 1), page.integer(Tag.BITS, 8) // 8
    offsets = page.integers(Tag.TILE_OFFSETS) or page.integers(Tag.STRIP_OFFSETS)
    sizes = _pixels_of_parts(page)
    # Parts may lie over each other, and so be more together than the file.
    if len(sizes) > _MOST_PARTS or sum(sizes) * samples * width > 4 * len(page.data):
        raise too_costly()
    if len(offsets) != len(sizes) * samples:
        raise ValueError("a plane is missing")
    parts = []
    if max((place + size * width for place, size in zip(offsets, sizes * samples, strict=False)), default=0) > len(page.data):
        raise ValueError("image file is truncated")
    for number, size in enumerate(sizes):
        places = [offsets[plane * len(sizes) + number] for plane in range(samples)]
        planes = [np.frombuffer(page.data, np.uint8, size * width, place).reshape(size, width) for place in places]
        parts.append(np.stack(planes, axis=1).tobytes())
    return parts


def _pixels_of_parts(page: Directory) -> list[int]:
    """Return the size of each strip or tile of one plane."""
    across, down = page.integer(Tag.WIDTH, 0), page.integer(Tag.LENGTH, 0)
    if Tag.TILE_OFFSETS in page.fields:
        width, height = max(page.integer(Tag.TILE_WIDTH, 1), 1), max(page.integer(Tag.TILE_LENGTH, 1), 1)
        return [width * height] * min(-(-across // width) * -(-down // height), _MOST_PARTS + 1)
    rows = max(min(page.integer(Tag.ROWS_PER_STRIP, down), down), 1)
    return [across * min(rows, down - top) for top in range(0, min(down, rows * _MOST_PARTS), rows)]
