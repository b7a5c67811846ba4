"""The queue: jobs and how far each has come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from breakhis_desktop.domain.decision import OperatingPoint
from breakhis_desktop.domain.filenames import absolute, printable
from breakhis_desktop.domain.progress import Progress
from breakhis_desktop.domain.records import ImageRecord, Ledger, RunFacts, Status

JOB_ROLE = Qt.ItemDataRole.UserRole + 1


class JobStage(Enum):
    """Where a job stands."""

    INTERRUPTED = auto()
    QUEUED = auto()
    WAITING = auto()
    RUNNING = auto()
    CANCELLING = auto()
    ENDED = auto()
    STOPPED = auto()


@dataclass(eq=False)
class Job:
    """Something that a user queued at once: a folder or some files.

    Attributes:
        job_id: Its number in this window.
        roots: The folder or the files, absolute.
        title: What to call it instead of its folder's name; else empty.
        gate: Whether the quality gate refuses images of it.
        stage: Where it stands.
        facts: What its run was made with; None before it begins.
        point: The operating point that the user chose to look from; None for the run's own.
        ledger: How its images ended so far.
        records: The images that have ended, in the order in which they did.
        thumbnails: Small JPEG copies by position.
        positions: Which images have ended.
        patients: The probabilities of malignant of each patient's images.
        progress: How fast it runs; None before it begins.
        message: Why it stopped; else empty.
    """

    job_id: int
    roots: tuple[Path, ...]
    title: str = ""
    gate: bool = True
    stage: JobStage = JobStage.QUEUED
    facts: RunFacts | None = None
    point: OperatingPoint | None = None
    ledger: Ledger = field(default_factory=lambda: Ledger(0))
    records: list[ImageRecord] = field(default_factory=list)
    thumbnails: dict[int, bytes] = field(default_factory=dict)
    positions: set[int] = field(default_factory=set)
    patients: dict[str, list[float]] = field(default_factory=dict)
    progress: Progress | None = None
    message: str = ""

    @property
    def name(self) -> str:
        """The title, the folder's name, or how many files it has."""
        if self.title:
            return self.title
        if len(self.roots) == 1:
            return printable(self.roots[0].name or self.roots[0])
        return f"{len(self.roots)} files from {printable(self.roots[0].parent.name)}"

    @property
    def facts_in_force(self) -> RunFacts | None:
        """What its run was made with, seen from the operating point in force."""
        return self.facts.seen_from(self.point) if self.facts and self.point else self.facts

    @property
    def refused(self) -> list[Path]:
        """The images that were refused, and can be judged all the same."""
        return [record.path for record in self.records if record.status is Status.REFUSED and record.size]

    @property
    def unfinished(self) -> bool:
        """Whether its run has begun and has images left."""
        return self.facts is not None and self.ledger.to_go > 0

    @property
    def runs(self) -> bool:
        """Whether it is at work."""
        return self.stage in {JobStage.RUNNING, JobStage.CANCELLING}

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


class JobsModel(QAbstractListModel):
    """The jobs in the order in which they run."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin with an empty queue."""
        super().__init__(parent)
        self._jobs: list[Job] = []
        self._next_id = 1

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
                return f"{job.name}, {job.stage.name.lower()}, {job.ledger}"
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join(printable(root) for root in job.roots[:10])
            case _ if role == JOB_ROLE:
                return job
        return None

    def add(self, roots: list[Path], title: str = "", *, gate: bool = True) -> Job:
        """Queue a folder or some files as one job."""
        job = Job(self._next_id, tuple(absolute(root) for root in roots), title, gate)
        self._next_id += 1
        self.beginInsertRows(QModelIndex(), len(self._jobs), len(self._jobs))
        self._jobs.append(job)
        self.endInsertRows()
        return job

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

    def in_stage(self, *stages: JobStage) -> list[Job]:
        """Return the jobs that stand at one of these stages, in order."""
        return [job for job in self._jobs if job.stage in stages]
