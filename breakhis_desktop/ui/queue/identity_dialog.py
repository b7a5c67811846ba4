"""A dialog for the rule that reads patient and magnification, with a preview of what the rule reads from the job's first files."""

import os
import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from breakhis_desktop.domain.identity import (
    FOLDER,
    LONGEST_PATTERN,
    MAGNIFICATION,
    OFFICIAL,
    PATTERN,
    TABLE,
    parts_of,
    with_magnification,
    without_magnification,
)
from breakhis_desktop.domain.records import PendingImage, Status
from breakhis_desktop.files import is_folder, printable
from breakhis_desktop.pipeline.identities import Survey, preview, survey
from breakhis_desktop.ui.look.buttons import confirm_buttons, hold_words
from breakhis_desktop.ui.look.dialog import Dialog
from breakhis_desktop.ui.look.figures import count
from breakhis_desktop.ui.look.labels import label
from breakhis_desktop.ui.look.words import images_words, localised
from breakhis_desktop.ui.state.last_folders import existing_or_home
from breakhis_desktop.ui.state.shown_names import ShownNames
from breakhis_desktop.wording.message import Message
from breakhis_desktop.worker.background import Background

_PAUSE_MS = 150
"""Milliseconds between the last change and the preview."""

_MOST_ROWS = 50


