"""Assigns accessions to folds, so that no patient is in two folds."""

import csv
import hashlib
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from sklearn.model_selection import StratifiedGroupKFold

from breakhis_desktop.errors import UserError
from breakhis_desktop.wording.message import Message
from training.wording import TrainingCode

FOLDS = (1, 2, 3, 4, 5)
GROUPED_FILE = Path(__file__).parents[1] / "folds" / "grouped.csv"
RANDOM_SEED = 0


def assign_folds(accessions: Sequence[str], subtypes: Sequence[str]) -> dict[str, int]:
    """Assign each accession to a fold of the grouped protocol.

    The project's fixed assignment is used if it covers all accessions and leaves no fold empty. Other data is split by the rule that made
    this assignment, stratified by subtype.

    Args:
        accessions: The accession of each image.
        subtypes: The subtype code of each image, or its class if the subtype is unknown.

    Raises:
        UserError: There are fewer accessions than folds, every subtype has fewer images than there are folds, or a fold stays empty.
    """
    if (found := len(set(accessions))) < len(FOLDS):
        raise UserError(Message.of(TrainingCode.FEWER_ACCESSIONS_THAN_FOLDS, accessions=found, folds=len(FOLDS)))
    if max(Counter(subtypes).values()) < len(FOLDS):
        raise UserError(Message.of(TrainingCode.FEWER_IMAGES_THAN_FOLDS, folds=len(FOLDS)))
    fixed = _fixed_folds()
    if fixed.keys() >= set(accessions):
        folds = {accession: fixed[accession] for accession in sorted(set(accessions))}
        if set(folds.values()) == set(FOLDS):
            return folds
    return _stratified_folds(accessions, subtypes)


def split_sha256(folds: Mapping[str, int]) -> str:
    """Return the hash of an assignment, written in the form of `training/folds/grouped.csv`."""
    lines = ["accession,fold", *(f"{accession},{folds[accession]}" for accession in sorted(folds))]
    return hashlib.sha256(("\n".join(lines) + "\n").encode()).hexdigest()


def _fixed_folds() -> dict[str, int]:
    with GROUPED_FILE.open(encoding="utf-8", newline="") as file:
        return {row["accession"]: int(row["fold"]) for row in csv.DictReader(file)}


def _stratified_folds(accessions: Sequence[str], subtypes: Sequence[str]) -> dict[str, int]:
    splitter = StratifiedGroupKFold(n_splits=len(FOLDS), shuffle=True, random_state=RANDOM_SEED)
    with thin_subtypes_allowed():
        splits = list(splitter.split(np.zeros(len(accessions)), subtypes, accessions))
    folds = {accessions[row]: fold for fold, (_, held_out) in zip(FOLDS, splits, strict=True) for row in held_out}
    if set(folds.values()) != set(FOLDS):
        raise UserError(Message.of(TrainingCode.ACCESSIONS_UNEVEN, folds=len(FOLDS)))
    return dict(sorted(folds.items()))


@contextmanager
def thin_subtypes_allowed() -> Iterator[None]:
    """Silence scikit-learn's warning that a subtype has too few images or accessions to be in every fold."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        yield
