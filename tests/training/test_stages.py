"""Class weights and augmentation."""

import numpy as np
import pytest

from training.augment import augment, symmetry
from training.recipe import FineTuneStage
from training.stages import class_weights

STILL = FineTuneStage(0.5, 1, 8, 1e-4, 0.0, scale=0.0, shift=0.0, stain=0.0, brightness=0.0)
IMAGES = np.random.default_rng(0).integers(0, 256, (16, 32, 32, 3)).astype(np.uint8)


def test_full_balance_gives_each_class_the_same_weight() -> None:
    weights = class_weights(np.array([0, 0, 0, 1]), np.ones(4, bool), 1.0)
    np.testing.assert_allclose(weights, [2 / 3, 2 / 3, 2 / 3, 2])


def test_no_balance_gives_each_image_the_same_weight() -> None:
    np.testing.assert_array_equal(class_weights(np.array([0, 0, 0, 1]), np.ones(4, bool), 0.0), np.ones(4))


def test_an_image_that_does_not_count_weighs_nothing() -> None:
    weights = class_weights(np.array([4, 4, 5, 5, 5]), np.array([True, True, True, False, False]), 1.0)
    np.testing.assert_allclose(weights, [0.75, 0.75, 1.5, 0, 0])


def test_the_eight_symmetries_differ() -> None:
    assert len({symmetry(IMAGES[:1], number).tobytes() for number in range(8)}) == 8
    np.testing.assert_array_equal(symmetry(IMAGES, 0), IMAGES)


def test_augmentation_without_strength_gives_exact_symmetries_and_all_of_them() -> None:
    many = np.repeat(IMAGES[:1], 64, axis=0)
    varied = np.round(augment(many, STILL, np.random.default_rng(0)))
    symmetries = [symmetry(IMAGES[:1], number)[0] for number in range(8)]
    found = [[bool((image == one).all()) for one in symmetries].index(True) for image in varied]
    assert set(found) == set(range(8))


def test_augmentation_varies_each_image_by_itself_and_stays_in_range() -> None:
    strong = FineTuneStage(0.5, 1, 8, 1e-4, 0.0, scale=0.2, shift=0.1, stain=0.3, brightness=0.3)
    varied = augment(np.repeat(IMAGES[:1], 16, axis=0), strong, np.random.default_rng(0))
    assert (varied.shape, varied.dtype) == ((16, 32, 32, 3), np.float32)
    assert varied.min() >= 0
    assert varied.max() <= 255
    assert len({image.tobytes() for image in varied}) == 16


@pytest.mark.parametrize("strength", [0.0, 0.3])
def test_glass_stays_white_whatever_the_stain(strength: float) -> None:
    stage = FineTuneStage(0.5, 1, 8, 1e-4, 0.0, scale=0.0, shift=0.0, stain=strength, brightness=0.0)
    white = np.full((4, 32, 32, 3), 255, np.uint8)
    np.testing.assert_allclose(augment(white, stage, np.random.default_rng(0)), 255, atol=1e-3)
