"""The folds of accessions, and the splits of each protocol."""

import csv
import hashlib
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from sklearn.model_selection import StratifiedGroupKFold, train_test_split

from breakhis_desktop.domain.filenames import parse_official_name
from breakhis_desktop.domain.taxonomy import SUBTYPES, Decision
from breakhis_desktop.errors import UserError
from tests.factories import tells
from training.data import Dataset, load_dataset, prepare_images
from training.data.folds import FOLDS, GROUPED_FILE, assign_folds, split_sha256
from training.data.splits import IMAGE_FILE, OFFICIAL_FILE, Split, final_split, protocol_splits
from training.experiment.predictions import load_predictions
from training.experiment.protocols import PRIMARY, PROTOCOLS, REGROUPED
from training.wording import TrainingCode
from training.workspace import RESULTS, Workspace


def many(dataset: Dataset, accessions: int) -> Dataset:
    """Return a data set that describes many images, three of each accession; each accession has one of four subtypes."""
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


@cache
def breakhis() -> Dataset:
    """Return a data set of the images that `folds/image.csv` names, with the facts in these names but without pixels."""
    names = [row["name"] for row in rows_of(IMAGE_FILE)]
    facts = [fact for name in names if (fact := parse_official_name(name))]
    subtype, accession = [SUBTYPES.index(fact.subtype) for fact in facts], [fact.accession for fact in facts]
    folds = assign_folds(accession, [fact.subtype.code for fact in facts])
    return Dataset(
        images={},
        name=np.array(names),
        malignant=np.array([fact.subtype.decision is Decision.MALIGNANT for fact in facts]),
        subtype=np.array(subtype),
        subtype_known=np.ones(len(names), bool),
        patient_id=np.array([fact.patient_id for fact in facts]),
        accession=np.array(accession),
        magnification=np.array([fact.magnification for fact in facts]),
        pixels_sha256=np.array(names),
        fold=np.array([folds[one] for one in accession]),
    )


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def parts_of(split: Split) -> list[set[int]]:
    return [set(part.tolist()) for part in (split.train, split.validation, split.test)]


def crossing(split: Split, data: Dataset) -> set[str]:
    """Return the accessions that occur in more than one part of a split."""
    train, validation, test = (set(data.accession[part]) for part in (split.train, split.validation, split.test))
    return (train & validation) | (train & test) | (validation & test)


def fixed_accessions() -> list[str]:
    return [line.split(",")[0] for line in GROUPED_FILE.read_text(encoding="utf-8").splitlines()[1:]]


@pytest.mark.parametrize("protocol", [PRIMARY, *REGROUPED])
@pytest.mark.parametrize("with_validation", [True, False])
def test_no_accession_is_in_two_parts_of_a_grouped_split(dataset: Dataset, protocol: str, with_validation: bool) -> None:
    data = many(dataset, 40)
    splits = protocol_splits(protocol, data, with_validation=with_validation)
    assert not any(crossing(split, data) for split in splits)
    assert sorted(np.concatenate([split.test for split in splits])) == list(range(len(data)))
    for split in splits:
        assert len(split.train) + len(split.validation) + len(split.test) == len(data)
        assert len(split.train)
        assert bool(len(split.validation)) is with_validation


def test_a_split_by_image_puts_accessions_in_several_parts(dataset: Dataset) -> None:
    data = many(dataset, 40)
    assert crossing(protocol_splits("image", data, with_validation=True)[0], data)


@pytest.mark.data
@pytest.mark.slow
def test_no_accession_of_the_real_images_is_in_two_parts_of_a_grouped_split(data: Path, workspace: Workspace) -> None:
    prepare_images(data, workspace)
    images = load_dataset(workspace)
    for protocol in (PRIMARY, *REGROUPED):
        assert not any(crossing(split, images) for split in protocol_splits(protocol, images, with_validation=True))


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("with_validation", [True, False])
def test_no_image_is_in_two_parts_of_a_split(protocol: str, with_validation: bool) -> None:
    data = breakhis()
    for split in protocol_splits(protocol, data, with_validation=with_validation):
        train, validation, test = parts_of(split)
        assert len(train) + len(validation) + len(test) == len(train | validation | test)
        assert bool(validation) is with_validation
        assert train
        assert test


