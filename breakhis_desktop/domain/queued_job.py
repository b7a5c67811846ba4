"""A job of the queue, as it is kept from one start to the next."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class QueuedJob:
    """A job as it is kept.

    Attributes:
        job_id: Its number, of which no two jobs of a store have the same.
        inputs: The folder or the files, absolute.
        title: What to call it instead of its folder's name; else empty.
        gate: Whether the quality gate refuses images of it.
        identity_rule: How patient and magnification are read, as the user wrote it.
        stage: Where it stood, in a word.
        run_id: Its run; None before it begins.
    """

    job_id: int
    inputs: tuple[Path, ...]
    title: str = ""
    gate: bool = True
    identity_rule: str = ""
    stage: str = "queued"
    run_id: int | None = None
