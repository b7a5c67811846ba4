"""Keys that act only in a part of the window."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def add_key(widget: QWidget, key: str, act: Callable[[], object]) -> None:
    """Let a key act while a widget, not one of its children, has the keyboard focus."""
    shortcut = QShortcut(QKeySequence(key), widget)
    shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)  # PySide6 ignores the argument `context` if a callable is passed as well
    shortcut.activated.connect(act)


def limit_keys(action: QAction, parts: Iterable[QWidget]) -> None:
    """Let the keys of a command act only while the keyboard focus is in one of the given parts of the window."""
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    for part in parts:
        part.addAction(action)
