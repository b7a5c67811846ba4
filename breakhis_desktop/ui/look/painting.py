"""Shared painting: shortened text, the marks of decisions and reviews, and probability bars."""

from pathlib import PurePath

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPolygonF

from breakhis_desktop.domain.taxonomy import Decision


def shortened_name(name: str, metrics: QFontMetrics, width: float) -> str:
    """Return a file name shortened to a width in pixels.

    The suffix goes first, then the middle, because official names have the tumour type at the front and the number at the end.
    """
    if metrics.horizontalAdvance(name) <= width:
        return name
    return _elided(PurePath(name).stem, metrics, width, Qt.TextElideMode.ElideMiddle)


def cut_short(text: str, metrics: QFontMetrics, width: float) -> str:
    """Return a text cut to a width in pixels; all painted text except file names passes through here, so that a test can detect cuts."""
    return text if metrics.horizontalAdvance(text) <= width else _elided(text, metrics, width)


def _elided(text: str, metrics: QFontMetrics, width: float, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> str:
    """Elide a text to a width; Qt may exceed the requested width by some pixels, which would cut off the last letter."""
    for room in range(int(width), 0, -1):
        short = metrics.elidedText(text, mode, room)
        if metrics.horizontalAdvance(short) <= width:
            return short
    return ""


def in_two_lines(text: str, metrics: QFontMetrics, width: float) -> list[str]:
    """Split a text into two lines if it is too wide for one, and cut the second line if needed."""
    words = text.split(" ")
    if metrics.horizontalAdvance(text) <= width or len(words) == 1:
        return [cut_short(text, metrics, width)]
    first = [" ".join(words[:end]) for end in range(1, len(words)) if metrics.horizontalAdvance(" ".join(words[:end])) <= width]
    line = first[-1] if first else words[0]
    return [cut_short(line, metrics, width), cut_short(text[len(line) + 1 :], metrics, width)]


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
