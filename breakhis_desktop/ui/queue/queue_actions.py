"""Actions on the jobs of the queue other than choosing, moving and removing them."""

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QDialog, QWidget

from breakhis_desktop.ui.queue.add_images import AddImages
from breakhis_desktop.ui.queue.identity_changes import IdentityChanges
from breakhis_desktop.ui.queue.identity_dialog import IdentityDialog
from breakhis_desktop.ui.queue.identity_menu import IdentityMenu
from breakhis_desktop.ui.queue.queue_panel import QueuePanel
from breakhis_desktop.ui.state.chosen_job import ChosenJob
from breakhis_desktop.ui.state.job import Job, JobStage
from breakhis_desktop.ui.state.jobs import JobsModel
from breakhis_desktop.ui.state.presenter import Presenter


class QueueActions(QObject):
    """Carries out requests of the queue panel: to start or resume a job, analyse failed or refused files again, or change the rule."""

    def __init__(
        self,
        queue: QueuePanel,
        chosen: ChosenJob,
        *,
        jobs: JobsModel,
        add_images: AddImages,
        identities: IdentityChanges,
        presenter: Presenter,
        parent: QWidget,
    ) -> None:
        """Connect to the panel's signals."""
        super().__init__(parent)
        self._jobs = jobs
        self._chosen = chosen
        self._add_images = add_images
        self._identities = identities
        self._window = parent
        queue.going_on_asked.connect(presenter.resume)
        queue.retry_asked.connect(add_images.retry_failed)
        queue.judging_asked.connect(add_images.judge_refused)
        queue.identity_asked.connect(self.ask_for_rule)
        queue.identity_menu_asked.connect(self._offer_rules)

    def look_at_one(self) -> None:
        """If no job is chosen, choose the last job that has ended, or else the first job."""
        if self._chosen.job is None and self._jobs.all():
            self._chosen.choose([*self._jobs.all()[:1], *self._jobs.in_stage(JobStage.ENDED)][-1])

    def judge_refused(self) -> None:
        """Analyse the refused images of the chosen job without the quality gate."""
        if self._chosen.job is not None:
            self._add_images.judge_refused(self._chosen.job)

    def ask_for_rule(self, job: Job) -> None:
        """Show how a job's patients are read, and let the user change it."""
        dialog = IdentityDialog(job.inputs, job.rule, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._identities.set_rule(job, dialog.rule)
        dialog.deleteLater()

    def _offer_rules(self, job: Job, place: QPoint) -> None:
        menu = IdentityMenu(job, self._window)
        menu.rule_chosen.connect(lambda rule: self._identities.set_rule(job, rule))
        menu.dialog_asked.connect(lambda: self.ask_for_rule(job))
        menu.popup(place)
