"""Images that use only some of their 16 bits: the program scales them if the file states how many; otherwise, its error says how many."""

import numpy as np
import pytest
from PIL import ImageCms

from breakhis_desktop.errors import ImageError
from breakhis_desktop.imaging.decode import decode
from tests.unit.imaging.drawn import corner, farthest, in_order, page, picture, saved, tiff, tiles_of

PIXELS = picture()
GREY = PIXELS[..., :1].repeat(3, axis=2)
SHORT = 3
LARGEST_VALUE = 281
BOTH_ORDERS = pytest.mark.parametrize("order", ["<", ">"])


def of_bits(bits: int, pixels: np.ndarray = PIXELS) -> np.ndarray:
    values: np.ndarray = np.round(pixels / 255 * (2**bits - 1)).astype(np.uint16)
    return values


def sixteen(samples: np.ndarray, largest: int | None, order: str = "<", **more: tuple[int, list[int]]) -> bytes:
    tags = page(samples) | {int(name[1:]): value for name, value in more.items()}
    tags |= {} if largest is None else {LARGEST_VALUE: (SHORT, [largest] * samples.shape[2])}
    return tiff(tags, [in_order(samples, order).tobytes()], order=order)


@BOTH_ORDERS
@pytest.mark.parametrize("bits", [9, 10, 12, 14, 15])
def test_camera_colours_are_scaled_to_the_largest_value_that_the_file_states(bits: int, order: str) -> None:
    assert farthest(sixteen(of_bits(bits), 2**bits - 1, order), PIXELS) <= 1


def test_camera_colours_are_scaled_in_tiles_and_planes_too() -> None:
    samples = of_bits(12)
    tiled = page(samples) | {322: (SHORT, [32]), 323: (SHORT, [32]), LARGEST_VALUE: (SHORT, [4095] * 3)}
    assert farthest(tiff(tiled, [part.astype("<u2").tobytes() for part in tiles_of(samples, 32)]), PIXELS) <= 1
    planes = page(samples, planar=2) | {LARGEST_VALUE: (SHORT, [4095] * 3)}
    assert farthest(tiff(planes, [samples[..., plane].astype("<u2").tobytes() for plane in range(3)]), PIXELS) <= 1


def test_the_colour_profile_and_orientation_of_camera_images_are_applied() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"----").replace(b"bXYZ", b"rXYZ").replace(b"----", b"bXYZ")
    red = np.full((4, 6, 3), (250, 10, 10))
    data = sixteen(of_bits(12, red), 4095, t34675=(7, [*swapped]), t274=(SHORT, [6]))
    image = decode(data)
    assert image.size == (4, 6)
    assert corner(image)[2] > 240 > 50 > max(corner(image)[:2])


@BOTH_ORDERS
def test_camera_grey_is_scaled_to_the_largest_value_that_the_file_states(order: str) -> None:
    grey = of_bits(12, PIXELS[..., :1])
    assert farthest(sixteen(grey, 4095, order, t262=(SHORT, [1])), GREY) <= 1


def test_packed_12_bit_grey_is_read() -> None:
    values = of_bits(12, PIXELS[:, :66, 0])
    pairs = values.reshape(len(values), -1, 2).astype(np.uint32)
    packed = pairs[..., 0] << 12 | pairs[..., 1]
    rows = np.stack([packed >> 16, packed >> 8 & 0xFF, packed & 0xFF], axis=-1).astype(np.uint8)
    tags = page(PIXELS[:, :66, :1]) | {258: (SHORT, [12]), 262: (SHORT, [1])}
    assert farthest(tiff(tags, [rows.tobytes()]), GREY[:, :66]) <= 1


@pytest.mark.parametrize("largest", [4095, 1023])
def test_a_stated_largest_value_that_pixels_exceed_is_ignored(largest: int) -> None:
    assert farthest(sixteen(PIXELS.astype(np.uint16) * 257, largest), PIXELS) == 0


@pytest.mark.parametrize("largest", [60_000, 33_000])
def test_a_stated_largest_value_that_merely_describes_the_brightest_pixel_is_ignored(largest: int) -> None:
    samples = np.minimum(PIXELS.astype(np.uint16) * 257, largest)
    assert farthest(sixteen(samples, largest), samples // 256) == 0


@pytest.mark.parametrize("bits", [8, 10, 12, 14])
@pytest.mark.parametrize("form", ["TIFF in colour", "TIFF in grey", "PNG in grey", "PNG with opacity"])
def test_a_bit_depth_that_the_file_does_not_state_is_reported(bits: int, form: str) -> None:
    samples = of_bits(bits, np.clip(PIXELS.astype(int) + 25, 0, 255))
    match form:
        case "TIFF in colour":
            data = sixteen(samples, None)
        case "TIFF in grey":
            data = sixteen(samples[..., :1], None, t262=(SHORT, [1]))
        case "PNG in grey":
            data = saved(samples[..., 0], "PNG")
        case _:
            opacity = np.full(samples.shape[:2], 65535, np.uint16)
            data = sixteen(np.dstack([samples, opacity]), None, t338=(SHORT, [2]))
    with pytest.raises(ImageError, match=f"it uses {bits} of its 16 bits"):
        decode(data)


def test_a_dark_16_bit_image_is_left_to_the_quality_gate() -> None:
    assert farthest(saved(np.full((20, 20), 200, np.uint16) // 4, "PNG"), np.zeros((20, 20, 3))) == 0
    assert farthest(saved(np.full((20, 20), 20_000, np.uint16), "PNG"), np.full((20, 20, 3), 78)) == 0


def test_a_tall_image_is_scaled_evenly_from_top_to_bottom() -> None:
    samples = np.full((3000, 700, 1), 100, np.uint16)
    samples[-1] = 4095
    found = np.asarray(decode(sixteen(samples, 4095, t262=(SHORT, [1]))))
    assert set(found[:-1].ravel().tolist()) == {6}
    assert set(found[-1].ravel().tolist()) == {255}
    samples[-1] = 65535
    assert set(np.asarray(decode(sixteen(samples, 4095, t262=(SHORT, [1]))))[:-1].ravel().tolist()) == {0}


def test_floating_point_grey_stored_from_white_to_black_is_inverted() -> None:
    values = np.array([[[0.0], [0.25], [1.0]]], np.float32)
    tags = page(values) | {258: (SHORT, [32]), 262: (SHORT, [0]), 339: (SHORT, [3])}
    assert np.asarray(decode(tiff(tags, [values.tobytes()])))[0, :, 0].tolist() == [255, 191, 0]
