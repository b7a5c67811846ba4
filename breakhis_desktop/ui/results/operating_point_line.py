"""The line that names the operating point in force and unfolds its bar."""

from collections.abc import Sequence

from PySide6.QtWidgets import QPushButton, QWidget

from breakhis_desktop.domain.decision import OperatingPoint
from breakhis_desktop.ui.results.operating_point_words import PointWords, explained_operating_point

_FOLDED, _UNFOLDED = "▸", "▾"


class OperatingPointLine(QPushButton):
    """A button with the longest text about the operating point that fits; the button stays pressed while the bar is unfolded."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build an empty line, folded."""
        super().__init__(parent)
        self.setObjectName("foldLine")
        self.setCheckable(True)
        self._texts: Sequence[str] = ("",)
        self._room = 0
        self.toggled.connect(self._write)

    def show_point(self, point: OperatingPoint, own: OperatingPoint) -> None:
        """Show the point in force, and the run's own point if the two differ."""
        words = PointWords(point)
        self._texts = words.lines(own)
        self.setAccessibleName(self._texts[0])
        self.setToolTip(f"{words.evidence}\n{explained_operating_point()}")
        self._write()

    def fit(self, room: int) -> None:
        """Show the longest of the texts that fits in this width, in pixels."""
        self._room = room
        self._write()

    @property
    def least_width(self) -> int:
        """The width of the shortest text in pixels."""
        return self._width_of(self._texts[-1])

    def _width_of(self, text: str) -> int:
        self.ensurePolished()
        around = self.sizeHint().width() - self.fontMetrics().horizontalAdvance(self.text())
        return around + self.fontMetrics().horizontalAdvance(f"{_UNFOLDED} {text}")

    def _write(self) -> None:
        text = next((text for text in self._texts if self._width_of(text) <= self._room), self._texts[-1])
        shown = f"{_UNFOLDED if self.isChecked() else _FOLDED} {text}"
        if shown != self.text():
            self.setText(shown)
