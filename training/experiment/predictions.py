"""Predictions: a recipe's raw outputs for images on which its networks were not trained, kept in `training/results/predictions/`."""

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
    """How predictions were made.

    Attributes:
        recipe: The name of the recipe.
        recipe_sha256: The hash of everything that defines the recipe.
        description: The recipe's description, in one sentence.
        task: `binary`, `subtype` or `both`.
        protocol: One of `PROTOCOLS`.
        random_seed: The seed of initial weights, image order and augmentation.
        splits: The number of the protocol's splits that were trained.
        splits_planned: The number of splits in the protocol.
        epochs: The maximum number of epochs on images that the runs were allowed; the smallest one if the runs differ.
        epochs_planned: The maximum number of epochs in the recipe; 0 if the recipe trains on features only.
        minutes: The training time of all splits together.
        precision: `float32`, or the mixed precision that was used.
        split_sha256: The hash of the assignment of these accessions to the grouped folds, whatever the protocol.
        trained: The date on which the last split was trained, ISO 8601.
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
    """Raw outputs and the truth; every array has one entry per scored image, N in all.

    An image that the official protocol holds out several times has an entry for each time.

    Attributes:
        provenance: How the predictions were made.
        name: Identifies the image among those of its patient: its official file name, else its path.
        malignant: Whether the true class is malignant.
        subtype: The true subtype as a position in `SUBTYPES`; -1 if the data set gives none, or several that contradict each other.
        patient_id: As in `Dataset`.
        accession: As in `Dataset`.
        magnification: 40, 100, 200, 400, or 0 if unknown.
        fold: The fold of the accession under the protocol or, if the protocol leaks patients, under the grouped protocol. Figures that
            need a threshold or a temperature are cross-fitted over these folds.
        split: The number of the split that held the image out, from 1.
        binary: Uncalibrated probability of malignancy; None for the task `subtype`.
        subtypes: Uncalibrated probabilities of the subtypes, N x 8; None for the task `binary`.
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
    """Return the path of a recipe's predictions under a protocol."""
    return results / "predictions" / f"{recipe}.{protocol}.npz"


def save_predictions(predictions: Predictions, results: Path) -> Path:
    """Write predictions in place of the recipe's earlier ones under the protocol; identical predictions are not written again.

    Raises:
        UserError: The earlier predictions are of other images or damaged, or the disk refuses the new ones. The earlier file is kept.
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
    """Read a file that `save_predictions` wrote.

    Raises:
        UserError: The file is damaged, or was written by another version of this program.
    """
    try:
        with file.open("rb") as opened, np.load(opened) as stored:
            arrays: dict[str, Any] = {name: stored.get(name) for name in _ARRAYS}
            return Predictions(provenance=decode(str(stored["facts"]), type=TrainingProvenance), **arrays)
    except (ValueError, TypeError, KeyError, EOFError, BadZipFile):
        raise UserError(Message.of(TrainingCode.PREDICTIONS_DAMAGED, file=file)) from None


def find_predictions(results: Path, recipe: str, protocol: str, recipe_sha256: str) -> Predictions | None:
    """Return a recipe's saved predictions under a protocol; None if there are none, or if the recipe has changed since."""
    file = predictions_file(results, recipe, protocol)
    saved = load_predictions(file) if file.is_file() else None
    return saved if saved and saved.provenance.recipe_sha256 == recipe_sha256 else None


def _same(one: Predictions, other: Predictions) -> bool:
    return one.provenance == other.provenance and all(np.array_equal(getattr(one, name), getattr(other, name)) for name in _ARRAYS)


_ARRAYS = tuple(field.name for field in fields(Predictions) if field.name != "provenance")