@pytest.mark.parametrize("with_validation", [True, False])
def test_every_image_is_in_a_part_of_each_grouped_or_official_split(with_validation: bool) -> None:
    data = breakhis()
    for protocol in (PRIMARY, *REGROUPED, "official"):
        for split in protocol_splits(protocol, data, with_validation=with_validation):
            assert set.union(*parts_of(split)) == set(range(len(data)))


def test_the_official_split_tests_on_the_slides_that_the_authors_hold_out() -> None:
    data, slides = breakhis(), rows_of(OFFICIAL_FILE)
    codes = [SUBTYPES[subtype].code for subtype in data.subtype]
    for number, split in zip(FOLDS, protocol_splits("official", data, with_validation=False), strict=True):
        held_out = {(slide["subtype"], slide["patient_id"]) for slide in slides if slide[f"fold{number}"] == "test"}
        test = {row for row, slide in enumerate(zip(codes, data.patient_id, strict=True)) if slide in held_out}
        assert parts_of(split) == [set(range(len(data))) - test, set(), test]
        assert (split.name, split.number) == (f"official-{number}", number)


def test_the_official_split_validates_on_the_grouped_fold_of_the_same_number() -> None:
    data = breakhis()
    for number, split in zip(FOLDS, protocol_splits("official", data, with_validation=True), strict=True):
        _, validation, test = parts_of(split)
        assert validation == set(np.flatnonzero(data.fold == number).tolist()) - test


def test_a_message_names_the_slide_that_the_official_folds_do_not_cover() -> None:
    data = breakhis()
    stranger = replace(data, patient_id=np.where(data.accession == data.accession[0], "14-1", data.patient_id))
    with pytest.raises(UserError, match="do not include the slide 14-1; use the grouped protocol"):
        protocol_splits("official", stranger, with_validation=False)


@pytest.mark.parametrize("protocol", [PRIMARY, *REGROUPED])
def test_a_grouped_split_validates_on_the_test_part_of_the_next_split(protocol: str) -> None:
    splits = protocol_splits(protocol, breakhis(), with_validation=True)
    assert [split.name for split in splits] == [f"{protocol}-{number}" for number in FOLDS]
    assert [split.number for split in splits] == list(FOLDS)
    for split, following in zip(splits, [*splits[1:], splits[0]], strict=True):
        assert parts_of(split)[1] == parts_of(following)[2]


def test_the_image_split_matches_its_file() -> None:
    data, rows = breakhis(), rows_of(IMAGE_FILE)
    (split,) = protocol_splits("image", data, with_validation=True)
    assert (split.name, split.number) == ("image", 1)
    assert parts_of(split) == [{at for at, row in enumerate(rows) if row["part"] == part} for part in ("train", "validation", "test")]


def test_without_validation_the_image_split_leaves_its_validation_part_unused() -> None:
    data = breakhis()
    with_it, without = (protocol_splits("image", data, with_validation=one)[0] for one in (True, False))
    assert parts_of(without) == [parts_of(with_it)[0], set(), parts_of(with_it)[2]]


def test_images_outside_the_fixed_split_are_split_70_15_15_with_equal_shares_of_each_subtype(dataset: Dataset) -> None:
    data = many(dataset, 80)
    parts = parts_of(protocol_splits("image", data, with_validation=True)[0])
    assert [len(part) for part in parts] == [168, 36, 36]
    assert set.union(*parts) == set(range(240))
    assert [np.bincount(data.subtype[sorted(part)], minlength=5).tolist() for part in parts] == [
        [0, 42, 42, 42, 42],
        *[[0, 9, 9, 9, 9]] * 2,
    ]


