"""What can be done with the queue now."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Controls:
    """What can be done with the queue.

    Attributes:
        can_start: Whether something waits to be started or resumed.
        resumes: Whether some of that is paused.
        can_pause: Whether something runs.
        can_cancel: Whether something runs, waits or is paused.
        pausing: Whether the running job is about to stop.
        cancelling: Whether the running job is about to end.
    """

    can_start: bool
    resumes: bool
    can_pause: bool
    can_cancel: bool
    pausing: bool
    cancelling: bool
