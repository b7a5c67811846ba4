"""Gives every chart the same look (typeface, colours, foot), and writes it to a file whose bytes depend only on what is drawn."""

from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from pathlib import Path
from textwrap import fill
from types import MappingProxyType
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.transforms import IdentityTransform, ScaledTranslation
from numpy.typing import NDArray

from breakhis_desktop.assets import resources
from breakhis_desktop.files import write_atomically
from breakhis_desktop.palette import palette
from training.comparison.published import PUBLISHED, label_of
from training.comparison.runs import Run
from training.comparison.words import Behind, evidence, protocol_words
from training.pages.filters import number

TEXT, MUTED, LINE = map(palette("light").__getitem__, ("text", "muted", "line"))
TEAL, CRIMSON, OCHRE = map(palette("light").__getitem__, ("accent", "malignant", "review"))
BLUE, PALE_TEAL = palette("charts")["fourth"], palette("dark")["accent"]
"""`PALE_TEAL` is the strongest background on which text can still be read."""

PAGE_WIDTH = 7.2
"""The width of a chart that is as wide as the page, in inches."""

_DPI = 160
_FAMILY = "Noto Sans"
_FOOT = "For research use only"
_STYLE: Any = MappingProxyType(  # its keys are strings, which only Matplotlib can check
    {
        "font.family": _FAMILY,
        "font.size": 8,
        "text.color": TEXT,
        "text.parse_math": False,  # underscores and dollar signs in names are plain text
        "axes.edgecolor": MUTED,
        "axes.labelcolor": TEXT,
        "axes.labelsize": 8,
        "axes.linewidth": 0.6,
        "axes.unicode_minus": False,  # the project's typeface has no minus sign
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.titlesize": 8.5,
        "axes.titlelocation": "left",
        "axes.titleweight": "bold",
        "grid.color": LINE,
        "grid.linewidth": 0.6,
        "xtick.color": MUTED,
        "ytick.color": MUTED,
        "xtick.labelsize": 7.5,
        "ytick.labelsize": 7.5,
        "xtick.major.width": 0.6,
        "ytick.major.width": 0.6,
        "legend.fontsize": 7.5,
        "legend.frameon": False,
        "lines.linewidth": 1.4,
        "lines.solid_capstyle": "round",
    }
)
_SERIES = ((TEAL, "-"), (CRIMSON, (0, (5, 1.5))), (OCHRE, (0, (1.2, 1.2))), (BLUE, (0, (6, 1.5, 1.2, 1.5))))


def ticked_by_shares(axis: Axis) -> None:
    """Label the ticks of an axis of shares with just enough digits to tell them apart; ticks below 0 or above 1 get no label."""

    def written(value: float, _: float | None) -> str:
        digits = max(len(f"{place:.4f}".rstrip("0").partition(".")[2]) for place in axis.get_majorticklocs())
        whole = f"{value:.0f}" if value in {0, 1} else ""
        return number(value, digits) if 0 < value < 1 else whole

    axis.set_major_formatter(written)


def draw(target: Path, size: tuple[float, float], paint: Callable[[Figure], None], evidence: str = "") -> None:
    """Draw a chart in the project's style and write it as PNG.

    Args:
        target: The file to write; an existing file is replaced.
        size: Width and height in inches.
        paint: Draws the contents into the figure.
        evidence: The text at the left of the foot, usually the evidence behind the chart.
    """
    _load_fonts()
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=size, dpi=_DPI, layout="constrained", facecolor="white")
        foot_share = 0.24 / size[1]
        figure.get_layout_engine().set(rect=(0.005, foot_share, 0.99, 1 - foot_share - 0.05 / size[1]))  # type: ignore[union-attr, call-arg]
        paint(figure)
        foot: dict[str, Any] = {"y": 0.05 / size[1], "fontsize": 6.5, "color": MUTED, "va": "bottom"}
        figure.text(0.01, s=evidence, ha="left", **foot)
        figure.text(0.99, s=_FOOT, ha="right", **foot)
        stream = BytesIO()
        # Without this, the file would contain the version of Matplotlib.
        figure.savefig(stream, format="png", metadata={"Software": None})
    write_atomically(target, stream.getvalue())


def series_style(position: int) -> dict[str, Any]:
    """Return the colour and dashes of the line at a position; the first four lines differ in both, and the fifth looks like the first."""
    colour, dashes = _SERIES[position % len(_SERIES)]
    return {"color": colour, "linestyle": dashes}


def ring(colour: str) -> dict[str, Any]:
    """Return the style of the ring that marks how a model is used: its operating point, or its review rule."""
    return {"marker": "o", "markersize": 6.5, "markerfacecolor": "white", "markeredgecolor": colour, "markeredgewidth": 1.5, "zorder": 3}


def unit_axes(axes: Axes, across: str, up: str) -> None:
    """Make both axes run from 0 to 1 in a square, with a light grid."""
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel=across, ylabel=up, aspect="equal")
    ticks = [0, 0.2, 0.4, 0.6, 0.8, 1]
    axes.set_xticks(ticks, [_short(one) for one in ticks])
    axes.set_yticks(ticks, [_short(one) for one in ticks])
    axes.grid(visible=True)
    axes.set_axisbelow(True)


def drawable(values: Iterable[float | None]) -> NDArray[np.float64]:
    """Return the values as an array to draw; an unknown value becomes NaN, which leaves a gap in a line."""
    return np.array(list(values), dtype=np.float64)


def full_label(recipe: str, *, wrapped: bool = False) -> str:
    """Name a recipe in a chart that shows the brief's recipes beside ours; if `wrapped`, a long name is broken into lines."""
    label = f"brief: {label_of(recipe)}" if recipe in PUBLISHED else recipe
    return fill(label, 26) if wrapped else label


def legend_below(axes: Axes, lines_of_ticks: int = 1) -> None:
    """Put a legend below the axes, where it hides nothing, with each label in the colour of its line or dots.

    Args:
        axes: Axes with labelled lines or dots.
        lines_of_ticks: How many lines of text are already below the axis: those of the tick labels and of the axis label.
    """
    points = axes.figure.dpi / 72 if axes.figure else 1.0
    below = axes.transAxes + ScaledTranslation(0, -points * (9 + 11 * lines_of_ticks), IdentityTransform())
    axes.legend(loc="upper left", bbox_to_anchor=(-0.02, 0), bbox_transform=below, labelcolor="linecolor", handlelength=2.4)


def foot_of(part: Behind, protocol: str) -> str:
    """Return the foot of a chart: the protocol, and the images and accessions behind the chart."""
    return f"{protocol_words(protocol)}, {evidence(part)}"


def foot_of_tasks(runs: Mapping[str, Run]) -> str:
    """Return the foot of a chart with a panel for each task: the protocol, and the images and accessions behind each panel."""
    parts = [f"{task}: {evidence(run.evidence(task))}" for task, run in runs.items()]
    return f"{protocol_words(next(iter(runs.values())).protocol)}; {'; '.join(parts)}"


def _short(number: float) -> str:
    return f"{number:.1f}".removeprefix("0") if 0 < number < 1 else f"{number:.0f}"


def _load_fonts() -> None:
    """Make the project's font files the only ones of their family, so that another version of the typeface on the system is not used."""
    manager = font_manager.fontManager
    if _FAMILY in {font.name for font in manager.ttflist if Path(font.fname).is_relative_to(resources())}:
        return
    manager.ttflist = [font for font in manager.ttflist if font.name != _FAMILY]
    for name in ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"):
        manager.addfont(resources() / "fonts" / name)
