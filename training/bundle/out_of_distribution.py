"""Learns which images are familiar to a bundle's models, and derives the limit of familiarity from images of unseen patients."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import keras
import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.errors import UserError
from breakhis_desktop.inference.out_of_distribution import OodDetector
from training.data import Dataset
from training.data.splits import Split, protocol_splits
from training.experiment.protocols import PRIMARY, REGROUPED
from training.experiment.recipe import Recipe
from training.fit.predict import BATCH
from training.fit.train import NETWORK_FILE, run_folder
from training.model.batches import ImageBatches
from training.model.networks import build_network, feature_network
from training.workspace import Workspace

REFUSED_SHARE = 0.001
"""The share of the images of unseen patients that may be refused as unfamiliar."""


@dataclass(frozen=True, slots=True)
class Limit:
    """The distance beyond which an image is unfamiliar, and the evidence for it.

    Attributes:
        distance: The limit.
        protocol: The grouped protocol from whose networks and held-out images the limit was derived.
        images: The number of these images.
    """

    distance: float
    protocol: str
    images: int


def find_limit(recipe: Recipe, data: Dataset, workspace: Workspace) -> Limit | None:
    """Find the limit within which all held-out images lie, except for a share of `REFUSED_SHARE`.

    Returns:
        The limit; None if no grouped protocol has kept the networks of all its folds.
    """
    for protocol in (PRIMARY, *REGROUPED):
        try:
            distances = held_out_distances(recipe, data, workspace, protocol)
        except UserError:  # these images cannot be regrouped
            continue
        if distances is not None:
            return Limit(float(np.quantile(distances, 1 - REFUSED_SHARE)), protocol, len(distances))
    return None


def held_out_distances(recipe: Recipe, data: Dataset, workspace: Workspace, protocol: str) -> NDArray[np.float32] | None:
    """Return how far each held-out image of a protocol is from the images that its fold's network was trained on.

    Returns:
        The distances in the order of the folds; None if the network of a fold was not kept.
    """
    splits = protocol_splits(protocol, data, with_validation=recipe.needs_validation)
    if not all(_network_of(recipe, data, split, workspace) for split in splits):
        return None
    return np.fromiter(chain.from_iterable(_distances(recipe, data, workspace, splits)), np.float32)


def fit_detector(network: keras.Model, images: NDArray[np.uint8]) -> OodDetector:
    """Learn which images are familiar to a network, from all the images it was trained on (N x side x side x 3, 0-255)."""
    return OodDetector.fit(_features(network, images))


def _network_of(recipe: Recipe, data: Dataset, split: Split, workspace: Workspace) -> bool:
    folder = run_folder(recipe, data, split, workspace)
    return folder.done is not None and (folder.path / NETWORK_FILE).is_file()


def _distances(recipe: Recipe, data: Dataset, workspace: Workspace, splits: list[Split]) -> Iterator[NDArray[np.float32]]:
    network = build_network(recipe, random_weights=True)
    for split in splits:
        network.load_weights(run_folder(recipe, data, split, workspace).path / NETWORK_FILE)
        features = _features(network, data.images[recipe.input_side])
        yield OodDetector.fit(features[split.train]).distances(features[split.test])


def _features(network: keras.Model, images: NDArray[np.uint8]) -> NDArray[np.float32]:
    batches = ImageBatches(lambda part: images[part], len(images), BATCH)
    return np.asarray(feature_network(network).predict(batches, verbose=0), dtype=np.float32)
