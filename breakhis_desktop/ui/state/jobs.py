"""The queue: its jobs in the order in which they run."""

import secrets
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from breakhis_desktop.files import absolute, printable
from breakhis_desktop.ui.look.words import ledger_words, localised
from breakhis_desktop.ui.state.job import Job, JobStage, Reading

JOB_ROLE = Qt.ItemDataRole.UserRole + 1


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
        """Return a job's name, its accessible text, its paths as a tooltip, or the job itself."""
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
        """Allow jobs to be dragged and dropped between others."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemNeverHasChildren

    def supportedDropActions(self) -> Qt.DropAction:
        """Allow jobs to be moved."""
        return Qt.DropAction.MoveAction

    def moveRows(
        self,
        source_parent: QModelIndex | QPersistentModelIndex,
        source_row: int,
        count: int,
        target_parent: QModelIndex | QPersistentModelIndex,
        target: int,
    ) -> bool:
        """Move jobs before the job in the target row; return whether that was possible."""
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
        """Move a job up (-1) or down (1) by one row; return whether there was room."""
        row = self._jobs.index(job)
        return self.moveRow(QModelIndex(), row, QModelIndex(), row - 1 if rows < 0 else row + 2)

    def add(self, inputs: list[Path], title: str = "", *, gate: bool = True, identity_rule: str = "") -> Job:
        """Queue a folder or some files as one job."""
        job = Job(secrets.randbits(31), tuple(absolute(root) for root in inputs), title, gate, Reading(identity_rule))
        self.insert(len(self._jobs), job)
        return job

    def insert(self, row: int, job: Job) -> None:
        """Insert a job at a row of the queue."""
        self.beginInsertRows(QModelIndex(), row, row)
        self._jobs.insert(row, job)
        self.endInsertRows()

    def remove(self, job: Job) -> None:
        """Remove a job from the queue, leaving its results in the store."""
        row = self._jobs.index(job)
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._jobs[row]
        self.endRemoveRows()

    def refresh(self, job: Job) -> None:
        """Tell the views that a job has changed."""
        index = self.index_of(job)
        self.dataChanged.emit(index, index)

    def of_run(self, run_id: int) -> Job | None:
        """Return the job that shows a given run of the store, or None if the queue has no such job."""
        return next((job for job in self._jobs if job.run_info is not None and job.run_info.run_id == run_id), None)

    def job(self, job_id: int) -> Job:
        """Return the job with a given number."""
        return next(job for job in self._jobs if job.job_id == job_id)

    def at(self, row: int) -> Job | None:
        """Return the job in a row, or None if the row is out of range."""
        return self._jobs[row] if 0 <= row < len(self._jobs) else None

    def index_of(self, job: Job) -> QModelIndex:
        """Return the index of a job."""
        return self.index(self._jobs.index(job))

    def all(self) -> list[Job]:
        """Return the jobs in order."""
        return list(self._jobs)

    def startable(self) -> list[Job]:
        """Return the jobs that Start runs even if the user has not chosen them, in order, leaving out jobs known to have no images."""
        return [job for job in self.all() if job.stage.is_startable and job.nothing is None]

    def in_stage(self, *stages: JobStage) -> list[Job]:
        """Return the jobs in any of these stages, in order."""
        return [job for job in self._jobs if job.stage in stages]
