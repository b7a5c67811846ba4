"""Confusion matrices of two models side by side, as in the brief, with one row for each protocol."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from numpy.typing import NDArray

from breakhis_desktop.domain.taxonomy import SUBTYPES
from training.comparison.charts.style import PAGE_WIDTH, PALE_TEAL, TEXT, draw
from training.comparison.runs import Run
from training.comparison.words import evidence, protocol_words
from training.pages.filters import percent

_SHADES = LinearSegmentedColormap.from_list("shares", ["#ffffff", PALE_TEAL])
_CLASSES = ("benign", "malignant")
_SUBTYPES = tuple(one.name for one in SUBTYPES)
_CODES = tuple(one.code for one in SUBTYPES)


def draw_confusion(target: Path, pairs: Sequence[Sequence[Run]], task: str) -> None:
    """Draw the matrices of two runs side by side, with one row for each protocol; binary matrices use the brief's threshold of .5."""
    size = (PAGE_WIDTH * 0.85, 2.85) if task == "binary" else (PAGE_WIDTH * 1.15, 4.0)
    draw(target, (size[0], size[1] * len(pairs) + 0.2), partial(_paint, pairs=pairs, task=task), _foot(pairs[-1][0], task))


def _paint(figure: Figure, pairs: Sequence[Sequence[Run]], task: str) -> None:
    for strip, runs in zip(figure.subfigures(len(pairs), 1, squeeze=False)[:, 0], pairs, strict=True):
        words = protocol_words(runs[0].protocol)
        title = f"{words[0].upper()}{words[1:]}, {evidence(runs[0].evidence(task))}"
        strip.suptitle(title, x=0.01, ha="left", fontsize=8.5, fontweight="bold")
        for axes, run in zip(strip.subplots(1, len(runs), sharey=True), runs, strict=True):
            _matrix(axes, _counts(run, task), *((_CLASSES, _CLASSES) if task == "binary" else (_SUBTYPES, _CODES)))
            axes.set_title(run.label, fontweight="normal", loc="center", fontsize=8)
            axes.label_outer()


def _foot(run: Run, task: str) -> str:
    if task == "binary":
        return "called malignant from a probability of .5 on, as in the brief"
    covered = run.figures.subtype.well_covered if run.figures.subtype else ()
    thin = [code for code in _CODES if code not in covered]
    return "the most probable subtype counts" + (f"; too few patients for any claim about {', '.join(thin)}" if thin else "")


def _counts(run: Run, task: str) -> NDArray[np.int64]:
    """Return the number of images for each true class (row) and each predicted class (column)."""
    if task == "subtype":
        return np.array(run.figures.subtype.confusion_matrix if run.figures.subtype else ())
    at_half = run.figures.binary.at_half if run.figures.binary else None
    counts = at_half.confusion if at_half else None
    return np.array([[counts.tn, counts.fp], [counts.fn, counts.tp]] if counts else ())


def _matrix(axes: Axes, counts: NDArray[np.int64], rows: Sequence[str], columns: Sequence[str]) -> None:
    totals = counts.sum(axis=1)
    shares = counts / np.maximum(totals, 1)[:, None]
    axes.imshow(shares, cmap=_SHADES, vmin=0, vmax=1)
    axes.set_xticks(range(len(columns)), columns)
    axes.set_yticks(range(len(rows)), [f"{name}\n{total:,} images" for name, total in zip(rows, totals, strict=True)])
    axes.set(xlabel="called", ylabel="truth")
    axes.tick_params(length=0, labelcolor=TEXT)
    axes.spines[:].set_visible(False)
    _divide(axes, len(rows))
    sizes = (11, 8) if len(rows) == 2 else (7.5, 5.8)
    for (row, column), share in np.ndenumerate(shares):
        _cell(axes, (column, row), int(counts[row, column]), float(share), sizes)


def _divide(axes: Axes, classes: int) -> None:
    """Separate the cells by fine lines, and the benign from the malignant subtypes by a strong line."""
    edges = np.arange(classes + 1) - 0.5
    for edge in edges:
        width, colour = (1.2, TEXT) if edge == classes / 2 - 0.5 and classes > 2 else (0.5, "#c9ced3")
        axes.axhline(edge, color=colour, linewidth=width, clip_on=False)
        axes.axvline(edge, color=colour, linewidth=width, clip_on=False)


def _cell(axes: Axes, at: tuple[int, int], count: int, share: float, sizes: tuple[float, float]) -> None:
    if not count:
        return
    for text, above, size in ((f"{count:,}", 0.5, sizes[0]), (percent(share), -0.5, sizes[1])):
        side = "bottom" if above > 0 else "top"
        axes.annotate(text, at, (0, above), textcoords="offset points", ha="center", va=side, fontsize=size)
