"""Chooses, by fixed rules, the runs that charts show and that sentences name."""

from collections.abc import Sequence
from dataclasses import dataclass

from breakhis_desktop.domain.figures import Figures
from training.comparison.published import PUBLISHED
from training.comparison.runs import Comparison, Run

REFERENCE = "resnet50_frozen"
"""The recipe that reproduces the baseline of the frozen ResNet50, one of `REFERENCE_LINES`."""

REFERENCE_VIEWS = "resnet50_frozen_views"
"""The recipe that reproduces the same baseline with the mean over eight views of each image, which takes eight times as long to compute."""

SECOND_SEED = "_seed2"
"""The ending of a recipe's name if the recipe differs from another only in its random seed."""

HEADLINE = {"binary": "auc", "subtype": "macro_recall"}
"""For each task, the figure by which recipes are ranked."""

PAIRS = {
    "binary": ("brief_binary_class_weights", "brief_binary_augmentation_class_weights"),
    "subtype": ("brief_subtype_undersampling_regularisation", "brief_subtype_undersampling_regularisation_augmentation"),
}
"""For each task, the two models that the brief puts side by side: without and with augmentation."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A run that charts show; its place determines its colour, which is the same in every chart."""

    run: Run
    place: int


def by_image(run: Run, task: str) -> Figures:
    """Return a run's figures over images (not over patients) in a task; empty if the recipe lacks that task."""
    part = run.figures.of(task)
    return part.by_image if part else {}


def headline(run: Run, task: str) -> float:
    """Return the figure by which a run is ranked; minus infinity if the run lacks it."""
    value = by_image(run, task)[HEADLINE[task]].value
    return float("-inf") if value is None else value


def ranked(comparison: Comparison, task: str) -> list[Run]:
    """Return the runs of a task on all grouped folds, best first."""
    complete = [run for run in comparison.runs("grouped", task) if run.complete]
    return sorted(complete, key=lambda run: headline(run, task), reverse=True)


def best_of_brief(comparison: Comparison, task: str) -> Run | None:
    """Return the run of the brief's recipe with the best headline figure on all grouped folds; None if there is no such run."""
    return next((run for run in ranked(comparison, task) if run.recipe in PUBLISHED), None)


def chosen_runs(comparison: Comparison, task: str) -> Sequence[Chosen]:
    """Choose the default recipe, the reference, the best of our other recipes and the brief's best, among the runs on all grouped folds."""
    order = ranked(comparison, task)
    named = {run.recipe: run for run in order}
    others = [run for run in order if run.recipe not in PUBLISHED and run.recipe not in (comparison.default_recipe, REFERENCE)]
    places = (named.get(comparison.default_recipe), named.get(REFERENCE), next(iter(others), None), best_of_brief(comparison, task))
    unique: dict[str, Chosen] = {}
    for place, run in enumerate(places):
        if run is not None:
            unique.setdefault(run.recipe, Chosen(run, place))
    return list(unique.values())
