"""The operating point above the table: presets, slider, and the validation figures at the threshold."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from breakhis_desktop.domain.decision import Estimate, OperatingPoint
from breakhis_desktop.ui.look.choice_button import ChoiceButton
from breakhis_desktop.ui.look.labels import label, width_on_one_line
from breakhis_desktop.ui.look.lettering import SMALL, line_height
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.look.wrapping_row import WrappingRow
from breakhis_desktop.ui.results.operating_point_words import PointWords, explained_operating_point, preset_title
from breakhis_desktop.ui.results.probability_histogram import ProbabilityHistogram
from breakhis_desktop.ui.results.threshold_slider import ThresholdSlider

_SLIDER = 160
"""Pixels that the slider needs to share a line with the other parts."""
_MARGIN = 12


class OperatingPointBar(QFrame):
    """Shows the operating point in force and lets the user choose another.

    Signals:
        preset_chosen: The operating point of the chosen chip.
        threshold_chosen: The threshold chosen with the slider, 0 to 1.
        own_point_asked: The user wants to return to the run's own point.
    """

    preset_chosen = Signal(object)
    threshold_chosen = Signal(float)
    own_point_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Build the bar, without presets."""
        super().__init__(parent)
        self.setObjectName("operatingPointBar")
        self.presets: dict[str, ChoiceButton] = {}
        self.slider = ThresholdSlider()
        self.slider.setAccessibleName(self.tr("Threshold"))
        self.slider.moved.connect(self.threshold_chosen)
        self.histogram = ProbabilityHistogram(theme)
        self.histogram.setToolTip(self.tr("How many images of this run have which probability of malignant, 0 on the left, 1 on the right"))
        self.threshold = label("", "thresholdFigure")
        self.sensitivity = label("", "small")
        self.specificity = label("", "small")
        self.evidence = label("", "small")
        self.changed = label("", "small")
        self.back = QPushButton(self.tr("Back to the run's own"))
        self.back.setObjectName("quiet")
        self.back.clicked.connect(self.own_point_asked)
        self._points: Sequence[OperatingPoint] = ()
        self._title = label(self.tr("Operating point"), "barTitle", tip=explained_operating_point())
        self._chips = WrappingRow([self._title], gap=8)
        self._measures = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._above, self._below = (QBoxLayout(QBoxLayout.Direction.LeftToRight) for _ in range(2))
        self._keep_room_for_figures()
        self._lay_out()

    def _lay_out(self) -> None:
        self._above.setSpacing(12)
        self._above.addWidget(self._chips)
        self._lay_out_measures()
        self._above.addLayout(self._measures, stretch=1)
        self._below.setSpacing(4)
        self._below.addWidget(self.evidence, stretch=1)
        self._below.addLayout(self._way_back())
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 8, _MARGIN, 4)
        column.setSpacing(4)
        column.addLayout(self._above)
        column.addLayout(self._below)

    def _way_back(self) -> QHBoxLayout:
        """Lay out the button back to the run's own point, in a line of fixed height so that the table does not jump when it appears."""
        height = max(24, line_height(SMALL) + 6)
        self.changed.setMinimumHeight(height)
        self.back.setFixedHeight(height)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.changed, stretch=1)
        row.addWidget(self.back)
        return row

    def _lay_out_measures(self) -> None:
        threshold = QHBoxLayout()
        threshold.setSpacing(12)
        threshold.addWidget(self.slider, stretch=1)
        threshold.addWidget(self.threshold)
        figures = QVBoxLayout()
        figures.setSpacing(0)
        figures.addWidget(self.sensitivity)
        figures.addWidget(self.specificity)
        shown = QHBoxLayout()
        shown.setSpacing(12)
        shown.addLayout(figures)
        shown.addWidget(self.histogram)
        self._measures.setSpacing(12)
        self._measures.addLayout(threshold, stretch=1)
        self._measures.addLayout(shown)

    def _keep_room_for_figures(self) -> None:
        """Reserve the width of the longest figures, so that the slider does not move while it is dragged."""
        certain = Estimate(1.0, 1.0, 1.0)
        self._show_figures(PointWords(OperatingPoint("", 1.0, certain, certain)))
        for figure in (self.threshold, self.sensitivity, self.specificity):
            figure.ensurePolished()
            figure.setMinimumWidth(figure.sizeHint().width())

    def show_presets(self, points: Sequence[OperatingPoint]) -> None:
        """Offer operating points as chips."""
        if list(points) == list(self._points):
            return
        self._points = tuple(points)
        for chip in self.presets.values():
            chip.deleteLater()
        self.presets = {point.name: self._chip(point) for point in points}
        before = _stop_before(self.slider)
        self._chips.take([self._title, *self.presets.values()])
        for chip in self.presets.values():
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
        """Show the point in force, and the button back to the run's own point if they differ."""
        words = PointWords(point)
        for preset in self._points:
            self.presets[preset.name].setChecked(preset.is_same(point))
        self._chips.arrange()  # the chosen chip is bold, and so wider
        self._show_figures(words)
        self.slider.show_threshold(point.threshold)
        keys = self.tr("Arrow keys move it by a hundredth.")
        self.slider.setToolTip(f"{explained_operating_point()}\n{keys}")
        self.slider.setAccessibleDescription(f"{words.threshold}, {words.sensitivity}, {words.specificity}")
        self.histogram.show_threshold(point.threshold)
        self.changed.setText(words.compared_with(own))
        self.back.setVisible(point != own)
        self._arrange()

    def _show_figures(self, words: PointWords) -> None:
        self.threshold.setText(words.threshold)
        self.sensitivity.setText(words.sensitivity)
        self.sensitivity.setToolTip(words.explained_sensitivity)
        self.specificity.setText(words.specificity)
        self.specificity.setToolTip(words.explained_specificity)
        self.evidence.setText(words.evidence)
        self.evidence.setToolTip(words.explained_evidence)

    def minimumSizeHint(self) -> QSize:
        """Ask for the width of the widest part, because the parts can be stacked."""
        parts = (self._chips.minimumSizeHint().width(), self._threshold_width(self.slider.minimumWidth()), self._figures_width())
        return QSize(max(parts) + 2 * _MARGIN, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the parts on as few lines as possible."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        room = self.width() - 2 * _MARGIN
        measures = self._threshold_width(_SLIDER) + _MARGIN + self._figures_width()
        _direct(self._above, is_wide=self._chips.sizeHint().width() + _MARGIN + measures <= room)
        _direct(self._measures, is_wide=measures + self.slider.minimumWidth() - _SLIDER <= room)
        evidence, changed = (width_on_one_line(words) for words in (self.evidence, self.changed))
        way_back = changed + (0 if self.back.isHidden() else self.back.sizeHint().width() + 8)
        _direct(self._below, is_wide=evidence + 2 * _MARGIN + way_back <= room)
        self.evidence.setWordWrap(evidence > room)
        self.changed.setWordWrap(way_back > room)

    def _threshold_width(self, slider: int) -> int:
        return slider + _MARGIN + self.threshold.minimumWidth()

    def _figures_width(self) -> int:
        figures = max(self.sensitivity.minimumWidth(), self.specificity.minimumWidth())
        return figures + _MARGIN + self.histogram.minimumSizeHint().width()


def _direct(line: QBoxLayout, *, is_wide: bool) -> None:
    line.setDirection(QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom)


def _stop_before(widget: QWidget) -> QWidget:
    """Return the widget before this one in Tab order."""
    before = widget.previousInFocusChain()
    while before is not None and before.focusPolicy() is Qt.FocusPolicy.NoFocus:
        before = before.previousInFocusChain()
    return before or widget
