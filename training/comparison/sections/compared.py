"""The comparison of two recipes by one figure."""

from dataclasses import dataclass

from breakhis_desktop.domain.figures import Difference
from training.comparison.runs import Comparison
from training.experiment.protocols import PRIMARY


@dataclass(frozen=True, slots=True)
class Compared:
    """The paired difference of a figure: the first recipe minus the second."""

    recipe: str
    other: str
    figure: str
    difference: Difference


def compare_recipes(comparison: Comparison, recipe: str, other: str, task: str, figure: str) -> Compared | None:
    """Return the difference between two recipes on unseen patients; None if they were not compared, or the difference is undefined."""
    found = comparison.difference(recipe, other, PRIMARY, task, figure)
    return None if found is None or found.value is None else Compared(recipe, other, figure, found)
