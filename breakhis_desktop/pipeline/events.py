"""What happens in a run, told to whoever listens: the window or the command line."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from breakhis_desktop.domain.records import ImageRecord, Ledger, RunInfo


@dataclass(frozen=True, slots=True)
class RunStarted:
    """The files are counted and stand in the store.

    Attributes:
        run_info: What the run is made with.
        queued: How many files it has.
        ended: How many of them have ended before anything is read, by their names or in an earlier call.
    """

    run_info: RunInfo
    queued: int
    ended: int


@dataclass(frozen=True, slots=True)
class FilesAwaited:
    """Some files or folders do not answer, or some images take long to decode.

    Attributes:
        paths: All that do not answer now; none where those that were told have answered.
        slow: The images that are still being decoded after a time that is enough for others.
        waits: For how many seconds nothing else is done; 0 where the run goes on with the others meanwhile.
    """

    paths: tuple[Path, ...]
    slow: tuple[Path, ...] = ()
    waits: float = 0.0


@dataclass(frozen=True, slots=True)
class ImagesEnded:
    """Some images have their row in the store.

    Attributes:
        records: The images.
        thumbnails: Small JPEG copies by position, of those that could be decoded.
    """

    records: tuple[ImageRecord, ...]
    thumbnails: Mapping[int, bytes]


@dataclass(frozen=True, slots=True)
class RunEnded:
    """Every image of the run has its row."""

    ledger: Ledger


@dataclass(frozen=True, slots=True)
class RunPaused:
    """The run stops with images left, to be gone on with later; where it had not started, nothing of it is in the store."""


Event = FilesAwaited | RunStarted | ImagesEnded | RunEnded | RunPaused