def test_images_outside_the_fixed_split_are_split_with_the_seed_of_the_brief(dataset: Dataset) -> None:
    data = many(dataset, 80)
    train, rest = train_test_split(np.arange(240), train_size=0.7, random_state=42, stratify=data.subtype)
    validation, test = train_test_split(rest, test_size=0.5, random_state=42, stratify=data.subtype[rest])
    (split,) = protocol_splits("image", data, with_validation=True)
    assert parts_of(split) == [set(train.tolist()), set(validation.tolist()), set(test.tolist())]


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_each_protocol_still_holds_out_the_images_of_the_saved_predictions(protocol: str) -> None:
    data = breakhis()
    at = {name: row for row, name in enumerate(data.name)}
    file = next(iter(sorted((RESULTS / "predictions").glob(f"*.{protocol}.npz"))))
    saved = load_predictions(file)
    for split in protocol_splits(protocol, data, with_validation=False):
        assert {at[name] for name in saved.name[saved.split == split.number]} == parts_of(split)[2]


def test_images_without_subtypes_are_stratified_by_class(dataset: Dataset) -> None:
    data = many(dataset, 80)
    unknown = replace(data, subtype=np.full(len(data), -1))
    (split,) = protocol_splits("image", unknown, with_validation=True)
    assert [int(data.malignant[part].sum()) for part in (split.train, split.validation, split.test)] == [42, 9, 9]


def test_images_of_known_and_unknown_subtype_are_stratified_separately(dataset: Dataset) -> None:
    kind = np.arange(160) % 4
    mixed = replace(
        many(dataset, 80),
        name=np.array([f"image {row}" for row in range(160)]),
        subtype=np.array([0, -1, 7, -1])[kind],
        malignant=kind > 1,
    )
    (split,) = protocol_splits("image", mixed, with_validation=True)
    assert [np.bincount(kind[part], minlength=4).tolist() for part in (split.train, split.validation, split.test)] == [
        [28, 28, 28, 28],
        [6, 6, 6, 6],
        [6, 6, 6, 6],
    ]


def test_a_subtype_with_too_few_images_to_split_is_refused(dataset: Dataset) -> None:
    data = many(dataset, 40)
    lonely = replace(data, subtype=np.where(np.arange(len(data)) == 0, 7, data.subtype))
    with pytest.raises(UserError, check=tells(TrainingCode.TOO_FEW_TO_SPLIT_BY_IMAGE)):
        protocol_splits("image", lonely, with_validation=False)


def test_the_final_training_without_validation_uses_all_images() -> None:
    data = breakhis()
    split = final_split(data, with_validation=False)
    assert parts_of(split) == [set(range(len(data))), set(), set()]
    assert (split.name, split.number) == ("final", 1)


def test_the_final_training_with_validation_holds_back_the_first_fold() -> None:
    data = breakhis()
    first = set(np.flatnonzero(data.fold == 1).tolist())
    assert parts_of(final_split(data, with_validation=True)) == [set(range(len(data))) - first, first, set()]


def test_a_split_with_an_empty_test_part_is_refused(dataset: Dataset) -> None:
    data = many(dataset, 40)
    with pytest.raises(UserError, check=tells(TrainingCode.SPLIT_JUDGES_NOTHING, split="grouped-2")):
        protocol_splits("grouped", replace(data, fold=np.where(data.fold == 2, 1, data.fold)), with_validation=False)


def test_regrouped_folds_differ_and_hold_equal_shares_of_each_subtype(dataset: Dataset) -> None:
    data = many(dataset, 40)
    assignments = set()
    for protocol in (PRIMARY, *REGROUPED):
        tests = [split.test for split in protocol_splits(protocol, data, with_validation=False)]
        assignments.add(tuple(tuple(test) for test in tests))
        assert all(set(np.bincount(data.subtype[test])[1:]) == {6} for test in tests)
    assert len(assignments) == 3


def test_too_few_accessions_to_regroup_are_refused(dataset: Dataset) -> None:
    with pytest.raises(
        UserError, match="fewer than 5 accessions, too few to deal them to the folds in another way; use the grouped protocol"
    ):
        protocol_splits("regrouped_1", dataset, with_validation=False)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_every_protocol_is_described_and_only_leaky_ones_mention_leaks(protocol: str) -> None:
    facts = PROTOCOLS[protocol]
    assert all((facts.label, facts.words, facts.meaning, facts.card))
    assert ("leak" in facts.words + facts.label) is (protocol in {"official", "image"})


