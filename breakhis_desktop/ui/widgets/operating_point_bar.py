"""The operating point above the table: presets, slider, and what the validation showed there."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from breakhis_desktop.domain.decision import Estimate, OperatingPoint
from breakhis_desktop.ui.theme import Theme
from breakhis_desktop.ui.widgets.choice_button import ChoiceButton
from breakhis_desktop.ui.widgets.labels import ElidedLabel, label
from breakhis_desktop.ui.widgets.operating_point_words import PointWords, explained_operating_point, preset_title
from breakhis_desktop.ui.widgets.probability_histogram import ProbabilityHistogram
from breakhis_desktop.ui.widgets.threshold_slider import ThresholdSlider

_SLIDER = 160
"""Pixels that a slider needs beside all else to stand in one line with it."""
_WORDS = 560
"""Pixels from which the words below stand in one line."""


class OperatingPointBar(QFrame):
    """Shows from where an image is called malignant, and lets the user choose another point.

    Signals:
        preset_chosen: The operating point of a chip.
        threshold_chosen: A threshold of the slider, 0 to 1.
        own_point_asked: The run's own point is wanted back.
    """

    preset_chosen = Signal(object)
    threshold_chosen = Signal(float)
    own_point_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Build the bar, without presets."""
        super().__init__(parent)
        self.setObjectName("operatingPointBar")
        self.setMinimumWidth(360)
        self.presets: dict[str, ChoiceButton] = {}
        self.slider = ThresholdSlider()
        self.slider.setAccessibleName(self.tr("Threshold"))
        self.slider.moved.connect(self.threshold_chosen)
        self.histogram = ProbabilityHistogram(theme)
        self.histogram.setToolTip(self.tr("How many images of this run have which probability of malignant, 0 on the left, 1 on the right"))
        self.threshold = label("", "thresholdFigure")
        self.sensitivity = label("", "small")
        self.specificity = label("", "small")
        self.evidence = ElidedLabel("small")
        self.changed = label("", "small")
        self.back = QPushButton(self.tr("Back to it"))
        self.back.setObjectName("quiet")
        self.back.clicked.connect(self.own_point_asked)
        self._points: Sequence[OperatingPoint] = ()
        self._chips = QHBoxLayout()
        self._measures = QHBoxLayout()
        self._lines = [QBoxLayout(QBoxLayout.Direction.LeftToRight) for _ in range(2)]
        self._keep_room_for_figures()
        self._lay_out()

    def _lay_out(self) -> None:
        title = label(self.tr("Operating point"), "barTitle")
        title.setToolTip(explained_operating_point())
        self._chips.setSpacing(8)
        self._chips.addWidget(title)
        self._chips.addStretch()
        above, below = self._lines
        above.setSpacing(12)
        above.addLayout(self._chips)
        self._lay_out_measures()
        above.addLayout(self._measures, stretch=1)
        below.setSpacing(4)
        below.addWidget(self.evidence, stretch=1)
        below.addLayout(self._way_back())
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 4)
        column.setSpacing(4)
        column.addLayout(above)
        column.addLayout(below)

    def _way_back(self) -> QHBoxLayout:
        """Lay out the way back in a line that is as high without it, so that the table does not move when it comes."""
        self.changed.setFixedHeight(24)
        self.back.setFixedHeight(24)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.changed)
        row.addWidget(self.back)
        row.addStretch()
        return row

    def _lay_out_measures(self) -> None:
        figures = QVBoxLayout()
        figures.setSpacing(0)
        figures.addWidget(self.sensitivity)
        figures.addWidget(self.specificity)
        row = self._measures
        row.setSpacing(12)
        row.addWidget(self.slider, stretch=1)
        row.addWidget(self.threshold)
        row.addLayout(figures)
        row.addWidget(self.histogram)

    def _keep_room_for_figures(self) -> None:
        """Give the figures the width of the longest ones, so that the slider stays where it is while it is dragged."""
        certain = Estimate(1.0, 1.0, 1.0)
        self._show_figures(PointWords(OperatingPoint("", 1.0, certain, certain)))
        for figure in (self.threshold, self.sensitivity, self.specificity):
            figure.ensurePolished()
            figure.setMinimumWidth(figure.sizeHint().width())

    def show_presets(self, points: Sequence[OperatingPoint]) -> None:
        """Offer some operating points as chips."""
        if list(points) == list(self._points):
            return
        self._points = tuple(points)
        for chip in self.presets.values():
            chip.deleteLater()
        self.presets = {point.name: self._chip(point) for point in points}
        before = _stop_before(self.slider)
        for place, chip in enumerate(self.presets.values(), start=1):
            self._chips.insertWidget(place, chip)
            self.setTabOrder(before, chip)
            before = chip

    def _chip(self, point: OperatingPoint) -> ChoiceButton:
        chip = ChoiceButton(preset_title(point.name))
        chip.setObjectName("chip")
        words = PointWords(point)
        chip.setToolTip(f"{words.threshold}: {words.sensitivity}, {words.specificity}")
        chip.clicked.connect(lambda: self.preset_chosen.emit(point))
        return chip

    def show_point(self, point: OperatingPoint, own: OperatingPoint) -> None:
        """Show the point in force, and the way back where the run has another one."""
        words = PointWords(point)
        for preset in self._points:
            self.presets[preset.name].setChecked(preset.is_same(point))
        self._show_figures(words)
        self.slider.show_threshold(point.threshold)
        keys = self.tr("Arrow keys move it by a hundredth.")
        self.slider.setToolTip(f"{explained_operating_point()}\n{keys}")
        self.slider.setAccessibleDescription(f"{words.threshold}, {words.sensitivity}, {words.specificity}")
        self.histogram.show_threshold(point.threshold)
        self.changed.setText(words.compared_with(own))
        self.back.setVisible(point != own)

    def _show_figures(self, words: PointWords) -> None:
        self.threshold.setText(words.threshold)
        self.sensitivity.setText(words.sensitivity)
        self.sensitivity.setToolTip(words.explained_sensitivity)
        self.specificity.setText(words.specificity)
        self.specificity.setToolTip(words.explained_specificity)
        self.evidence.setText(words.evidence)
        self.evidence.setToolTip(words.explained_evidence)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand in one line where there is room for it, else in two."""
        super().resizeEvent(event)
        measures = self._measures.minimumSize().width() - self.slider.minimumWidth() + _SLIDER
        needed = self._chips.sizeHint().width() + self._lines[0].spacing() + measures
        for line, is_wide in zip(self._lines, (self.contentsRect().width() - 24 >= needed, self.width() >= _WORDS), strict=True):
            line.setDirection(QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom)


def _stop_before(widget: QWidget) -> QWidget:
    """Return where the Tab key comes from when it comes to a widget."""
    before = widget.previousInFocusChain()
    while before is not None and before.focusPolicy() is Qt.FocusPolicy.NoFocus:
        before = before.previousInFocusChain()
    return before or widget
