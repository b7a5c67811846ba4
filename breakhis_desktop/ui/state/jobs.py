"""The queue: jobs and how far each has come."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from breakhis_desktop.domain.decision import OperatingPoint
from breakhis_desktop.domain.identity import as_written
from breakhis_desktop.domain.progress import Progress
from breakhis_desktop.domain.records import ImageRecord, Ledger, RunInfo, Status
from breakhis_desktop.files import absolute, printable
from breakhis_desktop.imaging.formats import FileKind, kind_of
from breakhis_desktop.ui.look.figures import count
from breakhis_desktop.ui.look.words import ledger_words, localised
from breakhis_desktop.wording.message import Message

JOB_ROLE = Qt.ItemDataRole.UserRole + 1


class JobStage(Enum):
    """Where a job stands."""

    INTERRUPTED = auto()
    PAUSED = auto()
    QUEUED = auto()
    WAITING = auto()
    RUNNING = auto()
    PAUSING = auto()
    CANCELLING = auto()
    ENDED = auto()
    STOPPED = auto()

    @property
    def is_startable(self) -> bool:
        """Whether Start takes it up."""
        return self in {JobStage.QUEUED, JobStage.INTERRUPTED, JobStage.PAUSED}

    @property
    def is_resumable(self) -> bool:
        """Whether its unfinished run can be resumed by itself."""
        return self in {JobStage.INTERRUPTED, JobStage.PAUSED, JobStage.STOPPED}

    @property
    def is_active(self) -> bool:
        """Whether it is at work."""
        return self in {JobStage.RUNNING, JobStage.PAUSING, JobStage.CANCELLING}

    @property
    def is_at_rest(self) -> bool:
        """Whether its results are all there for now."""
        return self in {JobStage.ENDED, JobStage.INTERRUPTED, JobStage.PAUSED}

    @property
    def key(self) -> str:
        """What it is called in the store."""
        return self.name.lower()


_NEXT_STAGES = {
    JobStage.INTERRUPTED: {JobStage.WAITING},
    JobStage.PAUSED: {JobStage.WAITING, JobStage.CANCELLING},
    JobStage.QUEUED: {JobStage.WAITING, JobStage.INTERRUPTED},
    JobStage.WAITING: {JobStage.RUNNING, JobStage.QUEUED, JobStage.PAUSED},
    JobStage.RUNNING: {JobStage.PAUSING, JobStage.CANCELLING, JobStage.ENDED, JobStage.PAUSED, JobStage.QUEUED, JobStage.STOPPED},
    JobStage.PAUSING: {JobStage.CANCELLING, JobStage.ENDED, JobStage.PAUSED, JobStage.QUEUED, JobStage.STOPPED},
    JobStage.CANCELLING: {JobStage.ENDED, JobStage.PAUSED, JobStage.QUEUED, JobStage.STOPPED},
    JobStage.ENDED: set(),
    JobStage.STOPPED: {JobStage.WAITING},
}
"""Where a job can go from each stage."""


@dataclass(eq=False)
class Job:
    """Something that a user queued at once: a folder or some files.

    Attributes:
        job_id: Its number, of which no two jobs of a store have the same.
        inputs: The folder or the files, absolute.
        title: What to call it instead of its folder's name; else empty.
        gate: Whether the quality gate refuses images of it.
        identity_rule: How patient and magnification are read, as the user wrote it; empty for official names.
        stage: Where it stands.
        run_info: What its run was made with; None before it begins.
        point: The operating point that the user chose to look from; None for the run's own.
        ledger: How its images ended so far.
        records: The images that have ended, in the order in which they did.
        thumbnails: Small JPEG copies by position.
        positions: Which images have ended.
        patients: The probabilities of malignant of each patient's images.
        progress: How fast it runs; None before it begins.
        message: Why it stopped; else None.
        awaited: The files and folders that do not answer.
        slow: The images that take long to decode.
        expected: How many images it has as far as it was counted before it begins; None where it was not.
        loaded: Whether the images that have ended are at hand; those of an earlier start are fetched when they are looked at.
    """

    job_id: int
    inputs: tuple[Path, ...]
    title: str = ""
    gate: bool = True
    identity_rule: str = ""
    stage: JobStage = JobStage.QUEUED
    run_info: RunInfo | None = None
    point: OperatingPoint | None = None
    ledger: Ledger = field(default_factory=lambda: Ledger(0))
    records: list[ImageRecord] = field(default_factory=list)
    thumbnails: dict[int, bytes] = field(default_factory=dict)
    positions: set[int] = field(default_factory=set)
    patients: dict[str, list[float]] = field(default_factory=dict)
    progress: Progress | None = None
    message: Message | None = None
    awaited: tuple[Path, ...] = ()
    slow: tuple[Path, ...] = ()
    expected: int | None = None
    loaded: bool = True

    @property
    def name(self) -> str:
        """The title, the folder's name, or how many files it has."""
        if self.title:
            return self.title
        if len(self.inputs) == 1:
            return printable(self.inputs[0].name or self.inputs[0])
        words = QCoreApplication.translate("Job", "{count} files from {folder}")
        return words.format(count=count(len(self.inputs)), folder=printable(self.inputs[0].parent.name))

    @property
    def run_info_in_force(self) -> RunInfo | None:
        """What its run was made with, seen from the operating point in force."""
        return self.run_info.seen_from(self.point) if self.run_info and self.point else self.run_info

    @property
    def refused(self) -> list[Path]:
        """The images that were refused, and can be judged all the same."""
        return [record.path for record in self.records if record.is_refused_by_gate]

    @property
    def failed(self) -> list[Path]:
        """The files that could not be read, and may be the next time."""
        return [record.path for record in self.records if _may_be_read_again(record)]

    @property
    def rule(self) -> str:
        """How patient and magnification are read, as the user wrote it: as its run was begun, else as it is to begin."""
        return as_written(self.run_info.identity_rule) if self.run_info else self.identity_rule

    @property
    def may_change(self) -> bool:
        """Whether it has not begun, so that it can still be read otherwise."""
        return self.run_info is None and not self.runs

    @property
    def to_go(self) -> int | None:
        """How many images are still to be looked at; None where nobody has counted them yet."""
        return self.ledger.to_go if self.run_info else self.expected

    @property
    def unfinished(self) -> bool:
        """Whether its run has begun and has images left."""
        return self.run_info is not None and self.ledger.to_go > 0

    @property
    def runs(self) -> bool:
        """Whether it is at work."""
        return self.stage.is_active

    def move(self, stage: JobStage) -> None:
        """Go to another stage.

        Raises:
            ValueError: That stage cannot follow.
        """
        if stage not in _NEXT_STAGES[self.stage]:
            raise ValueError(f"a job cannot go from {self.stage.key} to {stage.key}")
        self.stage = stage

    def begin(self, run_info: RunInfo, queued: int) -> None:
        """Note what its run is made with; the images of the run will all be told."""
        self.run_info, self.loaded = run_info, True
        self.ledger = Ledger(queued).plus(record.status for record in self.records)

    def add(self, records: Sequence[ImageRecord], thumbnails: Mapping[int, bytes]) -> list[ImageRecord]:
        """Note that some images have ended; return those that were new, since a resumed run tells its earlier ones again."""
        new = [record for record in records if record.position not in self.positions]
        self.positions.update(record.position for record in new)
        self.records.extend(new)
        self.thumbnails.update(thumbnails)
        self.ledger = self.ledger.plus(record.status for record in new)
        for record in new:
            if record.prediction is not None and record.patient_id:
                self.patients.setdefault(record.patient_id, []).append(record.prediction.p_malignant)
        return new


