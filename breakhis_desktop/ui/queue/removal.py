"""Removing jobs from the queue, and undoing a removal."""

from collections import deque
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from breakhis_desktop.ui.look.toast import Offer
from breakhis_desktop.ui.state.chosen_job import ChosenJob
from breakhis_desktop.ui.state.job import Job
from breakhis_desktop.ui.state.jobs import JobsModel
from breakhis_desktop.ui.state.notices import Notices
from breakhis_desktop.ui.state.presenter import Presenter

_MOST = 20
"""Number of removed jobs that can be put back; the runs of all removed jobs stay in the store."""


@dataclass(frozen=True, slots=True)
class _Removed:
    job: Job
    row: int


class Removal(QObject):
    """Removes jobs from the queue, offers to undo each removal, and puts jobs back, the last removed job first.

    Attributes:
        undo: Puts back the job that was removed last.
    """

    def __init__(self, jobs: JobsModel, presenter: Presenter, chosen: ChosenJob, notices: Notices, other_undo: QAction) -> None:
        """Prepare the command.

        Args:
            jobs: The queue.
            presenter: Runs the queue.
            chosen: The chosen job.
            notices: Announces what was removed.
            other_undo: The command that has the undo key except when the last change was a removal.
        """
        super().__init__(presenter)
        self._jobs = jobs
        self._presenter = presenter
        self._chosen = chosen
        self._notices = notices
        self._other_undo = other_undo
        self._key = other_undo.shortcut()
        self._removed: deque[_Removed] = deque(maxlen=_MOST)
        self.undo = QAction(self)
        self.undo.triggered.connect(self.put_back)
        presenter.run_not_given_up.connect(notices.warn)
        self._refresh()

    def remove(self, job: Job, sentence: str = "") -> None:
        """Remove a job, announce this with a sentence or, if it is empty, with the usual words, and offer to undo the removal."""
        self._removed.append(_Removed(job, self._jobs.index_of(job).row()))
        self._presenter.remove(job)
        self._refresh()
        self._take_key()
        usual = self.tr("Removed “{name}” from the queue; its results are kept.") if job.run_info else self.tr("Removed “{name}”.")
        self._notices.note((sentence or usual).format(name=job.name), Offer(self.tr("Undo"), self.put_back))

    def put_back(self) -> None:
        """Put back the job that was removed last or, if another job has the same run by now, choose that job."""
        if not self._removed:
            return
        removed = self._removed.pop()
        run_info = removed.job.run_info
        same = self._jobs.of_run(run_info.run_id) if run_info is not None else None
        if same is None:
            self._presenter.put_back(removed.job, removed.row)
        self._chosen.choose(same or removed.job)
        self._refresh()
        if not self._removed:
            self.give_key_back()
        self._notices.note(self.tr("“{name}” is back in the queue.").format(name=removed.job.name))

    def give_key_back(self) -> None:
        """Give the undo key back to the other command, because a removal is no longer the last thing to undo."""
        self.undo.setShortcut(QKeySequence())
        self._other_undo.setShortcut(self._key)

    def _take_key(self) -> None:
        self._other_undo.setShortcut(QKeySequence())
        self.undo.setShortcut(self._key)

    def _refresh(self) -> None:
        self.undo.setEnabled(bool(self._removed))
        words = self.tr("Undo: remove “{name}”").format(name=self._removed[-1].job.name) if self._removed else self.tr("Undo: remove")
        self.undo.setText(words.replace("&", "&&"))
