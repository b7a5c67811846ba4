"""Compares all runs in a leaderboard, pictures and the page of results."""

from training.comparison.results import compare

__all__ = ["compare"]
