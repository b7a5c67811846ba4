"""A chart of the review rule at every margin: the share of errors that it catches, against the share of images that it sends to review."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from training.comparison.charts.style import MUTED, PAGE_WIDTH, draw, drawable, foot_of_tasks, full_label, legend_below, ring, series_style
from training.comparison.chosen import Chosen
from training.pages.filters import percent

_PANELS = {"errors_caught": "All errors", "missed_cancers_caught": "Missed cancers"}


def draw_review(target: Path, runs: Sequence[Chosen]) -> None:
    """Draw what the rule catches as its margin grows; a ring marks the cross-fitted outcome of the rule."""
    draw(target, (PAGE_WIDTH, 3.6), partial(_paint, runs=runs), foot_of_tasks({"binary": runs[0].run}))


def _paint(figure: Figure, runs: Sequence[Chosen]) -> None:
    for axes, (name, title) in zip(figure.subplots(1, len(_PANELS)), _PANELS.items(), strict=True):
        axes.set_title(title)
        axes.plot([0, 1], [0, 1], color=MUTED, linestyle=":", linewidth=0.8)
        for one in runs:
            _trace(axes, one, name)
        axes.set(xlim=(0, 0.7), ylim=(0, 1), xlabel="share sent to review", ylabel="share of them caught")
        axes.xaxis.set_major_formatter(lambda share, _: percent(share))
        axes.yaxis.set_major_formatter(lambda share, _: percent(share))
        axes.grid(visible=True)
        axes.set_axisbelow(True)
        legend_below(axes, 2)


def _trace(axes: Axes, one: Chosen, name: str) -> None:
    review, style = one.run.figures.review, series_style(one.place)
    known = [row for row in review.trade or () if getattr(row, name) is not None]
    sent, caught = drawable(row.share_sent_to_review for row in known), drawable(getattr(row, name) for row in known)
    axes.plot(sent, caught, label=full_label(one.run.recipe), **style)
    if review.figures:
        axes.plot(*drawable([review.figures["share_sent_to_review"].value, review.figures[name].value]), **ring(style["color"]))
