"""The right column: the models' result for the chosen image, and its human review."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from breakhis_desktop.domain.aggregate import PatientSummary
from breakhis_desktop.domain.decision import Prediction
from breakhis_desktop.domain.notice import RESEARCH_USE
from breakhis_desktop.domain.taxonomy import SUBTYPES, Decision
from breakhis_desktop.ui.look.figures import count, decimal
from breakhis_desktop.ui.look.glossary import meaning
from breakhis_desktop.ui.look.labels import breakable, label
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.look.words import localised
from breakhis_desktop.ui.review.review_box import ReviewBox
from breakhis_desktop.ui.state.heat_choice import HeatChoice
from breakhis_desktop.ui.state.results import Result
from breakhis_desktop.ui.viewer.heat_controls import HeatControls
from breakhis_desktop.ui.viewer.image_view import ImageView
from breakhis_desktop.ui.viewer.picture import Picture
from breakhis_desktop.ui.viewer.probability_bar import ProbabilityBar
from breakhis_desktop.ui.viewer.verdict_heading import VerdictHeading

_LEAST_WIDTH = 312
_MARGIN = 16
_IMAGE_SHARE = 0.27
"""Largest share of the column's height that the image may take."""
_LEAST_IMAGE = 120
"""Least height of the image in pixels when it is reduced to make room for all subtypes."""
_ABOVE_PATIENT, _BELOW_NAME = 12, 4
"""Pixels above the name of the patient, if the summary fits below it, and between the two."""


