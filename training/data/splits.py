"""Divides the images into training, validation and test images, as each protocol requires. Only grouped protocols keep patients apart."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedKFold, train_test_split

from breakhis_desktop.domain.taxonomy import SUBTYPES
from breakhis_desktop.errors import UserError
from breakhis_desktop.wording.message import Message
from training.data import Dataset
from training.data.folds import FOLDS, RANDOM_SEED, thin_subtypes_allowed
from training.experiment.protocols import REGROUPED
from training.wording import TrainingCode

FINAL = "final"
"""The name of the split that trains on all images, for a bundle."""

OFFICIAL_FILE = Path(__file__).parents[1] / "folds" / "official.csv"
IMAGE_FILE = Path(__file__).parents[1] / "folds" / "image.csv"

_IMAGE_RANDOM_SEED = 42
_TRAIN_SHARE = 0.7

Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Split:
    """The images of one run, as positions in the data set.

    Attributes:
        name: The name, such as `grouped-1`, `regrouped_2-5`, `official-5`, `image` or `final`.
        number: Its number among the splits of the protocol, from 1.
        train: The images to train on.
        validation: The images for early stopping; empty without early stopping.
        test: The images to predict; empty for `final`.
    """

    name: str
    number: int
    train: Rows
    validation: Rows
    test: Rows


def protocol_splits(protocol: str, data: Dataset, *, with_validation: bool) -> list[Split]:
    """Return all splits of a protocol.

    Args:
        protocol: One of `PROTOCOLS`.
        data: All images.
        with_validation: Keep some training images for early stopping: the next fold in the grouped protocols, the accessions of one
            grouped fold in the official protocol, and the validation part in the image protocol.

    Raises:
        UserError: The protocol cannot split these images, or a split has no test images, or training images of only one class.
    """
    splits = _splits(protocol, data, with_validation)
    for split in splits:
        _refuse_unusable(split, data)
    return splits


def _refuse_unusable(split: Split, data: Dataset) -> None:
    if not len(split.test):
        raise UserError(Message.of(TrainingCode.SPLIT_JUDGES_NOTHING, split=split.name))
    if len(np.unique(data.malignant[split.train])) < 2:
        raise UserError(Message.of(TrainingCode.SPLIT_TRAINS_ONE_CLASS, split=split.name))


def _splits(protocol: str, data: Dataset, with_validation: bool) -> list[Split]:
    match protocol:
        case "grouped":
            return [_by_fold(protocol, data.fold, fold, with_validation) for fold in FOLDS]
        case "regrouped_1" | "regrouped_2":
            folds = regrouped_folds(protocol, data)
            return [_by_fold(protocol, folds, fold, with_validation) for fold in FOLDS]
        case "official":
            return [_official(data, fold, test, with_validation) for fold, test in zip(FOLDS, _official_tests(data), strict=True)]
        case _:
            parts = _image_parts(data)
            kept = parts == "validation" if with_validation else np.zeros(len(data), bool)
            return [Split("image", 1, np.flatnonzero(parts == "train"), np.flatnonzero(kept), np.flatnonzero(parts == "test"))]


def final_split(data: Dataset, *, with_validation: bool) -> Split:
    """Return the split that trains on all images, except the first fold if early stopping needs it."""
    kept = (data.fold == FOLDS[0]) & with_validation
    return Split(FINAL, 1, np.flatnonzero(~kept), np.flatnonzero(kept), np.empty(0, np.intp))


def regrouped_folds(protocol: str, data: Dataset) -> NDArray[np.int64]:
    """Return the fold of each image under one of `REGROUPED`, which reassign the accessions of each subtype at random.

    Raises:
        UserError: Every subtype has fewer accessions than folds.
    """
    accessions, first = np.unique(data.accession, return_index=True)
    splitter = StratifiedKFold(len(FOLDS), shuffle=True, random_state=RANDOM_SEED + 1 + REGROUPED.index(protocol))
    try:
        with thin_subtypes_allowed():
            splits = list(splitter.split(accessions, _strata(data)[first]))
    except ValueError:
        raise UserError(Message.of(TrainingCode.TOO_FEW_TO_DEAL_ANEW, folds=len(FOLDS))) from None
    fold_of = {accessions[row]: fold for fold, (_, held_out) in zip(FOLDS, splits, strict=True) for row in held_out}
    return np.array([fold_of[accession] for accession in data.accession])


def _by_fold(protocol: str, folds: NDArray[np.int64], fold: int, with_validation: bool) -> Split:
    kept = (folds == fold % len(FOLDS) + 1) & with_validation
    test = folds == fold
    return Split(f"{protocol}-{fold}", fold, np.flatnonzero(~test & ~kept), np.flatnonzero(kept), np.flatnonzero(test))


def _official(data: Dataset, fold: int, test: NDArray[np.bool_], with_validation: bool) -> Split:
    kept = ~test & (data.fold == fold) & with_validation
    return Split(f"official-{fold}", fold, np.flatnonzero(~test & ~kept), np.flatnonzero(kept), np.flatnonzero(test))


def _official_tests(data: Dataset) -> list[NDArray[np.bool_]]:
    with OFFICIAL_FILE.open(encoding="utf-8", newline="") as file:
        parts = {(row["subtype"], row["patient_id"]): [row[f"fold{fold}"] for fold in FOLDS] for row in csv.DictReader(file)}
    codes = [*(subtype.code for subtype in SUBTYPES), "unknown"]
    slides = [(codes[subtype], patient) for subtype, patient in zip(data.subtype, data.patient_id, strict=True)]
    if unknown := sorted(set(slides) - parts.keys()):
        raise UserError(Message.of(TrainingCode.SLIDE_NOT_IN_OFFICIAL_FOLDS, slide=str(unknown[0][1])))
    return [np.array([parts[slide][fold - 1] == "test" for slide in slides]) for fold in FOLDS]


def _image_parts(data: Dataset) -> NDArray[np.str_]:
    """Return the part of each image under the image protocol: `train`, `validation` or `test`.

    If `folds/image.csv` names all images, it gives their parts. Other images are split by the same rule: 70/15/15, stratified by subtype.
    """
    with IMAGE_FILE.open(encoding="utf-8", newline="") as file:
        fixed = {row["name"]: row["part"] for row in csv.DictReader(file)}
    if fixed.keys() >= set(data.name):
        return np.array([fixed[name] for name in data.name])
    strata = _strata(data)
    try:
        train, rest = train_test_split(np.arange(len(data)), train_size=_TRAIN_SHARE, random_state=_IMAGE_RANDOM_SEED, stratify=strata)
        validation, _ = train_test_split(rest, test_size=0.5, random_state=_IMAGE_RANDOM_SEED, stratify=strata[rest])
    except ValueError:
        raise UserError(Message.of(TrainingCode.TOO_FEW_TO_SPLIT_BY_IMAGE)) from None
    parts = np.full(len(data), "test", dtype="<U10")
    parts[train], parts[validation] = "train", "validation"
    return parts


def _strata(data: Dataset) -> NDArray[np.int64]:
    """Return the stratum of each image: the number of its subtype or, if that is unknown, one of two higher numbers for its class."""
    return np.where(data.subtype >= 0, data.subtype, len(SUBTYPES) + data.malignant)
