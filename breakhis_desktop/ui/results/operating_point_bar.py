"""The bar below the line of the operating point: presets, slider, and the validation figures at the threshold."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from breakhis_desktop.domain.decision import Estimate, OperatingPoint, ReviewRule
from breakhis_desktop.ui.look.choice_button import ChoiceButton
from breakhis_desktop.ui.look.labels import label
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.look.wrapping_row import WrappingRow
from breakhis_desktop.ui.results.operating_point_words import PointWords, explained_operating_point, preset_title
from breakhis_desktop.ui.results.probability_histogram import ProbabilityHistogram
from breakhis_desktop.ui.results.threshold_slider import ThresholdSlider

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
        self.histogram.setToolTip(self.tr("The images of this run by probability of malignancy, from 0 on the left to 1 on the right"))
        self.threshold = label("", "thresholdFigure")
        self.sensitivity = label("", "small")
        self.specificity = label("", "small")
        self.evidence = label("", "small", wrap=True)
        self.back = QPushButton(self.tr("Back to the run's own"))
        self.back.setObjectName("quiet")
        self.back.clicked.connect(self.own_point_asked)
        self._points: Sequence[OperatingPoint] = ()
        self._chips = WrappingRow([self.threshold], gap=8)
        self._keep_room_for_figures()
        self._lay_out()

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(_MARGIN)
        above.addWidget(self._chips, stretch=1)
        above.addWidget(self.histogram)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 8, _MARGIN, 8)
        column.setSpacing(4)
        column.addLayout(above)
        column.addLayout(self._measures())
        column.addWidget(self.evidence)

    def _measures(self) -> QHBoxLayout:
        figures = QVBoxLayout()
        figures.setSpacing(0)
        figures.addWidget(self.sensitivity)
        figures.addWidget(self.specificity)
        measures = QHBoxLayout()
        measures.setSpacing(_MARGIN)
        measures.addWidget(self.slider, stretch=1)
        measures.addLayout(figures)
        return measures

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
        self._chips.take([*self.presets.values(), self.threshold])
        for chip in self.presets.values():
            self.setTabOrder(_stop_before(self.slider), chip)

    def _chip(self, point: OperatingPoint) -> ChoiceButton:
        chip = ChoiceButton(preset_title(point.name))
        chip.setObjectName("chip")
        words = PointWords(point)
        chip.setToolTip(f"{words.threshold}: {words.shares}")
        chip.clicked.connect(lambda: self.preset_chosen.emit(point))
        return chip

    def show_point(self, point: OperatingPoint, own: OperatingPoint, rule: ReviewRule) -> None:
        """Show the point in force, a way back if it is not the run's own, and the range that the review rule counts as near."""
        words = PointWords(point)
        for preset in self._points:
            self.presets[preset.name].setChecked(preset.is_same(point))
        self._chips.take([*self.presets.values(), self.threshold, *([self.back] if point != own else [])])
        self._chips.arrange()  # the chosen chip is bold and therefore wider
        self._show_figures(words)
        self.evidence.setText(f"{words.evidence} · {words.near(rule)}")
        self.slider.show_threshold(point.threshold)
        keys = self.tr("Arrow keys move it by a hundredth.")
        self.slider.setToolTip(f"{explained_operating_point()}\n{keys}")
        self.slider.setAccessibleDescription(f"{words.threshold}, {words.shares}")
        self.histogram.show_threshold(point.threshold)

    def _show_figures(self, words: PointWords) -> None:
        self.threshold.setText(words.threshold)
        self.sensitivity.setText(words.sensitivity)
        self.sensitivity.setToolTip(words.explained_sensitivity)
        self.specificity.setText(words.specificity)
        self.specificity.setToolTip(words.explained_specificity)
        self.evidence.setToolTip(words.explained_evidence)


def _stop_before(widget: QWidget) -> QWidget:
    """Return the last widget before this one in Tab order that can take the keyboard focus."""
    before = widget.previousInFocusChain()
    while before is not None and before.focusPolicy() is Qt.FocusPolicy.NoFocus:
        before = before.previousInFocusChain()
    return before or widget
