"""Measures decisions: counts of right and wrong decisions, and their shares. An undefined figure is NaN."""

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.evaluation.bootstrap import Values, Weights

DECISION_FIGURES = ("sensitivity", "specificity", "precision", "accuracy")


def share(part: Values, whole: Values) -> Values:
    """Divide a part by its whole; the share is NaN where the whole is 0."""
    out = np.full(np.broadcast_shapes(np.shape(part), np.shape(whole)), np.nan)
    np.divide(part, whole, out=out, where=whole != 0)
    return out


def total(values: NDArray[np.bool_ | np.floating], weight: Weights | None = None) -> Values:
    """Sum the values of N images by weight; the result has the shape of the weights without their last axis."""
    return np.asarray(values.sum(dtype=np.float64) if weight is None else weight @ values.astype(np.float64))


def confusion_counts(malignant: NDArray[np.bool_], called: NDArray[np.bool_], weight: Weights | None = None) -> dict[str, Values]:
    """Count decisions.

    Args:
        malignant: The truth, length N.
        called: Whether each image was classified as malignant, length N.
        weight: How often each image counts, shape (..., N); default: once each.

    Returns:
        `tn` and `fp` (benign images that were classified as benign and as malignant), `fn` and `tp` (malignant images that were classified
        as benign and as malignant).
    """
    return {
        "tn": total(~malignant & ~called, weight),
        "fp": total(~malignant & called, weight),
        "fn": total(malignant & ~called, weight),
        "tp": total(malignant & called, weight),
    }


def decision_figures(malignant: NDArray[np.bool_], called: NDArray[np.bool_], weight: Weights | None = None) -> dict[str, Values]:
    """Compute `DECISION_FIGURES`, from the same arguments as `confusion_counts`."""
    tn, fp, fn, tp = confusion_counts(malignant, called, weight).values()
    return {
        "sensitivity": share(tp, tp + fn),
        "specificity": share(tn, tn + fp),
        "precision": share(tp, tp + fp),
        "accuracy": share(tp + tn, tp + tn + fp + fn),
    }
