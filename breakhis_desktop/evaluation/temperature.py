"""Temperature scaling: one temperature per model divides the logits, which calibrates the probabilities.

The module imports SciPy only to fit a temperature, so that inference can apply one without loading it.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Probabilities = NDArray[np.floating]

_SMALLEST = 1e-7
_LOG_TEMPERATURES = (-3.0, 3.0)


def temper_binary(p: Probabilities, temperature: float) -> NDArray[np.float64]:
    """Calibrate probabilities that an image is malignant, by dividing their logits by a temperature.

    Args:
        p: Uncalibrated probabilities, any shape.
        temperature: Above 0; 1 changes nothing.

    Returns:
        Calibrated probabilities of the same shape.
    """
    clipped = np.clip(np.asarray(p, dtype=np.float64), _SMALLEST, 1 - _SMALLEST)
    logits = np.log(clipped) - np.log1p(-clipped)
    return np.asarray(1 / (1 + np.exp(-logits / temperature)))


def temper_subtypes(p: Probabilities, temperature: float) -> NDArray[np.float64]:
    """Calibrate the probabilities of the subtypes, by dividing their logits by a temperature.

    Args:
        p: Uncalibrated probabilities, N x 8.
        temperature: Above 0; 1 changes nothing.

    Returns:
        Calibrated probabilities, N x 8; each row sums to 1.
    """
    logits = np.log(np.clip(np.asarray(p, dtype=np.float64), _SMALLEST, 1 - _SMALLEST)) / temperature
    scaled = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(scaled / scaled.sum(axis=1, keepdims=True))


def fit_binary(p: Probabilities, malignant: NDArray[np.bool_]) -> float:
    """Return the temperature that maximises the likelihood of the true classes.

    Args:
        p: Uncalibrated probabilities that an image is malignant, length N.
        malignant: The truth, length N.
    """

    def loss(temperature: float) -> float:
        tempered = temper_binary(p, temperature)
        return float(-np.log(np.where(malignant, tempered, 1 - tempered)).mean())

    return _best_temperature(loss)


def fit_subtypes(p: Probabilities, subtype: NDArray[np.integer]) -> float:
    """Return the temperature that maximises the likelihood of the true subtypes.

    Args:
        p: Uncalibrated probabilities, N x 8.
        subtype: The truth as positions in `SUBTYPES`, length N.
    """

    def loss(temperature: float) -> float:
        tempered = temper_subtypes(p, temperature)
        return float(-np.log(tempered[np.arange(len(subtype)), subtype] + _SMALLEST).mean())

    return _best_temperature(loss)


def _best_temperature(loss: Callable[[float], float]) -> float:
    from scipy.optimize import minimize_scalar

    found = minimize_scalar(lambda log: loss(float(np.exp(log))), bounds=_LOG_TEMPERATURES, method="bounded")
    return float(np.exp(found.x))
