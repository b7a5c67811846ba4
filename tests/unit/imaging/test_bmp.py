"""BMP files with bit fields: an empty opacity channel is ignored, and unsupported bit fields are reported by name."""

import struct

import numpy as np
import pytest

from breakhis_desktop.errors import ImageError
from breakhis_desktop.imaging.decode import decode
from tests.unit.imaging.drawn import farthest, on_white, picture

PIXELS = picture()
HEIGHT, WIDTH = PIXELS.shape[:2]
USUAL = (0xFF0000, 0xFF00, 0xFF, 0xFF000000)


def bmp(rows: bytes, bits: int, masks: tuple[int, ...], header: int = 124, compression: int = 3) -> bytes:
    fields = struct.pack("<IiiHHIIiiII", header, WIDTH, HEIGHT, 1, bits, compression, len(rows), 2835, 2835, 0, 0)
    fields = (fields + struct.pack("<4I", *masks)).ljust(header, b"\0")
    return struct.pack("<2sIHHI", b"BM", 14 + len(fields) + len(rows), 0, 0, 14 + len(fields)) + fields + rows


def with_opacity(opacity: np.ndarray) -> bytes:
    return np.dstack([PIXELS[..., ::-1], opacity])[::-1].tobytes()


@pytest.mark.parametrize("header", [56, 108, 124])
def test_an_opacity_channel_that_was_never_filled_in_is_ignored(header: int) -> None:
    assert farthest(bmp(with_opacity(np.zeros((HEIGHT, WIDTH), np.uint8)), 32, USUAL, header), PIXELS) == 0


@pytest.mark.parametrize("header", [56, 108, 124])
def test_an_opacity_channel_is_applied_if_any_pixel_in_it_is_not_zero(header: int) -> None:
    opacity = np.zeros((HEIGHT, WIDTH), np.uint8)
    opacity[10:20] = 255
    assert farthest(bmp(with_opacity(opacity), 32, USUAL, header), on_white(PIXELS, opacity)) == 0


@pytest.mark.parametrize(
    ("bits", "masks"), [(32, (0xFF, 0xFF0000, 0xFF00, 0)), (32, (0x3FF00000, 0xFFC00, 0x3FF, 0)), (16, (0xF00, 0xF0, 0xF, 0))]
)
@pytest.mark.parametrize("header", [56, 108, 124])
def test_unsupported_bit_fields_are_reported_by_name(bits: int, masks: tuple[int, ...], header: int) -> None:
    rows = bytes((WIDTH * bits // 8 + 3) // 4 * 4 * HEIGHT)
    with pytest.raises(ImageError, match=r"BMP with unusual bit fields"):
        decode(bmp(rows, bits, masks, header))


@pytest.mark.parametrize(
    ("bits", "compression", "kind"), [(0, 4, "compressed as JPEG"), (0, 5, "compressed as PNG"), (64, 0, "64 bits in each pixel")]
)
def test_unsupported_kinds_of_bmp_are_reported_by_name(bits: int, compression: int, kind: str) -> None:
    with pytest.raises(ImageError, match=f"\\(BMP .*{kind}\\)"):
        decode(bmp(bytes(WIDTH * HEIGHT * 8), bits, (0, 0, 0, 0), compression=compression))


def test_a_truncated_bmp_is_reported_as_damaged() -> None:
    data = bmp(with_opacity(np.zeros((HEIGHT, WIDTH), np.uint8)), 32, USUAL)
    for length in (20, 60, 300, len(data) - 100):
        with pytest.raises(ImageError, match="damaged"):
            decode(data[:length])


def test_text_that_starts_like_a_bmp_is_not_an_image() -> None:
    with pytest.raises(ImageError, match="not an image that this program can read"):
        decode(b"BMI of the patients: 24, 27, 31, 22, 25 and so on, one for each of them")
