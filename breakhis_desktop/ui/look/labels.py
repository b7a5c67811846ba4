"""The kinds of text in the window, named for the style sheet."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel


def label(text: str = "", style: str = "", *, wrap: bool = False, tip: str = "") -> QLabel:
    """Return a label of plain text.

    Args:
        text: What it says; markup in it is shown as it stands.
        style: Its name in the style sheet: `sectionName`, `muted`, `small`, `emptyTitle` or none.
        wrap: Whether long text goes on in the next line.
        tip: What explains it while the mouse rests on it.
    """
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text.upper() if style == "sectionName" else text)
    made.setObjectName(style)
    made.setWordWrap(wrap)
    made.setToolTip(tip)
    return made
