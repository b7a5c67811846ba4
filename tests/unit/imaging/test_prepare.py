from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from breakhis_desktop.imaging.decode import decode
from breakhis_desktop.imaging.formats import FileKind, kind_of
from breakhis_desktop.imaging.heat_colours import overlay
from breakhis_desktop.imaging.prepare import prepare, thumbnail
from breakhis_desktop.imaging.tiles import merge_maps, tile_boxes


def test_images_are_resized_with_bicubic_interpolation(samples: list[Path]) -> None:
    image = decode(samples[0].read_bytes())
    expected = np.asarray(image.resize((224, 224), Image.Resampling.BICUBIC))
    assert np.array_equal(prepare(image, (224, 224)), expected)


def test_an_image_of_the_right_size_is_left_unchanged(samples: list[Path]) -> None:
    image = decode(samples[0].read_bytes())
    once = prepare(image, (224, 224))
    assert np.array_equal(prepare(Image.fromarray(once), (224, 224)), once)


def test_a_thumbnail_is_small_and_keeps_the_aspect_ratio(samples: list[Path]) -> None:
    data = thumbnail(decode(samples[0].read_bytes()))
    with Image.open(BytesIO(data)) as small:
        assert (small.format, small.size) == ("JPEG", (320, 210))
    assert len(data) < 32_000


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        *(((side, 1), (320, 1)) for side in (321, 641, 1400, 32_768)),
        *(((1, side), (1, 240)) for side in (481, 1400, 32_768)),
        *(((21_616, 112), (320, 2)), ((112, 21_616), (1, 240)), ((2000, 10), (320, 2)), ((10, 2000), (1, 240))),
        *(((1, 1), (240, 240)), ((640, 1), (320, 1)), ((700, 460), (320, 210)), ((460, 700), (158, 240)), ((960, 720), (320, 240))),
    ],
)
def test_a_thumbnail_of_a_thin_picture_has_at_least_one_pixel_on_each_side(size: tuple[int, int], expected: tuple[int, int]) -> None:
    with Image.open(BytesIO(thumbnail(Image.new("RGB", size, (200, 120, 180))))) as small:
        assert small.size == expected
        assert np.abs(np.asarray(small).astype(int) - (200, 120, 180)).max() <= 3


@pytest.mark.parametrize("size", [(32_768, 1), (1, 32_768), (20_000, 3), (1, 1)])
def test_a_thin_picture_can_be_prepared_and_tiled_and_overlaid_with_a_heat_map(size: tuple[int, int]) -> None:
    image = Image.new("RGB", size, (200, 120, 180))
    assert overlay(image, np.full((7, 7), 5, np.float32), 0.5).size == size
    assert prepare(image, (224, 224)).shape == (224, 224, 3)
    tile = (700, 460)
    boxes = tile_boxes(size, tile)
    maps = [np.ones((2, 7, 7), np.float32) for _ in boxes]
    merged = merge_maps(maps, boxes, size)
    assert (min(merged.shape[1:]), merged.max()) >= (7, 1)


def test_the_extension_determines_which_kind_of_file_is_expected() -> None:
    kinds = {name: kind_of(Path(name)) for name in ("a.PNG", "a.jp2", "a.svs", "a.DCM", "a.txt", "a")}
    assert list(kinds.values()) == [
        FileKind.IMAGE,
        FileKind.IMAGE,
        FileKind.WHOLE_SLIDE,
        FileKind.DICOM,
        FileKind.OTHER,
        FileKind.OTHER,
    ]
