"""Keeps the queue in the store, brings it back at the next start, and fetches the results of its jobs once they are looked at."""

import logging
import threading
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from breakhis_desktop.domain.queued_job import QueuedJob
from breakhis_desktop.domain.records import Ledger
from breakhis_desktop.pipeline.identities import Survey, survey
from breakhis_desktop.pipeline.keep_queue import RestoredJob, Results, keep_queue, load_results
from breakhis_desktop.ui.look.words import localised
from breakhis_desktop.ui.state.jobs import Job, JobsModel, JobStage
from breakhis_desktop.ui.state.notices import Notices
from breakhis_desktop.ui.state.presenter import Presenter
from breakhis_desktop.ui.state.requests import kept_job
from breakhis_desktop.wording.message import Message
from breakhis_desktop.worker.background import BackgroundThreads

_SAVE_AFTER_MS = 200
_PAUSED = (JobStage.PAUSED.key, JobStage.PAUSING.key)
"""Where a job stood that someone paused; a window that closes does not wait until it has stopped."""

_log = logging.getLogger(__name__)


class QueueKeeper(QObject):
    """Writes the queue in the background whenever it changed; only one window at a time does so for a store.

    Signals:
        restored: The queue of the last start stands again.
        job_loaded: The results of a job of an earlier start are at hand.
    """

    restored = Signal()
    job_loaded = Signal(object)

    def __init__(self, store_file: Path, jobs: JobsModel, presenter: Presenter, notices: Notices, threads: BackgroundThreads) -> None:
        """Listen to the queue; nothing is written before that of the last start came back."""
        super().__init__(presenter)
        self._store_file = store_file
        self._jobs = jobs
        self._presenter = presenter
        self._notices = notices
        self._background = threads.start()
        self._counting = threads.start(only_reads=True)
        self._closing = threading.Event()
        self._written: list[QueuedJob] | None = None
        self._loading: set[int] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SAVE_AFTER_MS)
        self._timer.timeout.connect(self._save)
        presenter.queue_restored.connect(self._restore)
        for changed in (jobs.dataChanged, jobs.rowsInserted, jobs.rowsRemoved, jobs.rowsMoved):
            changed.connect(self._save_soon)
        jobs.rowsInserted.connect(self._count)

    def load(self, job: Job | None) -> None:
        """Fetch the results of a job of an earlier start, unless they are at hand or on their way."""
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
        """Stop counting, and write what has changed."""
        self._timer.stop()
        self._closing.set()
        self._save()

    def _restore(self, restored: list[RestoredJob] | None) -> None:
        self._presenter.keeps_queue = restored is not None
        if restored is None:
            self._notices.warn(
                self.tr("This window's queue is not kept for the next start: another window keeps its own, or the store cannot be read.")
            )
        for row, one in enumerate(restored or ()):
            job = _job_of(one)
            self._jobs.insert(row, job)
            if job.stage in {JobStage.INTERRUPTED, JobStage.PAUSED}:
                self._presenter.job_interrupted.emit(job)
        self.restored.emit()
        self._save_soon()

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

    def _take_results(self, job: Job, results: Results) -> None:
        self._loading.discard(job.job_id)
        if not job.loaded and job.run_info is not None:
            job.begin(job.run_info, job.ledger.queued)
            job.add(results.records, results.thumbnails)
            self.job_loaded.emit(job)

    def _count(self, _parent: object, first: int, last: int) -> None:
        """Count the images of jobs that were added, so that the time of the whole queue can be told."""
        for row in range(first, last + 1):
            job = self._jobs.at(row)
            if job is not None and job.run_info is None:
                self._count_images_of(job)

    def _count_images_of(self, job: Job) -> None:
        self._counting.run(lambda: survey(job.inputs, self._closing.is_set), lambda found: self._take_count(job, found), self._notices.warn)

    def _take_count(self, job: Job, found: Survey) -> None:
        job.expected = found.images
        if job in self._jobs.all():
            self._jobs.refresh(job)


def _job_of(restored: RestoredJob) -> Job:
    kept = restored.job
    job = Job(kept.job_id, kept.inputs, kept.title, kept.gate, kept.identity_rule)
    if restored.run_info is not None:
        job.run_info, job.ledger, job.loaded = restored.run_info, restored.ledger or Ledger(0), False
        job.stage = _stage_of(kept, job)
    return job


def _stage_of(kept: QueuedJob, job: Job) -> JobStage:
    """Tell where a job with a run stands after a restart; what its images say goes before what was kept of it."""
    if not job.unfinished:
        return JobStage.ENDED
    return JobStage.PAUSED if kept.stage in _PAUSED else JobStage.INTERRUPTED
