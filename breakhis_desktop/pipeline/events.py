"""The events of a run, for the window or the command line."""

from dataclasses import dataclass
from pathlib import Path

from breakhis_desktop.domain.records import ImageRecord, Ledger, RunInfo


@dataclass(frozen=True, slots=True)
class RunStarted:
    """The files are counted and in the store.

    Attributes:
        run_info: The settings of the run.
        queued: The number of the run's files.
        to_go: The positions of the files that are not finished; the others were decided by name, or finished before the run was resumed.
    """

    run_info: RunInfo
    queued: int
    to_go: frozenset[int]

    @property
    def ended(self) -> int:
        """The number of files already finished."""
        return self.queued - len(self.to_go)


@dataclass(frozen=True, slots=True)
class FilesAwaited:
    """Some files or folders do not answer, or some images take long to decode.

    Attributes:
        paths: The files and folders that do not answer now; empty once all files and folders reported earlier have answered.
        slow: Images that take longer to decode than most.
        waits: Seconds for which the whole run waits for `paths` before it continues without them; infinite if it cannot continue without
            them; 0 if it continues with other images meanwhile.
    """

    paths: tuple[Path, ...]
    slow: tuple[Path, ...] = ()
    waits: float = 0.0


@dataclass(frozen=True, slots=True)
class ImagesEnded:
    """The rows of some images are in the store.

    Attributes:
        records: The records of these images.
    """

    records: tuple[ImageRecord, ...]


@dataclass(frozen=True, slots=True)
class RunEnded:
    """Every image of the run has its row in the store."""

    ledger: Ledger


@dataclass(frozen=True, slots=True)
class RunPaused:
    """The run stops before all images are finished, and can be resumed later; if it had not started, the store holds nothing of it."""


Event = FilesAwaited | RunStarted | ImagesEnded | RunEnded | RunPaused
