"""What the analysis thread tells the window."""

from dataclasses import dataclass

from breakhis_desktop.domain.card import ModelCard
from breakhis_desktop.pipeline.events import Event
from breakhis_desktop.pipeline.interrupted import InterruptedRun
from breakhis_desktop.pipeline.keep_queue import RestoredJob
from breakhis_desktop.wording.message import Message


@dataclass(frozen=True, slots=True)
class QueueRestored:
    """The jobs of the last start; None where another window has the queue or it cannot be read."""

    jobs: list[RestoredJob] | None


@dataclass(frozen=True, slots=True)
class RunFoundInterrupted:
    """A run of an earlier start can be resumed."""

    run: InterruptedRun


@dataclass(frozen=True, slots=True)
class RunNotGivenUp:
    """A run that was taken off the queue will be offered again at the next start, and why."""

    reason: Message


@dataclass(frozen=True, slots=True)
class StageBegan:
    """Loading the models has come to another stage."""

    stage: Message


@dataclass(frozen=True, slots=True)
class ModelsReady:
    """The models proved themselves on this machine; jobs can run.

    Attributes:
        card: What they say of themselves.
        engine: What computes them.
        golden_images: On how many known images they proved themselves.
        device_trouble: Why the CPU computes where another device was asked for; else None.
    """

    card: ModelCard
    engine: str
    golden_images: int
    device_trouble: Message | None = None


@dataclass(frozen=True, slots=True)
class ModelsBlocked:
    """Nothing can be analysed, and why."""

    reason: Message


@dataclass(frozen=True, slots=True)
class RunAdvanced:
    """Something happened in the run of a job."""

    job_id: int
    event: Event


@dataclass(frozen=True, slots=True)
class RunStopped:
    """The run of a job cannot go on, and why."""

    job_id: int
    reason: Message


News = QueueRestored | RunFoundInterrupted | RunNotGivenUp | StageBegan | ModelsReady | ModelsBlocked | RunAdvanced | RunStopped
