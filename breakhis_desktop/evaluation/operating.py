"""Finds the thresholds at which images are called malignant, from the scores of images with known truth."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_curve

ThresholdRule = Callable[[NDArray[np.bool_], NDArray[np.float64]], float]


def threshold_at_sensitivity(malignant: NDArray[np.bool_], p: NDArray[np.float64], sensitivity: float) -> float:
    """Return the highest threshold that still reaches a sensitivity.

    Args:
        malignant: The truth, length N, at least one True.
        p: Probabilities that an image is malignant, length N; images at or above the threshold are called malignant.
        sensitivity: The share of malignant images to find, 0 to 1.
    """
    scores = np.sort(p[malignant])
    may_miss = int(np.floor((1 - sensitivity) * len(scores) + 1e-9))
    return float(scores[min(may_miss, len(scores) - 1)])


def balanced_threshold(malignant: NDArray[np.bool_], p: NDArray[np.float64]) -> float:
    """Return the threshold with the highest sum of sensitivity and specificity (Youden)."""
    false_positive_rate, true_positive_rate, thresholds = roc_curve(malignant, p)
    return float(thresholds[1:][np.argmax((true_positive_rate - false_positive_rate)[1:])])


OPERATING_POINTS: Mapping[str, ThresholdRule] = MappingProxyType(
    {
        "screening": partial(threshold_at_sensitivity, sensitivity=0.98),
        "default": partial(threshold_at_sensitivity, sensitivity=0.95),
        "balanced": balanced_threshold,
    }
)
"""For each operating point in a card, by name, the rule that finds its threshold."""
