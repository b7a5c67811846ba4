"""Opens earlier runs from the store."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from breakhis_desktop.pipeline.earlier_runs import EarlierRun, earlier_runs, latest_run_over
from breakhis_desktop.ui.look.words import localised
from breakhis_desktop.ui.queue.earlier_runs_dialog import EarlierRunsDialog
from breakhis_desktop.ui.queue.removal import Removal
from breakhis_desktop.ui.state.chosen_job import ChosenJob
from breakhis_desktop.ui.state.job import Job
from breakhis_desktop.ui.state.jobs import JobsModel
from breakhis_desktop.ui.state.requests import job_of
from breakhis_desktop.wording.message import Message
from breakhis_desktop.worker.background import BackgroundThreads


class EarlierRuns(QObject):
    """Lets the user choose a run of the store, and shows the run as a job of the queue."""

    def __init__(
        self, store_file: Path, jobs: JobsModel, chosen: ChosenJob, removal: Removal, *, threads: BackgroundThreads, window: QWidget
    ) -> None:
        """Remember the store and the queue."""
        super().__init__(window)
        self._store_file = store_file
        self._jobs = jobs
        self._chosen = chosen
        self._removal = removal
        self._window = window
        self._background = threads.start(only_reads=True)
        self._dialog: EarlierRunsDialog | None = None

    def ask_and_open(self) -> None:
        """Let the user choose a run, and open it."""
        self._dialog = dialog = EarlierRunsDialog(self._window)
        self._background.run(partial(earlier_runs, self._store_file), partial(self._list, dialog), partial(self._tell, dialog))
        run = dialog.chosen() if dialog.exec() == QDialog.DialogCode.Accepted else None
        self._dialog = None
        dialog.deleteLater()
        if run is not None:
            self.open(run)

    def _list(self, dialog: EarlierRunsDialog, runs: Sequence[EarlierRun]) -> None:
        if dialog is self._dialog:  # the dialog may have been closed in the meantime
            dialog.show_runs(runs)

    def _tell(self, dialog: EarlierRunsDialog, reason: Message) -> None:
        if dialog is self._dialog:
            dialog.said.setText(localised(reason))

    def open(self, run: EarlierRun) -> None:
        """Choose the job that shows a run; if the queue has no such job, add one first."""
        job = self._jobs.of_run(run.run_info.run_id)
        if job is None:
            job = job_of(run)
            self._jobs.insert(self._jobs.rowCount(), job)
        self._chosen.choose(job)

    def open_instead_of_chosen(self) -> None:
        """Replace the chosen job, if its own run has not begun, with the latest earlier run over the same folder or files."""
        job = self._chosen.job
        if job is None:
            return
        take_place = partial(self._take_place_of, job)
        self._background.run(
            partial(latest_run_over, self._store_file, job.inputs),
            take_place,
            lambda _: take_place(job.earlier),  # if the store cannot be read now, an attempt to open this run shows why
        )

    def _take_place_of(self, job: Job, run: EarlierRun | None) -> None:
        if run is not None and job.can_be_replaced and job in self._jobs.all():
            self.open(run)
            self._removal.remove(job, self.tr("Opened the earlier run of “{name}” in place of the new job."))
