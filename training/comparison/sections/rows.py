"""Rows of the tables of all recipes: on unseen patients, and on the image split beside what was published."""

from collections.abc import Mapping, Sequence

from breakhis_desktop.domain.figures import Figures
from training.comparison.chosen import by_image
from training.comparison.published import IMAGE_LINES, PUBLISHED
from training.comparison.runs import Comparison, Run
from training.comparison.sections.names import row_name, training_words
from training.comparison.words import NOTHING, evidence
from training.pages.filters import figure_text, number

OVER_ALL_SUBTYPES = frozenset({"macro_recall", "macro_recall_well_covered", "macro_auc"})
"""Figures that mean something else where some folds, and with them some subtypes, are missing."""


def grouped_rows(comparison: Comparison, task: str, names: Sequence[str]) -> list[list[str]]:
    """Write every recipe that was judged on a task, with figures by image on the grouped folds and what was cut in its training."""
    return [_grouped(run, comparison, task, names) for run in comparison.runs("grouped", task)]


def replicated_rows(comparison: Comparison, task: str, names: Sequence[str], headline: str) -> list[list[str]]:
    """Write every run on the image split as the brief judged it, its headline on unseen patients, and beneath what was published."""
    return [row for run in comparison.runs("image", task) for row in _replicated(run, comparison, task, names, headline)]


def as_the_brief_judged(run: Run, task: str) -> Figures:
    """Return the figures of a task that the brief gave: of decisions at threshold .5, or of the most probable subtype."""
    at_half = run.figures.binary.at_half if task == "binary" and run.figures.binary else None
    return at_half.figures if at_half else by_image(run, task)


def _grouped(row: Run, comparison: Comparison, task: str, names: Sequence[str]) -> list[str]:
    name = row_name(row.recipe, comparison.default_recipe)
    cut = "" if row.complete else f" ({row.done.share_of_folds}: {evidence(row.evidence(task))})"
    figures = by_image(row, task)
    shown = [figure_text(figures[one]) if row.complete or one not in OVER_ALL_SUBTYPES else NOTHING for one in names]
    return [name + cut, *shown, training_words(row)]


def _replicated(run: Run, comparison: Comparison, task: str, names: Sequence[str], headline: str) -> list[list[str]]:
    ours, published = as_the_brief_judged(run, task), _published(run.recipe, task)
    grouped = comparison.find(run.recipe, "grouped")
    unseen = figure_text(as_the_brief_judged(grouped, task)[headline]) if grouped and grouped.complete else NOTHING
    rows = [[row_name(run.recipe, comparison.default_recipe), *(figure_text(ours[one]) for one in names), unseen]]
    if any(name in published for name in names):
        rows.append(
            [
                "*reference line*" if run.recipe in IMAGE_LINES else "*as published*",
                *(f"*{number(published.get(one))}*" for one in names),
                "",
            ]
        )
    return rows


def _published(recipe: str, task: str) -> Mapping[str, float]:
    """Return what was published of a recipe on the image split, the brief's own or one of the lines to beat."""
    return IMAGE_LINES[recipe][task] if recipe in IMAGE_LINES else PUBLISHED.get(recipe, {})
