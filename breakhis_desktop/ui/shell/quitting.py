"""Quitting while a job is running."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from breakhis_desktop.ui.look.question import Question
from breakhis_desktop.ui.state.job import Job
from breakhis_desktop.ui.state.presenter import Presenter


class Quitting(QObject):
    """Asks a user who quits mid-run whether to pause, cancel or continue the job; the question closes if the job ends meanwhile."""

    def __init__(self, presenter: Presenter, window: QWidget) -> None:
        """Remember the presenter, which knows whether a job is running."""
        super().__init__(window)
        self._presenter = presenter
        self._window = window

    def leave(self) -> None:
        """Close the window unless the user keeps the job running."""
        if self.may_quit():
            self._window.close()

    def may_quit(self) -> bool:
        """Ask about a running job, pause or cancel it as the user chooses, and return whether the window may close."""
        if not self._presenter.can_pause:
            return True
        words = self.tr("A job is running. What is finished is kept; a paused job can be resumed at the next start.")
        answers = [self.tr("Pause and close"), self.tr("Cancel the job and close"), self.tr("Keep running")]
        answer = self._ask(Question("BreakHis Desktop", words, answers, proposed=2, parent=self._window))
        if answer == 0:
            self._presenter.pause()
        elif answer == 1:
            self._presenter.cancel()
        return answer != 2 or not self._presenter.is_busy

    def _ask(self, question: Question) -> int:
        """Ask a question, closing it if no job is running any more; return the index of the answer."""

        def close_if_idle(_job: Job) -> None:
            if not self._presenter.is_busy:
                question.accept()

        ends = (self._presenter.job_ended, self._presenter.job_stopped)
        for end in ends:
            end.connect(close_if_idle)
        answer = question.ask()
        for end in ends:
            end.disconnect(close_if_idle)
        return answer
