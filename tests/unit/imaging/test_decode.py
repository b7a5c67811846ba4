import re
import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms

from breakhis_desktop.errors import ImageError, ImageRefusedError
from breakhis_desktop.imaging.decode import decode
from tests.unit.imaging.drawn import corner

SaveImage = Callable[..., Path]


def saved(image: Image.Image, form: str = "PNG", **options: object) -> bytes:
    buffer = BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.tif", "a.bmp", "a.webp", "a.jp2"])
def test_every_format_becomes_rgb(save_image: SaveImage, name: str) -> None:
    image = decode(save_image("RGB", name).read_bytes())
    assert (image.mode, image.size) == ("RGB", (240, 160))
    brightness = np.asarray(image).mean(axis=(1, 2))
    assert brightness[0] < 10 < 245 < brightness[-1]


@pytest.mark.parametrize(
    ("mode", "name"),
    [("L", "a.png"), ("1", "a.png"), ("P", "a.png"), ("LA", "a.png"), ("RGBA", "a.png"), ("CMYK", "a.tif"), ("YCbCr", "a.jpg")],
)
def test_every_mode_becomes_rgb(save_image: SaveImage, mode: str, name: str) -> None:
    image = decode(save_image(mode, name).read_bytes())
    assert (image.mode, image.size) == ("RGB", (240, 160))


@pytest.mark.parametrize("name", ["PNG", "TIFF"])
def test_sixteen_bits_become_eight_over_the_whole_range(name: str) -> None:
    values = np.array([[0, 257, 32896, 65535]], np.uint16)
    assert np.asarray(decode(saved(Image.fromarray(values), name)))[0, :, 0].tolist() == [0, 1, 128, 255]


def test_float_pixels_become_eight_bits() -> None:
    values = np.array([[0.0, 0.5, 1.0, np.nan]], np.float32)
    assert np.asarray(decode(saved(Image.fromarray(values), "TIFF")))[0, :, 0].tolist() == [0, 128, 255, 0]


@pytest.mark.parametrize("values", [np.array([[0, 2**20]], np.int32), np.array([[0.0, 300.0]], np.float32), np.array([[-1.0]], np.float32)])
def test_pixel_values_of_an_unclear_range_are_refused(values: NDArray[np.generic]) -> None:
    with pytest.raises(ImageError, match="save it with 8 or 16 bits"):
        decode(saved(Image.fromarray(values), "TIFF"))


def test_sixteen_bit_grey_stored_from_white_to_black_is_inverted() -> None:
    values = Image.fromarray(np.array([[0, 65535]], np.uint16))
    assert np.asarray(decode(saved(values, "TIFF", tiffinfo={262: 0})))[0, :, 0].tolist() == [255, 0]


@pytest.mark.parametrize(
    ("mode", "form"),
    [("1", "PNG"), ("L", "PNG"), ("LA", "PNG"), ("I;16", "PNG"), ("L", "JPEG"), ("L", "TIFF"), ("LA", "TIFF"), ("I;16", "TIFF")],
)
def test_a_grey_profile_is_applied_in_every_grey_mode(mode: str, form: str) -> None:
    value, expected = {"1": (255, 255), "I;16": (64 * 257, 137)}.get(mode, (64, 137))
    grey = Image.new(mode, (4, 4), (value, 255) if mode == "LA" else value)
    assert decode(saved(grey, form, icc_profile=grey_profile())).getpixel((0, 0)) == (expected,) * 3


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "WEBP", "JPEG2000"])
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P"])
def test_a_grey_profile_does_not_take_the_colour_out_of_a_picture(mode: str, form: str) -> None:
    if form != "PNG" and (mode == "P" or (mode, form) == ("RGBA", "JPEG")):
        form = "TIFF"
    picture = Image.new("RGB", (8, 8), (200, 60, 120)).convert(mode)
    plain = corner(decode(saved(picture, form)))
    assert max(plain) - min(plain) > 100
    assert corner(decode(saved(picture, form, icc_profile=grey_profile()))) == plain


def test_transparent_parts_become_white_like_glass() -> None:
    assert decode(saved(Image.new("RGBA", (4, 4), (200, 0, 0, 0)))).getpixel((0, 0)) == (255, 255, 255)
    palette = Image.new("P", (4, 4), 0)
    palette.putpalette([200, 0, 0])
    assert decode(saved(palette, transparency=0)).getpixel((0, 0)) == (255, 255, 255)


def test_a_rotated_photograph_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert decode(saved(Image.new("RGB", (30, 20)), "JPEG", exif=exif)).size == (20, 30)


def grey_profile() -> bytes:
    """Build a grey colour profile of gamma 1. Source: ICC.1:2010."""
    curve = b"curv" + bytes(4) + struct.pack(">I", 0)
    white = b"XYZ " + bytes(4) + struct.pack(">iii", 63190, 65536, 54061)
    text = b"desc" + bytes(4) + struct.pack(">I", 2) + b"g\x00" + bytes(78)
    tags = [(b"desc", text), (b"kTRC", curve), (b"wtpt", white)]
    offset, table, data = 128 + 4 + 12 * len(tags), b"", b""
    for name, content in tags:
        table += name + struct.pack(">II", offset + len(data), len(content))
        data += content + bytes(-len(content) % 4)
    size = offset + len(data)
    header = struct.pack(">I4sI4s4s4s12x4s", size, bytes(4), 0x02400000, b"mntr", b"GRAY", b"XYZ ", b"acsp") + bytes(28)
    header += struct.pack(">iii", 63190, 65536, 54061) + bytes(48)
    return header + struct.pack(">I", len(tags)) + table + data


