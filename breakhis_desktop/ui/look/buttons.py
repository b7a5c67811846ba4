"""Shared parts of dialogs: the buttons at the foot, and a minimum size that fits their text."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLayout

from breakhis_desktop.ui.look.lettering import scaled


def hold_words(dialog: QDialog, layout: QLayout, width: int, height: int = 0) -> None:
    """Give a dialog a minimum size in pixels, enlarged to fit its text; `setMinimumSize` alone would override the layout's minimum."""
    dialog.setMinimumSize(layout.totalMinimumSize().expandedTo(QSize(scaled(width), height)))


def confirm_buttons(dialog: QDialog, words: str) -> QDialogButtonBox:
    """Return a confirm button with a given text, and a Cancel button, for the foot of a dialog."""
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    for button in box.buttons():
        button.setIcon(QIcon())
    confirm = box.button(QDialogButtonBox.StandardButton.Ok)
    confirm.setText(words)
    confirm.setObjectName("primary")
    box.accepted.connect(dialog.accept)
    box.rejected.connect(dialog.reject)
    return box


def close_button(dialog: QDialog) -> QDialogButtonBox:
    """Return a Close button for the foot of a dialog without choices."""
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    box.button(QDialogButtonBox.StandardButton.Close).setIcon(QIcon())
    box.rejected.connect(dialog.reject)
    return box
