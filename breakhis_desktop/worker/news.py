"""What the analysis thread reports to the window."""

from dataclasses import dataclass

from breakhis_desktop.domain.card import ModelCard
from breakhis_desktop.pipeline.events import Event
from breakhis_desktop.pipeline.interrupted import InterruptedRun
from breakhis_desktop.pipeline.keep_queue import RestoredJob
from breakhis_desktop.wording.message import Message


@dataclass(frozen=True, slots=True)
class QueueAwaited:
    """The queue cannot be restored yet, because a previous window is still closing."""


@dataclass(frozen=True, slots=True)
class QueueRestored:
    """The jobs kept from the previous session; None if another window owns the queue or the queue cannot be read."""

    jobs: list[RestoredJob] | None


@dataclass(frozen=True, slots=True)
class RunFoundInterrupted:
    """A run interrupted in an earlier session can be resumed."""

    run: InterruptedRun


@dataclass(frozen=True, slots=True)
class RunNotGivenUp:
    """Why the rest of a run that was taken off the queue could not be cancelled in the store; the next start will offer the run again."""

    reason: Message


@dataclass(frozen=True, slots=True)
class StageBegan:
    """A new stage of loading the models has begun."""

    stage: Message


@dataclass(frozen=True, slots=True)
class ModelsReady:
    """The models passed their check on this machine, so jobs can run.

    Attributes:
        card: The card of the models' bundle.
        engine: Name of the engine that runs the models.
        golden_images: Number of golden images that the models reproduced.
        device_trouble: Why the CPU is used although another device was requested; else None.
    """

    card: ModelCard
    engine: str
    golden_images: int
    device_trouble: Message | None = None


@dataclass(frozen=True, slots=True)
class ModelsBlocked:
    """Why nothing can be analysed."""

    reason: Message


@dataclass(frozen=True, slots=True)
class RunAdvanced:
    """An event in a job's run."""

    job_id: int
    event: Event


@dataclass(frozen=True, slots=True)
class RunStopped:
    """Why a job's run cannot continue."""

    job_id: int
    reason: Message


News = (
    QueueAwaited | QueueRestored | RunFoundInterrupted | RunNotGivenUp | StageBegan | ModelsReady | ModelsBlocked | RunAdvanced | RunStopped
)
