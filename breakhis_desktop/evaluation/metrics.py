"""Figures of all images at once, as plain numbers; the modules beside this one define them under weights, as intervals need them."""

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.evaluation import ranking, subtypes


def ranking_figures(malignant: NDArray[np.bool_], p: NDArray[np.floating]) -> dict[str, float]:
    """Return `ranking.ranking_figures` of truth and probabilities of malignant, both of length N."""
    return {name: float(value) for name, value in ranking.ranking_figures(malignant, p).items()}


def subtype_figures(subtype: NDArray[np.integer], p: NDArray[np.floating]) -> dict[str, float]:
    """Return `subtypes.subtype_figures` of true positions in `SUBTYPES` (N) and probabilities (N x 8)."""
    return {name: float(value) for name, value in subtypes.subtype_figures(subtype, p).items()}
