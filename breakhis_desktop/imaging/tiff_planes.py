"""Interleaves the planes of an uncompressed TIFF page. Source: TIFF 6.0, PlanarConfiguration."""

import numpy as np

from breakhis_desktop.imaging.limits import too_costly
from breakhis_desktop.imaging.tiff_directory import Directory, Tag
from breakhis_desktop.imaging.tiff_parts import MOST_OFTEN, offsets_of, shapes_of

_SEPARATE = 2
_UNCOMPRESSED = 1


def has_planes(page: Directory) -> bool:
    """Return whether a page is uncompressed and keeps its channels in separate planes of 8, 16 or 32 bits."""
    uncompressed = page.integer(Tag.COMPRESSION, _UNCOMPRESSED) == _UNCOMPRESSED
    whole_bytes = set(page.integers(Tag.BITS)) <= {8, 16, 32}
    return uncompressed and whole_bytes and page.integer(Tag.PLANES, 1) == _SEPARATE and page.integer(Tag.SAMPLES, 1) > 1


def interleaved(page: Directory) -> list[bytes]:
    """Return the strips or tiles of a page with separate planes, interleaved; the caller must have called `refuse_unwritten`.

    Raises:
        ImageRefusedError: The parts overlap more than those of any real picture.
    """
    samples, width = page.integer(Tag.SAMPLES, 1), page.integer(Tag.BITS, 8) // 8
    offsets, sizes = offsets_of(page), [across * down for across, down in shapes_of(page)]
    if sum(sizes) * samples * width > MOST_OFTEN * len(page.data):
        raise too_costly()
    parts = []
    for number, size in enumerate(sizes):
        places = [offsets[plane * len(sizes) + number] for plane in range(samples)]
        planes = [np.frombuffer(page.data, np.uint8, size * width, place).reshape(size, width) for place in places]
        parts.append(np.stack(planes, axis=1).tobytes())
    return parts
