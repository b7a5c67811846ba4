"""Widgets in a row that goes on in the next line where it is too narrow."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

_GAP = 4


class WrappingRow(QWidget):
    """Lays its widgets out from left to right and from top to bottom, each as wide as it asks to be."""

    def __init__(self, parts: Sequence[QWidget], parent: QWidget | None = None) -> None:
        """Take the widgets in."""
        super().__init__(parent)
        self._parts = parts
        for part in parts:
            part.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumWidth(max(part.sizeHint().width() for part in parts))

    def sizeHint(self) -> QSize:
        """Return the size of one line."""
        hints = [part.sizeHint() for part in self._parts]
        return QSize(sum(hint.width() + _GAP for hint in hints) - _GAP, max(hint.height() for hint in hints))

    def hasHeightForWidth(self) -> bool:
        """Say that fewer pixels across ask for more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of as many lines as it takes."""
        return max(place.bottom() + 1 for place in self._places(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the widgets out."""
        self.arrange()

    def arrange(self) -> None:
        """Lay the widgets out, as one of them has another width now."""
        for part, place in zip(self._parts, self._places(self.width()), strict=True):
            part.setGeometry(place)
        self.updateGeometry()

    def _places(self, width: int) -> list[QRect]:
        places: list[QRect] = []
        left = top = 0
        for size in (part.sizeHint() for part in self._parts):
            if left and left + size.width() > width:
                left, top = 0, top + size.height() + _GAP
            places.append(QRect(left, top, size.width(), size.height()))
            left += size.width() + _GAP
        return places
