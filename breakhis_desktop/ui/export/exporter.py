"""Writes the results of a job to a file that the user chooses, without blocking the window."""

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from breakhis_desktop.assets import resources
from breakhis_desktop.domain.card import ModelCard
from breakhis_desktop.files import accepted_name, printable
from breakhis_desktop.pipeline.export_run import Export, ExportFormat, export_run
from breakhis_desktop.ui.state.chosen_job import ChosenJob
from breakhis_desktop.ui.state.job import Job
from breakhis_desktop.ui.state.last_folders import Purpose, remember_folder, start_folder
from breakhis_desktop.ui.state.notices import Notices
from breakhis_desktop.ui.state.settings import Settings
from breakhis_desktop.ui.state.window_inputs import WindowInputs
from breakhis_desktop.worker.background import BackgroundThreads


class Exporter(QObject):
    """Asks for a file and writes it in the background."""

    def __init__(
        self,
        inputs: WindowInputs,
        card: Callable[[], ModelCard | None],
        *,
        settings: Settings,
        chosen: ChosenJob,
        notices: Notices,
        threads: BackgroundThreads,
        window: QWidget,
    ) -> None:
        """Remember the source of the results, and the files that no export may overwrite."""
        super().__init__(window)
        self._inputs = inputs
        self._card = card
        self._settings = settings
        self._chosen = chosen
        self._window = window
        self._notices = notices
        self._background = threads.start()

    def ask_and_export(self, kind: ExportFormat) -> None:
        """Let the user choose a file and write the chosen job's results to it."""
        job = self._chosen.job
        if job is None:
            return
        title = self.tr("Export as {format}").format(format=kind.suffix.upper())
        name = self.tr("{name} results").format(name=accepted_name(job.name))
        file = ask_for_target(self._window, self._settings, job, title, f"{name}.{kind.suffix}")
        if file is not None:
            self.export(job, kind, file)

    def export(self, job: Job, kind: ExportFormat, file: Path) -> None:
        """Write the present results of a job to a file."""
        if job.run_info is None:
            return
        run_id, point, card, inputs = job.run_info.run_id, job.point, self._card(), self._inputs.note()
        decimal = QLocale.system().decimalPoint()  # Excel follows the system's regional settings, whatever the window's language
        self._notices.begin(self.tr("Writing {name}…").format(name=printable(file.name)))
        self._background.run(
            lambda: export_run(self._inputs.store_file, run_id, [Export(kind, file)], point, card=card, decimal=decimal, inputs=inputs()),
            lambda _: self._notices.note_written(file),
            self._notices.warn,
        )


def ask_for_target(parent: QWidget, settings: Settings, job: Job, title: str, name: str) -> Path | None:
    """Ask for a file for a job's results; the dialog adds the suffix and confirms overwriting. Return None if the user cancels.

    The dialog opens in the folder that the user last chose or, if none is remembered, in the one that `folder_for` returns.
    """
    beside = folder_for(job)
    start = start_folder(settings, Purpose.OUTPUTS, beside)
    suffix = name.rpartition(".")[2]
    dialog = QFileDialog(parent, title, start, f"{suffix.upper()} (*.{suffix})")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suffix)
    dialog.selectFile(name)
    if not dialog.exec():
        return None
    file = Path(dialog.selectedFiles()[0])
    remember_folder(settings, Purpose.OUTPUTS, None if file.parent == beside else file.parent)
    return file


def folder_for(job: Job) -> Path:
    """Return the folder that contains the first input; if it belongs to the program or is not writable, return the documents folder."""
    beside = job.inputs[0].parent
    if beside.is_relative_to(resources()) or not os.access(beside, os.W_OK):
        return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return beside
