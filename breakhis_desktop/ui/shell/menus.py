"""The menu bar: every command with its keys."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QMainWindow, QMenu

KeyGroup = tuple[str, list[tuple[str, str]]]
"""A title, and pairs of a command's text and its keys."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command that exists only in the menus.

    Attributes:
        text: What the menu shows.
        act: What the command does; called with the new state if the command can be switched on and off.
        key: The command's shortcut; empty for none.
        role: Where macOS places the command.
        on: Whether the command is on at first; None for a command that cannot be switched on and off.
    """

    text: str
    act: Callable[..., object]
    key: QKeySequence.StandardKey | str = ""
    role: QAction.MenuRole = QAction.MenuRole.NoRole
    on: bool | None = None


Entry = Command | QAction | QAbstractButton | QMenu | None
"""An entry of a menu: a command of the menu alone, an action or button that is also elsewhere, a submenu, or None for a separator."""


class Menus(QObject):
    """Holds the menus of a window.

    The shortcut of a button moves to its menu entry, where users can see it; the entry takes text and availability from the button.
    """

    def __init__(self, window: QMainWindow) -> None:
        """Add the empty menus to a window."""
        super().__init__(window)
        self._window = window
        self._mirrored: dict[QObject, QAction] = {}
        self.file = self._menu(self.tr("&File"))
        self.edit = self._menu(self.tr("&Edit"))
        self.view = self._menu(self.tr("&View"))
        self.queue = self._menu(self.tr("&Queue"))
        self.image = self._menu(self.tr("&Image"))
        self.review = self._menu(self.tr("Revie&w"))
        self.help = self._menu(self.tr("&Help"))

    def _menu(self, title: str) -> QMenu:
        menu = self._window.menuBar().addMenu(title)
        menu.aboutToShow.connect(self._refresh)
        return menu

    def fill(self, menu: QMenu, entries: Iterable[Entry]) -> None:
        """Append entries to a menu."""
        for entry in entries:
            match entry:
                case None:
                    menu.addSeparator()
                case QMenu():
                    menu.addMenu(entry)
                case QAction():
                    menu.addAction(entry)
                case QAbstractButton():
                    menu.addAction(self._mirror(entry))
                case Command():
                    menu.addAction(self._action(entry))

    def _action(self, command: Command) -> QAction:
        action = QAction(command.text, self._window)
        action.setShortcut(QKeySequence(command.key))
        action.setMenuRole(command.role)
        if command.on is None:
            action.triggered.connect(command.act)
        else:
            action.setCheckable(True)
            action.setChecked(command.on)
            action.toggled.connect(command.act)
        return action

    def _mirror(self, button: QAbstractButton) -> QAction:
        action = QAction(button.text(), self._window)
        action.setShortcut(button.shortcut())
        action.setEnabled(button.isEnabled())
        action.triggered.connect(button.click)
        button.setShortcut(QKeySequence())
        button.installEventFilter(self)
        self._mirrored[button] = action
        return action

    def _refresh(self) -> None:
        """Update the text of each entry that stands for a button."""
        for button, action in self._mirrored.items():
            action.setText(button.property("text"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enable or disable a menu entry together with its button."""
        if event.type() is QEvent.Type.EnabledChange and watched in self._mirrored:
            self._mirrored[watched].setEnabled(bool(watched.property("enabled")))
        return False

    def key_groups(self) -> list[KeyGroup]:
        """Return the commands that have keys, grouped by menu."""
        self._refresh()
        menus = (self.file, self.edit, self.view, self.queue, self.image, self.review, self.help)
        return [(_plain(menu.title()), _rows(menu)) for menu in menus]


def _rows(menu: QMenu) -> list[tuple[str, str]]:
    """Return the commands of a menu and its submenus that have keys."""
    found: list[tuple[str, str]] = []
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            found += [(f"{_plain(inner.title())}: {words}", keys) for words, keys in _rows(inner)]
        elif not action.shortcut().isEmpty():
            found.append((_plain(action.text()), _keys(action)))
    return found


def _keys(action: QAction) -> str:
    return ", ".join(key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts())


def _plain(text: str) -> str:
    return text.replace("&", "").removesuffix("…")
