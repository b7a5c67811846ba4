"""Predictions: what the networks of a recipe said of images that they were not trained on, kept in `training/results/predictions/`."""

import json
from dataclasses import dataclass, fields
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from msgspec.json import decode
from numpy.typing import NDArray

from breakhis_desktop.domain.as_json import as_json
from breakhis_desktop.errors import UserError
from breakhis_desktop.files import write_atomically
from breakhis_desktop.wording.message import Message
from training.disk import disk_errors
from training.wording import TrainingCode


@dataclass(frozen=True, slots=True)
class TrainingProvenance:
    """How predictions came about.

    Attributes:
        recipe: The name of the recipe.
        recipe_sha256: The hash of all that defines it.
        description: What it is, in a sentence.
        task: `binary`, `subtype` or `both`.
        protocol: One of `PROTOCOLS`.
        random_seed: Of initial weights, order and augmentation.
        splits: How many of the protocol's splits were trained.
        splits_planned: How many the protocol has.
        epochs: The most epochs that each network was given; of the one that was given fewest.
        epochs_planned: The most that the recipe names.
        minutes: Of training, over all splits.
        precision: `float32`, or the mixed precision that was used.
        split_sha256: The hash of the assignment of these accessions to the grouped folds, whatever the protocol.
        trained: The day on which the last split was trained, ISO 8601.
        history: A row per epoch with the split's name, the epoch, the loss and the monitored figure, for learning curves.
    """

    recipe: str
    recipe_sha256: str
    description: str
    task: str
    protocol: str
    random_seed: int
    splits: int
    splits_planned: int
    epochs: int
    epochs_planned: int
    minutes: float
    precision: str
    split_sha256: str
    trained: str
    history: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Predictions:
    """Raw outputs beside the truth; every array has one entry per scored image, N in all.

    An image that the official protocol holds out several times stands in as many entries.

    Attributes:
        provenance: How they came about.
        name: What tells the image from others of its patient: its file name, or its path where that is no official one.
        malignant: The true class.
        subtype: The true subtype as a position in `SUBTYPES`; -1 where none is known or the data set contradicts itself.
        patient_id: The slide id.
        accession: The digits of it.
        magnification: 40, 100, 200, 400, or 0 where unknown.
        fold: The fold of the accession, under protocols that leak the grouped one; figures at a threshold or a temperature are
            cross-fitted over these.
        split: The number of the split that held the image out, from 1.
        binary: Probability of malignant before any temperature; None where the task is `subtype`.
        subtypes: Probabilities of the subtypes before any temperature, N x 8; None where the task is `binary`.
    """

    provenance: TrainingProvenance
    name: NDArray[np.str_]
    malignant: NDArray[np.bool_]
    subtype: NDArray[np.int64]
    patient_id: NDArray[np.str_]
    accession: NDArray[np.str_]
    magnification: NDArray[np.int64]
    fold: NDArray[np.int64]
    split: NDArray[np.int64]
    binary: NDArray[np.float32] | None
    subtypes: NDArray[np.float32] | None

    def __len__(self) -> int:
        """Return the number of entries."""
        return len(self.name)


def predictions_file(results: Path, recipe: str, protocol: str) -> Path:
    """Return where the predictions of a recipe under a protocol lie."""
    return results / "predictions" / f"{recipe}.{protocol}.npz"


def save_predictions(predictions: Predictions, results: Path) -> Path:
    """Write predictions; what stood there for the recipe and protocol is replaced, unless it is the same.

    Raises:
        UserError: Those that stand there are of other images, or the disk does not take them; what stood there is kept.
    """
    file = predictions_file(results, predictions.provenance.recipe, predictions.provenance.protocol)
    if file.exists():
        former = load_predictions(file)
        if former.provenance.split_sha256 != predictions.provenance.split_sha256:
            raise UserError(Message.of(TrainingCode.PREDICTIONS_OF_OTHER_IMAGES, file=file))
        if _same(former, predictions):
            return file
    arrays = {name: array for name in _ARRAYS if (array := getattr(predictions, name)) is not None}
    content = BytesIO()
    np.savez_compressed(content, facts=json.dumps(as_json(predictions.provenance)), **arrays)
    with disk_errors(Message.of(TrainingCode.THE_PREDICTIONS), file.parent, TrainingCode.OTHER_RESULTS_FOLDER):
        file.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(file, content.getvalue())
    return file


def load_predictions(file: Path) -> Predictions:
    """Read what `save_predictions` wrote.

    Raises:
        UserError: The file is damaged, or of another version of this program.
    """
    try:
        with file.open("rb") as opened, np.load(opened) as stored:
            arrays: dict[str, Any] = {name: stored.get(name) for name in _ARRAYS}
            return Predictions(provenance=decode(str(stored["facts"]), type=TrainingProvenance), **arrays)
    except (ValueError, TypeError, KeyError, EOFError, BadZipFile):
        raise UserError(Message.of(TrainingCode.PREDICTIONS_DAMAGED, file=file)) from None


def find_predictions(results: Path, recipe: str, protocol: str, recipe_sha256: str) -> Predictions | None:
    """Return what was saved of a recipe under a protocol; None where that is nothing, or of another state of the recipe."""
    file = predictions_file(results, recipe, protocol)
    saved = load_predictions(file) if file.is_file() else None
    return saved if saved and saved.provenance.recipe_sha256 == recipe_sha256 else None


def _same(one: Predictions, other: Predictions) -> bool:
    return one.provenance == other.provenance and all(np.array_equal(getattr(one, name), getattr(other, name)) for name in _ARRAYS)


_ARRAYS = tuple(field.name for field in fields(Predictions) if field.name != "provenance")
