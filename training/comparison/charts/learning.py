"""Learning curves of all recipes as small panels: how the loss fell, and how the monitored figure rose."""

from collections.abc import Mapping, Sequence
from functools import partial
from math import ceil
from pathlib import Path
from textwrap import fill
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from training.comparison.charts.style import CRIMSON, MUTED, PAGE_WIDTH, draw, full_label
from training.comparison.published import PUBLISHED
from training.comparison.runs import Run
from training.comparison.words import protocol_words

_ACROSS = 4
_TITLE_WIDTH = 34


def draw_learning(target: Path, runs: Sequence[Run]) -> None:
    """Draw a panel for each run, with two lines for each split: the loss and the monitored figure.

    The loss is drawn as a share of the first epoch's loss; the figure was computed on the validation part after each epoch.
    """
    height = 1.32 * _rows(runs) + 0.5
    draw(target, (PAGE_WIDTH, height), partial(_paint, runs=runs), protocol_words(runs[0].protocol))


def _rows(runs: Sequence[Run]) -> int:
    """Return how many rows the panels fill, including one panel for the legend."""
    return ceil((len(runs) + 1) / _ACROSS)


def _paint(figure: Figure, runs: Sequence[Run]) -> None:
    panels = figure.subplots(_rows(runs), _ACROSS, sharey=True, squeeze=False).ravel()
    for axes, run in zip(panels, runs, strict=False):
        axes.set_title(_title(run), fontsize=6.5, fontweight="normal")
        axes.set(ylim=(0, 1.1))
        axes.tick_params(labelsize=6.5)
        axes.xaxis.get_major_locator().set_params(integer=True, nbins=4)
        axes.grid(visible=True)
        for rows in _by_split(run.history).values():
            _traces(axes, rows)
    for axes in panels[: len(runs)][-_ACROSS:]:
        axes.set_xlabel("epoch", fontsize=6.5)
    for axes in panels[::_ACROSS]:
        axes.set_ylabel("share or figure", fontsize=6.5)
    for axes in panels[len(runs) :]:
        axes.set_axis_off()
    _legend(panels[-1])


def _legend(axes: Axes) -> None:
    """Draw the legend in the last panel, which is free because it shows no run."""
    loss = Line2D([], [], color=MUTED, linewidth=0.8, label="training loss, as a share\nof the first epoch's")
    words = "figure on the validation part:\naccuracy (binary) or\nmacro recall (subtypes)"
    figure = Line2D([], [], color=CRIMSON, linewidth=0.8, marker="o", markersize=2.6, label=words)
    axes.legend(handles=[loss, figure], loc="center left", fontsize=6.5, frameon=False)


def _title(run: Run) -> str:
    """Name a run; for the brief's recipes, include the task, because the brief's tables for both tasks use the same names."""
    task = {"binary": ", binary", "subtype": ", subtypes", "both": ""}[run.task] if run.recipe in PUBLISHED else ""
    cut = "" if run.complete else f" ({run.done.share_of_folds})"
    return fill(full_label(run.recipe).replace("brief:", f"brief{task}:") + cut, _TITLE_WIDTH)


def _by_split(history: Sequence[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    splits: dict[str, list[Mapping[str, Any]]] = {}
    for row in history:
        splits.setdefault(str(row["split"]), []).append(row)
    return splits


def _traces(axes: Axes, rows: Sequence[Mapping[str, Any]]) -> None:
    epochs = [row["epoch"] for row in rows]
    axes.plot(epochs, [row["loss"] / rows[0]["loss"] for row in rows], color=MUTED, linewidth=0.8)
    watched = [(row["epoch"], row["figure"]) for row in rows if "figure" in row]
    if watched:
        axes.plot(*zip(*watched, strict=True), color=CRIMSON, linewidth=0.8)
        axes.plot(*max(watched, key=lambda one: one[1]), "o", color=CRIMSON, markersize=2.6)