class DetailPanel(QFrame):
    """Shows one result: decision, image, probabilities, patient and review.

    Signals:
        judging_asked: The user wants the job's refused images analysed without the quality gate.
        enlarge_asked: The user wants the image in a window of its own.
    """

    judging_asked = Signal()
    enlarge_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Build an empty column."""
        super().__init__(parent)
        self.setObjectName("detailPanel")
        self._theme = theme
        self._heading = VerdictHeading(theme)
        # Defers `_fit_image` until the layout has settled, so that a resize by `_fit_image` does not call it recursively.
        self._fitting = QTimer(self, singleShot=True, interval=0)
        self._fitting.timeout.connect(self._fit_image)
        self.heat = HeatChoice(self)
        self.heat.changed.connect(self._fitting.start)
        self.image = ImageView(theme, self.heat)
        self.image.setSizePolicy(_as_high_as_its_width_asks())
        self.image.enlarge_asked.connect(self.enlarge_asked)
        self.controls = HeatControls(self.heat)
        self.enlarge = QPushButton(self.tr("Enlarge"))
        self.enlarge.setObjectName("quiet")
        self.enlarge.setToolTip(self.tr("Shows the image in a window of its own (Enter or Space); N and P go to the next and the previous"))
        self.enlarge.clicked.connect(self.enlarge_asked)
        self._caption = label("", "muted", wrap=True)
        self._judge = QPushButton(self.tr("Analyse the refused images"))
        self._judge.setToolTip(self.tr("Queues the refused images of this job again, without the quality gate; every output shows this"))
        self._judge.clicked.connect(self.judging_asked)
        self._binary = ProbabilityBar(theme)
        self._subtypes = [ProbabilityBar(theme) for _ in SUBTYPES]
        self.review = ReviewBox()
        self._patient = label("", "patientBox", wrap=True)
        self._patient_name = label("", "sectionName", tip=meaning("patient"))
        self._above_patient = QSpacerItem(0, _ABOVE_PATIENT)
        self._probabilities = self._make_probabilities()
        self._lay_out()
        self.show_result(None)
        self.show_no_image("")

    def _make_probabilities(self) -> QWidget:
        group = QWidget()
        column = self._below_controls = QVBoxLayout(group)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._binary)
        column.addSpacing(8)
        column.addWidget(label(self.tr("Subtype"), "sectionName", tip=f"{meaning('benign')} {meaning('malignant')}"))
        for bar in self._subtypes:
            column.addWidget(bar)
        column.addSpacerItem(self._above_patient)
        column.addWidget(self._patient_name)
        column.addSpacing(_BELOW_NAME)
        self._patient.setContentsMargins(12, 8, 12, 8)
        column.addWidget(self._patient)
        return group

    def _lay_out(self) -> None:
        content = self._content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        inner.setSpacing(8)
        inner.addWidget(self.image)
        below = QHBoxLayout()
        below.addWidget(self._caption, stretch=1)
        below.addWidget(self.enlarge, alignment=Qt.AlignmentFlag.AlignTop)
        inner.addLayout(below)
        inner.addWidget(self._judge, alignment=Qt.AlignmentFlag.AlignLeft)
        inner.addWidget(self.controls)
        inner.addWidget(self._probabilities)
        inner.addStretch()
        scroll = self._scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(content)
        for part in (scroll.viewport(), self.controls):
            part.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 12)
        column.setSpacing(8)
        top = QVBoxLayout()
        top.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        top.addWidget(self._heading)
        column.addLayout(top)
        column.addWidget(scroll, stretch=1)
        column.addWidget(self.review)
        bottom = QVBoxLayout()
        bottom.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        bottom.addWidget(label(localised(RESEARCH_USE), "small", wrap=True))
        column.addLayout(bottom)

    def minimumSizeHint(self) -> QSize:
        """Ask for a width that fits the text and the smallest useful image."""
        content = self._content.minimumSizeHint().width() + self._scroll.verticalScrollBar().sizeHint().width()
        hint = super().minimumSizeHint()
        return QSize(max(_LEAST_WIDTH, hint.width(), content), hint.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the image when its space changes, because the size of the window, the review box or the controls has changed."""
        if isinstance(event, QResizeEvent):
            self._fitting.start()
        return False

    def _fit_image(self) -> None:
        """Limit the heights of the review history and the image so that, if possible, the probabilities are visible without scrolling."""
        most = int(_IMAGE_SHARE * self.height())
        if not self._probabilities.isHidden():
            last = self._subtypes[-1]
            others = last.mapTo(self._content, last.rect().bottomLeft()).y() + 1 - self.image.height()
            room = self._scroll.viewport().height() + self.review.history_height - others
            fits = self._limit_history(room, most)
            room -= self.review.history_height
            most = min(most, room if room >= _LEAST_IMAGE else _LEAST_IMAGE + self._cut_row(room + others))
            self._place_patient(max(self._below_image(room, most).values()), fits=fits)
        self.image.setMaximumHeight(most)

    def _cut_row(self, height: int) -> int:
        """Return how many pixels of a partly visible row of probabilities would be seen below an image of the least height."""
        higher = _LEAST_IMAGE - self.image.height()
        bottoms = [bar.mapTo(self._content, bar.rect().bottomLeft()).y() + 1 + higher for bar in (self._binary, *self._subtypes)]
        return height - max((bottom for bottom in bottoms if bottom <= height), default=height)

    def _limit_history(self, room: int, most: int) -> bool:
        """Let the history grow into the space that image and patient leave free or, if the patient does not fit, that the image leaves.

        Args:
            room: Height in pixels that history, image and patient may take together.
            most: Largest height of the image in pixels.

        Returns:
            Whether the patient fits below the history, the image and the subtypes.
        """
        free = self._below_image(room, most)
        beside_patient = min(height - self._patient_height(width) for width, height in free.items())
        self.review.limit_history(room - _LEAST_IMAGE, beside_patient)
        fits = self.review.history_height <= beside_patient
        if not fits:
            self.review.limit_history(room - _LEAST_IMAGE, min(free.values()))
        return fits

    def _below_image(self, room: int, most: int) -> dict[int, int]:
        """Return the height that an image, at most `most` high, leaves of the room, keyed by the width without and with a scroll bar."""
        width = self._scroll.width() - 2 * _MARGIN
        widths = (width, width - self._scroll.verticalScrollBar().sizeHint().width())
        return {width: room - min(most, self.image.heightForWidth(width)) for width in widths}

    def _patient_height(self, width: int) -> int:
        """Return the height of the patient's name and summary, with the space above them."""
        return _ABOVE_PATIENT + self._patient_name.sizeHint().height() + _BELOW_NAME + self._patient.heightForWidth(width)

    def _place_patient(self, left: int, *, fits: bool) -> None:
        """Place the patient right below the subtypes or, if not all of it would be visible there, below the visible part of the column."""
        above = _ABOVE_PATIENT if fits else max(_ABOVE_PATIENT, left)
        if above != self._above_patient.sizeHint().height():
            self._above_patient.changeSize(0, above)
            self._below_controls.invalidate()

    def show_result(self, result: Result | None) -> None:
        """Show a result, or that no image is chosen."""
        self._heading.show_result(result)
        prediction = result.record.prediction if result else None
        self._caption.setText(_caption(result))
        self._caption.setVisible(result is not None)
        self._judge.setVisible(result is not None and result.record.is_refused_by_gate)
        self._probabilities.setVisible(prediction is not None)
        self.controls.setVisible(prediction is not None)
        if result is not None and prediction is not None:
            self._show_prediction(result, prediction)
        self._fitting.start()

    def show_surroundings(self, result: Result, place: str, patient: PatientSummary | None) -> None:
        """Show the result's place among the rows, such as "3 of 20", and the summary of its patient."""
        self._heading.show_result(result, place)
        self._show_patient(result, patient)

    def show_picture(self, picture: Picture) -> None:
        """Show the chosen image's picture."""
        self.image.show_picture(picture)
        self._show_image(True)
        self.controls.show_picture(picture)
        self.enlarge.show()

    def show_no_image(self, reason: str) -> None:
        """Say why there is no picture; without a reason, leave out the image."""
        self.image.show_words(reason)
        self._show_image(bool(reason))
        self.controls.show_none(reason)
        self.enlarge.hide()

    def _show_image(self, shown: bool) -> None:
        self.image.setVisible(shown)
        self._fitting.start()

    def _show_prediction(self, result: Result, prediction: Prediction) -> None:
        decision = result.verdict.decision if result.verdict else Decision.BENIGN
        self._binary.show_probability(self.tr("Malignant"), prediction.p_malignant, decision, result.threshold)
        ranked = sorted(zip(SUBTYPES, prediction.p_subtypes, strict=True), key=lambda pair: -pair[1])
        for bar, (subtype, share) in zip(self._subtypes, ranked, strict=True):
            bar.show_probability(localised(subtype.name), share, subtype.decision)

    def _show_patient(self, result: Result, patient: PatientSummary | None) -> None:
        self._patient_name.setVisible(patient is not None)
        self._patient.setVisible(patient is not None)
        if patient is not None:
            self._patient_name.setText(self.tr("PATIENT {name}").format(name=result.record.patient_id))
            self._patient.setText(_patient_words(patient))
        self._fitting.start()


