"""A button with a menu beside it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QToolButton

_MENU_WIDTH = 19


class SplitButton(QToolButton):
    """A button with an arrow at its right edge that opens a menu; the arrow looks like those of the other menu buttons."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button, and the arrow in the colour of its text."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.ButtonText))
        painter.drawText(self.rect().adjusted(self.width() - _MENU_WIDTH, 0, 0, 0), Qt.AlignmentFlag.AlignCenter, "▾")
