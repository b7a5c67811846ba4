"""The job that is looked at."""

from PySide6.QtCore import QObject, Signal

from breakhis_desktop.ui.state.jobs import Job


class ChosenJob(QObject):
    """Knows which job is looked at, and tells everyone who shows something of it.

    Signals:
        changed: The job, or None; also where the results of the same job have come.
    """

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin with none."""
        super().__init__(parent)
        self._job: Job | None = None

    @property
    def job(self) -> Job | None:
        """The job that is looked at; None where there is none."""
        return self._job

    def choose(self, job: Job | None) -> None:
        """Look at a job, or at none."""
        if job is not self._job:
            self._job = job
            self.changed.emit(job)

    def refresh(self) -> None:
        """Tell of the same job again, of which there is more to show now."""
        self.changed.emit(self._job)
