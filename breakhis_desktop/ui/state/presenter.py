"""Brings what happens in the analysis thread and what the user asks for together with the models."""

import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from breakhis_desktop.domain.aggregate import PatientSummary, summarise_patient
from breakhis_desktop.domain.card import DEFAULT_POINT, ModelCard
from breakhis_desktop.domain.identity import as_written
from breakhis_desktop.domain.progress import Progress
from breakhis_desktop.domain.records import Ledger
from breakhis_desktop.pipeline.events import Event, FilesAwaited, ImagesEnded, RunEnded, RunPaused, RunStarted
from breakhis_desktop.pipeline.interrupted import InterruptedRun
from breakhis_desktop.ui.state.chosen_job import ChosenJob
from breakhis_desktop.ui.state.controls import Controls
from breakhis_desktop.ui.state.jobs import Job, JobsModel, JobStage
from breakhis_desktop.ui.state.requests import request_for
from breakhis_desktop.ui.state.result_columns import Result
from breakhis_desktop.ui.state.results import ResultsModel
from breakhis_desktop.wording.message import Message
from breakhis_desktop.worker.news import (
    ModelsBlocked,
    ModelsReady,
    News,
    QueueRestored,
    RunAdvanced,
    RunFoundInterrupted,
    RunNotGivenUp,
    RunStopped,
    StageBegan,
)
from breakhis_desktop.worker.runner import Runner


