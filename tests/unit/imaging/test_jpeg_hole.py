"""JPEG files with missing data before the end marker are reported as damaged, although libjpeg only warns and Pillow is silent."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from breakhis_desktop.errors import ImageError
from breakhis_desktop.imaging.decode import decode
from tests.unit.imaging.drawn import Pixels, decoded, picture, saved

END = b"\xff\xd9"
FIELD = picture(200, 150)
KINDS = {
    "4:4:4": {"subsampling": 0},
    "4:2:0": {"subsampling": 2},
    "optimised": {"optimize": True},
    "restarts": {"restart_marker_rows": 3},
    "progressive": {"progressive": True},
}
EVERY_KIND = pytest.mark.parametrize("options", KINDS.values(), ids=KINDS)


def noise(width: int = 200, height: int = 150) -> Pixels:
    return np.random.default_rng(0).integers(0, 256, (height, width, 3)).astype(np.uint8)


def entropy(data: bytes) -> int:
    """Return the offset of the first scan's coded data."""
    place = data.index(b"\xff\xda")
    return place + 2 + int.from_bytes(data[place + 2 : place + 4])


@EVERY_KIND
@pytest.mark.parametrize("pixels", [FIELD, FIELD[..., 0], noise()], ids=["field", "grey", "noise"])
def test_a_truncated_jpeg_with_an_added_end_marker_is_reported_as_damaged(pixels: np.ndarray, options: dict[str, object]) -> None:
    data = saved(pixels, "JPEG", quality=95, **options)
    start, last = entropy(data), data.rindex(b"\xff\xda")
    # The last scan of a progressive file holds only the last bit of the coefficients.
    for share in (0.1, 0.5, 0.85, 0.99) if "progressive" not in options else (0.1, 0.5, (last - start) / (len(data) - start)):
        with pytest.raises(ImageError, match="damaged"):
            decode(data[: start + int((len(data) - start) * share)] + END)


def test_a_truncated_cmyk_jpeg_with_an_added_end_marker_is_reported_as_damaged() -> None:
    buffer = BytesIO()
    Image.fromarray(FIELD).convert("CMYK").save(buffer, "JPEG", quality=95)
    data = buffer.getvalue()
    assert decode(data).size == (200, 150)
    with pytest.raises(ImageError, match="damaged"):
        decode(data[: len(data) * 3 // 4] + END)


@pytest.mark.parametrize("options", [KINDS[name] for name in ("4:4:4", "4:2:0", "optimised")])
def test_a_jpeg_with_zeros_in_place_of_data_is_reported_as_damaged(options: dict[str, object]) -> None:
    data = bytearray(saved(noise(), "JPEG", quality=95, **options))
    middle = len(data) // 2
    data[middle : middle + 4096] = bytes(4096)
    with pytest.raises(ImageError, match="damaged"):
        decode(bytes(data))


@EVERY_KIND
@pytest.mark.parametrize("grey", [127, 128])
@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_a_picture_that_ends_in_grey_is_read(mode: str, grey: int, options: dict[str, object]) -> None:
    image = Image.new(mode, (200, 150), (grey,) * len(Image.new(mode, (1, 1)).getbands()))
    image.paste(Image.fromarray(FIELD[:50]).convert(mode), (0, 0))
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=95, **options)
    with Image.open(buffer) as expected:
        assert np.array_equal(decoded(buffer.getvalue()), np.asarray(expected.convert("RGB")))


def test_a_picture_whose_codes_are_all_zero_is_read() -> None:
    flat = np.full((1500, 2000), 128, np.uint8)
    data = saved(flat, "JPEG", optimize=True)
    assert bytes(512) in data
    assert set(decoded(data).ravel().tolist()) == {128}


def test_stray_bytes_around_the_end_of_a_picture_that_ends_in_grey_change_nothing() -> None:
    grey = FIELD.copy()
    grey[40:] = 128
    data = saved(grey, "JPEG", quality=95)
    for end in (END + bytes(5000) + END, b"\xff\xff" + END, b"\0\0" + END):
        assert np.array_equal(decoded(data[:-2] + end), decoded(data))


def test_a_progressive_jpeg_that_lacks_its_last_scans_is_reported_as_damaged() -> None:
    data = saved(FIELD, "JPEG", progressive=True)
    places = [place for place in range(len(data)) if data[place : place + 2] == b"\xff\xda"]
    assert len(places) > 5
    for place in places[1:]:
        with pytest.raises(ImageError, match="damaged"):
            decode(data[:place] + END)
