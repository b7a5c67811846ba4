"""What dialogs have in common: the row of buttons at the foot, and a size that holds their words."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLayout

from breakhis_desktop.ui.look.lettering import scaled


def hold_words(dialog: QDialog, layout: QLayout, width: int, height: int = 0) -> None:
    """Keep a dialog at least so large, and larger where its words need it: a minimum that is set alone overrules what they need."""
    dialog.setMinimumSize(layout.totalMinimumSize().expandedTo(QSize(scaled(width), height)))


def confirm_buttons(dialog: QDialog, words: str) -> QDialogButtonBox:
    """Return the foot of a dialog that is confirmed in some words, or cancelled."""
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
    """Return the foot of a dialog that there is nothing to decide in."""
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    box.button(QDialogButtonBox.StandardButton.Close).setIcon(QIcon())
    box.rejected.connect(dialog.reject)
    return box