def _patient_words(patient: PatientSummary) -> str:
    if patient.images == 1:
        words = QCoreApplication.translate(
            "DetailPanel", "1 image in this run, with probability {mean}. {malignant} of 1 called malignant."
        )
    else:
        words = QCoreApplication.translate(
            "DetailPanel",
            "{images} images in this run. Mean probability {mean}, highest {highest}. {malignant} of {images} called malignant.",
        )
    return words.format(
        images=count(patient.images),
        mean=decimal(patient.mean, 2),
        highest=decimal(patient.highest, 2),
        malignant=count(patient.malignant_images),
    )


def _as_high_as_its_width_asks() -> QSizePolicy:
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    return policy


def _caption(result: Result | None) -> str:
    if result is None:
        return ""
    record = result.record
    size = f"{record.size[0]}\u00a0×\u00a0{record.size[1]}" if record.size else ""
    magnification = f"{record.magnification}×" if record.magnification else ""
    lines = [breakable(result.name), " · ".join(filter(None, (magnification, size)))]
    if record.reason:
        lines.append(localised(record.reason))
    if record.reused_from is not None:
        words = QCoreApplication.translate("DetailPanel", "Result of run {run}, which saw the same file")
        lines.append(words.format(run=record.reused_from))
    return "\n".join(filter(None, lines))
