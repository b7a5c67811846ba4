"""Which runs the pictures and sentences single out, by rules that do not look at what would be nice to show."""

from collections.abc import Sequence
from dataclasses import dataclass

from breakhis_desktop.domain.figures import Figures
from training.comparison.published import PUBLISHED
from training.comparison.runs import Comparison, Run

REFERENCE = "resnet50_frozen"
"""The recipe that reproduces the first line to beat."""

REFERENCE_VIEWS = "resnet50_frozen_views"
"""The recipe that reproduces the same line with eight views of each image, which costs eight passes."""

SECOND_SEED = "_seed2"
"""The ending of a recipe's name if the recipe differs from another only in its random seed."""

HEADLINE = {"binary": "auc", "subtype": "macro_recall"}
"""The figure by which recipes of each task are ranked."""

PAIRS = {
    "binary": ("brief_binary_class_weights", "brief_binary_augmentation_class_weights"),
    "subtype": ("brief_subtype_undersampling_regularisation", "brief_subtype_undersampling_regularisation_augmentation"),
}
"""The models that the brief puts side by side, without and with augmentation."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A run that pictures show, with its place, which gives it the same colour in every picture."""

    run: Run
    place: int


def by_image(run: Run, task: str) -> Figures:
    """Return the figures of a task by image; empty if the run does not judge the task."""
    part = run.figures.of(task)
    return part.by_image if part else {}


def headline(run: Run, task: str) -> float:
    """Return the figure by which a run is ranked; a run without it comes last."""
    value = by_image(run, task)[HEADLINE[task]].value
    return float("-inf") if value is None else value


def ranked(comparison: Comparison, task: str) -> list[Run]:
    """Return the runs on all grouped folds, best first."""
    complete = [run for run in comparison.runs("grouped", task) if run.complete]
    return sorted(complete, key=lambda run: headline(run, task), reverse=True)


def best_of_brief(comparison: Comparison, task: str) -> Run | None:
    """Return the brief's recipe with the best headline figure on the grouped folds."""
    return next((run for run in ranked(comparison, task) if run.recipe in PUBLISHED), None)


def chosen_runs(comparison: Comparison, task: str) -> Sequence[Chosen]:
    """Choose the default recipe, the reference, the best of our other recipes and the brief's best, as far as they were run."""
    order = ranked(comparison, task)
    named = {run.recipe: run for run in order}
    others = [run for run in order if run.recipe not in PUBLISHED and run.recipe not in (comparison.default_recipe, REFERENCE)]
    places = (named.get(comparison.default_recipe), named.get(REFERENCE), next(iter(others), None), best_of_brief(comparison, task))
    unique: dict[str, Chosen] = {}
    for place, run in enumerate(places):
        if run is not None:
            unique.setdefault(run.recipe, Chosen(run, place))
    return list(unique.values())
