"""Mixup: blends each image of a batch and its truth with another image and its truth (Zhang et al. 2018)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.taxonomy import SUBTYPES
from training.model.networks import SUBTYPE

Named = dict[str, NDArray[Any]]


def mix(
    images: NDArray[np.float32], truth: Named, weight: Named, strength: float, random: np.random.Generator
) -> tuple[NDArray[np.float32], Named, Named]:
    """Mix each image of a batch with another.

    Args:
        images: N x side x side x 3.
        truth: The truth, keyed by output: `malignant` (N x 1) and `subtype` (positions in `SUBTYPES`, N), if the task has them.
        weight: The weights of the images, keyed by output, length N.
        strength: The value of both parameters of the beta distribution from which the share of each image in its own mix is drawn.
        random: The source of randomness.

    Returns:
        The mixed images; the mixed truth, with subtypes as shares (N x 8); the mixed weights. In the truth, each image's share is
        multiplied by its weight.
    """
    share = np.float32(random.beta(strength, strength))
    partner = random.permutation(len(images))
    shares = {name: _shares(one) if name == SUBTYPE else one for name, one in truth.items()}
    both = {name: (share * one, (1 - share) * one[partner]) for name, one in weight.items()}
    mixed = {name: _weighed(one, one[partner], *both[name]) for name, one in shares.items()}
    return share * images + (1 - share) * images[partner], mixed, {name: mine + other for name, (mine, other) in both.items()}


def _shares(subtype: NDArray[np.int64]) -> NDArray[np.float32]:
    return np.eye(len(SUBTYPES), dtype=np.float32)[subtype]


def _weighed(
    mine: NDArray[np.float32], other: NDArray[np.float32], weight: NDArray[np.float32], other_weight: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the weighted mean of the truths of each image and its partner; if both weights are 0, the image keeps its own truth."""
    whole = weight + other_weight
    share = np.where(whole > 0, weight / np.where(whole > 0, whole, 1), 1)[:, None]
    return np.asarray(share * mine + (1 - share) * other, dtype=np.float32)
