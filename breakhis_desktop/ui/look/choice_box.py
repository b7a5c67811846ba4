"""A drop-down box."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QWidget

_AROUND = 44
"""Pixels to add to the width of the text, for the style sheet's padding and the arrow."""


class ChoiceBox(QComboBox):
    """A drop-down box whose arrow has the colour of its text; turning the mouse wheel over it does not change the choice."""

    _kept: Sequence[str] = ()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build an empty box."""
        super().__init__(parent)
        self.setItemDelegate(QStyledItemDelegate(self))  # unlike the default delegate, this one obeys the style sheet

    def keep_room_for(self, words: Sequence[str]) -> None:
        """Keep the box wide enough for the widest of these texts, whichever text it shows."""
        self._kept = words
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return a size that fits the widest of the texts from `keep_room_for`; without such texts, return the box's usual size."""
        return self._with_room(super().sizeHint())

    def minimumSizeHint(self) -> QSize:
        """Return a minimum size that also fits the texts from `keep_room_for`, so that no choice is cut off."""
        return self._with_room(super().minimumSizeHint())

    def _with_room(self, hint: QSize) -> QSize:
        if not self._kept:
            return hint
        metrics = self.fontMetrics()
        return QSize(max(map(metrics.horizontalAdvance, self._kept)) + _AROUND, hint.height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ignore the mouse wheel, so that it scrolls the page instead."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box, and then the arrow, which Qt omits if there is a style sheet."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.Text if self.isEnabled() else QPalette.ColorRole.PlaceholderText))
        painter.drawText(self.rect().adjusted(0, 0, -10, 0), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "▾")