def test_every_accession_gets_a_fold_and_every_fold_is_used() -> None:
    accessions = [str(2000 + number % 40) for number in range(400)]
    subtypes = [("F", "DC", "MC")[int(one) % 3] for one in accessions]
    folds = assign_folds(accessions, subtypes)
    assert set(folds) == set(accessions)
    assert set(folds.values()) == set(FOLDS)
    for held_out in FOLDS:
        held = {one for one in accessions if folds[one] == held_out}
        assert not held & {one for one in accessions if folds[one] != held_out}


def test_each_fold_holds_every_subtype_that_has_enough_accessions() -> None:
    accessions = [str(2000 + number % 40) for number in range(400)]
    subtypes = [("F", "DC")[int(one) % 2] for one in accessions]
    folds = assign_folds(accessions, subtypes)
    assert Counter({(folds[one], subtype) for one, subtype in zip(accessions, subtypes, strict=True)}).total() == 10


def test_the_fixed_assignment_is_used_if_it_covers_all_accessions() -> None:
    accessions = fixed_accessions()
    folds = assign_folds(accessions, ["DC"] * len(accessions))
    assert split_sha256(folds) == hashlib.sha256(GROUPED_FILE.read_bytes()).hexdigest()
    assert len(folds) == 50


def test_accessions_that_would_leave_a_fixed_fold_empty_are_reassigned() -> None:
    rows = [line.split(",") for line in GROUPED_FILE.read_text(encoding="utf-8").splitlines()[1:]]
    accessions = [accession for accession, fold in rows if fold in {"1", "2"}]
    folds = assign_folds(accessions, ["DC"] * len(accessions))
    assert set(folds.values()) == set(FOLDS)


def test_a_training_part_of_only_one_class_is_refused(dataset: Dataset) -> None:
    data = many(dataset, 40)
    one_fold = replace(data, malignant=data.fold == 3)
    with pytest.raises(UserError, check=tells(TrainingCode.SPLIT_TRAINS_ONE_CLASS, split="grouped-3")):
        protocol_splits("grouped", one_fold, with_validation=False)


def test_at_least_five_accessions_and_one_subtype_with_five_images_are_needed() -> None:
    assert set(assign_folds(list("abcde"), ["F"] * 5).values()) == set(FOLDS)
    with pytest.raises(UserError, check=tells(TrainingCode.FEWER_ACCESSIONS_THAN_FOLDS, accessions=4, folds=5)):
        assign_folds(list("abcdabcd"), ["F"] * 8)
    with pytest.raises(UserError, check=tells(TrainingCode.FEWER_IMAGES_THAN_FOLDS, folds=5)):
        assign_folds(list("abcdefgh"), ["F"] * 4 + ["DC"] * 4)


def test_accessions_outside_the_fixed_assignment_are_assigned_with_the_seed_of_the_project() -> None:
    accessions = [str(2000 + number % 40) for number in range(400)]
    subtypes = [("F", "DC")[int(one) % 2] for one in accessions]
    splitter = StratifiedGroupKFold(n_splits=5, shuffle=True, random_state=0)
    folds = assign_folds(accessions, subtypes)
    for fold, (_, held_out) in zip(FOLDS, splitter.split(np.zeros(400), subtypes, accessions), strict=True):
        assert {accessions[row] for row in held_out} == {one for one in folds if folds[one] == fold}


def test_an_accession_outside_the_fixed_assignment_gets_a_fold_too() -> None:
    accessions = [*fixed_accessions(), "1"]
    assert "1" in assign_folds(accessions, ["DC"] * len(accessions))


def test_the_hash_of_a_split_depends_on_the_folds_but_not_on_their_order() -> None:
    assert split_sha256({"1": 1, "2": 2}) == split_sha256({"2": 2, "1": 1}) != split_sha256({"1": 2, "2": 1})


@pytest.mark.parametrize("seed", [1, 2])
def test_the_same_data_gets_the_same_folds(seed: int) -> None:
    accessions = [str(seed * 1000 + number % 20) for number in range(60)]
    assert assign_folds(accessions, ["F"] * 60) == assign_folds(accessions, ["F"] * 60)
