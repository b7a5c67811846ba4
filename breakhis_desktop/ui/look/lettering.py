"""Text sizes, as multiples of the system font's size, and lengths derived from them."""

from collections.abc import Iterable
from functools import cache
from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetrics, QFontMetricsF, QGuiApplication

BODY, NOTE, SMALL = 1.0, 0.92, 0.87
NAME, FIGURE, TITLE, HEADING, COUNT = 1.08, 1.23, 1.38, 1.54, 1.7
SORT_ARROWS = {Qt.SortOrder.AscendingOrder: " ▴", Qt.SortOrder.DescendingOrder: " ▾"}
"""What follows the title of the column that a table is sorted by."""
_DRAWN_FOR = 13
"""Body text size, in pixels, for which the window was designed."""


def follow_the_system() -> None:
    """Clear the cached measurements, because the system's font may have changed."""
    for measure in (font, width_of, line_height, scaled, points):
        measure.cache_clear()


@cache
def points(size: float) -> float:
    """Convert a text size from a multiple of the system font's size to points, even if the system states that size in pixels."""
    system = QGuiApplication.font()
    given = system.pointSizeF() if system.pointSizeF() > 0 else QFontInfo(system).pointSizeF()
    return round(given * size, 2)


@cache
def font(size: float, *, bold: bool = False) -> QFont:
    """Return the system's font at a size, with figures of equal width."""
    chosen = QFont(QGuiApplication.font())
    chosen.setPointSizeF(points(size))
    chosen.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    chosen.setFeature(QFont.Tag("tnum"), 1)
    return chosen


@cache
def width_of(text: str, size: float = BODY, *, bold: bool = False) -> int:
    """Return the width of a text in pixels."""
    return ceil(QFontMetricsF(font(size, bold=bold)).horizontalAdvance(text))


def widest(texts: Iterable[str], size: float = BODY, *, bold: bool = False) -> int:
    """Return the width of the widest text in pixels; 0 if there are no texts."""
    return max((width_of(text, size, bold=bold) for text in texts), default=0)


def width_in_two_lines(text: str, size: float = BODY, *, bold: bool = False) -> int:
    """Return the least width in pixels at which a text fits on two lines, breaking between words."""
    words = text.split(" ")
    halves = ((" ".join(words[:end]), " ".join(words[end:])) for end in range(1, len(words)))
    return min((widest(half, size, bold=bold) for half in halves), default=width_of(text, size, bold=bold))


@cache
def line_height(size: float = BODY) -> int:
    """Return the height of a line of text in pixels."""
    return QFontMetrics(font(size)).height()


@cache
def scaled(pixels: int) -> int:
    """Scale a length in pixels with the size of the text; the result is never less than the given length."""
    return round(pixels * max(1.0, QFontInfo(font(BODY)).pixelSize() / _DRAWN_FOR))
