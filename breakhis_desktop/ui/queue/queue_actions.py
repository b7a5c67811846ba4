"""Actions on the jobs of the queue other than choosing, moving and removing them."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from breakhis_desktop.ui.queue.add_images import AddImages
from breakhis_desktop.ui.queue.identity_dialog import IdentityDialog
from breakhis_desktop.ui.queue.queue_panel import QueuePanel
from breakhis_desktop.ui.state.chosen_job import ChosenJob
from breakhis_desktop.ui.state.jobs import Job, JobsModel, JobStage


class QueueActions(QObject):
    """Carries out the queue panel's requests to analyse a job's failed or refused files again or to change its identity rule."""

    def __init__(self, queue: QueuePanel, chosen: ChosenJob, jobs: JobsModel, add_images: AddImages, parent: QWidget) -> None:
        """Connect to the panel's signals."""
        super().__init__(parent)
        self._jobs = jobs
        self._chosen = chosen
        self._window = parent
        queue.retry_asked.connect(add_images.retry_failed)
        queue.judging_asked.connect(add_images.judge_refused)
        queue.identity_asked.connect(self._ask_for_rule)

    def look_at_one(self) -> None:
        """If no job is chosen, choose the last job that has ended, or else the first job."""
        if self._chosen.job is None and self._jobs.all():
            self._chosen.choose([*self._jobs.all()[:1], *self._jobs.in_stage(JobStage.ENDED)][-1])

    def set_rule(self, job: Job, rule: str) -> None:
        """Set the identity rule of a job whose run has not begun."""
        if job.may_change:
            job.identity_rule = rule
            self._jobs.refresh(job)

    def _ask_for_rule(self, job: Job) -> None:
        dialog = IdentityDialog(job.inputs, job.identity_rule, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.set_rule(job, dialog.rule)
        dialog.deleteLater()
