"""Labels, which the style sheet styles by their object names."""

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

_MAY_BREAK = re.compile(r"([-_. /\\]|\w{12})")
"""Where a file name may wrap; Qt itself does not wrap before a digit, so a long name would widen its widget."""


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


def breakable(name: str) -> str:
    """Return a file name with invisible spaces at which a label can wrap it."""
    return _MAY_BREAK.sub("\\1\u200b", name)


def width_on_one_line(shown: QLabel) -> int:
    """Return the width of a label's text on one line, in pixels."""
    shown.ensurePolished()
    return shown.fontMetrics().horizontalAdvance(shown.text()) + 2
