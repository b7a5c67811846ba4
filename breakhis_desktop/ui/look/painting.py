"""Shared painting: shortened text, the marks of decisions and reviews, and probability bars."""

import re
from collections.abc import Sequence
from itertools import chain

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPolygonF

from breakhis_desktop.domain.taxonomy import Decision
from breakhis_desktop.ui.look.lettering import BODY, NOTE, font

_SIGNS = re.compile(r"[-_ ./\\…]+")
"""The separators after which a name may be broken onto two lines."""


def fitting_name(
    forms: Sequence[str], metrics: QFontMetrics, width: float, lines: int = 1, on_two_lines: QFontMetrics | None = None
) -> list[str]:
    """Return the best form of a name that fits, as a list of its lines; if none fits, return the shortest form with its middle left out.

    Forms that leave out at most the beginning of the name are tried first, and then all forms; both times, one line is tried before two.

    Args:
        forms: The name in ever shorter forms.
        metrics: The metrics of the font.
        width: The width that is available, in pixels.
        lines: How many lines there is room for: 1 or 2.
        on_two_lines: The metrics of the font for a name on two lines; None for the same font.
    """
    for tried in (whole_forms(forms), forms):
        on_two = (halves for form in tried if lines > 1 for halves in reversed(_halves(form)))
        for way in chain(((form,) for form in tried), on_two):
            tried_with = metrics if len(way) == 1 else on_two_lines or metrics
            if all(tried_with.horizontalAdvance(line) <= width for line in way):
                return list(way)
    return [_elided(forms[-1], metrics, width, Qt.TextElideMode.ElideMiddle)]


class CommonForm:
    """Finds the form in which all names of a column are shown, and remembers it, since finding it takes long."""

    def __init__(self, longest: Sequence[Sequence[str]] = ()) -> None:
        """Take the ever shorter forms of each of the longest names of the column."""
        self._longest = longest
        self._places: dict[float, int | None] = {}

    def of(self, forms: Sequence[str], width: float) -> Sequence[str]:
        """Return a name in the form in which every name of the column fits a width; if there is none, return all forms of the name."""
        if width not in self._places:
            self._places[width] = _common_form(self._longest, width)
        place = self._places[width]
        return forms if place is None else [forms[min(place, len(forms) - 1)]]


def _common_form(names: Sequence[Sequence[str]], width: float) -> int | None:
    """Return the number of the first form, in the order of `fitting_name`, in which several names all fit; None if there is none.

    Args:
        names: The ever shorter forms of each name.
        width: The width that is available, in pixels.
    """
    body, note = QFontMetrics(font(BODY)), QFontMetrics(font(NOTE))
    columns = [[name[min(place, len(name) - 1)] for name in names] for place in range(max(map(len, names), default=0))]
    on_one_line = [max(map(body.horizontalAdvance, forms)) <= width for forms in columns]
    on_two_lines = [max(width_of_halves(form, note) for form in forms) <= width for forms in columns]
    are_whole = [whole_forms(forms) == forms for forms in columns]
    for allowed in (are_whole, [True] * len(columns)):
        for fits in (on_one_line, on_two_lines):
            places = [place for place, both in enumerate(zip(allowed, fits, strict=True)) if all(both)]
            if places:
                return places[0]
    return None


def draw_name(painter: QPainter, box: QRectF, forms: tuple[Sequence[str], Sequence[str]], colour: QColor, muted: QColor) -> None:
    """Draw a name with its folder below it; without a folder, draw the name on one line or, if it is too long, on two smaller lines.

    Args:
        painter: The painter of the cell.
        box: The rectangle for both lines.
        forms: The ever shorter forms of the name and of its folder; the folder has no forms if it is not shown.
        colour: The colour of the name.
        muted: The colour of the folder.
    """
    (name, folder), above, below = forms, QRectF(box), QRectF(box)
    if folder:
        above.setBottom(box.center().y() + 1)
        below.setTop(above.bottom() - 2)
        _draw_lines(painter, below, fitting_name(folder, QFontMetrics(font(NOTE)), box.width()), muted, NOTE)
    lines = fitting_name(name, QFontMetrics(font(BODY)), box.width(), 1 if folder else 2, QFontMetrics(font(NOTE)))
    _draw_lines(painter, above, lines, colour, BODY if len(lines) == 1 else NOTE)


def _draw_lines(painter: QPainter, box: QRectF, lines: Sequence[str], colour: QColor, size: float) -> None:
    painter.setFont(font(size))
    painter.setPen(colour)
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, "\n".join(lines))


