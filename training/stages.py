"""The two stages of training: heads on frozen features, then the upper backbone with them."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from training.augment import augment, symmetry
from training.data import Dataset
from training.networks import compile_joint, feature_network, head_network
from training.recipe import Balance, FineTuneStage, HeadStage

_PREDICTION_BATCH = 32
_HEAD_BATCH = 64
_WARM_UP = 0.1


@dataclass(frozen=True, slots=True)
class Targets:
    """What some images should be recognised as, and how much each counts for either task."""

    malignant: NDArray[np.float32]
    subtype: NDArray[np.int64]
    malignant_weight: NDArray[np.float32]
    subtype_weight: NDArray[np.float32]

    @classmethod
    def of(cls, data: Dataset, rows: NDArray[np.intp], balance: Balance) -> "Targets":
        """Weigh the classes among these rows; where the subtype is not known its weight is 0."""
        known = data.subtype_known[rows]
        return cls(
            data.malignant[rows].astype(np.float32),
            data.subtype[rows],
            class_weights(data.malignant[rows].astype(np.int64), np.ones(len(rows), bool), balance.binary),
            class_weights(data.subtype[rows], known, balance.subtype),
        )

    def batch(self, rows: NDArray[np.intp]) -> dict[str, list[Any]]:
        """Return targets and weights of some rows, as Keras takes them."""
        return {
            "y": [self.malignant[rows, None], self.subtype[rows]],
            "sample_weight": [self.malignant_weight[rows], self.subtype_weight[rows]],
        }


def class_weights(classes: NDArray[np.int64], counted: NDArray[np.bool_], balance: float) -> NDArray[np.float32]:
    """Weigh images by the rarity of their class.

    Args:
        classes: The class of each image, length N, from 0.
        counted: Whether each image takes part, length N.
        balance: 0 for equal images, 1 for equal classes.

    Returns:
        Weights, length N: 0 where not counted, with mean 1 over the rest.
    """
    counts = np.bincount(classes[counted], minlength=int(classes.max()) + 1)
    weights = np.where(counted, np.maximum(counts, 1)[classes] ** -float(balance), 0)
    return np.asarray(weights / weights[counted].mean(), dtype=np.float32)


def embed(joint: keras.Model, pixels: NDArray[np.uint8], symmetries: int) -> NDArray[np.float32]:
    """Compute the pooled features of images.

    Returns:
        An array of symmetries x N x features.
    """
    network = feature_network(joint)
    views = [[network.predict_on_batch(symmetry(part, number)) for part in _parts(pixels)] for number in range(symmetries)]
    return np.stack([np.concatenate(parts) for parts in views])


def predict(joint: keras.Model, pixels: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the network's probabilities of malignant (N) and of the subtypes (N x 8), before any temperature."""
    outputs = [joint.predict_on_batch(part) for part in _parts(pixels)]
    return np.concatenate([malignant[:, 0] for malignant, _ in outputs]), np.concatenate([subtype for _, subtype in outputs])


def fit_heads(joint: keras.Model, features: NDArray[np.float32], targets: Targets, stage: HeadStage) -> None:
    """Fit both heads of a joint network on frozen features.

    Args:
        joint: A network of `build_joint`; its heads are changed in place.
        features: Symmetries x N x features, as `embed` gives them.
        targets: Of the N images.
        stage: How long, and how strictly.
    """
    views, images = features.shape[:2]
    steps = stage.epochs * -(-views * images // _HEAD_BATCH)
    heads = head_network(joint)
    compile_joint(heads, keras.optimizers.schedules.CosineDecay(stage.learning_rate, steps), stage.weight_decay)
    every = targets.batch(np.tile(np.arange(images), views))
    heads.fit(features.reshape(views * images, -1), **every, batch_size=_HEAD_BATCH, epochs=stage.epochs, verbose=0)


def fine_tune(joint: keras.Model, pixels: NDArray[np.uint8], targets: Targets, stage: FineTuneStage, random_seed: int) -> Iterator[float]:
    """Train a joint network on varied images, in place; what of it learns was set before.

    Args:
        joint: A network of `build_joint` with fitted heads.
        pixels: N x height x width x 3, 0-255.
        targets: Of the N images.
        stage: How long and how far.
        random_seed: Of order and variations.

    Yields:
        The mean loss of each epoch as it ends.
    """
    random = np.random.default_rng(random_seed)
    compile_joint(joint, _schedule(stage, len(pixels)), stage.weight_decay)
    for _ in range(stage.epochs):
        order = random.permutation(len(pixels))
        total = 0.0
        for start in range(0, len(order), stage.batch_size):
            rows = order[start : start + stage.batch_size]
            images = augment(pixels[rows], stage, random)
            logs = joint.train_on_batch(images, **targets.batch(rows), return_dict=True)
            total += float(logs["loss"]) * len(rows)
        yield total / len(order)


def write_losses(losses: list[float], file: Path) -> None:
    """Write the loss of each epoch as a table."""
    with file.open("w", encoding="utf-8", newline="") as table:
        writer = csv.writer(table)
        writer.writerow(("epoch", "loss"))
        writer.writerows(enumerate(losses, start=1))


def _schedule(stage: FineTuneStage, images: int) -> keras.optimizers.schedules.LearningRateSchedule:
    steps = stage.epochs * -(-images // stage.batch_size)
    warm_up = max(1, round(steps * _WARM_UP))
    return keras.optimizers.schedules.CosineDecay(0.0, max(1, steps - warm_up), warmup_target=stage.learning_rate, warmup_steps=warm_up)


def _parts(pixels: NDArray[np.uint8]) -> Iterator[NDArray[np.uint8]]:
    for start in range(0, len(pixels), _PREDICTION_BATCH):
        yield pixels[start : start + _PREDICTION_BATCH]
