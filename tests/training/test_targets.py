"""Truth, weights and undersampling."""

from pathlib import Path

import numpy as np
import pytest

from tests.training.conftest import write_image
from training.data import Dataset, load_dataset, prepare_images
from training.recipe import load_recipe
from training.targets import class_weights, targets_of, training_rows
from training.workspace import Workspace


@pytest.fixture
def dataset(tree: Path, workspace: Workspace) -> Dataset:
    for sequence in range(10, 16):
        write_image(tree, "DC", "1003", sequence)
    write_image(tree, "LC", "13412", 3)
    prepare_images(tree, workspace)
    return load_dataset(workspace)


def test_balanced_weights_are_those_of_the_brief() -> None:
    classes = np.array([0, 1, 1, 1])
    np.testing.assert_allclose(class_weights(classes, np.ones(4, bool), 1.0), 4 / (2 * np.array([1, 3, 3, 3])))


def test_without_balance_every_image_weighs_the_same() -> None:
    np.testing.assert_array_equal(class_weights(np.array([0, 1, 1]), np.ones(3, bool), 0.0), 1)


def test_an_image_of_unknown_subtype_weighs_nothing_for_the_subtypes(dataset: Dataset) -> None:
    targets = targets_of(load_recipe("lite0_staged"), dataset, np.arange(len(dataset)))
    assert list(dataset.accession[targets.weight["subtype"] == 0]) == ["13412"]
    assert (targets.weight["malignant"] > 0).all()


def test_a_recipe_of_subtypes_does_not_see_images_of_unknown_subtype(dataset: Dataset) -> None:
    rows = training_rows(load_recipe("brief_subtype_baseline"), dataset, np.arange(len(dataset)))
    assert "13412" not in dataset.accession[rows]
    assert len(rows) == len(dataset) - 1


def test_undersampling_cuts_the_largest_subtype_to_the_second(dataset: Dataset) -> None:
    rows = training_rows(load_recipe("brief_subtype_undersampling"), dataset, np.arange(len(dataset)))
    counts = np.bincount(dataset.subtype[rows])
    assert sorted(counts[counts > 0]) == [6, 6, 6, 6]
    np.testing.assert_array_equal(rows, training_rows(load_recipe("brief_subtype_undersampling"), dataset, np.arange(len(dataset))))
