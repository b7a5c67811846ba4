"""95 % intervals by drawing accessions, not images, with replacement: images of one patient are no independent evidence."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.decision import Estimate

RESAMPLES = 2000
RANDOM_SEED = 20160701
FigureFunction = Callable[[NDArray[np.intp]], Mapping[str, float]]


def estimate(accessions: NDArray[np.str_], figures: FigureFunction, resamples: int = RESAMPLES) -> dict[str, Estimate]:
    """Compute figures with 95 % percentile intervals.

    Args:
        accessions: The accession of each row, length N.
        figures: Computes named figures from rows, given as positions that may repeat; NaN where a figure has no meaning.
        resamples: How often the accessions are drawn.

    Returns:
        Each figure on all rows, with its interval over the resamples in which it has a meaning (NaN without any).
    """
    values = figures(np.arange(len(accessions)))
    draws = [figures(rows) for rows in _resampled_rows(accessions, resamples)]
    return {name: _estimate_of(value, [draw[name] for draw in draws]) for name, value in values.items()}


def _resampled_rows(accessions: NDArray[np.str_], resamples: int) -> list[NDArray[np.intp]]:
    random = np.random.default_rng(RANDOM_SEED)
    rows_of = [np.flatnonzero(accessions == accession) for accession in np.unique(accessions)]
    draws = random.integers(len(rows_of), size=(resamples, len(rows_of)))
    return [np.concatenate([rows_of[position] for position in draw]) for draw in draws]


def _estimate_of(value: float, draws: list[float]) -> Estimate:
    meaningful = np.array(draws)[~np.isnan(draws)]
    if not len(meaningful):
        return Estimate(value, float("nan"), float("nan"))
    low, high = np.percentile(meaningful, [2.5, 97.5])
    return Estimate(value, float(low), float(high))
