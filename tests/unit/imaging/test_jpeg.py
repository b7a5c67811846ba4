"""JPEG files with odd metadata or without an end marker are read, but truncated files are reported as damaged."""

import struct

import numpy as np
import pytest

from breakhis_desktop.errors import ImageError
from breakhis_desktop.imaging.decode import decode
from tests.unit.imaging.drawn import decoded, exif, farthest, picture, saved, segment, with_segments

PIXELS = picture()
FIELD = saved(PIXELS, "JPEG", quality=95, subsampling=0)
WITHOUT_JFIF = FIELD[:2] + FIELD[20:]
ODD_SEGMENTS = {
    "JFIF without content": (0xE0, b"JFIF\0"),
    "JFIF cut before its density": (0xE0, b"JFIF\0\1\1"),
    "JFIF that lacks its last byte": (0xE0, b"JFIF\0\1\1\0\0\1\0\1\0"),
    "Adobe without content": (0xEE, b"Adobe"),
    "Adobe cut before its transform": (0xEE, b"Adobe\0\x64\0\0\0\0"),
    "a profile without its part number": (0xE2, b"ICC_PROFILE\0"),
    "a profile without its number of parts": (0xE2, b"ICC_PROFILE\0\1"),
    "a profile that is empty": (0xE2, b"ICC_PROFILE\0\1\1"),
    "a truncated Photoshop resource": (0xED, b"Photoshop 3.0\x008BIM\x03\xed\0"),
    "EXIF without content": (0xE1, b"Exif\0\0"),
    "garbage in place of EXIF": (0xE1, b"Exif\0\0garbage"),
    "garbage in place of further pictures": (0xE2, b"MPF\0II*\0garbage"),
    "an empty comment": (0xFE, b""),
}


@pytest.mark.parametrize("odd", ODD_SEGMENTS.values(), ids=ODD_SEGMENTS)
@pytest.mark.parametrize("base", [FIELD, WITHOUT_JFIF], ids=["with JFIF", "without JFIF"])
def test_an_odd_segment_does_not_spoil_a_picture(odd: tuple[int, bytes], base: bytes) -> None:
    assert np.array_equal(decoded(with_segments(base, segment(*odd))), decoded(FIELD))


def test_a_complete_adobe_segment_determines_the_colour_space() -> None:
    rgb = saved(PIXELS, "JPEG", quality=95, keep_rgb=True)
    assert farthest(rgb, PIXELS) <= 8
    assert np.abs(decoded(with_segments(WITHOUT_JFIF, segment(0xEE, b"Adobe\0\x64\0\0\0\0\0"))) - PIXELS).max() > 50


def entry(tag: int, kind: int, count: int, value: bytes) -> bytes:
    return struct.pack("<HHI4s", tag, kind, count, value)


ODD_ENTRIES = {
    "density as text": entry(0x011A, 2, 3, b"72\0"),
    "density as a byte": entry(0x011A, 1, 1, b"H"),
    "density beyond the end": entry(0x011A, 5, 1, b"\xff\xff\0\0"),
    "two densities": entry(0x011A, 5, 2, b"\x08\0\0\0"),
    "unit as text": entry(0x0128, 2, 2, b"2\0"),
    "an unknown type": entry(0x9999, 77, 1, b""),
    "a huge count": entry(0x9999, 2, 2**31, b""),
    "a directory beyond the end": entry(0x8769, 4, 1, b"\xff\xff\0\0"),
    "a directory that contains itself": entry(0x8769, 4, 1, b"\x08\0\0\0"),
    "a GPS directory beyond the end": entry(0x8825, 4, 1, b"\xff\xff\0\0"),
}


@pytest.mark.parametrize("odd", ODD_ENTRIES.values(), ids=ODD_ENTRIES)
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_is_turned_whatever_other_exif_entries_it_has(odd: bytes, orientation: int) -> None:
    turned = with_segments(FIELD, segment(0xE1, b"Exif\0\0" + exif(odd, orientation=orientation)))
    plain = with_segments(FIELD, segment(0xE1, b"Exif\0\0" + exif(orientation=orientation)))
    flipped = PIXELS[:, ::-1] if orientation in {2, 4, 5, 7} else PIXELS
    quarters = {1: 0, 2: 0, 3: 2, 4: 2, 5: 1, 6: 3, 7: 3, 8: 1}[orientation]
    assert farthest(plain, np.rot90(flipped, quarters)) <= 8
    assert np.array_equal(decoded(turned), decoded(plain))


KINDS = {
    "4:4:4": {"subsampling": 0},
    "4:2:0": {"subsampling": 2},
    "4:2:2": {"subsampling": 1},
    "optimised": {"optimize": True},
    "restarts": {"restart_marker_blocks": 3},
    "restarts by row": {"restart_marker_rows": 1},
    "coarse": {"quality": 20},
}


def noise(width: int = 45, height: int = 37) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (height, width, 3)).astype(np.uint8)


@pytest.mark.parametrize(
    "pixels", [PIXELS, noise(), np.full((40, 56, 3), (220, 150, 200), np.uint8), picture(8, 8)], ids=["field", "noise", "glass", "block"]
)
@pytest.mark.parametrize("options", KINDS.values(), ids=KINDS)
def test_a_jpeg_that_lacks_only_its_end_marker_is_read(pixels: np.ndarray, options: dict[str, object]) -> None:
    data = saved(pixels, "JPEG", **options)
    for lacking in (1, 2):
        assert np.array_equal(decoded(data[:-lacking]), decoded(data))


def test_a_grey_jpeg_without_its_end_marker_is_read() -> None:
    data = saved(PIXELS[..., 0], "JPEG")
    assert np.array_equal(decoded(data[:-2]), decoded(data))


@pytest.mark.parametrize("pixels", [PIXELS, noise(), np.full((40, 56, 3), (220, 150, 200), np.uint8)], ids=["field", "noise", "glass"])
@pytest.mark.parametrize("options", [*KINDS.values(), {"progressive": True}], ids=[*KINDS, "progressive"])
def test_a_jpeg_cut_off_within_its_last_scan_is_reported_as_damaged(pixels: np.ndarray, options: dict[str, object]) -> None:
    data = saved(pixels, "JPEG", **options)
    start = data.rindex(b"\xff\xda")
    for length in ((start + len(data)) // 2, *range(len(data) - 6, len(data) - 2)):
        for rest in (b"", bytes(500), b"\xff" * 20):
            with pytest.raises(ImageError, match="damaged"):
                decode(data[:length] + rest)


def test_a_jpeg_without_its_last_scan_is_reported_as_damaged() -> None:
    data = saved(noise(), "JPEG", progressive=True)
    with pytest.raises(ImageError, match="damaged"):
        decode(data[: data.rindex(b"\xff\xda")])


@pytest.mark.parametrize(
    ("place", "value", "kind"),
    [
        (4, 12, "with 12 bits in each channel"),
        (9, 2, "with 2 channels"),
        *((1, marker, "of a hierarchical kind") for marker in (0xC5, 0xCE)),
    ],
)
def test_an_unsupported_kind_of_jpeg_is_reported_by_name(place: int, value: int, kind: str) -> None:
    data = bytearray(FIELD)
    data[data.index(b"\xff\xc0") + place] = value
    with pytest.raises(ImageError, match=f"\\(JPEG {kind}\\)"):
        decode(bytes(data))
