"""The right column of the patients' page: what the models say about the chosen patient."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from breakhis_desktop.domain.aggregate import PatientImages, PatientSummary
from breakhis_desktop.domain.notice import RESEARCH_USE
from breakhis_desktop.domain.review import ReviewCounts
from breakhis_desktop.domain.taxonomy import Decision
from breakhis_desktop.files import printable
from breakhis_desktop.ui.look.figures import count
from breakhis_desktop.ui.look.glossary import meaning
from breakhis_desktop.ui.look.labels import breakable, label
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.look.words import localised
from breakhis_desktop.ui.look.wrapping_row import WrappingRow
from breakhis_desktop.ui.overview.patients import verdict_words
from breakhis_desktop.ui.overview.review_words import reviewed_in_full
from breakhis_desktop.ui.viewer.probability_bar import ProbabilityBar
from breakhis_desktop.ui.viewer.verdict_heading import VerdictHeading


class PatientPanel(QFrame):
    """Shows a patient: decision, reviews, mean and highest probability, and the number of images at each magnification.

    Signals:
        images_asked: The `PatientImages` whose images the user wants to see in the table.
    """

    images_asked = Signal(object)

    def __init__(self, theme: Theme) -> None:
        """Build an empty panel."""
        super().__init__()
        self.setObjectName("detailPanel")
        self.heading = VerdictHeading(theme)
        self.name = label("", "barTitle", wrap=True)
        self.reviewed = label("", wrap=True)
        self._mean = ProbabilityBar(theme)
        self._highest = ProbabilityBar(theme)
        self._means = label("", wrap=True)
        self.images = QPushButton(self.tr("Show the images in the table"))
        self.images.clicked.connect(lambda: self.images_asked.emit(self._patient))
        self.report = QPushButton(self.tr("Report…"))
        self.report.setToolTip(self.tr("Look at the report on this patient, save or print it (Ctrl+P)"))
        self._buttons = WrappingRow([self.images, self.report], gap=8)
        self._patient: PatientImages | None = None
        self._lay_out()

    def _lay_out(self) -> None:
        self.reviewed.setVisible(False)
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(16, 0, 16, 0)
        inner.setSpacing(8)
        inner.addWidget(label(self.tr("Patient"), "sectionName", tip=meaning("patient")))
        inner.addWidget(self.name)
        inner.addWidget(self.heading)
        inner.addWidget(self.reviewed)
        for bar in (self._mean, self._highest):
            inner.addWidget(bar)
        inner.addWidget(self._means)
        inner.addWidget(self._buttons)
        inner.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(content)
        notice = label(localised(RESEARCH_USE), "small", wrap=True)
        notice.setContentsMargins(16, 0, 16, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 12)
        column.setSpacing(8)
        column.addWidget(scroll, stretch=1)
        column.addWidget(notice)

    def show_patient(self, patient: PatientImages, reviews: ReviewCounts) -> None:
        """Show what the models and the reviewers say about a patient, or that the patient of these images is not known."""
        self._patient, summary = patient, patient.summary
        self._buttons.take([self.images] if summary is None else [self.images, self.report])
        self.name.setText(breakable(printable(patient.patient_id)) or self.tr("No patient known"))
        self.reviewed.setText(reviewed_in_full(reviews))
        self.reviewed.setVisible(bool(reviews.reviewed))
        for bar in (self._mean, self._highest):
            bar.setVisible(summary is not None)
        if summary is None:
            self.heading.show_decision(None, self.tr("No verdict"))
            self._means.setText(self.tr("These images may be of several patients, so they are not combined into one verdict."))
        else:
            self._show_summary(patient, summary)

    def _show_summary(self, patient: PatientImages, summary: PatientSummary) -> None:
        decision = Decision.MALIGNANT if summary.is_malignant else Decision.BENIGN
        self.heading.show_decision(decision, verdict_words(patient, summary).capitalize())
        self._mean.show_probability(self.tr("Mean"), summary.mean, decision, summary.threshold)
        highest = Decision.MALIGNANT if summary.malignant_images else Decision.BENIGN
        self._highest.show_probability(self.tr("Highest"), summary.highest, highest, summary.threshold)
        words = self.tr("{called} of {images} images are called malignant.").format(
            called=count(summary.malignant_images), images=count(summary.images)
        )
        flag = self.tr("◆ An image is suspicious although the mean is benign.")
        magnifications = " · ".join(f"{size}×\u00a0{count(images)}" for size, images in patient.magnifications.items())
        self._means.setText("\n".join(filter(None, (words, flag if patient.is_suspicious else "", magnifications))))
