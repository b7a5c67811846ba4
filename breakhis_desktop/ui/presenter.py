"""Brings what happens in the analysis thread and what the user asks for together with the models."""

import time
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from breakhis_desktop.domain.aggregate import PatientSummary, summarise_patient
from breakhis_desktop.domain.model_card import DEFAULT_POINT, ModelCard
from breakhis_desktop.domain.progress import Progress
from breakhis_desktop.domain.records import Ledger
from breakhis_desktop.pipeline.analyse import Request
from breakhis_desktop.pipeline.events import Event, ImagesEnded, RunEnded, RunStarted
from breakhis_desktop.pipeline.interrupted import InterruptedRun
from breakhis_desktop.ui.models.jobs import Job, JobsModel, JobStage
from breakhis_desktop.ui.models.result_columns import Result
from breakhis_desktop.ui.models.results import ResultsModel
from breakhis_desktop.worker.analysis import ModelsReady
from breakhis_desktop.worker.runner import Runner


class Presenter(QObject):
    """Runs the queue, one job after the other, and keeps the table on the job that is looked at.

    Attributes:
        card: The card of the models that are loaded; None while there are none.
        blocked: Whether nothing can be analysed.
        point: The name of the operating point that new runs begin with; the default one where the card has none of that name.

    Signals:
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

    job_interrupted = Signal(object)
    run_not_given_up = Signal(str)
    job_started = Signal(object)
    job_changed = Signal(object)
    job_ended = Signal(object)
    job_stopped = Signal(object)
    stage_changed = Signal(str)
    models_ready = Signal(object)
    models_blocked = Signal(str)

    def __init__(self, runner: Runner, jobs: JobsModel, results: ResultsModel) -> None:
        """Listen to the runner."""
        super().__init__()
        self.card: ModelCard | None = None
        self.blocked = False
        self.point = DEFAULT_POINT
        self._loads_awaited = 0
        self._runner = runner
        self._jobs = jobs
        self._results = results
        self._shown: Job | None = None
        runner.run_interrupted.connect(self._take_interrupted)
        runner.run_not_given_up.connect(self.run_not_given_up)
        runner.stage_changed.connect(self.stage_changed)
        runner.models_ready.connect(self._take_models)
        runner.models_blocked.connect(self._block)
        runner.event_happened.connect(self._take_event)
        runner.run_stopped.connect(self._take_stop)

    @property
    def can_start(self) -> bool:
        """Whether something waits to be started."""
        return not self.blocked and bool(self._jobs.in_stage(JobStage.QUEUED, JobStage.INTERRUPTED))

    @property
    def can_cancel(self) -> bool:
        """Whether something runs or waits for its turn."""
        return bool(self._jobs.in_stage(JobStage.RUNNING, JobStage.WAITING))

    def find_interrupted(self) -> None:
        """Queue the runs that were cut off, for the user to resume."""
        self._runner.find_interrupted()

    def load_models(self, folder: Path | None = None) -> None:
        """Load the models of a folder, or those that the runner has by itself; a job that runs ends with the ones that it began with."""
        self.blocked = False
        self.card = None
        self._loads_awaited += 1
        self._runner.load_models(folder)

    def start(self) -> None:
        """Run all that is queued or was interrupted, in order."""
        for job in self._jobs.in_stage(JobStage.QUEUED, JobStage.INTERRUPTED):
            self._move(job, JobStage.WAITING)
        self._run_next()

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
        """End the running job with its finished images kept, and put those that wait back."""
        self._put_back_waiting()
        for job in self._jobs.in_stage(JobStage.RUNNING):
            self._move(job, JobStage.CANCELLING)
            self._runner.cancel()

    def show_job(self, job: Job | None) -> None:
        """Fill the table with a job's results."""
        self._shown = job
        self._results.show(job.records if job else [], job.facts_in_force if job else None, job.thumbnails if job else {})

    def patient_of(self, result: Result) -> PatientSummary | None:
        """Sum up the patient of an image over the shown job; None where no patient is known."""
        probabilities = self._shown.patients.get(result.record.patient_id) if self._shown else None
        return summarise_patient(probabilities, result.threshold) if probabilities else None

    def _run_next(self) -> None:
        waiting = self._jobs.in_stage(JobStage.WAITING)
        if self.card is None or not waiting or self._jobs.in_stage(JobStage.RUNNING, JobStage.CANCELLING):
            return
        self._move(waiting[0], JobStage.RUNNING)
        self._runner.run(waiting[0].job_id, _request_for(waiting[0], self.card, self.point))
        self.job_started.emit(waiting[0])

    def _put_back_waiting(self) -> None:
        for job in self._jobs.in_stage(JobStage.WAITING):
            self._move(job, JobStage.INTERRUPTED if job.facts else JobStage.QUEUED)

    def _move(self, job: Job, stage: JobStage) -> None:
        job.stage = stage
        self._jobs.refresh(job)
        self.job_changed.emit(job)

    def _take_interrupted(self, run: InterruptedRun) -> None:
        job = self._jobs.add(list(run.facts.roots))
        job.facts, job.ledger = run.facts, Ledger(run.queued)
        job.add(run.records, run.thumbnails)
        self._move(job, JobStage.INTERRUPTED)
        self.job_interrupted.emit(job)

    def _take_models(self, card: ModelCard, ready: ModelsReady) -> None:
        self._loads_awaited -= 1
        if self._loads_awaited:  # others are on their way, and the next job is theirs
            return
        self.card = card
        self.models_ready.emit(ready)
        self._run_next()

    def _block(self, reason: str) -> None:
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
            case RunStarted(facts, queued, ended):
                job.facts, job.ledger = facts, Ledger(queued).plus(record.status for record in job.records)
                job.progress = Progress(time.monotonic(), ended)
                if job is self._shown and not job.records:
                    self.show_job(job)  # what decides on its rows is known only now
            case ImagesEnded():
                self._add(job, event)
            case RunEnded(ledger):
                job.ledger, job.stage = ledger, JobStage.ENDED
                self.job_ended.emit(job)
        self._jobs.refresh(job)
        self.job_changed.emit(job)
        if job.stage is JobStage.ENDED:
            self._run_next()

    def _add(self, job: Job, event: ImagesEnded) -> None:
        new = job.add(event.records, event.thumbnails)
        if job.progress is not None:
            job.progress.update(time.monotonic(), job.ledger.ended)
        if job is self._shown:
            self._results.add(new)

    def _take_stop(self, job_id: int, reason: str) -> None:
        job = self._jobs.job(job_id)
        job.message = reason
        self._move(job, JobStage.STOPPED)
        self.job_stopped.emit(job)
        self._run_next()


def _request_for(job: Job, card: ModelCard, preferred: str) -> Request:
    """Ask for a new run at the preferred operating point, or for the rest of the job's own run."""
    if job.facts is None:
        return Request(job.roots, card.points.get(preferred, card.points[DEFAULT_POINT]), job.gate)
    point = card.points.get(job.facts.point.name, job.facts.point)  # a threshold that a user chose stands in no card
    return Request(job.facts.roots, point, bool(job.facts.gate), run_id=job.facts.run_id)
