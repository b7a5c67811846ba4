"""A slider from 0 to 1 in hundredths."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QSlider, QStyle, QWidget

_STEPS = 100
_HANDLE = 16
"""Width of the handle in the style sheet, in pixels."""


class ThresholdSlider(QSlider):
    """Chooses a threshold: arrow keys step by 0.01, Page Up and Page Down by 0.1, and a click moves the handle to the mouse.

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
        """Move the handle to the step nearest a threshold, without emitting `moved`."""
        self.blockSignals(True)
        self.setValue(round(threshold * _STEPS))
        self.blockSignals(False)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Move the handle to the mouse, ready to be dragged."""
        if event.button() is Qt.MouseButton.LeftButton:
            place = round(event.position().x()) - _HANDLE // 2
            self.setValue(QStyle.sliderValueFromPosition(0, _STEPS, place, self.width() - _HANDLE))
        super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ignore the wheel, so that scrolling does not change decisions by accident."""
        event.ignore()
