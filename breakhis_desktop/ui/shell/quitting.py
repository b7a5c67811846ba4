"""Quitting while a job is running."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from breakhis_desktop.ui.look.question import Question
from breakhis_desktop.ui.state.presenter import Presenter


class Quitting(QObject):
    """Asks a user who quits mid-run whether to pause the job, cancel it or keep it running."""

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
        """Return whether the window may close, having paused or cancelled the running job as the user chose."""
        if not self._presenter.can_pause:
            return True
        words = self.tr("A job is running. What is finished is kept; a paused job can be resumed at the next start.")
        answers = [self.tr("Pause and close"), self.tr("Cancel the job and close"), self.tr("Keep running")]
        match Question("BreakHis Desktop", words, answers, proposed=2, parent=self._window).ask():
            case 0:
                self._presenter.pause()
            case 1:
                self._presenter.cancel()
            case _:
                return False
        return True
