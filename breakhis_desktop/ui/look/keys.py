"""Keys that act only in a part of the window, and parts of a window that use keys themselves."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

_USERS_OF_KEYS = (QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit)


def add_key(widget: QWidget, key: str, act: Callable[[], object]) -> None:
    """Let a key act while a widget, not one of its children, has the keyboard focus."""
    shortcut = QShortcut(QKeySequence(key), widget)
    shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)  # PySide6 ignores the argument `context` if a callable is passed as well
    shortcut.activated.connect(act)


def uses_keys(widget: QWidget | None) -> bool:
    """Return whether a widget that has the focus uses letters or arrow keys itself, as lists, fields and sliders do."""
    return isinstance(widget, _USERS_OF_KEYS)


def limit_keys(action: QAction, parts: Iterable[QWidget]) -> None:
    """Let the keys of a command act only while the keyboard focus is in one of the given parts of the window."""
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    for part in parts:
        part.addAction(action)
