"""Labels, styled by name in the style sheet."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel


def label(text: str = "", style: str = "", *, wrap: bool = False, tip: str = "") -> QLabel:
    """Return a label of plain text.

    Args:
        text: Text to show; markup is shown literally.
        style: Object name for the style sheet, such as `sectionName` (shown in capitals), `muted` or `small`; empty for none.
        wrap: Whether long text wraps.
        tip: Tooltip.
    """
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text.upper() if style == "sectionName" else text)
    made.setObjectName(style)
    made.setWordWrap(wrap)
    made.setToolTip(tip)
    return made


def width_on_one_line(shown: QLabel) -> int:
    """Return the width of a label's text on one line, in pixels."""
    shown.ensurePolished()
    return shown.fontMetrics().horizontalAdvance(shown.text()) + 2
