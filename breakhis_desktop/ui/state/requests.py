"""Turns a queued job into a request to the pipeline or into the form that the store keeps, and a run of the store into a job."""

import secrets

from breakhis_desktop.domain.card import DEFAULT_POINT, ModelCard
from breakhis_desktop.domain.identity import as_written
from breakhis_desktop.domain.queued_job import QueuedJob
from breakhis_desktop.pipeline.analyse import Request
from breakhis_desktop.pipeline.earlier_runs import EarlierRun
from breakhis_desktop.ui.state.job import Job, Reading


def request_for(job: Job, card: ModelCard, preferred: str, *, in_queue: bool) -> Request:
    """Return a request for the rest of the job's run or, if the job has no run yet, for a new run at the preferred operating point.

    Args:
        job: The job to run.
        card: The card of the loaded models.
        preferred: Name of the operating point; if the card has no such point, the default applies.
        in_queue: Whether the store keeps the queue of this window, and therefore this job together with its run.
    """
    if job.run_info is None:
        point = card.points.get(preferred, card.points[DEFAULT_POINT])
        return Request(job.inputs, point, job.gate, identity_rule=job.reading.rule, job=kept_job(job) if in_queue else None)
    point = card.points.get(job.run_info.point.name, job.run_info.point)  # the card lacks a point whose threshold a user chose
    return Request(job.run_info.inputs, point, job.run_info.gate_version is not None, run_id=job.run_info.run_id)


def job_of(run: EarlierRun) -> Job:
    """Return a job that shows a run of the store; its results are loaded when it is chosen."""
    info = run.run_info
    job = Job(secrets.randbits(31), info.inputs, gate=info.gate_version is not None, reading=Reading(as_written(info.identity_rule)))
    job.run_info, job.ledger, job.loaded = info, run.ledger, False
    job.stage = job.resting_stage
    return job


def kept_job(job: Job) -> QueuedJob:
    """Return a job in the form that the store keeps."""
    run_id = job.run_info.run_id if job.run_info else None
    return QueuedJob(job.job_id, job.inputs, job.title, job.gate, job.reading.rule, job.stage.key, run_id)
