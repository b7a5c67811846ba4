"""Histograms of probabilities, with bins of equal width."""

from collections.abc import Iterable


def bin_of(probability: float, bins: int) -> int:
    """Return the index of the bin that holds a probability; the bins divide 0 to 1, and a probability of 1 belongs to the last."""
    return min(int(probability * bins), bins - 1)


def histogram(probabilities: Iterable[float], bins: int) -> tuple[int, ...]:
    """Return the number of probabilities in each of `bins` equal bins from 0 to 1."""
    counts = [0] * bins
    for probability in probabilities:
        counts[bin_of(probability, bins)] += 1
    return tuple(counts)
