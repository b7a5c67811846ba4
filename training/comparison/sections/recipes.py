"""Every recipe with its figures: on unseen patients, and on the image split beside what was published."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from breakhis_desktop.domain.figures import Figure, Figures
from training.comparison.chosen import by_image
from training.comparison.published import IMAGE_LINES, PUBLISHED
from training.comparison.runs import Comparison, Run

_OVER_ALL_SUBTYPES = frozenset({"macro_recall", "macro_recall_well_covered", "macro_auc"})
"""Figures whose meaning changes if only some folds were trained, because those may not cover all subtypes."""

_REPLICATED = {
    "binary": ("accuracy", "sensitivity", "precision", "auc"),
    "subtype": ("accuracy", "macro_recall", "macro_precision", "macro_auc", "crossing_rate"),
}
_UNSEEN = {"binary": "accuracy", "subtype": "macro_recall"}


@dataclass(frozen=True, slots=True)
class RecipeRow:
    """A recipe on unseen patients, with its figures over images; a figure that has no meaning on the trained folds is None."""

    run: Run
    task: str
    figures: Mapping[str, Figure | None]


@dataclass(frozen=True, slots=True)
class ReplicatedRow:
    """A recipe on the image split, evaluated as the brief evaluated its recipes.

    Attributes:
        recipe: The name of the recipe.
        figures: Our figures.
        unseen: The accuracy or the macro recall on unseen patients; None if the recipe was not evaluated on all grouped folds.
        published: The published values, keyed by figure, with None for an unpublished figure; empty if no figure was published.
        is_baseline: Whether the published values are those of a baseline rather than the brief's.
    """

    recipe: str
    figures: Figures
    unseen: Figure | None
    published: Mapping[str, float | None]
    is_baseline: bool


@dataclass(frozen=True, slots=True)
class TaskRecipes:
    """All recipes of a task, on the grouped folds and on the image split."""

    grouped: Sequence[RecipeRow]
    replicated: Sequence[ReplicatedRow]


def make_recipes(comparison: Comparison, task: str) -> TaskRecipes:
    """Collect all recipes that were evaluated on a task."""
    return TaskRecipes(
        grouped=[RecipeRow(run, task, _meaningful(run, task)) for run in comparison.runs("grouped", task)],
        replicated=list(_replicated(comparison, task)),
    )


def as_the_brief_judged(run: Run, task: str) -> Figures:
    """Return a task's figures as the brief computed them: from decisions at threshold .5, or from the most probable subtype."""
    at_half = run.figures.binary.at_half if task == "binary" and run.figures.binary else None
    return at_half.figures if at_half else by_image(run, task)


def _meaningful(run: Run, task: str) -> dict[str, Figure | None]:
    return {name: one if run.complete or name not in _OVER_ALL_SUBTYPES else None for name, one in by_image(run, task).items()}


def _replicated(comparison: Comparison, task: str) -> Iterator[ReplicatedRow]:
    for run in comparison.runs("image", task):
        grouped = comparison.find(run.recipe, "grouped")
        unseen = as_the_brief_judged(grouped, task)[_UNSEEN[task]] if grouped and grouped.complete else None
        published = _published(run.recipe, task)
        yield ReplicatedRow(run.recipe, as_the_brief_judged(run, task), unseen, published, run.recipe in IMAGE_LINES)


def _published(recipe: str, task: str) -> Mapping[str, float | None]:
    """Return the figures on the image split that the brief published for a recipe, or those of the baseline that the recipe reproduces."""
    known = IMAGE_LINES[recipe][task] if recipe in IMAGE_LINES else PUBLISHED.get(recipe, {})
    names = _REPLICATED[task]
    return {name: known.get(name) for name in names} if any(name in known for name in names) else {}
