"""Out-of-fold figures that stay honest: temperatures and thresholds for a fold come from the other folds alone."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.evaluation.operating import ThresholdRule
from breakhis_desktop.evaluation.temperature import Probabilities, fit_binary, fit_subtypes, temper_binary, temper_subtypes


def crossfit_binary(p: Probabilities, malignant: NDArray[np.bool_], fold: NDArray[np.integer]) -> NDArray[np.float64]:
    """Calibrate each fold's probabilities of malignant with the temperature of the other folds; all arguments have length N."""
    return _crossfit(fold, lambda fitted, scored: temper_binary(p[scored], fit_binary(p[fitted], malignant[fitted])))


def crossfit_subtypes(p: Probabilities, subtype: NDArray[np.integer], fold: NDArray[np.integer]) -> NDArray[np.float64]:
    """Calibrate each fold's subtype probabilities (N x 8) with the temperature of the other folds."""
    return _crossfit(fold, lambda fitted, scored: temper_subtypes(p[scored], fit_subtypes(p[fitted], subtype[fitted])))


def crossfit_thresholds(
    p: Probabilities, malignant: NDArray[np.bool_], fold: NDArray[np.integer], rule: ThresholdRule
) -> NDArray[np.float64]:
    """Find the threshold that each image is judged by, from the other folds.

    Args:
        p: Probabilities of malignant as the network gives them, length N.
        malignant: The truth, length N.
        fold: The fold of each image, length N.
        rule: Finds a threshold from truth and calibrated probabilities.

    Returns:
        Thresholds on the probabilities that `crossfit_binary` gives, length N.
    """

    def threshold(fitted: NDArray[np.bool_], scored: NDArray[np.bool_]) -> NDArray[np.float64]:
        calibrated = temper_binary(p[fitted], fit_binary(p[fitted], malignant[fitted]))
        return np.full(int(scored.sum()), rule(malignant[fitted], calibrated))

    return _crossfit(fold, threshold)


def _crossfit(
    fold: NDArray[np.integer], score: Callable[[NDArray[np.bool_], NDArray[np.bool_]], NDArray[np.float64]]
) -> NDArray[np.float64]:
    parts = {number: score(fold != number, fold == number) for number in np.unique(fold)}
    out = np.empty((len(fold), *next(iter(parts.values())).shape[1:]))
    for number, part in parts.items():
        out[fold == number] = part
    return out
