"""From a job of the queue to what the pipeline is asked, and to what is kept of it."""

from breakhis_desktop.domain.card import DEFAULT_POINT, ModelCard
from breakhis_desktop.domain.queued_job import QueuedJob
from breakhis_desktop.pipeline.analyse import Request
from breakhis_desktop.ui.state.jobs import Job


def request_for(job: Job, card: ModelCard, preferred: str, *, in_queue: bool) -> Request:
    """Ask for a new run at the preferred operating point, or for the rest of the job's own run.

    Args:
        job: The job.
        card: What the models say of themselves.
        preferred: The operating point's name; the default one is taken where the card has none of that name.
        in_queue: Whether the store keeps the queue of this window, and so this job with its run.
    """
    if job.facts is None:
        point = card.points.get(preferred, card.points[DEFAULT_POINT])
        return Request(job.roots, point, job.gate, identity_rule=job.identity_rule, job=kept_job(job) if in_queue else None)
    point = card.points.get(job.facts.point.name, job.facts.point)  # a threshold that a user chose stands in no card
    return Request(job.facts.roots, point, bool(job.facts.gate), run_id=job.facts.run_id)


def kept_job(job: Job) -> QueuedJob:
    """Return what the store keeps of a job."""
    run_id = job.facts.run_id if job.facts else None
    return QueuedJob(job.job_id, job.roots, job.title, job.gate, job.identity_rule, job.stage.key, run_id)
