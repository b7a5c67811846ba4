"""How large text is: every size is a share of the system's font, and what holds text is measured by it."""

from collections.abc import Iterable
from functools import cache
from math import ceil

from PySide6.QtGui import QFont, QFontInfo, QFontMetrics, QFontMetricsF, QGuiApplication

BODY, NOTE, SMALL = 1.0, 0.92, 0.87
NAME, FIGURE, TITLE, HEADING, COUNT = 1.08, 1.23, 1.38, 1.54, 1.7
_DRAWN_FOR = 13
"""Pixels of the body text for which the window was drawn."""


def follow_the_system() -> None:
    """Measure anew by the application's font, which may be another one now."""
    for measure in (font, width_of, line_height, scaled, points):
        measure.cache_clear()


@cache
def points(size: float) -> float:
    """Return how many points a size has; a system that gives its font in pixels is asked what these are."""
    system = QGuiApplication.font()
    given = system.pointSizeF() if system.pointSizeF() > 0 else QFontInfo(system).pointSizeF()
    return round(given * size, 2)


@cache
def font(size: float, *, bold: bool = False) -> QFont:
    """Return the system's font in a size, with figures of equal width."""
    chosen = QFont(QGuiApplication.font())
    chosen.setPointSizeF(points(size))
    chosen.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    chosen.setFeature(QFont.Tag("tnum"), 1)
    return chosen


@cache
def width_of(text: str, size: float = BODY, *, bold: bool = False) -> int:
    """Return how many pixels a text is wide."""
    return ceil(QFontMetricsF(font(size, bold=bold)).horizontalAdvance(text))


def widest(texts: Iterable[str], size: float = BODY, *, bold: bool = False) -> int:
    """Return how many pixels the widest of some texts is wide."""
    return max((width_of(text, size, bold=bold) for text in texts), default=0)


def width_in_two_lines(text: str, size: float = BODY) -> int:
    """Return how wide a text is that may go on in a second line after any of its words."""
    words = text.split(" ")
    halves = ((" ".join(words[:end]), " ".join(words[end:])) for end in range(1, len(words)))
    return min((widest(half, size) for half in halves), default=width_of(text, size))


@cache
def line_height(size: float = BODY) -> int:
    """Return how many pixels a line of text is high."""
    return QFontMetrics(font(size)).height()


@cache
def scaled(pixels: int) -> int:
    """Return a length that was drawn for the usual size of text, larger where the text is larger."""
    return round(pixels * max(1.0, QFontInfo(font(BODY)).pixelSize() / _DRAWN_FOR))
