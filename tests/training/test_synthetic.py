"""The synthetic fields can be drawn again, are coloured like H&E, and are shipped as drawn."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from breakhis_desktop.assets import sample_images
from training.synthetic import PRESETS, SAMPLE_SEEDS, draw_field, vary
from training.synthetic.__main__ import DESCRIPTION, sample_name
from training.synthetic.stain import absorb


@pytest.fixture(scope="module")
def tubules() -> NDArray[np.uint8]:
    return draw_field(PRESETS[3], SAMPLE_SEEDS[3])


@pytest.mark.slow
def test_a_shipped_image_is_what_the_generator_draws(tubules: NDArray[np.uint8]) -> None:
    with Image.open(sample_images() / sample_name(3)) as file:
        differences = np.abs(np.asarray(file).astype(int) - tubules)
    assert np.mean(differences > 2) < 0.01  # Other versions of NumPy and SciPy may round differently.


@pytest.mark.slow
def test_the_same_seed_draws_the_same_pixels_and_another_seed_draws_others(tubules: NDArray[np.uint8]) -> None:
    assert np.array_equal(draw_field(PRESETS[3], SAMPLE_SEEDS[3]), tubules)
    assert np.mean(draw_field(PRESETS[3], SAMPLE_SEEDS[3] + 1) != tubules) > 0.5


@pytest.mark.parametrize("number", range(len(PRESETS)), ids=lambda number: PRESETS[number].name)
def test_a_shipped_image_has_the_colours_of_haematoxylin_and_eosin(number: int) -> None:
    with Image.open(sample_images() / sample_name(number)) as file:
        assert file.size == (700, 460)
        assert file.info["Description"] == DESCRIPTION
        pixels = np.asarray(file).reshape(-1, 3).astype(float)
    red, green, blue = pixels.mean(axis=0)
    assert green < red + 5 < 240
    assert green < blue < 235
    assert 90 < green < 205
    darkest = pixels[pixels[:, 0] < np.percentile(pixels[:, 0], 3)].mean(axis=0)
    assert darkest[2] > darkest[0] > darkest[1], "nuclei are blue-violet"


def test_each_preset_has_a_file_and_each_file_a_preset() -> None:
    assert sorted(path.name for path in sample_images().glob("*.png")) == [sample_name(number) for number in range(len(PRESETS))]


def test_a_stronger_stain_lets_less_light_through() -> None:
    stain, none = np.full((2, 3), 0.5), np.zeros((2, 3))
    pale, strong = (absorb(np.random.default_rng(1), replace(PRESETS[0], eosin=strength), none, stain, none) for strength in (0.6, 1.5))
    assert (strong < pale).all()
    assert (pale < 1).all()


@pytest.mark.slow
def test_variations_keep_the_architecture_and_can_be_drawn() -> None:
    rng = np.random.default_rng(4)
    fields = [vary(field, rng) for field in PRESETS]
    assert [field.architecture for field in fields] == [field.architecture for field in PRESETS]
    assert all(a != b for a, b in zip(fields, PRESETS, strict=True))
    assert draw_field(fields[6], 5).std() > 10


@pytest.mark.slow
def test_a_field_without_epithelium_can_be_drawn() -> None:
    bare = replace(PRESETS[8], structure_size=4000.0, spindle_cells=0.0, lymphocytes=0.0)
    assert draw_field(bare, 6).std() > 10
