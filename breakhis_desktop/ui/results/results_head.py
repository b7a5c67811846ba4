"""The line at the top of the results: the search, and the operating point in force."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLineEdit

from breakhis_desktop.ui.results.operating_point_line import OperatingPointLine

_GAP = 8


class ResultsHead(QFrame):
    """Places the search beside the line of the operating point, or above it if the two do not fit side by side."""

    def __init__(self, search: QLineEdit, line: OperatingPointLine) -> None:
        """Lay out both parts."""
        super().__init__()
        self._search, self._line = search, line
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_GAP)
        self._row.addWidget(search, stretch=1)
        self._row.addWidget(line)

    def event(self, event: QEvent) -> bool:
        """Arrange the parts again when one of them appears, disappears or changes its text."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the parts."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        beside = 0 if self._search.isHidden() else self._search.minimumWidth() + _GAP
        fits = beside + self._line.least_width <= self.width()
        direction = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        self._line.fit(self.width() - beside if fits else self.width())
        if direction is not self._row.direction():
            self._row.setDirection(direction)
            self.updateGeometry()  # because Qt does not tell the surrounding layout of the change while it resizes the widget
