"""A row of widgets that wraps onto further lines."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class WrappingRow(QWidget):
    """Lays out widgets at their preferred widths, from left to right, wrapping as needed."""

    def __init__(self, parts: Sequence[QWidget], parent: QWidget | None = None, *, gap: int = 4) -> None:
        """Add the widgets, with a gap in pixels between them."""
        super().__init__(parent)
        self._gap = gap
        self._parts: Sequence[QWidget] = ()
        self.take(parts)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def take(self, parts: Sequence[QWidget]) -> None:
        """Lay out these widgets in this order; widgets that are no longer laid out are hidden, not deleted."""
        if list(parts) == list(self._parts):
            return
        for part in self._parts:
            part.setVisible(part in parts)
        self._parts = tuple(parts)
        for part in parts:
            part.setParent(self)
            part.show()
        self.arrange()

    def sizeHint(self) -> QSize:
        """Return the size of all widgets on one line."""
        hints = self._hints()
        return QSize(sum(hint.width() + self._gap for hint in hints) - self._gap, max(hint.height() for hint in hints))

    def minimumSizeHint(self) -> QSize:
        """Return the greatest width and the greatest height among the widgets."""
        hints = self._hints()
        return QSize(max(hint.width() for hint in hints), max(hint.height() for hint in hints))

    def _hints(self) -> list[QSize]:
        """Return the size hint of each widget, after its style has been applied."""
        for part in self._parts:
            part.ensurePolished()
        return [part.sizeHint() for part in self._parts]

    def event(self, event: QEvent) -> bool:
        """Lay out the widgets again when one of them requests a different size."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.arrange()
        return super().event(event)

    def hasHeightForWidth(self) -> bool:
        """Return True, because a narrower row needs more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height in pixels of all lines together, at a given width."""
        lines = 1 + sum(place.left() == 0 for place in self._places(width)[1:])
        return lines * (max(hint.height() for hint in self._hints()) + self._gap) - self._gap

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out the widgets."""
        self.arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Lay out the widgets again, because Qt does not pass on what they request while the row is hidden."""
        super().showEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """Lay out the widgets at their current size hints."""
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
