"""Detects a PNG file whose compressed pixels end before the last row. Source: PNG specification, third edition, sections 8 and 10."""

import zlib

from PIL import Image

from breakhis_desktop.imaging.formats import TRUNCATED
from breakhis_desktop.imaging.png import chunks

_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_WHOLE = ((0, 0, 1, 1),)
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""For each pass of an interlaced picture: first column and row, and the steps across and down."""
_AT_ONCE = 1_000_000


def refuse_missing_rows(image: Image.Image, data: bytes) -> None:
    """Reject a picture in which Pillow left rows empty because the compressed stream ends before them.

    A picture that is not interlaced can lack rows only if its last row is empty, so a picture with anything in that row is not decompressed
    a second time.

    Raises:
        ValueError: Rows are missing.
    """
    is_interlaced = bool(image.info.get("interlace"))
    last_row = image.crop((0, image.height - 1, image.width, image.height))
    if is_interlaced or not any(last_row.tobytes()):
        needed = _length(image.size, data[24] * _CHANNELS[data[25]], _PASSES if is_interlaced else _WHOLE)
        if not _unfolds_to(data, needed):
            raise ValueError(TRUNCATED)


def _length(size: tuple[int, int], bits: int, passes: tuple[tuple[int, int, int, int], ...]) -> int:
    """Return the number of bytes in the rows of a picture, each with its filter byte."""
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
        return True  # Pillow has already accepted the stream, broken or not.
    return needed <= 0
