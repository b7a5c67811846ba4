"""A dialog for the options of a report, with a preview."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from breakhis_desktop.domain.notice import RESEARCH_USE
from breakhis_desktop.files import printable
from breakhis_desktop.reporting.report import MOST_CASE_IMAGES, ReportOptions
from breakhis_desktop.ui.export.pdf_preview import PdfPreview
from breakhis_desktop.ui.look.buttons import foot_buttons
from breakhis_desktop.ui.look.choice_box import ChoiceBox
from breakhis_desktop.ui.look.dialog import Dialog
from breakhis_desktop.ui.look.figures import count
from breakhis_desktop.ui.look.labels import label
from breakhis_desktop.ui.look.lettering import scaled
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.look.words import localised
from breakhis_desktop.ui.state.settings import LONGEST_NAME

MOST_COMMENT = 4000
_FORM_WIDTH = 296
_COMMENT_HEIGHT = 220
_PAUSE_MS = 500
"""Milliseconds to wait after the last change before the report is made again."""


class ReportDialog(Dialog):
    """Asks for the options of a report and previews the report.

    Signals:
        options_changed: The options have changed.
        save_asked: The user wants to save the shown report.
        print_asked: The user wants to print the shown report.
    """

    options_changed = Signal()
    save_asked = Signal()
    print_asked = Signal()

    def __init__(self, theme: Theme, patients: Sequence[str], positions: Sequence[int], parent: QWidget | None = None) -> None:
        """Offer a report on the whole run, on a patient, or on the images at the chosen positions."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Report"))
        self._positions = tuple(positions)
        self.logo: Path | None = None
        self.whole_run = QRadioButton(self.tr("All images of the job"))
        self.one_patient = QRadioButton(self.tr("One patient"))
        self.chosen_images = QRadioButton(self.tr("The chosen images ({count})").format(count=count(len(positions))))
        self.patient = ChoiceBox()
        self.laboratory = QLineEdit()
        self.logo_name = label("", "muted")
        self.choose_logo = QPushButton(self.tr("Choose…"))
        self.remove_logo = QPushButton(self.tr("Remove"))
        self.comment = QPlainTextEdit()
        self.preview = PdfPreview(theme)
        bar = self.preview.verticalScrollBar()
        bar.setEnabled(False)
        bar.rangeChanged.connect(lambda first, last: bar.setEnabled(last > first))  # without pages, nothing can be scrolled
        self.save = QPushButton(self.tr("Save as PDF…"))
        self.print = QPushButton(self.tr("Print…"))
        self.close_button = QPushButton(self.tr("Close"))
        self._set_up_fields(patients)
        self._lay_out()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._connect()
        self.set_logo(None)
        self.allow_output(allowed=False)

    def options(self) -> ReportOptions:
        """Return the options of the report."""
        return ReportOptions(
            laboratory=self.laboratory.text().strip(),
            logo=self.logo,
            comment=self.comment.toPlainText()[:MOST_COMMENT],
            patient=self.patient.currentText() if self.one_patient.isChecked() else "",
            positions=self._positions if self.chosen_images.isChecked() else (),
        )

    def fill_in(self, laboratory: str, logo: Path | None) -> None:
        """Fill in the remembered laboratory and logo, without treating this as a change by the user."""
        with QSignalBlocker(self.laboratory):
            self.laboratory.setText(laboratory)
        self.set_logo(logo)

    def propose_patient(self, patient: str) -> None:
        """Preselect the patient for a report on one patient, without treating this as a change by the user."""
        with QSignalBlocker(self.patient):
            self.patient.setCurrentText(patient)

    def begin_with_patient(self, patient: str) -> None:
        """Preselect a report on this patient, without treating this as a change by the user."""
        self.propose_patient(patient)
        if self.patient.currentText() == patient:
            self.one_patient.setChecked(True)
            self.patient.setEnabled(True)

    def set_logo(self, file: Path | None) -> None:
        """Set or remove the laboratory's logo, without treating this as a change by the user."""
        self.logo = file
        self.logo_name.setText(printable(file.name) if file else self.tr("None"))
        self.remove_logo.setEnabled(file is not None)

    def take_logo(self, file: Path | None) -> None:
        """Set or remove the laboratory's logo as a change by the user."""
        self.set_logo(file)
        self._change()

    def allow_output(self, *, allowed: bool) -> None:
        """Allow or forbid saving and printing, which require that the shown report matches the options."""
        self.save.setEnabled(allowed)
        self.print.setEnabled(allowed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Limit the width of the logo's name to the form."""
        super().resizeEvent(event)
        self.logo_name.setMaximumWidth(scaled(_FORM_WIDTH))

    def _set_up_fields(self, patients: Sequence[str]) -> None:
        self.whole_run.setChecked(True)
        self.patient.addItems(list(patients))
        self.patient.setEnabled(False)
        self.patient.setAccessibleName(self.tr("Patient"))
        self.one_patient.setEnabled(bool(patients))
        self.chosen_images.setEnabled(0 < len(self._positions) <= MOST_CASE_IMAGES)
        self.laboratory.setMaxLength(LONGEST_NAME)
        self.laboratory.setPlaceholderText(self.tr("Name above the report"))
        self.laboratory.setAccessibleName(self.tr("Laboratory"))
        self.comment.setPlaceholderText(self.tr("What readers should know"))
        self.comment.setAccessibleName(self.tr("Comment"))
        self.comment.setTabChangesFocus(True)
        self.comment.setMaximumHeight(scaled(_COMMENT_HEIGHT))
        self.save.setObjectName("primary")
        self.save.setDefault(True)

    def _lay_out(self) -> None:
        form = QVBoxLayout()
        form.setContentsMargins(16, 16, 16, 16)
        form.setSpacing(8)
        for part in (label(self.tr("Images"), "sectionName"), self.whole_run, self.one_patient, self.patient, self.chosen_images):
            form.addWidget(part)
        form.addSpacing(8)
        form.addWidget(label(self.tr("Laboratory"), "sectionName"))
        form.addWidget(self.laboratory)
        form.addLayout(_row(label(self.tr("Logo")), self.logo_name, None, self.choose_logo, self.remove_logo))
        form.addSpacing(8)
        form.addWidget(label(self.tr("Comment"), "sectionName"))
        form.addWidget(self.comment, stretch=1)
        form.addStretch()
        form.addWidget(label(localised(RESEARCH_USE), "small", wrap=True))
        side = QFrame()
        side.setFixedWidth(scaled(_FORM_WIDTH) + 32)
        side.setLayout(form)
        parts = _row(side, self.preview)
        parts.setSpacing(0)
        parts.setStretch(1, 1)
        foot = foot_buttons()
        foot.addButton(self.save, QDialogButtonBox.ButtonRole.AcceptRole)
        foot.addButton(self.print, QDialogButtonBox.ButtonRole.ActionRole)
        foot.addButton(self.close_button, QDialogButtonBox.ButtonRole.RejectRole)
        foot.setContentsMargins(16, 12, 16, 12)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(parts, stretch=1)
        rows.addWidget(foot)
        self.resize(scaled(1000), scaled(800))

    def _connect(self) -> None:
        self._pause.timeout.connect(self.options_changed)
        about = QButtonGroup(self)
        for choice in (self.whole_run, self.one_patient, self.chosen_images):
            about.addButton(choice)
        about.buttonClicked.connect(self._choose_about)
        self.patient.currentIndexChanged.connect(self._change)
        self.laboratory.textChanged.connect(self._change)
        self.comment.textChanged.connect(self._change)
        self.save.clicked.connect(self.save_asked)
        self.print.clicked.connect(self.print_asked)
        self.close_button.clicked.connect(self.reject)

    def _choose_about(self) -> None:
        self.patient.setEnabled(self.one_patient.isChecked())
        self._change()

    def _change(self) -> None:
        """Forbid output, because the shown report is out of date, and wait for a pause in the changes."""
        self.allow_output(allowed=False)
        self._pause.start()


def words_while_making() -> str:
    """Return what the preview says while the report is being made."""
    return QCoreApplication.translate("ReportDialog", "Making the report…")


def _row(*parts: QWidget | None) -> QHBoxLayout:
    """Return a row of widgets; None stands for a stretch."""
    row = QHBoxLayout()
    row.setSpacing(8)
    row.setAlignment(Qt.AlignmentFlag.AlignVCenter)
    for part in parts:
        if part is None:
            row.addStretch()
        else:
            row.addWidget(part)
    return row
