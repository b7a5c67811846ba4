"""Measures how scores rank images, whatever the threshold: AUC, specificity at a given sensitivity, and their curves."""

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.evaluation.bootstrap import Values, Weights
from breakhis_desktop.evaluation.decisions import share

RANKING_FIGURES = ("auc", "specificity_at_sensitivity_90", "specificity_at_sensitivity_95")
CURVE_POINTS = 200
"""The maximum number of points in a curve."""

_TOLERANCE = 1e-9


def ranking_figures(malignant: NDArray[np.bool_], p: NDArray[np.floating], weight: Weights | None = None) -> dict[str, Values]:
    """Measure how scores rank images.

    Args:
        malignant: The truth, length N.
        p: Probabilities that an image is malignant, length N.
        weight: How often each image counts, shape (..., N); default: once each.

    Returns:
        `RANKING_FIGURES`: the AUC, and the highest specificity at a sensitivity of at least .90 and .95; NaN if there is only one class.
    """
    false_positives, true_positives = counts_from_the_top(malignant, p, weight)
    return {
        "auc": _auc(false_positives, true_positives),
        "specificity_at_sensitivity_90": _specificity_at(0.90, false_positives, true_positives),
        "specificity_at_sensitivity_95": _specificity_at(0.95, false_positives, true_positives),
    }


def auc(positive: NDArray[np.bool_], score: NDArray[np.floating], weight: Weights | None = None) -> Values:
    """Return the AUC: the share of pairs of a positive and a negative image that the scores put in the right order; ties count half.

    Args:
        positive: The truth, length N.
        score: Higher means more positive, length N.
        weight: How often each image counts, shape (..., N); default: once each.
    """
    return _auc(*counts_from_the_top(positive, score, weight))


def counts_from_the_top(
    positive: NDArray[np.bool_], score: NDArray[np.floating], weight: Weights | None = None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Count the negative and positive images at or above each distinct score.

    Args:
        positive: The truth, length N.
        score: The score of each image, length N.
        weight: How often each image counts, shape (..., N); default: once each.

    Returns:
        Negative and positive counts, each of shape (..., 1 + distinct scores): first 0, then from the highest score down.
    """
    order = np.argsort(-score, kind="stable")
    weight = (np.ones(len(score)) if weight is None else weight)[..., order]
    ends = np.flatnonzero(np.diff(score[order], append=np.nan))
    counts = []
    for one in (~positive[order], positive[order]):
        count = np.zeros((*weight.shape[:-1], len(ends) + 1))
        count[..., 1:] = np.cumsum(weight * one, axis=-1)[..., ends]
        counts.append(count)
    return counts[0], counts[1]


def roc_points(malignant: NDArray[np.bool_], p: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return the ROC curve as rows of false positive rate and sensitivity, thinned to `CURVE_POINTS`."""
    false_positives, true_positives = counts_from_the_top(malignant, p)
    return _thinned(np.stack([share(false_positives, false_positives[-1]), share(true_positives, true_positives[-1])], axis=1))


def precision_recall_points(malignant: NDArray[np.bool_], p: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return the precision-recall curve as rows of recall and precision, from the highest score down, thinned to `CURVE_POINTS`."""
    false_positives, true_positives = (counts[1:] for counts in counts_from_the_top(malignant, p))
    recall = share(true_positives, np.asarray(malignant.sum(), np.float64))
    return _thinned(np.stack([recall, share(true_positives, false_positives + true_positives)], axis=1))


def _auc(false_positives: NDArray[np.float64], true_positives: NDArray[np.float64]) -> Values:
    heights = true_positives[..., 1:] + true_positives[..., :-1]
    area = (np.diff(false_positives, axis=-1) * heights).sum(axis=-1) / 2
    return share(area, false_positives[..., -1] * true_positives[..., -1])


def _specificity_at(sensitivity: float, false_positives: NDArray[np.float64], true_positives: NDArray[np.float64]) -> Values:
    benign, malignant = false_positives[..., -1], true_positives[..., -1]
    reached = true_positives >= (sensitivity - _TOLERANCE) * malignant[..., None]
    first = reached.argmax(axis=-1)[..., None]
    specificity = 1 - share(np.take_along_axis(false_positives, first, axis=-1)[..., 0], benign)
    return np.where(malignant > 0, specificity, np.nan)


def _thinned(points: NDArray[np.float64]) -> NDArray[np.float64]:
    if len(points) <= CURVE_POINTS:
        return points
    return points[np.linspace(0, len(points) - 1, CURVE_POINTS).round().astype(np.intp)]
