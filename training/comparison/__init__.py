"""All runs beside each other: the leaderboard, the pictures and the page of results."""

from training.comparison.results import compare

__all__ = ["compare"]
