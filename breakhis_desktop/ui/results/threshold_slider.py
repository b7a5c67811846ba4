"""A slider from 0 to 1 in hundredths."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QSlider, QStyle, QWidget

_STEPS = 100
_HANDLE = 16
"""The width that the style sheet gives the handle, in pixels."""


class ThresholdSlider(QSlider):
    """Chooses a threshold: arrow keys step by a hundredth, Page Up and Page Down by a tenth, a click goes to its place.

    Signals:
        moved: The threshold that the user chose, 0 to 1.
    """

    moved = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin at 0."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("thresholdSlider")
        self.setRange(0, _STEPS)
        self.setPageStep(_STEPS // 10)
        self.setMinimumWidth(72)
        self.valueChanged.connect(lambda step: self.moved.emit(step / _STEPS))

    def show_threshold(self, threshold: float) -> None:
        """Put the handle to the step that is nearest to a threshold, without telling that it moved."""
        self.blockSignals(True)
        self.setValue(round(threshold * _STEPS))
        self.blockSignals(False)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Bring the handle to where the user pressed, and let it be dragged from there."""
        if event.button() is Qt.MouseButton.LeftButton:
            place = round(event.position().x()) - _HANDLE // 2
            self.setValue(QStyle.sliderValueFromPosition(0, _STEPS, place, self.width() - _HANDLE))
        super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what scrolls, so that no decision changes by accident."""
        event.ignore()
