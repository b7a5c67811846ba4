"""The chosen job."""

from PySide6.QtCore import QObject, Signal

from breakhis_desktop.ui.state.job import Job


class ChosenJob(QObject):
    """Holds the job that the window shows and announces each change.

    Signals:
        changed: The chosen job, or None; also emitted when the results of the same job have been loaded or replaced.
    """

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin without a chosen job."""
        super().__init__(parent)
        self._job: Job | None = None

    @property
    def job(self) -> Job | None:
        """The chosen job, or None."""
        return self._job

    def choose(self, job: Job | None) -> None:
        """Choose a job, or none."""
        if job is not self._job:
            self._job = job
            self.changed.emit(job)

    def refresh(self) -> None:
        """Announce the same job again, because its results have been loaded or replaced."""
        self.changed.emit(self._job)
