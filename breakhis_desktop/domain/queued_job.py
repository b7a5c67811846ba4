"""A job in the queue, as it is kept between sessions."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class QueuedJob:
    """A job as the store keeps it.

    Attributes:
        job_id: Its number, unique in the store.
        inputs: The absolute paths of the queued folder or files.
        title: The name to show instead of the folder's name; empty for none.
        gate: Whether the quality gate is on.
        identity_rule: How patient and magnification are read, as the user wrote it.
        stage: The stage that the job had reached, as one word.
        run_id: The number of its run; None before the run begins.
    """

    job_id: int
    inputs: tuple[Path, ...]
    title: str = ""
    gate: bool = True
    identity_rule: str = ""
    stage: str = "queued"
    run_id: int | None = None
