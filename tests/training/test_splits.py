"""Folds by accession."""

import hashlib
from collections import Counter

import pytest

from training.splits import FOLDS, GROUPED_FILE, assign_folds, split_sha256


def fixed_accessions() -> list[str]:
    return [line.split(",")[0] for line in GROUPED_FILE.read_text(encoding="utf-8").splitlines()[1:]]


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


def test_an_accession_more_asks_for_an_assignment_of_its_own() -> None:
    accessions = [*fixed_accessions(), "1"]
    assert "1" in assign_folds(accessions, ["DC"] * len(accessions))


def test_the_hash_of_a_split_changes_with_it() -> None:
    assert split_sha256({"1": 1, "2": 2}) == split_sha256({"2": 2, "1": 1}) != split_sha256({"1": 2, "2": 1})


@pytest.mark.parametrize("seed", [1, 2])
def test_the_same_data_gets_the_same_folds(seed: int) -> None:
    accessions = [str(seed * 1000 + number % 20) for number in range(60)]
    assert assign_folds(accessions, ["F"] * 60) == assign_folds(accessions, ["F"] * 60)
