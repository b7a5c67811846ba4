"""Shared parts of dialogs: the minimum size, the buttons at the foot, and buttons that show the key of their command."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLayout, QPushButton

from breakhis_desktop.ui.look.lettering import scaled

_GAP = 8
"""Pixels between two buttons at the foot of a dialog."""


def hold_words(dialog: QDialog, layout: QLayout, width: int, height: int = 0) -> None:
    """Give a dialog a minimum size in pixels, enlarged to fit its text; `setMinimumSize` alone would override the layout's minimum."""
    dialog.setMinimumSize(layout.totalMinimumSize().expandedTo(QSize(scaled(width), height)))


def foot_buttons(standard: QDialogButtonBox.StandardButton = QDialogButtonBox.StandardButton.NoButton) -> QDialogButtonBox:
    """Return a row of buttons for the foot of a dialog, in the order that is usual on the system, beginning with standard buttons."""
    box = QDialogButtonBox(standard)
    row = box.layout()
    if row is not None:
        row.setSpacing(_GAP)
    return box


def confirm_buttons(dialog: QDialog, words: str) -> QDialogButtonBox:
    """Return a confirm button with a given text, and a Cancel button, for the foot of a dialog."""
    box = foot_buttons(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    confirm = box.button(QDialogButtonBox.StandardButton.Ok)
    confirm.setText(words)
    confirm.setObjectName("primary")
    box.accepted.connect(dialog.accept)
    box.rejected.connect(dialog.reject)
    return box


def close_button(dialog: QDialog) -> QDialogButtonBox:
    """Return a Close button for the foot of a dialog without choices."""
    box = foot_buttons(QDialogButtonBox.StandardButton.Close)
    box.rejected.connect(dialog.reject)
    return box


def action_button(action: QAction, style: str, key: str = "") -> QPushButton:
    """Return a button for an action, with the action's key in brackets; clicking the button does not move the keyboard focus.

    Args:
        action: What the button does; the button is enabled and checked whenever its action is.
        style: Object name for the style sheet.
        key: The text to show for the key; empty for the system's own notation.
    """
    button = QPushButton(f"{action.text()} ({key or action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})")
    button.setObjectName(style)
    button.setAutoDefault(False)
    button.setCheckable(action.isCheckable())
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(action.trigger)

    def follow() -> None:
        button.setEnabled(action.isEnabled())
        button.setToolTip(action.toolTip())
        button.setChecked(action.isChecked())

    action.changed.connect(follow)
    follow()
    return button
