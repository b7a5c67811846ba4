"""How the quality gate judges images that a microscope camera may produce, and other images."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from breakhis_desktop.imaging.decode import decode
from breakhis_desktop.imaging.prepare import prepare
from breakhis_desktop.quality.gate import (
    GATE_VERSION,
    MEASURED_SIZE,
    reason_of_distance,
    reason_of_magnification,
    reason_of_pixels,
    reason_of_size,
)


def model_input(image: Image.Image) -> NDArray[np.uint8]:
    return prepare(image, MEASURED_SIZE)


@pytest.fixture(scope="module")
def fields(samples: list[Path]) -> list[Image.Image]:
    return [decode(sample.read_bytes()) for sample in samples]


def noise(seed: int) -> NDArray[np.uint8]:
    return np.random.default_rng(seed).integers(0, 256, (*MEASURED_SIZE, 3)).astype(np.uint8)


def test_an_image_with_a_side_of_less_than_112_pixels_is_refused() -> None:
    assert "too small (500 x 111 pixels); use the original, at least 112 pixels" in str(reason_of_size((500, 111)))
    assert "too small (111 x 500 pixels)" in str(reason_of_size((111, 500)))
    assert reason_of_size((500, 112)) is reason_of_size((112, 500)) is None


def test_a_declared_magnification_that_the_models_were_not_trained_on_is_refused() -> None:
    assert "40×, 100×" in str(reason_of_magnification(20, (100, 40)))
    assert reason_of_magnification(100, (100, 40)) is None
    assert reason_of_magnification(None, (100, 40)) is reason_of_magnification(20, ()) is None


def test_an_image_far_from_the_training_images_is_refused() -> None:
    assert "distance 2.50" in str(reason_of_distance(2.5))
    assert "distance 1.01" in str(reason_of_distance(1.01))
    assert reason_of_distance(1.0) is reason_of_distance(None) is None


def test_the_measured_size_and_gate_version_are_those_that_the_limits_belong_to() -> None:
    assert (MEASURED_SIZE, GATE_VERSION) == ((160, 160), 3)


def test_the_sample_images_pass(fields: list[Image.Image]) -> None:
    assert [reason_of_pixels(model_input(field)) for field in fields] == [None] * len(fields)


def test_a_copy_at_another_size_gets_the_verdict_of_its_original(fields: list[Image.Image]) -> None:
    for field in fields:
        for size in ((350, 230), (1400, 920)):
            assert reason_of_pixels(model_input(field.resize(size, Image.Resampling.LANCZOS))) is None


def test_a_field_out_of_focus_is_refused(fields: list[Image.Image]) -> None:
    for field in fields:
        assert "out of focus" in str(reason_of_pixels(model_input(field.filter(ImageFilter.GaussianBlur(14)))))


def test_a_field_in_grey_is_refused(fields: list[Image.Image]) -> None:
    assert "no colour" in str(reason_of_pixels(model_input(fields[0].convert("L").convert("RGB"))))


def test_a_field_in_colours_other_than_those_of_the_stain_is_refused(fields: list[Image.Image]) -> None:
    red, green, blue = fields[4].split()
    assert "haematoxylin and eosin" in str(reason_of_pixels(model_input(Image.merge("RGB", (red, blue, green)))))
    assert "haematoxylin and eosin" in str(reason_of_pixels(model_input(Image.merge("RGB", (green, red, blue)))))


def test_glass_is_refused() -> None:
    for shade in (255, 240, 228):
        glass = np.clip(np.full((*MEASURED_SIZE, 3), shade) + np.random.default_rng(shade).normal(0, 2, (*MEASURED_SIZE, 3)), 0, 255)
        assert "glass" in str(reason_of_pixels(glass.astype(np.uint8)))


def test_noise_is_refused() -> None:
    assert all(reason_of_pixels(noise(seed)) for seed in range(5))
