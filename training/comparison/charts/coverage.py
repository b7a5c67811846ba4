"""Charts of selective prediction: the error rate of the images that are not reviewed, against the share of images sent to review."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from training.comparison.charts.style import PAGE_WIDTH, draw, drawable, foot_of_tasks, full_label, legend_below, ring, series_style
from training.comparison.chosen import Chosen
from training.pages.filters import percent

_TITLES = {"binary": "Benign or malignant", "subtype": "Eight subtypes"}


def draw_coverage(target: Path, chosen: dict[str, Sequence[Chosen]]) -> None:
    """Draw the error rate of the images that are not reviewed, in a panel for each task.

    The band is the 95 % interval of the first run; in the binary panel, a ring marks the outcome of the program's review rule.
    """
    draw(target, (PAGE_WIDTH, 3.6), partial(_paint, chosen=chosen), foot_of_tasks({task: runs[0].run for task, runs in chosen.items()}))


def _paint(figure: Figure, chosen: dict[str, Sequence[Chosen]]) -> None:
    for axes, (task, runs) in zip(figure.subplots(1, len(chosen), squeeze=False)[0], chosen.items(), strict=True):
        axes.set_title(_TITLES[task])
        for one in runs:
            _trace(axes, one, task, banded=one is runs[0])
        axes.set(xlim=(0, 0.9), ylim=(0, None), xlabel="share sent to review, the least certain first", ylabel="error rate of the rest")
        axes.xaxis.set_major_formatter(lambda share, _: percent(share))
        axes.yaxis.set_major_formatter(lambda share, _: percent(share))
        axes.grid(visible=True)
        axes.set_axisbelow(True)
        legend_below(axes, 2)


def _trace(axes: Axes, one: Chosen, task: str, *, banded: bool) -> None:
    rows = [row for row in one.run.figures.review.curves[task] if row.error_rate is not None]
    style, rule = series_style(one.place), one.run.figures.review.figures
    axes.plot(drawable(row.share for row in rows), drawable(row.error_rate for row in rows), label=full_label(one.run.recipe), **style)
    if task == "binary" and rule:
        axes.plot(*drawable([rule["share_sent_to_review"].value, rule["error_rate_of_the_rest"].value]), **ring(style["color"]))
    if banded:
        known = [row for row in rows if row.low is not None]
        shares, low, high = (drawable(getattr(row, end) for row in known) for end in ("share", "low", "high"))
        axes.fill_between(shares, low, high, color=style["color"], alpha=0.12, linewidth=0)
