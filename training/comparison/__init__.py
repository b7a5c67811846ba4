"""Compares all runs in a leaderboard, charts and the page of results."""

from training.comparison.results import compare

__all__ = ["compare"]
