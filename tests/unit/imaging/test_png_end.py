"""PNG files whose compressed pixels end before the last row are reported as damaged; Pillow would leave the missing rows black."""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from breakhis_desktop.errors import ImageError
from breakhis_desktop.imaging.decode import decode
from tests.unit.imaging.drawn import Pixels, chunk, decoded, farthest, picture

PIXELS = picture()


def shortened(data: bytes, every: int) -> Iterator[bytes]:
    """Yield copies of a PNG with fewer and fewer bytes of pixel rows, each in a complete compressed stream."""
    start = data.index(b"IDAT") - 4
    stop = start + 12 + int.from_bytes(data[start : start + 4])
    rows = zlib.decompress(data[start + 8 : stop - 4])
    for length in range(len(rows) - 1, -1, -every):
        yield data[:start] + chunk(b"IDAT", zlib.compress(rows[:length])) + data[stop:]
        yield data[:start] + chunk(b"IDAT", zlib.compress(rows[: length // every * every])) + data[stop:]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_whose_compressed_rows_end_early_is_reported_as_damaged(mode: str) -> None:
    colours = Image.fromarray(PIXELS)
    image = colours.convert("RGBA").convert("LA") if mode == "LA" else colours.convert("L" if mode == "I;16" else mode)
    deep = Image.fromarray(np.asarray(image).astype(np.uint16) * 257) if mode == "I;16" else image
    data = saved_image(deep)
    row = 1 + {"1": 9, "L": 67, "LA": 134, "P": 67, "RGB": 201, "RGBA": 268, "I;16": 134}[mode]
    assert decode(data).size == deep.size
    for cut in shortened(data, row):
        with pytest.raises(ImageError, match="damaged"):
            decode(cut)


@pytest.mark.parametrize("size", [(67, 51), (1, 1), (5, 1), (1, 5), (4, 4), (3, 9)])
def test_an_interlaced_png_whose_compressed_rows_end_early_is_reported_as_damaged(size: tuple[int, int]) -> None:
    pixels = picture(*size)
    data = interlaced(pixels)
    assert farthest(data, pixels) == 0
    for cut in shortened(data, 1 + 3 * size[0] if size[0] > 9 else 1):
        with pytest.raises(ImageError, match="damaged"):
            decode(cut)


@pytest.mark.parametrize(("mode", "colour"), [("L", 0), ("RGB", (0, 0, 0)), ("RGBA", (0, 0, 0, 0))])
def test_a_png_whose_last_rows_are_black_is_read(mode: str, colour: int | tuple[int, ...]) -> None:
    image = Image.new(mode, (67, 51), colour)
    image.paste(Image.fromarray(PIXELS[:20]).convert(mode), (0, 0))
    expected = 255 if mode == "RGBA" else 0
    assert decoded(saved_image(image))[-1].tolist() == [[expected] * 3] * 67


def saved_image(image: Image.Image) -> bytes:
    buffer = BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def interlaced(pixels: Pixels) -> bytes:
    """Build a PNG with the seven passes of Adam7."""
    passes = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
    parts = (pixels[top::down, left::right] for left, top, right, down in passes)
    rows = b"".join(b"\0" + row.tobytes() for part in parts if part.size for row in part)
    header = struct.pack(">IIBBBBB", pixels.shape[1], pixels.shape[0], 8, 2, 0, 0, 1)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
