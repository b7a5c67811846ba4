"""Runs the queue: turns the user's commands into requests to the analysis thread, and the thread's news into state."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from breakhis_desktop.domain.card import DEFAULT_POINT, ModelCard
from breakhis_desktop.domain.identity import Identity, as_written
from breakhis_desktop.domain.progress import Progress
from breakhis_desktop.domain.records import ImageRecord, Ledger
from breakhis_desktop.pipeline.events import Event, FilesAwaited, ImagesEnded, RunEnded, RunPaused, RunStarted
from breakhis_desktop.pipeline.interrupted import InterruptedRun
from breakhis_desktop.ui.state.chosen_job import ChosenJob
from breakhis_desktop.ui.state.chosen_results import ChosenResults
from breakhis_desktop.ui.state.controls import Controls
from breakhis_desktop.ui.state.job import Job, JobStage
from breakhis_desktop.ui.state.jobs import JobsModel
from breakhis_desktop.ui.state.requests import request_for
from breakhis_desktop.ui.state.results import ResultsModel
from breakhis_desktop.wording.message import Message
from breakhis_desktop.worker.news import (
    ModelsBlocked,
    ModelsReady,
    News,
    QueueAwaited,
    QueueRestored,
    RunAdvanced,
    RunFoundInterrupted,
    RunNotGivenUp,
    RunStopped,
    StageBegan,
)
from breakhis_desktop.worker.runner import Runner


class Presenter(QObject):
    """Runs one job at a time.

    Attributes:
        card: Card of the loaded models; None while no models are loaded.
        blocked: Whether the models failed to load, so that nothing can be analysed.
        point: Name of the operating point for new runs; if the card has no such point, the default applies.
        reuse: Whether new runs reuse earlier results for unchanged images.
        keeps_queue: Whether the store keeps the queue of this window.

    Signals:
        queue_awaited: The queue cannot be restored yet, because a previous window is still closing.
        queue_restored: The jobs kept from the previous session; None if another window owns the queue or the queue cannot be read.
        job_interrupted: The job of an unfinished run that can be resumed.
        run_not_given_up: Why the rest of a run could not be cancelled in the store after its job was removed from the queue; the run will
            therefore be offered again.
        job_started: The job that begins to run.
        job_changed: The job whose progress or stage has changed.
        job_ended: The job that has ended or been cancelled.
        job_stopped: The job that could not continue; its message says why.
        stage_changed: The stage of loading the models.
        models_ready: Which models are loaded.
        models_blocked: Why nothing can be analysed.
    """

    queue_awaited = Signal()
    queue_restored = Signal(object)
    job_interrupted = Signal(object)
    run_not_given_up = Signal(object)
    job_started = Signal(object)
    job_changed = Signal(object)
    job_ended = Signal(object)
    job_stopped = Signal(object)
    stage_changed = Signal(object)
    models_ready = Signal(object)
    models_blocked = Signal(object)

    def __init__(self, runner: Runner, jobs: JobsModel, results: ResultsModel, chosen: ChosenJob) -> None:
        """Connect to the runner until the window, and `jobs` with it, is destroyed; later news is dropped."""
        super().__init__(jobs)
        self.card: ModelCard | None = None
        self.blocked = False
        self.point = DEFAULT_POINT
        self.reuse = False
        self._loads_awaited = 0
        self.keeps_queue = False
        self._runner = runner
        self._jobs = jobs
        self._chosen = chosen
        self._table = ChosenResults(results, chosen)
        runner.told.connect(self._hear)

    @property
    def can_start(self) -> bool:
        """Whether Start has a job to run."""
        return not self.blocked and bool(self._to_start())

    @property
    def can_pause(self) -> bool:
        """Whether a job is running, so that it can be paused and resumed later."""
        return bool(self._jobs.in_stage(JobStage.RUNNING))

    @property
    def can_cancel(self) -> bool:
        """Whether a job is running, pausing or waiting, or a job is paused and models are loaded; False during a cancellation."""
        if self._jobs.in_stage(JobStage.CANCELLING):
            return False
        return self.is_busy or (self.card is not None and bool(self._jobs.in_stage(JobStage.PAUSED)))

    @property
    def is_busy(self) -> bool:
        """Whether a job is running, pausing or waiting."""
        return bool(self._jobs.in_stage(JobStage.RUNNING, JobStage.PAUSING, JobStage.WAITING))

    @property
    def controls(self) -> Controls:
        """The commands that the queue currently allows."""
        first = next(iter(self._to_start()), None)
        return Controls(
            can_start=self.can_start,
            resumes=first is not None and first.run_info is not None,
            can_pause=self.can_pause,
            can_cancel=self.can_cancel,
            pausing=bool(self._jobs.in_stage(JobStage.PAUSING)),
            cancelling=bool(self._jobs.in_stage(JobStage.CANCELLING)),
        )

    def find_interrupted(self, *, only_window: bool) -> None:
        """Restore the queue and offer interrupted runs for resuming.

        If no other window is open, but a previous window is still closing, first wait until that window releases the queue.
        """
        self._runner.find_interrupted(only_window=only_window)

    def load_models(self, folder: Path | None = None) -> None:
        """Load the bundle in a folder, or the runner's initial bundle; a running job keeps the models that it began with."""
        self.blocked = False
        self.card = None
        self._loads_awaited += 1
        self._runner.load_models(folder)

    def start(self) -> None:
        """Run all queued, paused and interrupted jobs in order; if there are none, resume the chosen job if it was cancelled or stopped."""
        for job in self._to_start():
            self._move(job, JobStage.WAITING)
        self._run_next()

    def _to_start(self) -> list[Job]:
        job = self._chosen.job
        halted = [job] if job is not None and job.stage in {JobStage.CANCELLED, JobStage.STOPPED} else []
        return self._jobs.startable() or ([] if self.is_busy else halted)

    def enlist(self, jobs: Iterable[Job]) -> None:
        """Make newly added jobs wait for their turn if the queue is running."""
        if self._jobs.in_stage(JobStage.RUNNING, JobStage.WAITING):
            for job in jobs:
                self._move(job, JobStage.WAITING)

    def pause(self) -> None:
        """Pause the running job, and return each waiting job to its resting stage."""
        self._put_back_waiting()
        for job in self._jobs.in_stage(JobStage.RUNNING):
            self._move(job, JobStage.PAUSING)
            self._runner.pause()

    def resume(self, job: Job) -> None:
        """Start one job, or resume it where it stopped, without starting the rest of the queue."""
        job.nothing = None
        self._move(job, JobStage.WAITING)
        self._run_next()

    def remove(self, job: Job) -> None:
        """Remove a job from the queue; its finished images stay in the store, and its unfinished images are cancelled."""
        if job.stage is JobStage.WAITING:
            self._move(job, job.resting_stage)
        if job.run_info is not None and job.unfinished:
            self._runner.give_up(job.run_info.run_id)
        self._jobs.remove(job)

    def identify(self, job: Job, identities: Mapping[int, Identity]) -> None:
        """If a job's run is in progress, pass it the patients and magnifications that a new rule has read, keyed by image position."""
        if job.runs:
            self._runner.identify(identities)

    def wait_again(self, job: Job) -> None:
        """Offer to resume a job, unless it was cancelled, because some of its images need a new analysis; an ended job becomes paused."""
        if job.stage is JobStage.ENDED:
            self._move(job, JobStage.PAUSED)
        if job.stage is not JobStage.CANCELLED:
            self.job_interrupted.emit(job)

    def take_results_back(self, job: Job, records: Sequence[ImageRecord]) -> None:
        """Add the earlier results of images that need no new analysis after all."""
        job.add(records)
        if job.stage is JobStage.PAUSED and job.resting_stage is not JobStage.PAUSED:
            self._move(job, job.resting_stage)

    def put_back(self, job: Job, row: int) -> None:
        """Return a removed job to its row of the queue; unless it was cancelled, its unfinished images wait for analysis once more."""
        if job.run_info is not None and job.unfinished and job.stage is not JobStage.CANCELLED:
            self._runner.take_back(job.run_info.run_id)
        self._jobs.insert(min(row, self._jobs.rowCount()), job)
        if job.stage is JobStage.QUEUED:
            self.enlist([job])

    def cancel(self) -> None:
        """Cancel the running job, or the paused jobs if the queue is idle, and return each waiting job to its resting stage.

        Finished images keep their results.
        """
        busy = self.is_busy or bool(self._jobs.in_stage(JobStage.CANCELLING))
        self._put_back_waiting()
        for job in self._jobs.in_stage(JobStage.RUNNING, JobStage.PAUSING):
            self._move(job, JobStage.CANCELLING)
            self._runner.cancel()
        for job in self._jobs.in_stage(JobStage.PAUSED) if not busy else ():
            self._move(job, JobStage.CANCELLING)
            self._run(job)
            self._runner.cancel()

    def _run_next(self) -> None:
        waiting = self._jobs.in_stage(JobStage.WAITING)
        if self.card is None or not waiting or self._jobs.in_stage(JobStage.RUNNING, JobStage.PAUSING, JobStage.CANCELLING):
            return
        self._move(waiting[0], JobStage.RUNNING)
        self._run(waiting[0])
        self.job_started.emit(waiting[0])

    def _run(self, job: Job) -> None:
        if self.card is not None:
            request = request_for(job, self.card, self.point, in_queue=self.keeps_queue)
            self._runner.run(job.job_id, replace(request, reuse=self.reuse))

    def _put_back_waiting(self) -> None:
        for job in self._jobs.in_stage(JobStage.WAITING):
            self._move(job, job.resting_stage)

    def _move(self, job: Job, stage: JobStage) -> None:
        job.move(stage)
        self._jobs.refresh(job)
        self.job_changed.emit(job)

    def _hear(self, news: News) -> None:
        match news:
            case QueueAwaited():
                self.queue_awaited.emit()
            case QueueRestored(jobs):
                self.queue_restored.emit(jobs)
            case RunFoundInterrupted(run):
                self._take_interrupted(run)
            case RunNotGivenUp(reason):
                self.run_not_given_up.emit(reason)
            case StageBegan(stage):
                self.stage_changed.emit(stage)
            case ModelsReady():
                self._take_models(news)
            case ModelsBlocked(reason):
                self._block(reason)
            case RunAdvanced(job_id, event):
                self._take_event(job_id, event)
            case RunStopped(job_id, reason):
                self._take_stop(job_id, reason)

    def _take_interrupted(self, run: InterruptedRun) -> None:
        job = self._jobs.add(list(run.run_info.inputs), identity_rule=as_written(run.run_info.identity_rule))
        job.run_info, job.ledger = run.run_info, Ledger(run.queued)
        job.add(run.records)
        self._move(job, JobStage.INTERRUPTED)
        self.job_interrupted.emit(job)

    def _take_models(self, ready: ModelsReady) -> None:
        self._loads_awaited -= 1
        if self._loads_awaited:  # newer models are still loading, and the next job is to use them
            return
        self.card = ready.card
        self.models_ready.emit(ready)
        self._run_next()

    def _block(self, reason: Message) -> None:
        self._loads_awaited -= 1
        if self._loads_awaited:
            return
        self.card = None
        self.blocked = True
        self._put_back_waiting()
        self.models_blocked.emit(reason)

    def _take_event(self, job_id: int, event: Event) -> None:
        job = self._jobs.job(job_id)
        match event:
            case FilesAwaited():
                job.awaited, job.slow = event.paths, event.slow
            case RunStarted(run_info, queued, to_go):
                rows = len(job.records)
                job.begin(run_info, queued, to_go)
                job.progress = Progress(time.monotonic(), event.ended)
                self._table.begin(job, rows)
            case ImagesEnded():
                self._add(job, event)
            case RunEnded(ledger):
                job.move(JobStage.CANCELLED if ledger.cancelled else JobStage.ENDED)
                job.ledger, job.awaited, job.slow = ledger, (), ()
                self.job_ended.emit(job)
            case RunPaused():
                job.move(JobStage.PAUSED if job.run_info else JobStage.QUEUED)
                job.progress, job.awaited, job.slow = None, (), ()
        self._jobs.refresh(job)
        self.job_changed.emit(job)
        if not job.runs:
            self._table.complete(job)
            self._run_next()

    def _add(self, job: Job, event: ImagesEnded) -> None:
        new = job.add(event.records)
        if job.progress is not None:
            job.progress.update(time.monotonic(), job.ledger.ended)
        self._table.add(job, new)

    def _take_stop(self, job_id: int, reason: Message) -> None:
        job = self._jobs.job(job_id)
        job.message, job.awaited, job.slow = reason, (), ()
        self._move(job, JobStage.STOPPED)
        self._table.complete(job)
        self.job_stopped.emit(job)
        self._run_next()