def whole_forms(forms: Sequence[str]) -> list[str]:
    """Return the forms of a name that leave out at most its beginning."""
    return [form for form in forms if "…" not in form[1:]]


def width_of_halves(name: str, metrics: QFontMetrics) -> int:
    """Return the least width in pixels at which a name fits on two lines."""
    widths = (max(map(metrics.horizontalAdvance, half)) for half in _halves(name))
    return min(widths, default=metrics.horizontalAdvance(name))


def _halves(name: str) -> list[tuple[str, str]]:
    """Return every way to break a name onto two lines after a separator, such as a hyphen or a space."""
    return [(name[: sign.end()].rstrip(), name[sign.end() :]) for sign in _SIGNS.finditer(name) if sign.end() < len(name)]


def cut_short(text: str, metrics: QFontMetrics, width: float) -> str:
    """Return a text cut to a width in pixels; except for names, no painted text is cut elsewhere, so a test can detect cuts here."""
    return text if metrics.horizontalAdvance(text) <= width else _elided(text, metrics, width)


def _elided(text: str, metrics: QFontMetrics, width: float, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> str:
    """Elide a text so that it fits a width; Qt alone may exceed the width by some pixels, which would cut off the last letter."""
    for room in range(int(width), 0, -1):
        short = metrics.elidedText(text, mode, room)
        if metrics.horizontalAdvance(short) <= width:
            return short
    return ""


def in_two_lines(text: str, metrics: QFontMetrics, width: float) -> list[str]:
    """Split a text into two lines if it is too wide for one, and cut them if needed."""
    return [cut_short(line, metrics, width) for line in _broken(text, metrics, width)]


def fits_in_two_lines(text: str, metrics: QFontMetrics, width: float) -> bool:
    """Return whether `in_two_lines` shows the whole text."""
    return all(metrics.horizontalAdvance(line) <= width for line in _broken(text, metrics, width))


def broken_at_dots(text: str, metrics: QFontMetrics, width: float) -> str:
    """Return a text with a line break in place of each middle dot after which the next part does not fit on the line."""
    lines: list[str] = []
    for part in text.split(" · "):
        longer = f"{lines[-1]} · {part}" if lines else part
        if lines and metrics.horizontalAdvance(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(part)
    return "\n".join(lines)


def _broken(text: str, metrics: QFontMetrics, width: float) -> list[str]:
    """If a text is too wide, break it into two lines of similar width; if these do not fit, break it after as many words as fit."""
    words = text.split(" ")
    if metrics.horizontalAdvance(text) <= width or len(words) == 1:
        return [text]
    ways = [[" ".join(words[:end]).removesuffix(" ·"), " ".join(words[end:]).removeprefix("· ")] for end in range(1, len(words))]
    fitting = [way for way in ways if max(map(metrics.horizontalAdvance, way)) <= width]
    if fitting:
        return min(fitting, key=lambda way: max(map(metrics.horizontalAdvance, way)))
    return [way for way in ways if metrics.horizontalAdvance(way[0]) <= width or way is ways[0]][-1]


def draw_decision_mark(painter: QPainter, box: QRectF, decision: Decision, colour: QColor) -> None:
    """Draw a triangle for malignant or a disc for benign."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    if decision is Decision.MALIGNANT:
        top = QPointF(box.center().x(), box.top())
        painter.drawPolygon(QPolygonF([top, box.bottomRight(), box.bottomLeft()]))
    else:
        painter.drawEllipse(box)


def draw_diamond(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """Draw a diamond, the mark for a review."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    centre = box.center()
    corners = [(centre.x(), box.top()), (box.right(), centre.y()), (centre.x(), box.bottom()), (box.left(), centre.y())]
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))


def draw_bar(painter: QPainter, box: QRectF, share: float, colour: QColor, track: QColor) -> None:
    """Draw a rounded bar filled to a share (0 to 1)."""
    radius = box.height() / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(track)
    painter.drawRoundedRect(box, radius, radius)
    painter.save()
    painter.setClipRect(QRectF(box.left(), box.top(), box.width() * share, box.height()))
    painter.setBrush(colour)
    painter.drawRoundedRect(box, radius, radius)
    painter.restore()


def draw_tick(painter: QPainter, box: QRectF, share: float, colour: QColor) -> None:
    """Draw a line across a bar at a share (0 to 1) of its width."""
    x = box.left() + box.width() * share
    painter.setPen(QPen(colour, 1))
    painter.drawLine(QPointF(x, box.top() - 4), QPointF(x, box.bottom() + 4))
