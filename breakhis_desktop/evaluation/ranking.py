"""How scores rank images, whatever the threshold: AUC, specificity at a sensitivity, and the curves behind them."""

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.evaluation.bootstrap import Values, Weights
from breakhis_desktop.evaluation.decisions import share

RANKING_FIGURES = ("auc", "specificity_at_sensitivity_90", "specificity_at_sensitivity_95")
CURVE_POINTS = 200
"""The most points that a curve is thinned to."""

_TOLERANCE = 1e-9


def ranking_figures(malignant: NDArray[np.bool_], p: NDArray[np.floating], weight: Weights | None = None) -> dict[str, Values]:
    """Judge how scores rank images.

    Args:
        malignant: The truth, length N.
        p: Probabilities of malignant, length N.
        weight: How often each image counts, shape (..., N); once each where left out.

    Returns:
        `RANKING_FIGURES`: the AUC, and the best specificity where the sensitivity reaches .90 and .95; NaN where there is one class only.
    """
    false_positives, true_positives = counts_from_the_top(malignant, p, weight)
    return {
        "auc": _auc(false_positives, true_positives),
        "specificity_at_sensitivity_90": _specificity_at(0.90, false_positives, true_positives),
        "specificity_at_sensitivity_95": _specificity_at(0.95, false_positives, true_positives),
    }


def auc(positive: NDArray[np.bool_], score: NDArray[np.floating], weight: Weights | None = None) -> Values:
    """Return the share of pairs of a positive and a negative image that scores put in the right order; ties count half.

    Args:
        positive: The truth, length N.
        score: The higher, the more positive; length N.
        weight: How often each image counts, shape (..., N); once each where left out.
    """
    return _auc(*counts_from_the_top(positive, score, weight))


def counts_from_the_top(
    positive: NDArray[np.bool_], score: NDArray[np.floating], weight: Weights | None = None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Count negative and positive images from each distinct score upwards.

    Args:
        positive: The truth, length N.
        score: The score of each image, length N.
        weight: How often each image counts, shape (..., N); once each where left out.

    Returns:
        Negative and positive counts, shape (..., 1 + distinct scores): none first, then from the highest score down.
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
    """Return the receiver operating characteristic as rows of false positive rate and sensitivity, thinned to `CURVE_POINTS`."""
    false_positives, true_positives = counts_from_the_top(malignant, p)
    return _thinned(np.stack([share(false_positives, false_positives[-1]), share(true_positives, true_positives[-1])], axis=1))


def precision_recall_points(malignant: NDArray[np.bool_], p: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return the curve as rows of recall (sensitivity) and precision from the highest score down, thinned to `CURVE_POINTS`."""
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