class IdentityDialog(Dialog):
    """Lets the user choose a rule, and confirm the rule once it has read the files without an error."""

    def __init__(self, inputs: Sequence[Path], rule: str, parent: QWidget | None = None) -> None:
        """Show a job's rule, and search for the job's first files in the background."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("How patients are identified"))
        self._first = inputs[0]
        self._files: tuple[Path, ...] | None = None
        self._asked = 0
        self._background = Background(only_reads=True)
        self._closing = threading.Event()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._preview)
        self._make_choices()
        self._table = self._make_table()
        self._said = label("", "muted", wrap=True)
        self._buttons = confirm_buttons(self, self.tr("Use this rule"))
        self._lay_out()
        self._choose(rule)
        self._connect()
        self._ask(partial(survey, inputs, self._closing.is_set), self._take_files)

    @property
    def rule(self) -> str:
        """The chosen rule, as the store and the command line write it; empty for official names."""
        rule = FOLDER if self._folder.isChecked() else ""
        if self._pattern.isChecked():
            rule = PATTERN + self.pattern.text()
        if self._csv.isChecked():
            rule = TABLE + self.table.text()
        if self._else_folder.isEnabled() and self._else_folder.isChecked():
            rule = f"{FOLDER},{rule}"
        return with_magnification(rule) if self._magnification.isChecked() else rule

    def done(self, result: int) -> None:
        """Close the dialog, ignoring any pending answers."""
        self._asked += 1
        self._timer.stop()
        self._closing.set()
        self._background.forget_waiting()
        self._background.close()
        super().done(result)

    def _make_choices(self) -> None:
        self._official = QRadioButton(self.tr("Official BreakHis names, such as SOB_M_DC-14-22549AB-400-031.png"))
        self._folder = QRadioButton(self.tr("Each folder is one patient; a folder such as 100x belongs to the patient above it"))
        self._pattern = QRadioButton(self.tr("A pattern in the names"))
        self._csv = QRadioButton(self.tr("A table (CSV) with the column “file”, and “patient” or “magnification” or both"))
        self._else_folder = QCheckBox(self.tr("If the pattern or table names no patient, the folder is the patient"))
        self._magnification = QCheckBox(self.tr("Names or folders state the magnification, such as 100x or x400"))
        self.pattern = QLineEdit()
        self.pattern.setAccessibleName(self.tr("Pattern"))
        self.pattern.setPlaceholderText("{patient}_{magnification}x_*")
        self.pattern.setToolTip(
            self.tr(
                "Compared with the name without its ending; each slash in the pattern adds a folder above. You can also use a regular "
                "expression."
            )
        )
        self.pattern.setMaxLength(LONGEST_PATTERN)
        self.table = QLineEdit()
        self.table.setAccessibleName(self.tr("Table"))
        self.table.setPlaceholderText(self.tr("patients.csv"))
        self._browse = QPushButton(self.tr("Choose…"))

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, 3)
        table.setObjectName("preview")
        table.setAccessibleName(self.tr("What the rule reads from the first files"))
        table.setHorizontalHeaderLabels([self.tr("File"), self.tr("Patient"), self.tr("Mag.")])
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.verticalHeader().hide()
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        table.setShowGrid(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        return table

    def _lay_out(self) -> None:
        choices = QGridLayout()
        choices.setSpacing(8)
        choices.setColumnMinimumWidth(0, 18)
        choices.setColumnStretch(1, 1)
        for row, choice in enumerate((self._official, self._folder, self._pattern)):
            choices.addWidget(choice, row, 0, 1, 3)
        choices.addWidget(self.pattern, 3, 1, 1, 2)
        choices.addWidget(self._csv, 4, 0, 1, 3)
        choices.addWidget(self.table, 5, 1)
        choices.addWidget(self._browse, 5, 2)
        choices.addWidget(self._else_folder, 6, 1, 1, 2)
        choices.addWidget(self._magnification, 7, 0, 1, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addLayout(choices)
        words = self.tr(
            "An image that the rule does not identify is read by its BreakHis name, if it has one. Reviews stay; results too, unless "
            "another magnification affects them."
        )
        column.addWidget(label(words, "muted", wrap=True))
        column.addWidget(self._table, stretch=1)
        column.addWidget(self._said)
        column.addWidget(self._buttons)
        hold_words(self, column, 640, 640)

    def _choose(self, rule: str) -> None:
        reads_magnification = MAGNIFICATION in parts_of(rule)
        *words, rule = parts_of(without_magnification(rule))
        self._magnification.setChecked(reads_magnification)
        self._else_folder.setChecked(FOLDER in words)
        self._official.setChecked(rule in {"", OFFICIAL})
        self._folder.setChecked(rule == FOLDER)
        self._pattern.setChecked(rule.startswith(PATTERN))
        self._csv.setChecked(rule.startswith(TABLE))
        next(choice for choice in (self._official, self._folder, self._pattern, self._csv) if choice.isChecked()).setFocus()
        self.pattern.setText(rule.removeprefix(PATTERN) if rule.startswith(PATTERN) else "")
        self.table.setText(rule.removeprefix(TABLE) if rule.startswith(TABLE) else "")
        self._allow_folder()

    def _connect(self) -> None:
        for choice in (self._official, self._folder, self._pattern, self._csv):
            choice.toggled.connect(self._change)
            choice.toggled.connect(self._allow_folder)
        self._else_folder.toggled.connect(self._change)
        self._magnification.toggled.connect(self._change)
        self.pattern.textEdited.connect(lambda: self._pattern.setChecked(True))
        self.pattern.textChanged.connect(self._change)
        self.table.textEdited.connect(lambda: self._csv.setChecked(True))
        self.table.textChanged.connect(self._change)
        self._browse.clicked.connect(self._choose_table)
        self._allow(allowed=False)

    def _choose_table(self) -> None:
        table = self.table.text()
        beside = self._first if is_folder(self._first) else self._first.parent
        start = existing_or_home(Path(table).parent if table else None, beside)
        file, _ = QFileDialog.getOpenFileName(self, self.tr("Choose the table"), start, self.tr("CSV (*.csv);;All files (*)"))
        if file:
            self.table.setText(file)
            self._csv.setChecked(True)

    def _change(self) -> None:
        self._allow(allowed=False)
        self._timer.start()

    def _allow_folder(self) -> None:
        """Offer the folder as a fallback if the rule is a pattern or a table, which may leave a patient unknown."""
        self._else_folder.setEnabled(self._pattern.isChecked() or self._csv.isChecked())

    def _allow(self, *, allowed: bool) -> None:
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(allowed)

    def _ask(self, work: Callable[[], Any], succeeded: Callable[[Any], None]) -> None:
        """Run work in the background; only the answer to the latest call is used."""
        self._asked += 1
        asked = self._asked
        self._background.forget_waiting()
        self._background.run(
            work,
            lambda result: succeeded(result) if asked == self._asked else None,
            lambda reason: self._tell_error(reason) if asked == self._asked else None,
        )

    def _take_files(self, found: Survey) -> None:
        self._files = found.first
        self._preview()

    def _preview(self) -> None:
        if self._files is None:
            self._timer.start()
        else:
            self._ask(partial(preview, self.rule, self._files), self._show)

    def _show(self, images: Sequence[PendingImage]) -> None:
        names = ShownNames()
        names.add([image.ended(Status.DONE) for image in images])
        self._table.setRowCount(min(len(images), _MOST_ROWS))
        for row, image in enumerate(images[:_MOST_ROWS]):
            magnification = f"{image.magnification}×" if image.magnification else "–"
            name, folder = printable(image.path.name), names.repeated_folder(image.path)
            file = QTableWidgetItem(f"{folder}{os.sep}{name}" if folder else name)
            file.setToolTip(printable(image.path))
            for column, item in enumerate((file, QTableWidgetItem(image.patient_id or "–"), QTableWidgetItem(magnification))):
                self._table.setItem(row, column, item)
        self._said.setText(self._words_for(images))
        self._allow(allowed=True)

    def _words_for(self, images: Sequence[PendingImage]) -> str:
        if not images:
            return self.tr("There is no image to try the rule on.")
        patients = sum(bool(image.patient_id) for image in images)
        magnifications = sum(image.magnification is not None for image in images)
        words = self.tr("Tried on {images}: {patients} with a patient, {magnifications} with a magnification.")
        figures = [count(number) if number else self.tr("none") for number in (patients, magnifications)]
        return words.format(images=images_words(len(images)), patients=figures[0], magnifications=figures[1])

    def _tell_error(self, reason: Message) -> None:
        self._table.setRowCount(0)
        self._said.setText(localised(reason))
