"""Augmentation of images."""

import numpy as np
import pytest

from training.experiment.recipe import Augmentation, load_recipe
from training.model.augment import augment, symmetry

IMAGES = np.random.default_rng(0).integers(0, 256, (4, 24, 24, 3)).astype(np.uint8)


def test_the_eight_symmetries_give_different_views_of_the_same_pixels() -> None:
    views = {symmetry(IMAGES, number).tobytes() for number in range(8)}
    assert len(views) == 8
    assert all(sorted(symmetry(IMAGES, number).ravel()) == sorted(IMAGES.ravel()) for number in range(8))


def test_images_are_unchanged_without_augmentation() -> None:
    np.testing.assert_array_equal(augment(IMAGES, Augmentation(), np.random.default_rng(0)), IMAGES)


def test_symmetries_only_rearrange_pixels() -> None:
    varied = augment(IMAGES, Augmentation(symmetries=True), np.random.default_rng(3))
    known = [[symmetry(IMAGES[one : one + 1], number)[0] for number in range(8)] for one in range(len(IMAGES))]
    for one, image in enumerate(varied):
        assert min(np.abs(image - view.astype(float)).max() for view in known[one]) < 1e-2


@pytest.mark.parametrize("name", ["brief_binary_augmentation", "lite0_staged"])
def test_augmented_images_keep_shape_and_range_and_differ_from_each_other(name: str) -> None:
    same = np.repeat(IMAGES[:1], 4, axis=0)
    varied = augment(same, load_recipe(name).augmentation, np.random.default_rng(1))
    assert varied.shape == same.shape
    assert varied.dtype == np.float32
    assert 0 <= varied.min() <= varied.max() <= 255
    assert np.abs(varied[0] - varied[1]).mean() > 1


def test_the_same_seed_gives_the_same_variations() -> None:
    how = load_recipe("lite0_staged").augmentation
    first, second = (augment(IMAGES, how, np.random.default_rng(7)) for _ in range(2))
    np.testing.assert_array_equal(first, second)


def test_stain_jitter_leaves_white_glass_white() -> None:
    glass = np.full((2, 8, 8, 3), 255, np.uint8)
    np.testing.assert_allclose(augment(glass, Augmentation(stain=0.3), np.random.default_rng(0)), 255, atol=0.5)


def test_a_stain_shift_is_uniform_within_an_image_and_differs_between_images() -> None:
    varied = augment(IMAGES // 2 + 40, Augmentation(stain_shift=0.05), np.random.default_rng(5))
    change = np.log((varied + 1) / (IMAGES // 2 + 41.0))
    np.testing.assert_allclose(change, np.broadcast_to(change[:, :1, :1], change.shape), atol=1e-3)
    assert np.abs(change).max() > 0.005
    assert np.abs(change[0, 0, 0] - change[1, 0, 0]).max() > 1e-3
