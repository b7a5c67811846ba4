"""Widgets in a row that goes on in the next line where it is too narrow."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class WrappingRow(QWidget):
    """Lays its widgets out from left to right and from top to bottom, each as wide as it asks to be."""

    def __init__(self, parts: Sequence[QWidget], parent: QWidget | None = None, *, gap: int = 4) -> None:
        """Take the widgets in, with so many pixels between them."""
        super().__init__(parent)
        self._gap = gap
        self.take(parts)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def take(self, parts: Sequence[QWidget]) -> None:
        """Take other widgets in, in their order."""
        self._parts = tuple(parts)
        for part in parts:
            part.setParent(self)
            part.show()
        self.arrange()

    def sizeHint(self) -> QSize:
        """Return the size of one line."""
        hints = self._hints()
        return QSize(sum(hint.width() + self._gap for hint in hints) - self._gap, max(hint.height() for hint in hints))

    def minimumSizeHint(self) -> QSize:
        """Return the size of the widest of its widgets."""
        hints = self._hints()
        return QSize(max(hint.width() for hint in hints), max(hint.height() for hint in hints))

    def _hints(self) -> list[QSize]:
        """Return what each widget asks for once the style sheet has dressed it."""
        for part in self._parts:
            part.ensurePolished()
        return [part.sizeHint() for part in self._parts]

    def event(self, event: QEvent) -> bool:
        """Lay the widgets out anew where one of them asks for another size."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.arrange()
        return super().event(event)

    def hasHeightForWidth(self) -> bool:
        """Say that fewer pixels across ask for more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of as many lines as it takes."""
        lines = 1 + sum(place.left() == 0 for place in self._places(width)[1:])
        return lines * (max(hint.height() for hint in self._hints()) + self._gap) - self._gap

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
        hints = self._hints()
        line = max(hint.height() for hint in hints)
        for size in hints:
            if left and left + size.width() > width:
                left, top = 0, top + line + self._gap
            places.append(QRect(left, top + (line - size.height()) // 2, size.width(), size.height()))
            left += size.width() + self._gap
        return places