class Presenter(QObject):
    """Runs the queue, one job after the other, and keeps the table on the job that is looked at.

    Attributes:
        card: The card of the models that are loaded; None while there are none.
        blocked: Whether nothing can be analysed.
        point: The name of the operating point that new runs begin with; the default one where the card has none of that name.
        reuse: Whether unchanged images are answered with what earlier runs found out.

    Signals:
        queue_restored: The jobs of the last start, or None where this window is not to keep the queue.
        job_interrupted: A run of an earlier start can be resumed.
        run_not_given_up: Why a run that was taken off the queue will be offered again.
        job_started: A job begins to run.
        job_changed: A job has come further, or stands elsewhere.
        job_ended: A job has ended with all its rows.
        job_stopped: A job could not go on; its message says why.
        stage_changed: What loading the models is about.
        models_ready: Which models are loaded.
        models_blocked: Why nothing can be analysed.
    """

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
        """Listen to the runner, as long as there are jobs to tell: what it still says when the window is gone reaches nobody."""
        super().__init__(jobs)
        self.card: ModelCard | None = None
        self.blocked = False
        self.point = DEFAULT_POINT
        self.reuse = False
        self._loads_awaited = 0
        self.keeps_queue = False
        self._runner = runner
        self._jobs = jobs
        self._results = results
        self._chosen = chosen
        chosen.changed.connect(self._show)
        runner.told.connect(self._hear)

    @property
    def can_start(self) -> bool:
        """Whether something waits to be started."""
        return not self.blocked and bool(self._jobs.startable())

    @property
    def can_pause(self) -> bool:
        """Whether something runs that can be gone on with later."""
        return bool(self._jobs.in_stage(JobStage.RUNNING))

    @property
    def can_cancel(self) -> bool:
        """Whether something runs, waits for its turn, or is paused."""
        return self.is_busy or (self.card is not None and bool(self._jobs.in_stage(JobStage.PAUSED)))

    @property
    def is_busy(self) -> bool:
        """Whether something runs, or waits for its turn."""
        return bool(self._jobs.in_stage(JobStage.RUNNING, JobStage.PAUSING, JobStage.WAITING))

    @property
    def controls(self) -> Controls:
        """What can be done with the queue now."""
        return Controls(
            can_start=self.can_start,
            resumes=bool(self._jobs.in_stage(JobStage.PAUSED)),
            can_pause=self.can_pause,
            can_cancel=self.can_cancel,
            pausing=bool(self._jobs.in_stage(JobStage.PAUSING)),
            cancelling=bool(self._jobs.in_stage(JobStage.CANCELLING)),
        )

    def find_interrupted(self) -> None:
        """Bring back the queue, and the runs that were cut off, for the user to resume."""
        self._runner.find_interrupted()

    def load_models(self, folder: Path | None = None) -> None:
        """Load the models of a folder, or those that the runner has by itself; a job that runs ends with the ones that it began with."""
        self.blocked = False
        self.card = None
        self._loads_awaited += 1
        self._runner.load_models(folder)

    def start(self) -> None:
        """Run all that is queued, paused or was interrupted, in order."""
        for job in self._jobs.startable():
            self._move(job, JobStage.WAITING)
        self._run_next()

    def enlist(self, jobs: Iterable[Job]) -> None:
        """Let jobs that were added take their turn, where the queue is at work."""
        if self._jobs.in_stage(JobStage.RUNNING, JobStage.WAITING):
            for job in jobs:
                self._move(job, JobStage.WAITING)

    def pause(self) -> None:
        """Let the running job stop until it is resumed, and put those that wait back."""
        self._put_back_waiting()
        for job in self._jobs.in_stage(JobStage.RUNNING):
            self._move(job, JobStage.PAUSING)
            self._runner.pause()

    def resume(self, job: Job) -> None:
        """Go on with an unfinished run."""
        self._move(job, JobStage.WAITING)
        self._run_next()

    def remove(self, job: Job) -> None:
        """Take a job off the queue; what it has finished stays in the store, and what is unfinished is given up."""
        if job.facts is not None and job.unfinished:
            self._runner.give_up(job.facts.run_id)
        self._jobs.remove(job)

    def cancel(self) -> None:
        """End the running job, or else the paused ones, with their finished images kept, and put those that wait back."""
        busy = self.is_busy
        self._put_back_waiting()
        for job in self._jobs.in_stage(JobStage.RUNNING, JobStage.PAUSING):
            self._move(job, JobStage.CANCELLING)
            self._runner.cancel()
        for job in self._jobs.in_stage(JobStage.PAUSED) if not busy else ():
            self._move(job, JobStage.CANCELLING)
            self._run(job)
            self._runner.cancel()

    def _show(self, job: Job | None) -> None:
        """Fill the table with a job's results."""
        self._results.show(job.records if job else [], job.facts_in_force if job else None, job.thumbnails if job else {})

    def patient_of(self, result: Result) -> PatientSummary | None:
        """Sum up the patient of an image over the shown job; None where no patient is known."""
        probabilities = self._chosen.job.patients.get(result.record.patient_id) if self._chosen.job else None
        return summarise_patient(probabilities, result.threshold) if probabilities else None

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
            self._move(job, JobStage.PAUSED if job.facts else JobStage.QUEUED)

    def _move(self, job: Job, stage: JobStage) -> None:
        job.stage = stage
        self._jobs.refresh(job)
        self.job_changed.emit(job)

    def _hear(self, news: News) -> None:
        match news:
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
        job = self._jobs.add(list(run.facts.roots), identity_rule=as_written(run.facts.identity_rule))
        job.facts, job.ledger = run.facts, Ledger(run.queued)
        job.add(run.records, run.thumbnails)
        self._move(job, JobStage.INTERRUPTED)
        self.job_interrupted.emit(job)

    def _take_models(self, ready: ModelsReady) -> None:
        self._loads_awaited -= 1
        if self._loads_awaited:  # others are on their way, and the next job is theirs
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
            case RunStarted(facts, queued, ended):
                job.begin(facts, queued)
                job.progress = Progress(time.monotonic(), ended)
                if job is self._chosen.job and not job.records:
                    self._show(job)  # what decides on its rows is known only now
            case ImagesEnded():
                self._add(job, event)
            case RunEnded(ledger):
                job.ledger, job.stage, job.awaited, job.slow = ledger, JobStage.ENDED, (), ()
                self.job_ended.emit(job)
            case RunPaused():
                job.stage, job.progress = JobStage.PAUSED if job.facts else JobStage.QUEUED, None
                job.awaited = job.slow = ()
        self._jobs.refresh(job)
        self.job_changed.emit(job)
        if not job.runs:
            self._run_next()

    def _add(self, job: Job, event: ImagesEnded) -> None:
        new = job.add(event.records, event.thumbnails)
        if job.progress is not None:
            job.progress.update(time.monotonic(), job.ledger.ended)
        if job is self._chosen.job:
            self._results.add(new)

    def _take_stop(self, job_id: int, reason: Message) -> None:
        job = self._jobs.job(job_id)
        job.message, job.awaited, job.slow = reason, (), ()
        self._move(job, JobStage.STOPPED)
        self.job_stopped.emit(job)
        self._run_next()
