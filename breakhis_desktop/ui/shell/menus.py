"""The menu bar: every command with its shortcut."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QMainWindow, QMenu

Shortcut = QKeySequence | QKeySequence.StandardKey | str


class Menus(QObject):
    """Holds the menus File, Edit, View, Run, Review and Help; empty menus are hidden.

    Add a command with `menus.add(menus.view, text, slot, shortcut)`, or with `menus.add_button(menus.run, button)` if the window also has
    a button for it; its shortcut then moves to the menu, where users can see it.
    """

    def __init__(self, window: QMainWindow) -> None:
        """Add the empty menus to a window."""
        super().__init__(window)
        self._window = window
        self._mirrored: dict[QObject, QAction] = {}
        self.file = self._menu(self.tr("&File"))
        self.edit = self._menu(self.tr("&Edit"))
        self.view = self._menu(self.tr("&View"))
        self.run = self._menu(self.tr("&Run"))
        self.review = self._menu(self.tr("Revie&w"))
        self.help = self._menu(self.tr("&Help"))

    def _menu(self, title: str) -> QMenu:
        menu = self._window.menuBar().addMenu(title)
        menu.menuAction().setVisible(False)
        menu.aboutToShow.connect(self.refresh)
        return menu

    def add(self, menu: QMenu, text: str, slot: Callable[[], object], shortcut: Shortcut = "") -> QAction:
        """Append a command to a menu."""
        action = QAction(text, self._window)
        action.setShortcut(QKeySequence(shortcut))
        action.triggered.connect(slot)
        self.add_action(menu, action)
        return action

    def add_action(self, menu: QMenu, action: QAction) -> None:
        """Append an existing command to a menu."""
        menu.addAction(action)
        menu.menuAction().setVisible(True)

    def add_button(self, menu: QMenu, button: QAbstractButton) -> QAction:
        """Append a button's command to a menu; its text and its availability follow the button's."""
        action = self.add(menu, button.text(), button.click, button.shortcut())
        button.setShortcut(QKeySequence())
        action.setEnabled(button.isEnabled())
        self._mirrored[button] = action
        button.installEventFilter(self)
        return action

    def add_toggle(self, menu: QMenu, text: str, part: Callable[[bool], object], shortcut: Shortcut = "", *, on: bool = True) -> QAction:
        """Append a command that is on or off."""
        action = QAction(text, self._window, checkable=True, checked=on)
        action.setShortcut(QKeySequence(shortcut))
        action.toggled.connect(part)
        self.add_action(menu, action)
        return action

    def refresh(self) -> None:
        """Update the text of each command from its button."""
        for button, action in self._mirrored.items():
            action.setText(button.property("text"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enable or disable a command with its button."""
        if event.type() is QEvent.Type.EnabledChange and watched in self._mirrored:
            self._mirrored[watched].setEnabled(bool(watched.property("enabled")))
        return False

    def shortcuts(self) -> list[tuple[str, str]]:
        """Return the text and keys of each command that has a shortcut."""
        menus = (self.file, self.edit, self.view, self.run, self.review, self.help)
        actions = [action for menu in menus for action in menu.actions() if not action.shortcut().isEmpty()]
        return [(_plain(action.text()), action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)) for action in actions]


def _plain(text: str) -> str:
    return text.replace("&", "").removesuffix("…")
