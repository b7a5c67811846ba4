"""A box that offers one of several choices."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QComboBox


class ChoiceBox(QComboBox):
    """A box whose arrow has the colour of its text."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box, and the arrow that a style sheet leaves out."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.Text if self.isEnabled() else QPalette.ColorRole.PlaceholderText))
        painter.drawText(self.rect().adjusted(0, 0, -10, 0), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "▾")
