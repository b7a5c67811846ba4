"""Measures the calibration of probabilities."""

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.evaluation.bootstrap import Values, Weights
from breakhis_desktop.evaluation.decisions import share, total

CALIBRATION_FIGURES = ("brier_score", "expected_calibration_error")

_BINS = 10


def calibration_figures(malignant: NDArray[np.bool_], p: NDArray[np.float64], weight: Weights | None = None) -> dict[str, Values]:
    """Measure the calibration of probabilities.

    Args:
        malignant: The truth, length N.
        p: Calibrated probabilities that an image is malignant, length N.
        weight: How often each image counts, shape (..., N); default: once each.

    Returns:
        The Brier score and the expected calibration error over ten equal bins; both are NaN if any probability is NaN.
    """
    weight = np.ones(len(p)) if weight is None else weight
    if np.isnan(p).any():
        return dict.fromkeys(CALIBRATION_FIGURES, np.full(weight.shape[:-1], np.nan))
    images = weight.sum(axis=-1)
    gaps = np.abs(weight @ (_in_bins(p) * (p - malignant)[:, None])).sum(axis=-1)
    return {"brier_score": share(total((p - malignant) ** 2, weight), images), "expected_calibration_error": share(gaps, images)}


def reliability_curve(malignant: NDArray[np.bool_], p: NDArray[np.float64]) -> list[dict[str, float]]:
    """Compare predicted and observed frequencies in ten equal bins.

    Returns:
        One row per bin that holds an image: `predicted` (mean probability), `observed` (share malignant), `share` (of all images).
    """
    bins = _in_bins(p).T.astype(bool)
    return [
        {"predicted": float(p[images].mean()), "observed": float(malignant[images].mean()), "share": float(images.mean())}
        for images in bins
        if images.any()
    ]


def _in_bins(p: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return N x 10: 1 in the column of the probability's bin, else 0."""
    return np.eye(_BINS)[np.minimum((p * _BINS).astype(np.intp), _BINS - 1)]
