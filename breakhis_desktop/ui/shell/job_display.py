"""Shows the chosen job and the queue in the parts of the window that every page has."""

from PySide6.QtCore import QObject

from breakhis_desktop.ui.look.keys import uses_keys
from breakhis_desktop.ui.results.results_area import ResultsArea
from breakhis_desktop.ui.shell.centre import Centre
from breakhis_desktop.ui.shell.empty_state import words_for, words_on_earlier_run
from breakhis_desktop.ui.shell.status_strip import StatusStrip
from breakhis_desktop.ui.shell.top_bar import TopBar
from breakhis_desktop.ui.state.chosen_job import ChosenJob
from breakhis_desktop.ui.state.job import Job, JobStage
from breakhis_desktop.ui.state.jobs import JobsModel
from breakhis_desktop.ui.state.presenter import Presenter
from breakhis_desktop.ui.state.queue_total import queue_total


class JobDisplay(QObject):
    """Keeps the top bar, the middle column and the status strip up to date, and leads the user to the results.

    When the first results of the chosen job arrive, the keyboard focus goes to their list, unless a widget that uses keys has it. When the
    chosen job ends, or a job at rest is chosen, its first image is chosen if none is yet.
    """

    def __init__(
        self,
        top: TopBar,
        centre: Centre,
        status: StatusStrip,
        *,
        area: ResultsArea,
        jobs: JobsModel,
        chosen: ChosenJob,
        presenter: Presenter,
    ) -> None:
        """Connect to the chosen job and to the presenter."""
        super().__init__(centre)
        self._top = top
        self._centre = centre
        self._status = status
        self._results, self._table, self._views = area.results, area.table, top.views
        self._awaited: Job | None = None
        self._jobs = jobs
        self._chosen = chosen
        self._presenter = presenter
        chosen.changed.connect(self._show)
        jobs.rowsMoved.connect(self.refresh)
        jobs.rowsRemoved.connect(self.refresh)
        presenter.job_started.connect(self._begin)
        presenter.job_changed.connect(self._follow)
        presenter.job_ended.connect(self._begin_at_first)
        presenter.models_ready.connect(self.refresh)
        presenter.models_blocked.connect(self.refresh)

    def refresh(self) -> None:
        """Show which commands the queue allows, its progress, and the results of the chosen job or what to do next.

        If the widget with the keyboard focus is hidden or disabled by this, the focus goes to the page that is shown.
        """
        focused = self._centre.window().focusWidget()
        job = self._chosen.job
        has_records = job is not None and bool(job.records)
        self._top.show_controls(self._presenter.controls)
        self._top.allow_output(has_records)
        self._show_progress()
        self._centre.show_results(has_records)
        self._centre.empty.say(*words_for(job, blocked=self._presenter.blocked), offer_start=job is None)
        self._centre.empty.offer_run(words_on_earlier_run(job))
        if focused is not None and not (focused.isEnabled() and focused.isVisible()):
            if has_records:
                self._views.go_to_page()
            else:
                self._centre.empty.setFocus()

    def _show_progress(self) -> None:
        self._status.show_job(self._chosen.job, queue_total(self._jobs))

    def _show(self, job: Job | None) -> None:
        if job is not None and job.stage.is_at_rest:
            self._table.choose_first()
        self.refresh()

    def _begin(self, job: Job) -> None:
        """Choose a job that begins to run, unless the window already shows results, and await its first results."""
        self._awaited = job
        if not len(self._results.rows):
            self._chosen.choose(job)
        self.refresh()

    def _follow(self, job: Job) -> None:
        begins = job is self._awaited and bool(job.records)
        # Decided before the results replace the page that has the focus, because Qt then moves the focus, for example to the search.
        goes_to_results = begins and job is self._chosen.job and not uses_keys(self._centre.window().focusWidget())
        if job is self._chosen.job or job.stage is not JobStage.RUNNING:
            self.refresh()
        else:
            self._show_progress()
        if begins:
            self._awaited = None
        if goes_to_results:
            self._views.go_to_page()

    def _begin_at_first(self, job: Job) -> None:
        if job is self._chosen.job:
            self._table.choose_first()
