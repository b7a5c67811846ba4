"""A forest plot of all recipes: the headline figure on the grouped folds with its interval, and a line at the reference's figure."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from training.comparison.charts.style import LINE, MUTED, OCHRE, PAGE_WIDTH, TEAL, TEXT, draw, full_label, ticked_by_shares
from training.comparison.chosen import HEADLINE, REFERENCE, by_image, headline
from training.comparison.published import PUBLISHED
from training.comparison.runs import Comparison, Run
from training.comparison.words import protocol_words
from training.pages.filters import figure_text

_TITLES = {"binary": "Benign or malignant: AUC", "subtype": "Eight subtypes: macro recall"}
_ROW = 0.235
_PROTOCOL = "grouped"


def draw_forest(target: Path, comparison: Comparison, tasks: Sequence[str]) -> None:
    """Draw a panel for each task with its recipes, best first; recipes that lack folds come last, with hollow dots."""
    counts = [len(_runs(comparison, task)) for task in tasks]
    size = (PAGE_WIDTH, _ROW * sum(counts) + 0.75 * len(tasks) + 0.3)
    draw(target, size, partial(_paint, comparison=comparison, tasks=tasks, counts=counts), protocol_words(_PROTOCOL))


def _paint(figure: Figure, comparison: Comparison, tasks: Sequence[str], counts: Sequence[int]) -> None:
    panels = figure.subplots(len(tasks), 1, height_ratios=[count + 1.5 for count in counts], squeeze=False)[:, 0]
    for axes, task in zip(panels, tasks, strict=True):
        runs = sorted(_runs(comparison, task), key=lambda run: (run.complete, headline(run, task)))
        for place, run in enumerate(runs):
            _row(axes, place, run, task, comparison.default_recipe)
        _reference_line(axes, comparison.find(REFERENCE, _PROTOCOL), task)
        axes.set_title(f"{_TITLES[task]}, {comparison.behind(_PROTOCOL, task)}")
        axes.set_ylim(-1.1, len(runs) - 0.1)
        axes.set_yticks(range(len(runs)), [_name(run) for run in runs])
        ticked_by_shares(axes.xaxis)
        axes.tick_params(axis="y", length=0, labelcolor=TEXT)
        axes.spines["left"].set_visible(False)
        axes.grid(visible=True, axis="x")
        axes.set_axisbelow(True)
        for label, run in zip(axes.get_yticklabels(), runs, strict=True):
            label.set_fontweight("bold" if run.recipe == comparison.default_recipe else "normal")


def _runs(comparison: Comparison, task: str) -> list[Run]:
    """Return the runs of a task; in the subtype task, runs on only some folds are left out, because they may not cover all subtypes."""
    return [run for run in comparison.runs(_PROTOCOL, task) if run.complete or task == "binary"]


def _name(run: Run) -> str:
    return full_label(run.recipe) + ("" if run.complete else f" ({run.done.share_of_folds})")


def _row(axes: Axes, place: int, run: Run, task: str, default_recipe: str) -> None:
    estimate = by_image(run, task)[HEADLINE[task]]
    if estimate.value is None:
        return
    colour = TEAL if run.recipe == default_recipe else TEXT if run.recipe not in PUBLISHED else MUTED
    if estimate.low is not None and estimate.high is not None:
        axes.plot([estimate.low, estimate.high], [place, place], color=colour, linewidth=1.2)
    axes.plot(estimate.value, place, "o", markersize=5, markeredgecolor=colour, markerfacecolor=colour if run.complete else "white")
    text = figure_text(estimate)
    axes.annotate(
        text, (1, place), (4, 0), xycoords=("axes fraction", "data"), textcoords="offset points", va="center", fontsize=7, color=colour
    )
    axes.axhline(place, color=LINE, linewidth=0.5, zorder=0)


def _reference_line(axes: Axes, reference: Run | None, task: str) -> None:
    if reference is None:
        return
    value = by_image(reference, task)[HEADLINE[task]].value
    if value is not None:
        axes.axvline(value, color=OCHRE, linewidth=1, linestyle=(0, (4, 2)), zorder=1)
        axes.annotate(REFERENCE, (value, 0), (3, 2), ("data", "axes fraction"), "offset points", fontsize=6.5, color=OCHRE)
