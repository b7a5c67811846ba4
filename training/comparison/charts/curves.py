"""ROC and precision-recall curves of several recipes, with the operating point marked."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from breakhis_desktop.domain.figures import Curve
from training.comparison.charts.style import MUTED, PAGE_WIDTH, draw, foot_of, full_label, ring, series_style, unit_axes
from training.comparison.chosen import Chosen, by_image
from training.pages.filters import figure_text, number


def draw_curves(target: Path, chosen: Sequence[Chosen]) -> None:
    """Draw both curves of each run; a ring marks the cross-fitted default operating point."""
    draw(target, (PAGE_WIDTH, 3.95), partial(_paint, chosen=chosen), foot_of(chosen[0].run.figures, chosen[0].run.protocol))


def _paint(figure: Figure, chosen: Sequence[Chosen]) -> None:
    left, right = figure.subplots(1, 2)
    _axes(left, "ROC", "1 – specificity", "sensitivity")
    _axes(right, "Precision and recall", "recall (sensitivity)", "precision")
    left.plot([0, 1], [0, 1], color=MUTED, linewidth=0.7, linestyle=":")
    share = _curve(chosen[0], "precision_recall").malignant_share or 0.0
    right.axhline(share, color=MUTED, linewidth=0.7, linestyle=":")
    right.annotate(
        f"chance {number(share, 2)}", (1, share), (-2, -3), textcoords="offset points", ha="right", va="top", fontsize=7, color=MUTED
    )
    for one in reversed(chosen):
        _trace(left, right, one)
    handles, labels = left.get_legend_handles_labels()
    left.legend(handles[::-1], labels[::-1], loc="lower right", labelcolor="linecolor", handlelength=2.4, borderaxespad=0.2)


def _axes(axes: Axes, title: str, across: str, up: str) -> None:
    unit_axes(axes, across, up)
    axes.set_title(title)


def _trace(left: Axes, right: Axes, one: Chosen) -> None:
    style = series_style(one.place)
    label = f"{full_label(one.run.recipe)}\nAUC {figure_text(by_image(one.run, 'binary')['auc'])}"
    for axes, curve in ((left, _curve(one, "roc")), (right, _curve(one, "precision_recall"))):
        points = np.array(curve.points)
        axes.plot(points[:, 0], points[:, 1], label=label, **style)
        if curve.default is not None:
            axes.plot(*curve.default, **ring(style["color"]))


def _curve(one: Chosen, name: str) -> Curve:
    binary = one.run.figures.binary
    return getattr(binary, name, None) or Curve(points=(), default=None)
