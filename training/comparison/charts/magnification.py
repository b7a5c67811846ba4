"""The headline figures at each magnification, with intervals."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from breakhis_desktop.domain.figures import PartFigures
from breakhis_desktop.domain.taxonomy import MAGNIFICATIONS
from training.comparison.charts.style import (
    MUTED,
    PAGE_WIDTH,
    draw,
    drawable,
    foot_of_tasks,
    full_label,
    legend_below,
    series_style,
    ticked_by_shares,
)
from training.comparison.chosen import HEADLINE, Chosen

_TITLES = {"binary": "Benign or malignant: AUC", "subtype": "Eight subtypes: macro recall"}
_MARKERS = "osD^"
_STEP = 0.16


def draw_magnifications(target: Path, chosen: dict[str, Sequence[Chosen]]) -> None:
    """Draw the headline figure of each run at each magnification, in a panel for each task."""
    draw(target, (PAGE_WIDTH, 3.9), partial(_paint, chosen=chosen), foot_of_tasks({task: runs[0].run for task, runs in chosen.items()}))


def _paint(figure: Figure, chosen: dict[str, Sequence[Chosen]]) -> None:
    for axes, (task, runs) in zip(figure.subplots(1, len(chosen), squeeze=False)[0], chosen.items(), strict=True):
        parts = _by_magnification(runs[0], task)
        present = [one for one in MAGNIFICATIONS if str(one) in parts]
        for place, one in enumerate(runs):
            _dots(axes, one, task, present, (place - (len(runs) - 1) / 2) * _STEP)
        ticks = [f"{one}×\n{parts[str(one)].images:,} images\n{parts[str(one)].accessions} accessions" for one in present]
        axes.set_xticks(range(len(present)), ticks)
        axes.tick_params(axis="x", length=0)
        axes.set_title(_TITLES[task])
        if task == "binary":
            axes.axhline(0.5, color=MUTED, linewidth=0.7, linestyle=":")
        axes.set_ylim((None, 1.0) if task == "binary" else (0, None))
        ticked_by_shares(axes.yaxis)
        axes.grid(visible=True, axis="y")
        axes.set_axisbelow(True)
        legend_below(axes, 3)


def _dots(axes: Axes, one: Chosen, task: str, present: Sequence[int], shift: float) -> None:
    parts = _by_magnification(one, task)
    figures = {place: parts[str(number)].figures.get(HEADLINE[task]) for place, number in enumerate(present) if str(number) in parts}
    known = [(place + shift, figure.estimate) for place, figure in figures.items() if figure and figure.estimate]
    across = [place for place, _ in known]
    value, low, high = (drawable(getattr(one, end) for _, one in known) for end in ("value", "low", "high"))
    axes.errorbar(
        across,
        value,
        yerr=np.maximum([value - low, high - value], 0),
        fmt=_MARKERS[one.place],
        color=series_style(one.place)["color"],
        markersize=4,
        elinewidth=1.1,
        linestyle="none",
        label=full_label(one.run.recipe),
    )


def _by_magnification(one: Chosen, task: str) -> Mapping[str, PartFigures]:
    part = one.run.figures.of(task)
    return part.by_magnification if part else {}
