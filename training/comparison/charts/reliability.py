"""Reliability charts: the observed frequency of malignancy against the predicted one, in a small panel for each recipe."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from training.comparison.charts.style import MUTED, PAGE_WIDTH, draw, foot_of, full_label, series_style, unit_axes
from training.comparison.chosen import Chosen, by_image
from training.pages.filters import number

_LARGEST = 260
"""The area, in square points, of a dot that stands for all images."""

_SMALLEST = 3


def draw_reliability(target: Path, chosen: Sequence[Chosen]) -> None:
    """Draw the reliability of each run with its cross-fitted temperature applied; the area of a dot shows its share of the images."""
    draw(target, (PAGE_WIDTH, 2.6), partial(_paint, chosen=chosen), foot_of(chosen[0].run.figures, chosen[0].run.protocol))


def _paint(figure: Figure, chosen: Sequence[Chosen]) -> None:
    for axes, one in zip(figure.subplots(1, max(len(chosen), 3), sharey=True, squeeze=False)[0], chosen, strict=False):
        unit_axes(axes, "predicted", "observed")
        axes.label_outer()
        figures = by_image(one.run, "binary")
        error, brier = (number(figures[name].value) for name in ("expected_calibration_error", "brier_score"))
        axes.set_title(full_label(one.run.recipe, wrapped=True), fontsize=7.5, pad=22)
        axes.text(0, 1.04, f"calibration error {error}\nBrier score {brier}", fontsize=6.5, color=MUTED, transform=axes.transAxes)
        _dots(axes, one)
    for axes in figure.axes[len(chosen) :]:
        axes.set_axis_off()


def _dots(axes: Axes, one: Chosen) -> None:
    rows = one.run.figures.binary.reliability if one.run.figures.binary else ()
    axes.plot([0, 1], [0, 1], color=MUTED, linewidth=0.7, linestyle=":")
    predicted, observed = [row.predicted for row in rows], [row.observed for row in rows]
    areas = [max(_SMALLEST, _LARGEST * row.share) for row in rows]
    colour = series_style(one.place)["color"]
    axes.plot(predicted, observed, color=colour, linewidth=0.9)
    axes.scatter(predicted, observed, areas, color=colour, linewidths=0, zorder=3, clip_on=False)
