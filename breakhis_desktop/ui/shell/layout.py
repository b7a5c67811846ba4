"""The arrangement of the window's parts: the commands at the top, three columns, and the status strip at the foot."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMainWindow, QSplitter, QVBoxLayout, QWidget

_SIZE = QSize(1440, 900)
_LEAST = QSize(1024, 700)
"""The least size of the window; on a screen with less room, the least height is smaller."""
_FRAME = QSize(16, 56)
"""Screen pixels (width, height) allowed for the window manager's borders and title bar."""
_COLUMNS = [224, 888, 326]
"""Widths of the columns in pixels in a window of `_SIZE`; a window of another size begins with the same proportions."""


def lay_out(window: QMainWindow, top: QWidget, columns: Iterable[QWidget], foot: QWidget) -> QSplitter:
    """Put the parts into a window, give the window its first size, and return the splitter of the columns."""
    splitter = QSplitter(Qt.Orientation.Horizontal)
    splitter.setHandleWidth(1)
    splitter.setChildrenCollapsible(False)
    for column in columns:
        splitter.addWidget(column)
    splitter.setSizes(_COLUMNS)
    content = QWidget()
    rows = QVBoxLayout(content)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(0)
    rows.addWidget(top)
    rows.addWidget(splitter, stretch=1)
    rows.addWidget(foot)
    window.setCentralWidget(content)
    available = window.screen().availableSize() - _FRAME
    window.setMinimumSize(_LEAST.width(), min(_LEAST.height(), available.height()))
    window.resize(_SIZE.boundedTo(available))
    return splitter
