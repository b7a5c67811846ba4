"""Mixup: an image and another of its batch are laid over each other, and count as both (Zhang et al. 2018)."""

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
        truth: `malignant`, N x 1, and `subtype` as positions in `SUBTYPES`, length N, as far as the task has them.
        weight: How much each image counts, length N, by output.
        strength: Both parameters of the beta distribution that the share is drawn from.
        random: Draws the share and the partners.

    Returns:
        Mixed images; truth as shares, subtypes N x 8; weights. Where the two count differently, so do their shares of the truth.
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
    """Return the mean of both truths by their weights; what counts nothing keeps its own."""
    whole = weight + other_weight
    share = np.where(whole > 0, weight / np.where(whole > 0, whole, 1), 1)[:, None]
    return np.asarray(share * mine + (1 - share) * other, dtype=np.float32)
