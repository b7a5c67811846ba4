"""Unweighted figures as plain numbers; the other modules define the same figures with the weights that intervals need."""

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.evaluation import ranking, subtypes


def ranking_figures(malignant: NDArray[np.bool_], p: NDArray[np.floating]) -> dict[str, float]:
    """Return `ranking.ranking_figures` for truth and probabilities of malignant, both of length N."""
    return {name: float(value) for name, value in ranking.ranking_figures(malignant, p).items()}


def subtype_figures(subtype: NDArray[np.integer], p: NDArray[np.floating]) -> dict[str, float]:
    """Return `subtypes.subtype_figures` for the truth, as positions in `SUBTYPES` (N), and probabilities (N x 8)."""
    return {name: float(value) for name, value in subtypes.subtype_figures(subtype, p).items()}
