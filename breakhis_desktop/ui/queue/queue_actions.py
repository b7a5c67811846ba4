"""What can be done with the jobs of the queue, beside choosing and moving them."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from breakhis_desktop.ui.queue.add_images import AddImages
from breakhis_desktop.ui.queue.identity_dialog import IdentityDialog
from breakhis_desktop.ui.queue.queue_panel import QueuePanel
from breakhis_desktop.ui.state.chosen_job import ChosenJob
from breakhis_desktop.ui.state.jobs import Job, JobsModel, JobStage


class QueueActions(QObject):
    """Takes what is asked of a job in the queue panel to where it is done."""

    def __init__(self, queue: QueuePanel, chosen: ChosenJob, jobs: JobsModel, add_images: AddImages, parent: QWidget) -> None:
        """Listen to the panel."""
        super().__init__(parent)
        self._jobs = jobs
        self._chosen = chosen
        self._window = parent
        queue.retry_asked.connect(add_images.retry_failed)
        queue.identity_asked.connect(self._ask_for_rule)

    def look_at_one(self) -> None:
        """Choose a job where none is chosen: the last one that has ended, else the first."""
        if self._chosen.job is None and self._jobs.all():
            self._chosen.choose([*self._jobs.all()[:1], *self._jobs.in_stage(JobStage.ENDED)][-1])

    def set_rule(self, job: Job, rule: str) -> None:
        """Let a job that has not begun read patients otherwise."""
        if job.may_change:
            job.identity_rule = rule
            self._jobs.refresh(job)

    def _ask_for_rule(self, job: Job) -> None:
        dialog = IdentityDialog(job.inputs, job.identity_rule, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.set_rule(job, dialog.rule)
        dialog.deleteLater()
