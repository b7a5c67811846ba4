"""How probabilities are spread, in bins of equal width."""

from collections.abc import Iterable


def bin_of(probability: float, bins: int) -> int:
    """Return which of so many bins from 0 to 1 holds a probability; 1 itself belongs to the last."""
    return min(int(probability * bins), bins - 1)


def histogram(probabilities: Iterable[float], bins: int) -> tuple[int, ...]:
    """Count the probabilities in each of so many bins from 0 to 1."""
    counts = [0] * bins
    for probability in probabilities:
        counts[bin_of(probability, bins)] += 1
    return tuple(counts)
