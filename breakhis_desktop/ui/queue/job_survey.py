"""Surveys the jobs that are added to the queue.

For a job whose run has not begun, a survey counts the images, guesses the rule that fits their names, and looks for an earlier run over
them. For a job from an earlier session, it counts the patients.
"""

import logging
import threading
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from breakhis_desktop.pipeline.earlier_runs import EarlierRun, latest_run_over
from breakhis_desktop.pipeline.identities import Survey, survey
from breakhis_desktop.pipeline.keep_queue import PatientCount, count_patients
from breakhis_desktop.ui.state.job import Job, JobStage
from breakhis_desktop.ui.state.jobs import JobsModel
from breakhis_desktop.ui.state.notices import Notices
from breakhis_desktop.ui.state.presenter import Presenter
from breakhis_desktop.worker.background import BackgroundThreads

_AT_ONCE = 8
"""Number of jobs that are surveyed at the same time, so that a job on an unresponsive drive does not delay the others."""

_log = logging.getLogger(__name__)


class JobSurvey(QObject):
    """Surveys, in the background, each job that is added to the queue.

    Signals:
        guessed: A job whose images have been counted, and the guess of how to read their patients and magnifications.
    """

    guessed = Signal(object, object)

    def __init__(self, store_file: Path, jobs: JobsModel, presenter: Presenter, notices: Notices, threads: BackgroundThreads) -> None:
        """Connect to the queue."""
        super().__init__(presenter)
        self._store_file = store_file
        self._jobs = jobs
        self._presenter = presenter
        self._notices = notices
        self._surveying = threads.start(only_reads=True, at_once=_AT_ONCE)
        self._looking_up = threads.start(only_reads=True)
        self._closing = threading.Event()
        jobs.rowsInserted.connect(self._look_at)

    def close(self) -> None:
        """Stop counting images."""
        self._closing.set()

    def _look_at(self, _parent: object, first: int, last: int) -> None:
        for row in range(first, last + 1):
            job = self._jobs.at(row)
            if job is not None and job.run_info is None:
                self._survey(job)
                self._find_earlier_run_of(job)
            elif job is not None and job.run_info is not None and not job.loaded:
                self._count_patients(job, job.run_info.run_id)

    def _survey(self, job: Job) -> None:
        """Count a job's images, for the estimate of the time left, and guess the rule for their patients and magnifications."""
        self._surveying.run(partial(survey, job.inputs, self._closing.is_set), partial(self._take_survey, job), self._notices.warn)

    def _find_earlier_run_of(self, job: Job) -> None:
        """Find out whether the same folder or files were analysed before."""
        self._looking_up.run(
            partial(latest_run_over, self._store_file, job.inputs),
            partial(self._take_earlier_run, job),
            lambda reason: _log.warning("no earlier run was looked up: %s", reason),
        )

    def _count_patients(self, job: Job, run_id: int) -> None:
        """Count the patients of a job's run in the store, because its images are loaded only when the user chooses the job."""
        self._looking_up.run(
            partial(count_patients, self._store_file, run_id),
            partial(self._take_count, job),
            lambda reason: _log.warning("no patients were counted: %s", reason),
        )

    def _take_survey(self, job: Job, found: Survey) -> None:
        job.expected = found.images
        job.nothing = found.nothing if job.stage is JobStage.QUEUED else None
        self._tell(job)
        if job in self._jobs.all():
            self.guessed.emit(job, found.guess)

    def _take_earlier_run(self, job: Job, earlier: EarlierRun | None) -> None:
        if earlier is not None and job.run_info is None:
            job.earlier = earlier
            self._tell(job)

    def _take_count(self, job: Job, counted: PatientCount) -> None:
        job.reading.counted = counted
        if job in self._jobs.all():
            self._jobs.refresh(job)

    def _tell(self, job: Job) -> None:
        if job in self._jobs.all():
            self._jobs.refresh(job)
            self._presenter.job_changed.emit(job)
