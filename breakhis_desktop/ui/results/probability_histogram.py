"""A histogram of a run's probabilities, in one colour on each side of the threshold."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from breakhis_desktop.domain.taxonomy import Decision
from breakhis_desktop.ui.look.theme import Theme

_SHOWN_AT_LEAST = 2.0
"""Least height of a non-empty bar in pixels, so that a single image among thousands is visible."""


class ProbabilityHistogram(QWidget):
    """Draws bars in the benign colour below the threshold and the malignant colour above it, with a line at the threshold."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Build an empty histogram."""
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._theme = theme
        self._counts: Sequence[int] = ()
        self._threshold = 0.0
        theme.changed.connect(self.update)

    def show_counts(self, counts: Sequence[int]) -> None:
        """Show the number of images in each of several equal bins from 0 to 1."""
        self._counts = tuple(counts)
        self.update()

    def show_threshold(self, threshold: float) -> None:
        """Show the threshold, 0 to 1."""
        self._threshold = threshold
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of a small chart."""
        return QSize(112, 36)

    def minimumSizeHint(self) -> QSize:
        """Return the least size at which the bars are distinguishable."""
        return QSize(64, 36)

    def paintEvent(self, event: QPaintEvent) -> None:
        """For each side of the threshold, draw all bars in its colour, clipped to that side; then draw the base line and the threshold."""
        tokens, box = self._theme.tokens, QRectF(self.rect()).adjusted(0, 1, 0, -1)
        edge = box.left() + box.width() * self._threshold
        painter = QPainter(self)
        sides = {
            Decision.BENIGN: QRectF(box.left(), box.top(), edge - box.left(), box.height()),
            Decision.MALIGNANT: QRectF(edge, box.top(), box.right() - edge, box.height()),
        }
        for decision, side in sides.items():
            painter.setClipRect(side)
            for bar in _bars(self._counts, box):
                painter.fillRect(bar, tokens.of(decision))
        painter.setClipping(False)
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), QColor(tokens.line))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.text), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        x = min(max(edge, box.left() + 1), box.right() - 1)
        painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))


def _bars(counts: Sequence[int], box: QRectF) -> list[QRectF]:
    most, width = max(counts, default=0), box.width() / max(len(counts), 1)
    heights = [max(_SHOWN_AT_LEAST, box.height() * count / most) if count else 0.0 for count in counts]
    return [
        QRectF(box.left() + place * width, box.bottom() - height, max(width - 1, 1), height)
        for place, height in enumerate(heights)
        if height
    ]
