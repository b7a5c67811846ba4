"""Collects the text that a widget shows or exposes."""

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QPainter
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLabel, QLineEdit, QListView, QTextEdit, QWidget


def words_of(widget: QWidget) -> set[str]:
    """Return the text that a widget and its descendants show or expose; `described_words` and `painted_words` return the rest."""
    parts = [widget, *widget.findChildren(QWidget)]
    actions = [action for part in parts for action in part.actions()] + widget.findChildren(QAction)
    texts = {part.toolTip() for part in parts} | {part.accessibleName() for part in parts} | {part.windowTitle() for part in parts}
    texts |= {part.text() for part in parts if isinstance(part, QLabel | QAbstractButton)}
    texts |= {part.placeholderText() for part in parts if isinstance(part, QLineEdit)}
    texts |= {part.itemText(row) for part in parts if isinstance(part, QComboBox) for row in range(part.count())}
    texts |= {text for action in actions for text in (action.text(), action.toolTip())}
    for part in parts:
        if isinstance(part, QAbstractItemView) and part.model() is not None:
            texts |= set(_cells_of(part))
    return {text.replace("&", "") for text in texts if text}


def described_words(widget: QWidget) -> set[str]:
    """Return the descriptions for screen readers and the pages of text in a widget and its descendants."""
    parts = [widget, *widget.findChildren(QWidget)]
    pages = {part.toPlainText() for part in parts if isinstance(part, QTextEdit)}
    return {text for text in pages | {part.accessibleDescription() for part in parts} if text}


def painted_words(widget: QWidget) -> set[str]:
    """Return the text that Python code paints in a widget and its descendants."""
    found: set[str] = set()
    draw = QPainter.drawText

    def recorded(painter: QPainter, *arguments: Any) -> Any:
        found.update(argument for argument in arguments if isinstance(argument, str))
        return draw(painter, *arguments)

    with patch.object(QPainter, "drawText", recorded):
        widget.grab()
    return found


def _cells_of(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
    for column in range(1 if isinstance(view, QListView) else model.columnCount()):
        for role in roles:
            yield str(model.headerData(column, Qt.Orientation.Horizontal, role) or "")
            for row in range(model.rowCount()):
                yield str(model.index(row, column).data(role) or "")
