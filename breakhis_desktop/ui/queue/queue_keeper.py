"""Saves the queue in the store, restores it at the next start, and loads a job's results when the job is chosen."""

import logging
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from breakhis_desktop.domain.queued_job import QueuedJob
from breakhis_desktop.domain.records import ImageRecord, Ledger
from breakhis_desktop.pipeline.keep_queue import RestoredJob, keep_queue, load_results
from breakhis_desktop.ui.look.words import localised
from breakhis_desktop.ui.state.chosen_job import ChosenJob
from breakhis_desktop.ui.state.job import Job, JobStage, Reading
from breakhis_desktop.ui.state.jobs import JobsModel
from breakhis_desktop.ui.state.notices import Notices
from breakhis_desktop.ui.state.presenter import Presenter
from breakhis_desktop.ui.state.requests import kept_job
from breakhis_desktop.wording.message import Message
from breakhis_desktop.worker.background import BackgroundThreads

_SAVE_AFTER_MS = 200
_PAUSED = (JobStage.PAUSED.key, JobStage.PAUSING.key)
"""The saved stages of a job that the user paused; a closing window saves PAUSING if the run has not stopped yet."""

_log = logging.getLogger(__name__)


class QueueKeeper(QObject):
    """Writes the queue in the background whenever it changes; of all windows that share a store, only one does this at a time.

    Signals:
        restored: Restoring the queue has finished, successfully or not.
    """

    restored = Signal()

    def __init__(
        self, store_file: Path, jobs: JobsModel, *, chosen: ChosenJob, presenter: Presenter, notices: Notices, threads: BackgroundThreads
    ) -> None:
        """Connect to the queue and the chosen job; nothing is written until the previous session's queue is restored."""
        super().__init__(presenter)
        self._store_file = store_file
        self._jobs = jobs
        self._chosen = chosen
        self._presenter = presenter
        self._notices = notices
        self._background = threads.start()
        self._written: list[QueuedJob] | None = None
        self._loading: set[int] = set()
        self._is_awaited = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SAVE_AFTER_MS)
        self._timer.timeout.connect(self._save)
        chosen.changed.connect(self._load)
        presenter.queue_awaited.connect(self._tell_awaited)
        presenter.queue_restored.connect(self._restore)
        for changed in (jobs.dataChanged, jobs.rowsInserted, jobs.rowsRemoved, jobs.rowsMoved):
            changed.connect(self._save_soon)

    def _load(self, job: Job | None) -> None:
        """Load the results of a job from an earlier session, unless they are already loaded or being loaded."""
        if job is None or job.run_info is None or job.loaded or job.job_id in self._loading:
            return
        run_id = job.run_info.run_id
        self._loading.add(job.job_id)
        self._background.run(
            lambda: load_results(self._store_file, run_id),
            lambda results: self._take_results(job, results),
            lambda reason: self._tell_not_loaded(job, reason),
        )

    def close(self) -> None:
        """Save any change to the queue, and wait until it is saved: a new window may read the queue once the analysis thread ends."""
        self._timer.stop()
        self._save()
        self._background.close()

    def _restore(self, restored: list[RestoredJob] | None) -> None:
        self._presenter.keeps_queue = restored is not None
        if restored is None:
            self._notices.warn(
                self.tr("This window's queue is not kept for the next start: another window keeps its own, or the store cannot be read.")
            )
        elif self._is_awaited:
            self._notices.note(self.tr("The last window has closed; its queue is here."))
        for row, one in enumerate(restored or ()):
            job = _job_of(one)
            self._jobs.insert(row, job)
            if job.stage in {JobStage.INTERRUPTED, JobStage.PAUSED}:
                self._presenter.job_interrupted.emit(job)
        self.restored.emit()
        self._save_soon()

    def _tell_awaited(self) -> None:
        self._is_awaited = True
        self._notices.begin(self.tr("The last window is still closing. Its queue appears here once it has closed."))

    def _save_soon(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _save(self) -> None:
        queue = [kept_job(job) for job in self._jobs.all()]
        if not self._presenter.keeps_queue or queue == self._written:
            return
        self._written = queue
        self._background.run(lambda: keep_queue(self._store_file, queue), lambda _: None, self._tell_not_saved)

    def _tell_not_saved(self, reason: Message) -> None:
        _log.warning("the queue was not kept")
        self._written = None
        self._notices.warn(self.tr("The queue is not kept for the next start. {reason}").format(reason=localised(reason)))

    def _tell_not_loaded(self, job: Job, reason: Message) -> None:
        self._loading.discard(job.job_id)
        self._notices.warn(reason)

    def _take_results(self, job: Job, records: Sequence[ImageRecord]) -> None:
        self._loading.discard(job.job_id)
        if not job.loaded and job.run_info is not None:
            job.begin(job.run_info, job.ledger.queued)
            job.add(records)
            if job in self._jobs.all():
                self._jobs.refresh(job)
            if job is self._chosen.job:
                self._chosen.refresh()


def _job_of(restored: RestoredJob) -> Job:
    kept = restored.job
    job = Job(kept.job_id, kept.inputs, kept.title, kept.gate, Reading(kept.identity_rule))
    if restored.run_info is not None:
        job.run_info, job.ledger, job.loaded = restored.run_info, restored.ledger or Ledger(0), False
        # The images determine the stage; the saved stage only tells whether the user paused the job.
        was_interrupted = job.resting_stage is JobStage.PAUSED and kept.stage not in _PAUSED
        job.stage = JobStage.INTERRUPTED if was_interrupted else job.resting_stage
    job.reading.takes_guess = job.run_info is None
    return job
