"""The work left in the running and waiting jobs."""

from dataclasses import dataclass

from breakhis_desktop.ui.state.job import JobStage
from breakhis_desktop.ui.state.jobs import JobsModel


@dataclass(frozen=True, slots=True)
class QueueTotal:
    """Totals over the running and waiting jobs.

    Attributes:
        jobs: Number of jobs.
        to_go: Number of images left; None until the images of all these jobs have been counted.
        seconds_left: Seconds left at the speed of the running job; None while unknown.
    """

    jobs: int
    to_go: int | None
    seconds_left: float | None


def queue_total(jobs: JobsModel) -> QueueTotal:
    """Return the totals over the running and waiting jobs."""
    active = jobs.in_stage(JobStage.RUNNING, JobStage.WAITING)
    counts = [job.to_go for job in active]
    to_go = None if None in counts else sum(count or 0 for count in counts)
    running = next((job.progress for job in active if job.runs and job.progress), None)
    seconds = running.seconds_left(to_go) if running is not None and to_go is not None else None
    return QueueTotal(len(active), to_go, seconds)