def _may_be_read_again(record: ImageRecord) -> bool:
    """Tell whether a file failed, or was refused for what may have changed since: it grew while it was read, or was no file."""
    refused = record.status is Status.REFUSED and not record.sha256 and kind_of(record.path) is FileKind.IMAGE
    return refused or record.status is Status.FAILED


class JobsModel(QAbstractListModel):
    """The jobs in the order in which they run."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin with an empty queue."""
        super().__init__(parent)
        self._jobs: list[Job] = []

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Return the number of jobs."""
        return 0 if parent.isValid() else len(self._jobs)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a job's name, its paths as a tooltip, or the job itself."""
        if not index.isValid():
            return None
        job = self._jobs[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return job.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{job.name}, {localised(job.stage.key)}, {ledger_words(job.ledger)}"
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join(printable(root) for root in job.inputs[:10])
            case _ if role == JOB_ROLE:
                return job
        return None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Let jobs be dragged, and dropped between others."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemNeverHasChildren

    def supportedDropActions(self) -> Qt.DropAction:
        """Let jobs be moved."""
        return Qt.DropAction.MoveAction

    def moveRows(
        self,
        source_parent: QModelIndex | QPersistentModelIndex,
        source_row: int,
        count: int,
        target_parent: QModelIndex | QPersistentModelIndex,
        target: int,
    ) -> bool:
        """Move jobs before the job that stands in the row of the destination; return whether that was possible."""
        if source_parent.isValid() or target_parent.isValid() or source_row < 0 or source_row + count > len(self._jobs):
            return False
        if not 0 <= target <= len(self._jobs):
            return False
        if not self.beginMoveRows(QModelIndex(), source_row, source_row + count - 1, QModelIndex(), target):
            return False
        moved = self._jobs[source_row : source_row + count]
        before = [job for job in self._jobs[:target] if job not in moved]
        after = [job for job in self._jobs[target:] if job not in moved]
        self._jobs = [*before, *moved, *after]
        self.endMoveRows()
        return True

    def shift(self, job: Job, rows: int) -> bool:
        """Move a job up or down by one row, -1 or 1; return whether there was room."""
        row = self._jobs.index(job)
        return self.moveRow(QModelIndex(), row, QModelIndex(), row - 1 if rows < 0 else row + 2)

    def add(self, inputs: list[Path], title: str = "", *, gate: bool = True, identity_rule: str = "") -> Job:
        """Queue a folder or some files as one job."""
        job = Job(secrets.randbits(31), tuple(absolute(root) for root in inputs), title, gate, identity_rule)
        self.insert(len(self._jobs), job)
        return job

    def insert(self, row: int, job: Job) -> None:
        """Put a job into a row of the queue."""
        self.beginInsertRows(QModelIndex(), row, row)
        self._jobs.insert(row, job)
        self.endInsertRows()

    def remove(self, job: Job) -> None:
        """Take a job off the queue; what it wrote to the store stays there."""
        row = self._jobs.index(job)
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._jobs[row]
        self.endRemoveRows()

    def refresh(self, job: Job) -> None:
        """Tell the views that a job has changed."""
        index = self.index_of(job)
        self.dataChanged.emit(index, index)

    def job(self, job_id: int) -> Job:
        """Return the job with that number."""
        return next(job for job in self._jobs if job.job_id == job_id)

    def at(self, row: int) -> Job | None:
        """Return the job of a row, or None where there is none."""
        return self._jobs[row] if 0 <= row < len(self._jobs) else None

    def index_of(self, job: Job) -> QModelIndex:
        """Return where a job stands."""
        return self.index(self._jobs.index(job))

    def all(self) -> list[Job]:
        """Return the jobs in order."""
        return list(self._jobs)

    def startable(self) -> list[Job]:
        """Return the jobs that Start takes up, in order."""
        return [job for job in self.all() if job.stage.is_startable]

    def in_stage(self, *stages: JobStage) -> list[Job]:
        """Return the jobs that stand at one of these stages, in order."""
        return [job for job in self._jobs if job.stage in stages]
