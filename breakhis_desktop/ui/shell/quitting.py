"""Quitting while a job is running."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox, QWidget

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
        question = QMessageBox(
            QMessageBox.Icon.NoIcon,
            "BreakHis Desktop",
            self.tr("A job is running. What is finished is kept; a paused job can be resumed at the next start."),
            parent=self._window,
        )
        pause = question.addButton(self.tr("Pause and close"), QMessageBox.ButtonRole.AcceptRole)
        cancel = question.addButton(self.tr("Cancel the job and close"), QMessageBox.ButtonRole.DestructiveRole)
        stay = question.addButton(self.tr("Keep running"), QMessageBox.ButtonRole.RejectRole)
        question.setDefaultButton(stay)
        question.exec()
        if question.clickedButton() is pause:
            self._presenter.pause()
        elif question.clickedButton() is cancel:
            self._presenter.cancel()
        else:
            return False
        return True
