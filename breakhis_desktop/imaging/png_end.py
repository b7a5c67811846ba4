"""A PNG file whose compressed pixels end before its last row. Source: PNG specification, third edition, sections 8 and 10."""

import zlib

from PIL import Image

from breakhis_desktop.imaging.formats import TRUNCATED
from breakhis_desktop.imaging.png import chunks

_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_WHOLE = ((0, 0, 1, 1),)
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""Of an interlaced picture: the first column and row of each pass, and its steps across and down."""
_AT_ONCE = 1_000_000


def refuse_missing_rows(image: Image.Image, data: bytes) -> None:
    """Look for rows that Pillow left empty since the compressed stream has an end before them.

    Only a picture whose last row is empty can lack rows, so that all others are spared a second decompression.

    Raises:
        ValueError: There are some.
    """
    is_interlaced = bool(image.info.get("interlace"))
    last_row = image.crop((0, image.height - 1, image.width, image.height))
    if is_interlaced or not any(last_row.tobytes()):
        needed = _length(image.size, data[24] * _CHANNELS[data[25]], _PASSES if is_interlaced else _WHOLE)
        if not _unfolds_to(data, needed):
            raise ValueError(TRUNCATED)


def _length(size: tuple[int, int], bits: int, passes: tuple[tuple[int, int, int, int], ...]) -> int:
    """Return how many bytes the rows of a picture have, each with its filter's number in front."""
    length = 0
    for left, top, right, down in passes:
        columns, rows = -((left - size[0]) // right), -((top - size[1]) // down)
        length += max(rows, 0) * (1 + -(-columns * bits // 8)) if columns > 0 else 0
    return length


def _unfolds_to(data: bytes, needed: int) -> bool:
    unfolding = zlib.decompressobj()
    try:
        for name, start, stop in chunks(data):
            content = data[start:stop] if name == b"IDAT" else b""
            while content and needed > 0 and not unfolding.eof:
                needed -= len(unfolding.decompress(content, _AT_ONCE))
                content = unfolding.unconsumed_tail
    except zlib.error:
        return True  # Pillow has judged what is broken.
    return needed <= 0
