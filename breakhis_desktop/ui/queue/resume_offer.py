"""Offers to resume unfinished runs."""

from functools import partial

from PySide6.QtCore import QCoreApplication, QObject

from breakhis_desktop.files import printable
from breakhis_desktop.ui.look.banner import Banner
from breakhis_desktop.ui.look.figures import count
from breakhis_desktop.ui.look.toast import Offer
from breakhis_desktop.ui.look.words import localised, when
from breakhis_desktop.ui.state.chosen_job import ChosenJob
from breakhis_desktop.ui.state.job import Job, JobStage
from breakhis_desktop.ui.state.notices import Notices
from breakhis_desktop.ui.state.presenter import Presenter


class ResumeOffer(QObject):
    """Offers to resume an unfinished run, in the banner or, after a cancellation, in a notice, and passes the answer to the presenter."""

    def __init__(self, banner: Banner, chosen: ChosenJob, presenter: Presenter, notices: Notices) -> None:
        """Connect to the presenter, the chosen job and the banner."""
        super().__init__(banner)
        self._banner = banner
        self._chosen = chosen
        self._presenter = presenter
        self._notices = notices
        self._offered: Job | None = None
        self._cancelled: tuple[Job, str] | None = None
        presenter.job_interrupted.connect(self._take_interrupted)
        presenter.job_ended.connect(self._offer_after_cancelling)
        presenter.job_stopped.connect(self._tell_stop)
        presenter.job_changed.connect(self._withdraw_if_it_moves)
        chosen.changed.connect(self.offer)
        banner.resume_asked.connect(self._resume)

    def offer(self, job: Job | None) -> None:
        """Offer to resume a job whose run is unfinished and halted, unless it was cancelled or the models failed to load.

        An offer to resume another job is withdrawn.
        """
        if self._offered is not None and job is not self._offered:
            self.withdraw(self._offered)
        is_halted = job is not None and job.unfinished and job.stage.is_resumable and job.stage is not JobStage.CANCELLED
        if job is not None and is_halted and not self._presenter.blocked:
            self._offered = job
            self._banner.offer(_words_for(job))

    def withdraw(self, job: Job) -> None:
        """Hide the banner if it offers to resume this job, or says why the job stopped."""
        self._banner.withdraw(_reason_to_stop(job))
        if job is self._offered:
            self._offered = None
            if self._banner.offers:
                self._banner.hide()

    def _take_interrupted(self, job: Job) -> None:
        if self._chosen.job is None:
            self._chosen.choose(job)
        elif not self._banner.offers:
            self.offer(job)

    def _tell_stop(self, job: Job) -> None:
        if job.unfinished:
            self.offer(job)
        else:
            self._banner.warn(_words_for(job))

    def _offer_after_cancelling(self, job: Job) -> None:
        if job.stage is JobStage.CANCELLED:
            words = self.tr("“{name}” was cancelled after {ended} of {queued} images.")
            ended = job.ledger.ended - job.ledger.cancelled
            said = words.format(name=job.name, ended=count(ended), queued=count(job.ledger.queued))
            self._cancelled = job, said
            self._notices.note(said, Offer(self.tr("Resume"), partial(self._resume_cancelled, job)))

    def _resume_cancelled(self, job: Job) -> None:
        if job.stage is JobStage.CANCELLED:
            self._presenter.resume(job)

    def _withdraw_if_it_moves(self, job: Job) -> None:
        if job.stage.is_resumable:
            return
        self.withdraw(job)
        if self._cancelled is not None and job is self._cancelled[0]:
            self._notices.withdraw(self._cancelled[1])
            self._cancelled = None

    def _resume(self) -> None:
        if self._offered is not None:
            self._presenter.resume(self._offered)


def _words_for(job: Job) -> str:
    if job.run_info is None or job.stage is JobStage.STOPPED:
        return _reason_to_stop(job)
    where = printable(job.inputs[0]) if len(job.inputs) == 1 else job.title or printable(job.inputs[0].parent.name or job.inputs[0].parent)
    words = QCoreApplication.translate("ResumeOffer", "The run of {when} over {where} was interrupted after {ended} of {queued} images.")
    if job.stage is JobStage.PAUSED:
        words = QCoreApplication.translate("ResumeOffer", "The run of {when} over {where} is paused after {ended} of {queued} images.")
    return words.format(where=where, when=when(job.run_info.started), ended=count(job.ledger.ended), queued=count(job.ledger.queued))


def _reason_to_stop(job: Job) -> str:
    return f"{job.name}: {localised(job.message)}"
