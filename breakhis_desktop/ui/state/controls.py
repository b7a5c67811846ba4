"""The commands that the queue currently allows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Controls:
    """The commands that the queue currently allows.

    Attributes:
        can_start: Whether there is a job that Start would start or resume.
        resumes: Whether the run of the job that Start would take first has begun; the Start button then reads Resume.
        can_pause: Whether a job is running.
        can_cancel: Whether Cancel has a job to cancel, as `Presenter.can_cancel` determines.
        pausing: Whether a job is about to pause.
        cancelling: Whether a job is being cancelled.
    """

    can_start: bool
    resumes: bool
    can_pause: bool
    can_cancel: bool
    pausing: bool
    cancelling: bool
