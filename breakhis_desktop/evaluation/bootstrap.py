"""95 % bootstrap intervals; accessions are resampled, not images, since the images of a patient are not independent."""

from collections.abc import Callable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.decision import Estimate

RESAMPLES = 2000
RANDOM_SEED = 20160701

Weights = NDArray[np.float64]
"""How often each of N images counts, shape (..., N), one row per resample."""

Values = NDArray[np.float64]
"""A figure for each row of weights, shape (...)."""

FigureFunction = Callable[[Weights], Mapping[str, Values]]

_WEIGHTS_AT_ONCE = 100_000


def estimate(accessions: NDArray[np.str_], figures: FigureFunction, resamples: int = RESAMPLES) -> dict[str, Estimate]:
    """Compute figures with 95 % percentile intervals.

    Args:
        accessions: The accession of each image, length N.
        figures: Computes named figures from weights; NaN where a figure is undefined.
        resamples: The number of resamples.

    Returns:
        Each figure on all images, with its interval over the resamples in which it is defined. The interval is NaN if there is no
        such resample, or if there are fewer than two accessions.
    """
    draws = [figures(weights) for weights in _drawn_weights(accessions, resamples)]
    values = figures(np.ones(len(accessions)))
    return {name: _estimate_of(float(value), [draw[name] for draw in draws]) for name, value in values.items()}


def _drawn_weights(accessions: NDArray[np.str_], resamples: int) -> Iterator[Weights]:
    """Yield the weights of all resamples, some rows at a time to bound the memory."""
    distinct, accession = np.unique(accessions, return_inverse=True)
    if len(distinct) < 2:
        return
    drawn = np.random.default_rng(RANDOM_SEED).integers(len(distinct), size=(resamples, len(distinct)))
    counts = np.zeros((resamples, len(distinct)))
    np.add.at(counts, (np.arange(resamples)[:, None], drawn), 1)
    rows = max(1, _WEIGHTS_AT_ONCE // len(accessions))
    for start in range(0, resamples, rows):
        yield counts[start : start + rows, accession]


def _estimate_of(value: float, draws: list[Values]) -> Estimate:
    drawn = np.concatenate(draws) if draws else np.empty(0)
    meaningful = drawn[~np.isnan(drawn)]
    if not len(meaningful):
        return Estimate(value, float("nan"), float("nan"))
    low, high = np.percentile(meaningful, [2.5, 97.5])
    return Estimate(value, float(low), float(high))
