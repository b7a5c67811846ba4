"""The default bundle's recipe compared with every other recipe and with the reference lines (lines to beat)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from breakhis_desktop.domain.figures import Difference, Figure
from training.comparison.chosen import REFERENCE, REFERENCE_VIEWS, by_image
from training.comparison.published import PUBLISHED, REFERENCE_LINES
from training.comparison.runs import Comparison, Run
from training.comparison.sections.compared import Compared, compare_recipes
from training.experiment.ensemble import known_ensembles, load_ensemble

_COMPARED = {
    "binary": ("auc", "specificity_at_sensitivity_95", "brier_score"),
    "subtype": ("macro_recall", "accuracy", "macro_auc"),
}
_AGAINST_REFERENCE = (("binary", "auc"), ("binary", "specificity_at_sensitivity_95"), ("subtype", "macro_recall"))
_LINES = (*_AGAINST_REFERENCE, ("subtype", "macro_recall_well_covered"))

Differences = Mapping[str, Difference | None]
"""Differences, keyed by figure; None for a figure without one."""


@dataclass(frozen=True, slots=True)
class AgainstRun:
    """Differences in one task: the default recipe minus the recipe of a run."""

    run: Run
    task: str
    differences: Differences


@dataclass(frozen=True, slots=True)
class AgainstRecipe:
    """Differences: one recipe minus another."""

    recipe: str
    other: str
    differences: Differences


@dataclass(frozen=True, slots=True)
class PublishedLine:
    """A reference line: each figure with its interval; None for a figure that was not published."""

    name: str
    figures: Mapping[str, Figure | None]


@dataclass(frozen=True, slots=True)
class OurLine:
    """The figures of one of our runs, to be shown beside the reference lines."""

    recipe: str
    figures: Mapping[str, Figure | None]


@dataclass(frozen=True, slots=True)
class VsReference:
    """The default recipe and its rivals.

    Attributes:
        headlines: The default recipe against the reference, by task; a task in which they were not compared is left out.
        marks: Which of the marks `reference`, `default` and `brief` the forest plot on the grouped folds contains.
        all_complete: Whether every run was trained on all folds.
        default_minus_others: The default recipe minus each other recipe, by task.
        ours_minus_reference: Each recipe of ours minus the reference.
        ensembles_minus_members: Each ensemble minus each of its members.
        published_lines: The reference lines.
        our_lines: Our runs, to be shown beside the reference lines.
    """

    headlines: Mapping[str, Sequence[Compared]]
    marks: Sequence[str]
    all_complete: bool
    default_minus_others: Mapping[str, Sequence[AgainstRun]]
    ours_minus_reference: Sequence[AgainstRecipe]
    ensembles_minus_members: Sequence[AgainstRecipe]
    published_lines: Sequence[PublishedLine]
    our_lines: Sequence[OurLine]


def make_vs_reference(comparison: Comparison) -> VsReference:
    """Compare the default recipe and our other recipes with their rivals."""
    runs = comparison.runs("grouped")
    headlines = {task: _headlines(comparison, task) for task in _COMPARED}
    return VsReference(
        headlines={task: compared for task, compared in headlines.items() if compared},
        marks=_marks(comparison),
        all_complete=all(run.complete for run in runs),
        default_minus_others={task: list(_default_minus_others(comparison, task)) for task in _COMPARED},
        ours_minus_reference=list(_ours_minus_reference(comparison)),
        ensembles_minus_members=list(_ensembles_minus_members(comparison)),
        published_lines=list(_published_lines()),
        our_lines=list(_our_lines(comparison)),
    )


def _marks(comparison: Comparison) -> list[str]:
    judged = {run.recipe for run in comparison.runs("grouped")}
    marked = {"reference": {REFERENCE}, "default": {comparison.default_recipe}, "brief": PUBLISHED.keys()}
    return [mark for mark, recipes in marked.items() if judged & recipes]


def _headlines(comparison: Comparison, task: str) -> list[Compared]:
    default = comparison.default_recipe
    found = (compare_recipes(comparison, default, REFERENCE, task, figure) for figure in _COMPARED[task][:2])
    return [one for one in found if one]


def _default_minus_others(comparison: Comparison, task: str) -> Iterator[AgainstRun]:
    for run in comparison.runs("grouped", task):
        found = {one: comparison.difference(comparison.default_recipe, run.recipe, "grouped", task, one) for one in _COMPARED[task]}
        is_meaningful = task == "binary" or run.complete
        if is_meaningful and any(one and one.value is not None for one in found.values()):
            yield AgainstRun(run, task, found)


def _ours_minus_reference(comparison: Comparison) -> Iterator[AgainstRecipe]:
    for run in comparison.runs("grouped"):
        if run.recipe not in PUBLISHED:
            yield from _against(comparison, run.recipe, REFERENCE)


def _ensembles_minus_members(comparison: Comparison) -> Iterator[AgainstRecipe]:
    for ensemble in map(load_ensemble, known_ensembles()):
        for member in ensemble.members:
            yield from _against(comparison, ensemble.name, member)


def _against(comparison: Comparison, recipe: str, other: str) -> Iterator[AgainstRecipe]:
    found = {figure: comparison.difference(recipe, other, "grouped", task, figure) for task, figure in _AGAINST_REFERENCE}
    if any(found.values()):
        yield AgainstRecipe(recipe, other, found)


def _published_lines() -> Iterator[PublishedLine]:
    for line in REFERENCE_LINES:
        yield PublishedLine(line["name"], {figure: Figure(*line[figure]) if figure in line else None for _, figure in _LINES})


def _our_lines(comparison: Comparison) -> Iterator[OurLine]:
    for recipe in dict.fromkeys(("lite0_frozen", REFERENCE, REFERENCE_VIEWS, comparison.default_recipe)):
        run = comparison.find(recipe, "grouped")
        if run is not None:
            yield OurLine(recipe, {figure: by_image(run, task).get(figure) for task, figure in _LINES})
