"""Copies the images whose truth is known from a job into a training folder, without blocking the window."""

import os
from functools import partial
from itertools import count
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QFileDialog, QVBoxLayout, QWidget

from breakhis_desktop.files import accepted_name, printable
from breakhis_desktop.pipeline.export_truth import TruthExport, export_truth
from breakhis_desktop.ui.export.exporter import folder_for
from breakhis_desktop.ui.look.buttons import confirm_buttons, hold_words
from breakhis_desktop.ui.look.dialog import Dialog
from breakhis_desktop.ui.look.labels import label
from breakhis_desktop.ui.look.opening import open_with_system
from breakhis_desktop.ui.look.toast import Offer
from breakhis_desktop.ui.look.words import images_words
from breakhis_desktop.ui.state.chosen_job import ChosenJob
from breakhis_desktop.ui.state.job import Job
from breakhis_desktop.ui.state.last_folders import Purpose, remember_folder, start_folder
from breakhis_desktop.ui.state.notices import Notices
from breakhis_desktop.ui.state.settings import Settings
from breakhis_desktop.worker.background import BackgroundThreads


class TruthExporter(QObject):
    """Asks what to copy and where, and copies the images in the background."""

    def __init__(
        self,
        action: QAction,
        store_file: Path,
        settings: Settings,
        *,
        chosen: ChosenJob,
        notices: Notices,
        threads: BackgroundThreads,
        window: QWidget,
    ) -> None:
        """Connect the export to its action."""
        super().__init__(window)
        self._store_file, self._settings, self._chosen, self._notices, self._window = store_file, settings, chosen, notices, window
        self._background = threads.start()
        action.triggered.connect(self.ask_and_export)

    def ask_and_export(self) -> None:
        """Let the user choose what to copy and where, and copy the images of the chosen job."""
        job = self._chosen.job
        if job is None or job.run_info is None:
            return
        dialog = TrainingFolderDialog(job.name, self._window)
        if not dialog.exec():
            return
        start = start_folder(self._settings, Purpose.TRAINING, folder_for(job))
        folder = QFileDialog.getExistingDirectory(self._window, self.tr("Where to put the training folder"), start)
        if folder:
            remember_folder(self._settings, Purpose.TRAINING, Path(folder))
            self.export(job, free_name(Path(folder), job.name), official=dialog.official.isChecked())

    def export(self, job: Job, target: Path, *, official: bool) -> None:
        """Copy the images into a new folder."""
        if job.run_info is None:
            return
        run_id = job.run_info.run_id
        self._notices.begin(self.tr("Copying to {name}…").format(name=printable(target.name)))
        self._background.run(
            lambda: export_truth(self._store_file, run_id, target, official=official),
            self._tell_written,
            self._notices.warn,
        )

    def _tell_written(self, written: TruthExport) -> None:
        self._notices.note(self._words_for(written), Offer(self.tr("Open folder"), partial(open_with_system, written.folder)))

    def _words_for(self, written: TruthExport) -> str:
        sentence = self.tr("{images} copied to {folder}.").format(images=images_words(written.images), folder=printable(written.folder))
        if written.left_out:
            left_out = self.tr("Left out: {images}; provenance.csv in that folder says why.")
            return f"{sentence} {left_out.format(images=images_words(written.left_out))}"
        return sentence


def free_name(folder: Path, job: str) -> Path:
    """Return an unused path inside a folder, for the training images of a job."""
    name = QCoreApplication.translate("TruthExporter", "{name} training images").format(name=accepted_name(job)).strip()
    names = (folder / (name if number == 1 else f"{name} {number}") for number in count(1))
    return next(place for place in names if not os.path.lexists(place))


class TrainingFolderDialog(Dialog):
    """Explains what is copied, and asks whether official names count as truth.

    Attributes:
        official: Check box for also copying unreviewed images whose official names state the truth.
    """

    def __init__(self, job: str, parent: QWidget | None = None) -> None:
        """Build the dialog; unless the user checks `official`, only reviewed images are copied.

        Args:
            job: Name of the job.
            parent: The Qt parent.
        """
        super().__init__(parent)
        self.setWindowTitle(self.tr("Training folder"))
        self.official = QCheckBox(self.tr("Also images whose truth is known only from their official file name"))
        says = self.tr(
            "Copies the reviewed images of {job} into folders by class and patient, the layout that “python -m training prepare” reads, "
            "and adds a table of who said what, when and why. Images whose review contradicts their official name are left out."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addWidget(label(says.format(job=printable(job)), wrap=True))
        column.addWidget(self.official)
        column.addWidget(confirm_buttons(self, self.tr("Choose a folder…")))
        hold_words(self, column, 440)
