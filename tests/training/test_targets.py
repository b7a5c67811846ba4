"""Truth, weights, undersampling and oversampling."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.training.conftest import write_image
from training.data import Dataset, load_dataset, prepare_images
from training.experiment.recipe import load_recipe
from training.model.targets import class_weights, targets_of, training_rows, weigh_accessions
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


def test_an_image_of_unknown_subtype_has_no_weight_in_the_subtype_task(dataset: Dataset) -> None:
    targets = targets_of(load_recipe("lite0_staged"), dataset, np.arange(len(dataset)))
    assert list(dataset.accession[targets.weight["subtype"] == 0]) == ["13412"]
    assert (targets.weight["malignant"] > 0).all()


def test_a_subtype_recipe_does_not_train_on_images_of_unknown_subtype(dataset: Dataset) -> None:
    rows = training_rows(load_recipe("brief_subtype_baseline"), dataset, np.arange(len(dataset)))
    assert "13412" not in dataset.accession[rows]
    assert len(rows) == len(dataset) - 1


def test_undersampling_cuts_the_largest_subtype_to_the_size_of_the_second_largest(dataset: Dataset) -> None:
    rows = training_rows(load_recipe("brief_subtype_undersampling"), dataset, np.arange(len(dataset)))
    counts = np.bincount(dataset.subtype[rows])
    assert sorted(counts[counts > 0]) == [6, 6, 6, 6]
    np.testing.assert_array_equal(rows, training_rows(load_recipe("brief_subtype_undersampling"), dataset, np.arange(len(dataset))))


def test_oversampling_repeats_the_images_of_a_subtype_evenly_until_it_is_as_large_as_the_largest(dataset: Dataset) -> None:
    rows = training_rows(load_recipe("resnet50_frozen_oversampling"), dataset, np.arange(len(dataset)))
    known = rows[dataset.subtype_known[rows]]
    counts = np.bincount(dataset.subtype[known])
    assert set(counts[counts > 0]) == {12}
    assert list(dataset.accession[np.setdiff1d(rows, known)]) == ["13412"]
    repeated = np.bincount(known)[dataset.subtype_known]
    for subtype in np.unique(dataset.subtype[known]):
        mine = repeated[dataset.subtype[dataset.subtype_known] == subtype]
        assert mine.max() - mine.min() <= 1


def test_binary_oversampling_repeats_the_rarer_class(dataset: Dataset) -> None:
    recipe = replace(load_recipe("brief_binary_baseline"), oversample=True)
    rows = training_rows(recipe, dataset, np.arange(len(dataset)))
    assert dataset.malignant[rows].sum() * 2 == len(rows)
    assert set(rows) == set(range(len(dataset)))


def test_accessions_of_a_class_can_weigh_the_same_whatever_their_size() -> None:
    weights = weigh_accessions(np.ones(6, np.float32), np.array([0, 0, 0, 0, 1, 1]), np.array(["a", "a", "a", "b", "c", "d"]), 1.0)
    np.testing.assert_allclose([weights[:3].sum(), weights[3], weights[4], weights[5]], [2, 2, 1, 1])


def test_weighting_accessions_keeps_class_totals_and_zero_weights() -> None:
    before = np.array([3, 3, 3, 0, 0.5, 0.5], np.float32)
    after = weigh_accessions(before, np.array([0, 0, 0, 0, 1, 1]), np.array(["a", "a", "b", "b", "c", "c"]), 0.5)
    np.testing.assert_allclose([after[:4].sum(), after[4:].sum()], [9, 1], rtol=1e-6)
    assert after[3] == 0
    assert after.dtype == np.float32


def test_a_recipe_weighs_accessions_in_both_tasks(dataset: Dataset) -> None:
    recipe = load_recipe("lite0_accessions_stain_mixup")
    rows = np.arange(len(dataset))
    plain = targets_of(replace(recipe, balance=replace(recipe.balance, accession=0.0)), dataset, rows)
    weighed = targets_of(recipe, dataset, rows)
    many = dataset.accession == "1003"
    ductal = (dataset.subtype == dataset.subtype[many][0]) & ~many
    for output in ("malignant", "subtype"):
        shares = weighed.weight[output] / np.where(plain.weight[output] > 0, plain.weight[output], 1)
        assert shares[many].max() < shares[ductal].min()
        assert weighed.weight[output].mean() == pytest.approx(plain.weight[output].mean())
