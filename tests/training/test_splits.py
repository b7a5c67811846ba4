"""Folds by accession."""

import hashlib
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from breakhis_desktop.errors import UserError
from training.data import Dataset, load_dataset, prepare_images
from training.data.folds import FOLDS, GROUPED_FILE, assign_folds, split_sha256
from training.protocols import PRIMARY, PROTOCOLS, REGROUPED
from training.splits import Split, protocol_splits
from training.workspace import Workspace


@pytest.fixture
def dataset(tree: Path, workspace: Workspace) -> Dataset:
    prepare_images(tree, workspace)
    return load_dataset(workspace)


def many(dataset: Dataset, accessions: int) -> Dataset:
    """Return facts of many images: of each accession three, its subtype one of four."""
    number = np.repeat(np.arange(accessions), 3)
    subtype, accession = number % 4 + 1, np.strings.add("", (2000 + number).astype(str))
    folds = assign_folds(list(accession), list(subtype.astype(str)))
    return replace(
        dataset,
        name=np.strings.add("image ", np.arange(len(number)).astype(str)),
        subtype=subtype,
        malignant=subtype > 3,
        accession=accession,
        patient_id=accession,
        fold=np.array([folds[one] for one in accession]),
    )


def crossing(split: Split, data: Dataset) -> set[str]:
    """Return the accessions that stand in more than one part of a split."""
    train, validation, test = (set(data.accession[part]) for part in (split.train, split.validation, split.test))
    return (train & validation) | (train & test) | (validation & test)


def fixed_accessions() -> list[str]:
    return [line.split(",")[0] for line in GROUPED_FILE.read_text(encoding="utf-8").splitlines()[1:]]


@pytest.mark.parametrize("protocol", [PRIMARY, *REGROUPED])
@pytest.mark.parametrize("with_validation", [True, False])
def test_no_accession_crosses_the_parts_of_a_grouped_split(dataset: Dataset, protocol: str, with_validation: bool) -> None:
    data = many(dataset, 40)
    splits = protocol_splits(protocol, data, with_validation=with_validation)
    assert not any(crossing(split, data) for split in splits)
    assert sorted(np.concatenate([split.test for split in splits])) == list(range(len(data)))
    for split in splits:
        assert len(split.train) + len(split.validation) + len(split.test) == len(data)
        assert len(split.train)
        assert bool(len(split.validation)) is with_validation


def test_a_split_by_image_lets_accessions_cross(dataset: Dataset) -> None:
    data = many(dataset, 40)
    assert crossing(protocol_splits("image", data, with_validation=True)[0], data)


@pytest.mark.data
def test_no_accession_crosses_a_grouped_fold_of_the_real_images(data: Path, workspace: Workspace) -> None:
    prepare_images(data, workspace)
    images = load_dataset(workspace)
    for protocol in (PRIMARY, *REGROUPED):
        assert not any(crossing(split, images) for split in protocol_splits(protocol, images, with_validation=True))


def test_other_folds_hold_each_subtype_in_equal_parts_and_are_other_ones(dataset: Dataset) -> None:
    data = many(dataset, 40)
    assignments = set()
    for protocol in (PRIMARY, *REGROUPED):
        tests = [split.test for split in protocol_splits(protocol, data, with_validation=False)]
        assignments.add(tuple(tuple(test) for test in tests))
        assert all(set(np.bincount(data.subtype[test])[1:]) == {6} for test in tests)
    assert len(assignments) == 3


def test_too_few_accessions_to_deal_anew_are_told(dataset: Dataset) -> None:
    with pytest.raises(UserError, match="fewer than 5 accessions, too few to deal anew; use the grouped protocol"):
        protocol_splits("regrouped_1", dataset, with_validation=False)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_every_protocol_names_itself(protocol: str) -> None:
    facts = PROTOCOLS[protocol]
    assert all((facts.label, facts.words, facts.meaning, facts.card))
    assert ("leak" in facts.words + facts.label) is (protocol in {"official", "image"})


def test_no_accession_crosses_a_fold() -> None:
    accessions = [str(2000 + number % 40) for number in range(400)]
    subtypes = [("F", "DC", "MC")[int(one) % 3] for one in accessions]
    folds = assign_folds(accessions, subtypes)
    assert set(folds) == set(accessions)
    assert set(folds.values()) == set(FOLDS)
    for held_out in FOLDS:
        held = {one for one in accessions if folds[one] == held_out}
        assert not held & {one for one in accessions if folds[one] != held_out}


def test_each_fold_of_other_data_holds_each_subtype_that_has_enough_accessions() -> None:
    accessions = [str(2000 + number % 40) for number in range(400)]
    subtypes = [("F", "DC")[int(one) % 2] for one in accessions]
    folds = assign_folds(accessions, subtypes)
    assert Counter({(folds[one], subtype) for one, subtype in zip(accessions, subtypes, strict=True)}).total() == 10


def test_the_fixed_assignment_is_used_where_it_covers_all_accessions() -> None:
    accessions = fixed_accessions()
    folds = assign_folds(accessions, ["DC"] * len(accessions))
    assert split_sha256(folds) == hashlib.sha256(GROUPED_FILE.read_bytes()).hexdigest()
    assert len(folds) == 50


def test_a_part_of_the_images_that_would_leave_a_fixed_fold_empty_is_split_anew() -> None:
    rows = [line.split(",") for line in GROUPED_FILE.read_text(encoding="utf-8").splitlines()[1:]]
    accessions = [accession for accession, fold in rows if fold in {"1", "2"}]
    folds = assign_folds(accessions, ["DC"] * len(accessions))
    assert set(folds.values()) == set(FOLDS)


def test_training_parts_of_one_class_are_refused(dataset: Dataset) -> None:
    data = many(dataset, 40)
    one_fold = replace(data, malignant=data.fold == 3)
    with pytest.raises(UserError, match="In the split grouped-3 the images to train on are of one class only"):
        protocol_splits("grouped", one_fold, with_validation=False)


def test_an_accession_more_asks_for_an_assignment_of_its_own() -> None:
    accessions = [*fixed_accessions(), "1"]
    assert "1" in assign_folds(accessions, ["DC"] * len(accessions))


def test_the_hash_of_a_split_changes_with_it() -> None:
    assert split_sha256({"1": 1, "2": 2}) == split_sha256({"2": 2, "1": 1}) != split_sha256({"1": 2, "2": 1})


@pytest.mark.parametrize("seed", [1, 2])
def test_the_same_data_gets_the_same_folds(seed: int) -> None:
    accessions = [str(seed * 1000 + number % 20) for number in range(60)]
    assert assign_folds(accessions, ["F"] * 60) == assign_folds(accessions, ["F"] * 60)
