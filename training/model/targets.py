"""Selects the images to train on, with their truth and weights."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.errors import UserError
from breakhis_desktop.wording.message import Message
from training.data import Dataset
from training.experiment.recipe import Recipe
from training.model.networks import MALIGNANT, OUTPUTS, SUBTYPE
from training.wording import TrainingCode

Named = dict[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Targets:
    """Truth and weights by output name; every array has one entry per image, length N."""

    truth: Named
    weight: Named

    def batch(self, rows: NDArray[np.intp]) -> tuple[Named, Named]:
        """Return the truth and weights of some images, in the form that Keras expects."""
        return {name: one[rows] for name, one in self.truth.items()}, {name: one[rows] for name, one in self.weight.items()}


def training_rows(recipe: Recipe, data: Dataset, rows: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the rows on which a recipe trains.

    For the task `subtype`, these are the images with known subtype. If the recipe says so, the largest subtype is undersampled, or the
    smaller classes are oversampled.

    Raises:
        UserError: The recipe learns subtypes, but fewer than two are known among these images.
    """
    known = rows[data.subtype_known[rows]]
    if recipe.task != "binary" and len(np.unique(data.subtype[known])) < 2:
        raise UserError(Message.of(TrainingCode.SUBTYPES_UNKNOWN, recipe=recipe.name))
    if recipe.task == "subtype":
        rows = known
    if recipe.oversample:
        return _oversample(data.malignant.astype(np.int64) if recipe.task == "binary" else data.subtype, rows)
    return _undersample(data.subtype, rows, recipe.random_seed) if recipe.undersample else rows


def targets_of(recipe: Recipe, data: Dataset, rows: NDArray[np.intp]) -> Targets:
    """Return the truth of these rows, with weights that balance classes and accessions; an unknown subtype has weight 0."""
    malignant, subtype = data.malignant[rows], np.maximum(data.subtype[rows], 0)
    truth: Named = {MALIGNANT: malignant.astype(np.float32)[:, None], SUBTYPE: subtype}
    balance, accession = recipe.balance, data.accession[rows]
    weight: Named = {
        MALIGNANT: class_weights(malignant.astype(np.int64), np.ones(len(rows), bool), balance.binary),
        SUBTYPE: class_weights(subtype, data.subtype_known[rows], balance.subtype),
    }
    if balance.accession:
        weight[MALIGNANT] = weigh_accessions(weight[MALIGNANT], malignant.astype(np.int64), accession, balance.accession)
        weight[SUBTYPE] = weigh_accessions(weight[SUBTYPE], subtype, accession, balance.accession)
    names = OUTPUTS[recipe.task]
    return Targets({name: truth[name] for name in names}, {name: weight[name] for name in names})


def class_weights(classes: NDArray[np.int64], counted: NDArray[np.bool_], balance: float) -> NDArray[np.float32]:
    """Weigh images by the rarity of their class.

    Args:
        classes: The class of each image, length N, from 0.
        counted: Whether each image counts, length N.
        balance: From 0, equal weight for every image, to 1, equal total weight for every class.

    Returns:
        Weights, length N: 0 for images that do not count, with mean 1 over the rest.
    """
    counts = np.bincount(classes[counted], minlength=int(classes.max()) + 1)
    weights = np.where(counted, np.maximum(counts, 1)[classes] ** -float(balance), 0)
    return np.asarray(weights / weights[counted].mean() if counted.any() else weights, dtype=np.float32)


def weigh_accessions(
    weights: NDArray[np.float32], classes: NDArray[np.int64], accession: NDArray[np.str_], balance: float
) -> NDArray[np.float32]:
    """Give more weight to images of accessions with few images; the total weight of each class is unchanged.

    Args:
        weights: The weights by class, length N; 0 stays 0.
        classes: The class of each image, length N.
        accession: The accession of each image, length N.
        balance: From 0, equal weight for every image of a class, to 1, equal total weight for every accession of a class.
    """
    _, number, images = np.unique(accession, return_inverse=True, return_counts=True)
    rarity = images[number] ** -float(balance)
    out = weights.astype(np.float64)
    for one in np.unique(classes):
        mine = (classes == one) & (weights > 0)
        out[mine] *= rarity[mine] / rarity[mine].mean() if mine.any() else 1
    return out.astype(np.float32)


def _undersample(subtype: NDArray[np.int64], rows: NDArray[np.intp], random_seed: int) -> NDArray[np.intp]:
    """Cut the largest subtype to the size of the second largest, at random."""
    counts = np.bincount(subtype[rows])
    largest, second = int(counts.argmax()), int(np.sort(counts)[-2])
    mine = rows[subtype[rows] == largest]
    kept = np.random.default_rng(random_seed).choice(mine, second, replace=False)
    return np.sort(np.concatenate([rows[subtype[rows] != largest], kept]))


def _oversample(classes: NDArray[np.int64], rows: NDArray[np.intp]) -> NDArray[np.intp]:
    """Repeat the images of each class until it is as large as the largest; images of unknown class (-1) are not repeated."""
    known = classes[rows] >= 0
    parts = [rows[classes[rows] == one] for one in np.unique(classes[rows][known])]
    most = max(len(part) for part in parts)
    return np.sort(np.concatenate([rows[~known], *(np.resize(part, most) for part in parts)]))
