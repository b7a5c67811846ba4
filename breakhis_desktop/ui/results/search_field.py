"""The search field above the results."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit

from breakhis_desktop.ui.look.lettering import scaled, width_of

_AROUND = 26
"""Pixels around the text of a line edit."""
_LEAST = 120
"""Least width in pixels, which leaves room for a word."""


class SearchField(QLineEdit):
    """A line edit that, while it is empty, shows the longest hint that fits."""

    def __init__(self, hints: Sequence[str]) -> None:
        """Take the hints, the longest first; the last one always fits."""
        super().__init__()
        self._hints = hints
        self.setMinimumWidth(max(scaled(_LEAST), _width_of(hints[-1])))
        self.setPlaceholderText(hints[-1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the hint that fits the new width."""
        super().resizeEvent(event)
        self.setPlaceholderText(next((hint for hint in self._hints if _width_of(hint) <= self.width()), self._hints[-1]))


def _width_of(hint: str) -> int:
    return width_of(hint) + _AROUND