def test_the_first_page_is_used() -> None:
    pages = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    data = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    assert decode(data).getpixel((0, 0)) == (255, 0, 0)


def test_a_colour_profile_is_applied() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    red_and_blue_swapped = srgb.replace(b"rXYZ", b"----").replace(b"bXYZ", b"rXYZ").replace(b"----", b"bXYZ")
    red, green, blue = corner(decode(saved(Image.new("RGB", (4, 4), (250, 10, 10)), icc_profile=red_and_blue_swapped)))
    assert blue > 240 > 50 > max(red, green)


def test_a_broken_colour_profile_is_ignored() -> None:
    plain = Image.new("RGB", (4, 4), (180, 60, 120))
    assert decode(saved(plain, icc_profile=b"no profile")).getpixel((0, 0)) == (180, 60, 120)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "BMP", "WEBP", "JPEG2000"])
@pytest.mark.parametrize("odd", [b"", bytes(200)])
def test_a_file_cut_off_near_its_start_is_reported_in_plain_words(form: str, odd: bytes, caplog: pytest.LogCaptureFixture) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (40, 30, 3)).astype(np.uint8)
    data = saved(Image.fromarray(noise), form)
    for length in range(1, 300):
        with pytest.raises(ImageError, match=r"\.$") as raised:
            decode(data[:length] + odd)
        assert not re.search(r"index|subscript|unpack|argument|Error|NoneType|C ssize_t|int too large", str(raised.value)), length
    assert caplog.records == []


def test_a_bug_in_the_decoder_is_reported_as_damage_and_logged(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def fails(*_: object) -> None:
        raise KeyError("a slip")

    monkeypatch.setattr("breakhis_desktop.imaging.decode.depth_of", fails)
    with pytest.raises(ImageError, match=r"^The image is damaged \(its structure cannot be read\); copy it again"):
        decode(saved(Image.new("RGB", (4, 4))))
    (record,) = caplog.records
    assert record.exc_info is not None
    assert "a slip" in str(record.exc_info[1])


def test_a_truncated_image_is_reported_as_damaged(samples: list[Path]) -> None:
    data = samples[0].read_bytes()
    for length in (20, 100, 5000, len(data) // 2):
        with pytest.raises(ImageError, match=r"copy it again|no image"):
            decode(data[:length])


def test_an_empty_file_is_reported_as_empty() -> None:
    with pytest.raises(ImageError, match="empty"):
        decode(b"")


@pytest.mark.parametrize(
    ("start", "kind"), [(b"GIF89a", "GIF"), (b"\0\0\0\x1cftypheic", "HEIC"), (b"\0\0\0\x1cftypavif", "AVIF"), (b"8BPS", "PSD")]
)
def test_the_error_for_a_picture_of_an_unsupported_format_names_the_format(start: bytes, kind: str) -> None:
    with pytest.raises(ImageError, match=rf"This program cannot read this kind of file \({kind}\); open it in an image program"):
        decode(start + bytes(200))


def test_text_is_not_an_image() -> None:
    with pytest.raises(ImageError, match="save it as PNG"):
        decode(b"patient,finding\n1,none\n")


def test_a_dicom_file_is_refused_with_advice() -> None:
    with pytest.raises(ImageRefusedError, match="DICOM"):
        decode(bytes(128) + b"DICM" + bytes(100))


def test_a_picture_with_too_many_pixels_is_refused_before_any_pixel_is_read() -> None:
    header = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBB", 13, b"IHDR", 60_000, 60_000, 8, 2, 0, 0, 0)
    data = header + struct.pack(">I", zlib.crc32(header[12:])) + struct.pack(">I4sI", 0, b"IDAT", 0x35AF061E)
    with pytest.raises(ImageRefusedError, match="than one field"):
        decode(data)


@pytest.mark.parametrize(
    ("name", "size", "within", "decoded"),
    [
        ("a.jpg", (320, 210), (160, 120), (160, 105)),
        ("odd.jpg", (320, 213), (160, 120), (160, 107)),
        ("tall.jpg", (240, 320), (160, 120), (120, 160)),
        ("small.jpg", (150, 100), (160, 120), (150, 100)),
        ("whole.png", (320, 210), (160, 120), (320, 210)),
    ],
)
def test_a_jpeg_that_will_be_scaled_down_is_decoded_at_a_fraction_of_its_size(
    tmp_path: Path, name: str, size: tuple[int, int], within: tuple[int, int], decoded: tuple[int, int]
) -> None:
    Image.linear_gradient("L").resize(size).convert("RGB").save(tmp_path / name)
    data = (tmp_path / name).read_bytes()
    assert decode(data).size == size
    small = decode(data, within)
    assert small.size == decoded
    assert (np.asarray(small)[0].mean(), np.asarray(small)[-1].mean()) == pytest.approx((0, 255), abs=4)
