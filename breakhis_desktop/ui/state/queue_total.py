"""What the whole queue still has to do."""

from dataclasses import dataclass

from breakhis_desktop.ui.state.jobs import JobsModel, JobStage


@dataclass(frozen=True, slots=True)
class QueueTotal:
    """The jobs that run or wait, taken together.

    Attributes:
        jobs: How many they are.
        to_go: How many images they have left; None while some are not counted.
        seconds_left: How long these take at the speed of the job that runs; None while that is not known.
    """

    jobs: int
    to_go: int | None
    seconds_left: float | None


def queue_total(jobs: JobsModel) -> QueueTotal:
    """Sum up the jobs that run or wait."""
    active = jobs.in_stage(JobStage.RUNNING, JobStage.WAITING)
    counts = [job.to_go for job in active]
    to_go = None if None in counts else sum(count or 0 for count in counts)
    running = next((job.progress for job in active if job.runs and job.progress), None)
    seconds = running.seconds_left(to_go) if running is not None and to_go is not None else None
    return QueueTotal(len(active), to_go, seconds)
