"""Pretraining without labels: a backbone learns which two views show the same image (SimCLR, Chen et al. 2020)."""

from collections.abc import Callable

import keras
import numpy as np
from keras import layers, ops
from numpy.typing import NDArray

from training.experiment.recipe import Augmentation, Pretraining
from training.fit.fit import finite
from training.fit.progress import EpochProgress
from training.model.augment import augment
from training.model.batches import EpochBatches
from training.model.hardware import compiled_by_xla
from training.model.networks import BACKBONE, feature_network, unfreeze
from training.model.optimisers import make_optimiser
from training.model.targets import Targets

_PROJECTION, _DIRECTIONS = "projection", 128
_PRETRAINING_SEED = 3
_NOT_ITSELF = 1e9
"""Subtracted from the similarity of each view to itself, so that no view counts as its own partner."""


def pretrain(
    network: keras.Model,
    images: NDArray[np.uint8],
    rows: NDArray[np.intp],
    stage: Pretraining,
    augmentation: Augmentation,
    *,
    seed: int,
    title: str,
) -> list[NDArray[np.float32]]:
    """Train a backbone on images without their labels.

    Args:
        network: A network from `build_network` with a backbone. Do not use it afterwards, because its weights and frozen layers change.
        images: N x side x side x 3, 0-255, on disk.
        rows: The positions of the images to learn from, length M.
        stage: Epochs, trainable share of the backbone, and temperature.
        augmentation: How the two views of each image may differ.
        seed: The seed of order and augmentation.
        title: The title of the run, for progress messages.

    Returns:
        The weights of the backbone.

    Raises:
        DivergedError: The loss of an epoch is not finite.
    """
    unfreeze(network, stage.trainable_share)
    learner = _learner(feature_network(network))
    learner.compile(make_optimiser(stage, len(rows)), loss=contrastive_loss(stage.temperature), jit_compile=compiled_by_xla())

    def read(positions: NDArray[np.intp], random: np.random.Generator) -> NDArray[np.float32]:
        chosen = images[rows[positions]]
        return np.stack([augment(chosen, augmentation, random) for _ in range(2)], axis=1)

    ignored_truth = np.zeros((len(rows), 1), np.float32)
    targets = Targets({_PROJECTION: ignored_truth}, {_PROJECTION: np.ones(len(rows), np.float32)})
    for epoch in range(stage.epochs):
        batches = EpochBatches(read, targets, len(rows), stage.batch_size, (_PRETRAINING_SEED, seed, epoch))
        said = EpochProgress(f"{title}, without labels", epoch + 1, stage.epochs, len(batches))
        fitted = learner.fit(batches, shuffle=False, verbose=0, callbacks=[said])
        finite(float(fitted.history["loss"][0]))
    weights: list[NDArray[np.float32]] = network.get_layer(BACKBONE).get_weights()
    return weights


def contrastive_loss(temperature: float) -> Callable[[keras.KerasTensor, keras.KerasTensor], keras.KerasTensor]:
    """Return the loss of a batch of B pairs: the cross-entropy of finding a view's partner among the other 2 B - 1 views.

    Args:
        temperature: The divisor of the cosine similarities.

    Returns:
        A function of an ignored truth and the pairs' projections, B x 2 x directions, that returns B losses.
    """

    def loss(_: keras.KerasTensor, pairs: keras.KerasTensor) -> keras.KerasTensor:
        count = ops.shape(pairs)[0]
        views = ops.normalize(ops.concatenate([pairs[:, 0], pairs[:, 1]]), axis=-1)
        likeness = views @ ops.transpose(views) / temperature - _NOT_ITSELF * ops.eye(2 * count)
        partners = ops.concatenate([ops.arange(count, 2 * count), ops.arange(count)])
        losses = keras.losses.sparse_categorical_crossentropy(partners, likeness, from_logits=True)
        return ops.mean(ops.reshape(losses, (2, count)), axis=0)

    return loss


def _learner(encoder: keras.Model) -> keras.Model:
    """Build a network from pairs of views to their projections: the encoder, then two dense layers."""
    side = encoder.input.shape[1]
    pairs = keras.Input((2, side, side, 3))
    features = encoder(ops.reshape(pairs, (-1, side, side, 3)))
    hidden = layers.Dense(features.shape[-1], activation="relu")(features)
    projected = layers.Dense(_DIRECTIONS, dtype="float32")(hidden)
    return keras.Model(pairs, {_PROJECTION: ops.reshape(projected, (-1, 2, _DIRECTIONS))})
