"""The kinds of text in the window, named for the style sheet."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
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


class ElidedLabel(QLabel):
    """A line of plain, small text that is cut short where it does not fit."""

    def __init__(self, style: str) -> None:
        """Begin empty, with a name in the style sheet."""
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName(style)

    def minimumSizeHint(self) -> QSize:
        """Ask for no width."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much of the text as fits."""
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self.style().drawItemText(QPainter(self), self.rect(), flags, self.palette(), True, text, self.foregroundRole())
