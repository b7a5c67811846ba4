"""Changes how a job's patients and magnifications are read: before its run begins, while it runs, and afterwards."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from breakhis_desktop.domain.identity import OFFICIAL
from breakhis_desktop.domain.identity_guess import Guess
from breakhis_desktop.domain.records import Status
from breakhis_desktop.pipeline.reread_identities import Changed, Reread, check_magnifications, keep_identities, reread_identities
from breakhis_desktop.ui.look.figures import count
from breakhis_desktop.ui.state.chosen_job import ChosenJob
from breakhis_desktop.ui.state.job import Job
from breakhis_desktop.ui.state.jobs import JobsModel
from breakhis_desktop.ui.state.notices import Notices
from breakhis_desktop.ui.state.presenter import Presenter
from breakhis_desktop.ui.state.results import ResultsModel
from breakhis_desktop.wording.message import Message
from breakhis_desktop.worker.background import BackgroundThreads

_AT_ONCE = 4
"""Number of runs to which new rules are applied at the same time, so that a table on an unresponsive drive delays only its own run."""


class IdentityChanges(QObject):
    """Gives a job another rule and applies it to the images of its run; only images whose results may change wait to be analysed again."""

    def __init__(
        self,
        store_file: Path,
        *,
        jobs: JobsModel,
        chosen: ChosenJob,
        results: ResultsModel,
        presenter: Presenter,
        notices: Notices,
        threads: BackgroundThreads,
    ) -> None:
        """Connect to the presenter."""
        super().__init__(presenter)
        self._store_file = store_file
        self._jobs, self._chosen, self._results = jobs, chosen, results
        self._presenter, self._notices = presenter, notices
        self._reading = threads.start(only_reads=True, at_once=_AT_ONCE)
        self._writing = threads.start()
        self._awaiting_run: set[int] = set()
        self._checked: set[int] = set()
        presenter.job_changed.connect(self._catch_up)
        presenter.models_ready.connect(self._catch_up_all)

    def set_rule(self, job: Job, rule: str) -> None:
        """Give a job a rule that the user chose."""
        job.reading.rule, job.reading.takes_guess = rule or OFFICIAL, False
        self._apply(job)

    def take_guess(self, job: Job, guess: Guess) -> None:
        """Give a job the rule that was guessed from its names and folders, unless the job already has a rule."""
        job.reading.guess = guess
        if job.reading.takes_guess and not job.reading.rule and guess.rule:
            job.reading.rule = guess.rule
            self._apply(job)
        self._refresh(job)

    def _apply(self, job: Job) -> None:
        if job.run_info is not None:
            rule, run_id = job.reading.rule, job.run_info.run_id
            work = partial(reread_identities, self._store_file, run_id, rule)
            self._reading.run(work, partial(self._keep, job, run_id, rule), partial(self._give_up, job, rule))
        elif job.runs:  # the run may already have been requested with the former rule
            self._awaiting_run.add(job.job_id)
        self._refresh(job)

    def _catch_up(self, job: Job) -> None:
        """Apply a job's new rule if the run has begun since the user chose it; otherwise check the magnifications, once after each run."""
        if job.run_info is None:
            return
        if job.job_id in self._awaiting_run:
            self._awaiting_run.discard(job.job_id)
            self._apply(job)
        elif job.runs:
            self._checked.discard(job.job_id)
        elif job.job_id not in self._checked and self._presenter.card is not None:
            self._checked.add(job.job_id)
            work = partial(check_magnifications, self._store_file, job.run_info.run_id, self._presenter.card, lambda: job.runs)
            self._writing.run(work, partial(self._make_wait, job), self._notices.warn)

    def _catch_up_all(self) -> None:
        for job in self._jobs.all():
            self._catch_up(job)

    def _keep(self, job: Job, run_id: int, rule: str, found: Reread) -> None:
        """Store the patients and magnifications that a rule has read, unless the user has chosen another rule meanwhile."""
        if rule == job.reading.rule:
            card = self._presenter.card
            if card is None:
                self._checked.discard(job.job_id)
            work = partial(keep_identities, self._store_file, run_id, found, card, lambda: job.runs)
            self._writing.run(work, partial(self._take, job, found), partial(self._give_up, job, rule))

    def _take(self, job: Job, found: Reread, changed: Changed) -> None:
        job.identify(found.rule, found.identities, {} if job.runs else changed.again)
        self._presenter.identify(job, found.identities)
        if changed.back:
            self._presenter.take_results_back(job, changed.back)
        if changed.again and not job.runs:
            self._offer_to_analyse(job, len(changed.again))
        elif job is self._chosen.job and changed.back:
            self._chosen.refresh()
        elif job is self._chosen.job:
            self._results.identify(job.records)
        self._refresh(job)

    def _make_wait(self, job: Job, again: Mapping[int, Status]) -> None:
        """Offer to analyse images again because the models would treat them differently at their present magnification."""
        if again and job.run_info is not None and not job.runs:  # a run that has begun meanwhile reports which images wait
            job.identify(job.run_info.identity_rule, job.reading.identities, again)
            self._offer_to_analyse(job, len(again))
            self._refresh(job)

    def _offer_to_analyse(self, job: Job, images: int) -> None:
        words = self.tr("1 image waits to be analysed again at its new magnification.")
        if images > 1:
            words = self.tr("{count} images wait to be analysed again at their new magnification.").format(count=count(images))
        self._notices.note(words)
        if job in self._jobs.all():
            self._presenter.wait_again(job)
        if job is self._chosen.job:
            self._chosen.refresh()

    def _give_up(self, job: Job, rule: str, reason: Message) -> None:
        if rule == job.reading.rule:
            job.reading.rule = job.rule
            self._notices.warn(reason)

    def _refresh(self, job: Job) -> None:
        if job in self._jobs.all():
            self._jobs.refresh(job)
