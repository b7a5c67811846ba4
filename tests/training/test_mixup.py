"""Mixup: blends of two images and of their truths."""

from pathlib import Path

import numpy as np
import pytest

from training.data import load_dataset, prepare_images
from training.data.splits import protocol_splits
from training.experiment.recipe import load_recipe
from training.fit.train import Budget, train
from training.model.mixup import mix
from training.workspace import Workspace

IMAGES = np.arange(4, dtype=np.float32)[:, None, None, None] * np.ones((1, 2, 2, 3), np.float32)
SUBTYPE = np.array([0, 3, 4, 7])
MALIGNANT = np.array([[0], [0], [1], [1]], np.float32)

RECIPE = """
description = "A very small network on mixed images"
task = "both"
random_seed = 3

[network]
input_side = 150
filters = [4]
dense = 4

[images]
optimiser = "adam"
learning_rate = 1e-3
epochs = 2
batch_size = 8

[augmentation]
mixup = 0.3
"""


def shares_of(images: np.ndarray) -> np.ndarray:
    """Return the share of the first image in each mixed image, given that all its pixels were 1 and those of the other images 0."""
    return images[:, 0, 0, 0]


def test_an_image_and_its_truth_are_mixed_in_the_same_shares() -> None:
    first = (np.arange(4) == 0).astype(np.float32)[:, None, None, None] * np.ones((1, 2, 2, 3), np.float32)
    ones = {name: np.ones(4, np.float32) for name in ("malignant", "subtype")}
    for seed in range(5):
        images, truth, weight = mix(first, {"malignant": MALIGNANT, "subtype": SUBTYPE}, ones, 1.0, np.random.default_rng(seed))
        np.testing.assert_allclose(truth["subtype"][:, 0], shares_of(images), atol=1e-6)
        np.testing.assert_allclose(truth["subtype"].sum(axis=1), 1, atol=1e-6)
        np.testing.assert_allclose(truth["malignant"][:, 0], truth["subtype"][:, 4:].sum(axis=1), atol=1e-6)
        np.testing.assert_allclose(weight["malignant"], 1, atol=1e-6)


def test_mixing_preserves_the_sum_of_a_batch() -> None:
    images, _, _ = mix(IMAGES, {}, {}, 0.3, np.random.default_rng(2))
    assert images.dtype == np.float32
    assert images[:, 0, 0, 0].sum() == pytest.approx(IMAGES[:, 0, 0, 0].sum())


def test_a_partner_of_zero_weight_does_not_change_the_truth() -> None:
    weight = {"subtype": np.array([1, 0, 0, 0], np.float32)}
    for seed in range(5):
        _, truth, mixed = mix(IMAGES, {"subtype": SUBTYPE}, weight, 1.0, np.random.default_rng(seed))
        counts = mixed["subtype"] > 0
        np.testing.assert_array_equal(truth["subtype"][counts].argmax(axis=1), 0)
        assert mixed["subtype"].sum() == pytest.approx(1)


def test_a_recipe_with_mixup_trains_both_tasks(tree: Path, workspace: Workspace, tmp_path: Path) -> None:
    prepare_images(tree, workspace)
    file = tmp_path / "mixed.toml"
    file.write_text(RECIPE, encoding="utf-8")
    data = load_dataset(workspace)
    folder = train(load_recipe(str(file)), data, protocol_splits("grouped", data, with_validation=False)[0], workspace, Budget())
    assert folder.done is not None
    assert all(np.isfinite(row["loss"]) for row in folder.done["history"])
    np.testing.assert_allclose(folder.predictions()["subtype"].sum(axis=1), 1, atol=1e-5)
