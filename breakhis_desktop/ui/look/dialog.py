"""The base class of every dialog, which keeps it on its screen, and a function that chooses the window over which a dialog opens."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

_TITLE_BAR = 32
"""Greatest height of a title bar in pixels; the system draws the bar, and its real height is known only once the dialog is shown."""
_BORDER = 8


class Dialog(QDialog):
    """A dialog that opens entirely within the free area of its screen, and is made smaller if it would not fit."""

    def showEvent(self, event: QShowEvent) -> None:
        """Limit the dialog's size before Qt places it, and correct its position afterwards."""
        if not event.spontaneous():
            self._fit(self.screen().availableGeometry())
        super().showEvent(event)
        if not event.spontaneous() and not self.windowState() & Qt.WindowState.WindowMaximized:
            self.setGeometry(placed_within(self.geometry(), self.screen().availableGeometry()))

    def _fit(self, screen: QRect) -> None:
        room = _room(screen).size()
        least = self.minimumSize().expandedTo(self.minimumSizeHint())
        if least != least.boundedTo(room):
            self.setMinimumSize(least.boundedTo(room))
        self.resize(self.size().boundedTo(room))


def window_in_use(part: QWidget) -> QWidget:
    """Return the active window: the user gave a command in it, so the command's dialog opens over it.

    Args:
        part: A widget whose window to return if no window of the program is active.
    """
    return QApplication.activeWindow() or part.window()


def placed_within(dialog: QRect, screen: QRect) -> QRect:
    """Return the geometry of a dialog, without its frame, moved and shrunk as far as needed to lie on a screen."""
    room = _room(screen)
    place = QRect(dialog.topLeft(), dialog.size().boundedTo(room.size()))
    place.moveLeft(max(room.left(), min(place.left(), room.right() + 1 - place.width())))
    place.moveTop(max(room.top(), min(place.top(), room.bottom() + 1 - place.height())))
    return place


def _room(screen: QRect) -> QRect:
    """Return the part of a screen in which a dialog can lie, leaving room for its frame."""
    return screen.adjusted(_BORDER, _TITLE_BAR, -_BORDER, -_BORDER)
