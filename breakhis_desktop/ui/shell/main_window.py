"""The main window, which only builds its parts and connects them."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from breakhis_desktop.errors import UserError
from breakhis_desktop.pipeline.export_run import ExportFormat
from breakhis_desktop.ui.bundles.model_bundles import ModelBundles
from breakhis_desktop.ui.export.exporter import Exporter
from breakhis_desktop.ui.export.report_maker import ReportMaker
from breakhis_desktop.ui.export.truth_exporter import TruthExporter
from breakhis_desktop.ui.help.diagnostics import Diagnostics
from breakhis_desktop.ui.look.banner import Banner
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.look.toast import Toast
from breakhis_desktop.ui.overview.overview import Overview
from breakhis_desktop.ui.queue.add_images import AddImages, ask_for_files, ask_for_folder, dropped_paths
from breakhis_desktop.ui.queue.earlier_runs import EarlierRuns
from breakhis_desktop.ui.queue.identity_changes import IdentityChanges
from breakhis_desktop.ui.queue.job_survey import JobSurvey
from breakhis_desktop.ui.queue.queue_actions import QueueActions
from breakhis_desktop.ui.queue.queue_keeper import QueueKeeper
from breakhis_desktop.ui.queue.queue_panel import QueuePanel
from breakhis_desktop.ui.queue.recent_folders import RecentFolders
from breakhis_desktop.ui.queue.removal import Removal
from breakhis_desktop.ui.queue.resume_offer import ResumeOffer
from breakhis_desktop.ui.results.operating_point import OperatingPointChoice
from breakhis_desktop.ui.results.results_area import ResultsArea
from breakhis_desktop.ui.review.reviewing import Reviewing
from breakhis_desktop.ui.shell.commands import fill_menus
from breakhis_desktop.ui.shell.detail_panel import DetailPanel
from breakhis_desktop.ui.shell.empty_state import EmptyState, words_for, words_on_earlier_run
from breakhis_desktop.ui.shell.image_navigation import ImageNavigation
from breakhis_desktop.ui.shell.menus import Menus
from breakhis_desktop.ui.shell.model_status import ModelStatus
from breakhis_desktop.ui.shell.preferences import Preferences
from breakhis_desktop.ui.shell.quitting import Quitting
from breakhis_desktop.ui.shell.right_column import RightColumn
from breakhis_desktop.ui.shell.status_strip import StatusStrip
from breakhis_desktop.ui.shell.thumbnail_reading import ThumbnailReading
from breakhis_desktop.ui.shell.top_bar import TopBar
from breakhis_desktop.ui.shell.window_state import WindowState
from breakhis_desktop.ui.state.chosen_job import ChosenJob
from breakhis_desktop.ui.state.jobs import Job, JobsModel, JobStage
from breakhis_desktop.ui.state.notices import Notices
from breakhis_desktop.ui.state.presenter import Presenter
from breakhis_desktop.ui.state.queue_total import queue_total
from breakhis_desktop.ui.state.results import ResultsModel
from breakhis_desktop.ui.state.settings import Settings
from breakhis_desktop.ui.state.window_inputs import WindowInputs
from breakhis_desktop.wording.message import Message
from breakhis_desktop.worker.background import BackgroundThreads
from breakhis_desktop.worker.runner import Runner
from breakhis_desktop.worker.second_start import Started

_SIZE = QSize(1440, 900)
_FRAME = QSize(16, 56)
"""Screen pixels (width, height) allowed for the window manager's borders and title bar."""


class MainWindow(QMainWindow):
    """Shows the queue, the results and the chosen image side by side.

    Signals:
        closing: The window is closing; from now on, nothing may be asked of it.
    """

    closing = Signal()

    def __init__(self, runner: Runner, store_file: Path, theme: Theme, settings: Settings) -> None:
        """Build the window; models load only on `load_models`."""
        super().__init__()
        self.setWindowTitle("BreakHis Desktop")
        self.setAcceptDrops(True)
        self.jobs = JobsModel(self)
        self.results = ResultsModel(self)
        self.chosen = ChosenJob(self)
        self.presenter = Presenter(runner, self.jobs, self.results, self.chosen)
        self.notices = Notices(self)
        self._threads = threads = BackgroundThreads()
        inputs = WindowInputs(store_file, self.jobs, settings)
        self.exporter = Exporter(inputs, lambda: self.presenter.card, self.notices, threads, self)
        self.add_images = AddImages(self.jobs, self.presenter, self)
        self.keeper = QueueKeeper(store_file, self.jobs, self.presenter, self.notices, threads)
        self.survey = JobSurvey(store_file, self.jobs, self.presenter, self.notices, threads)
        self._runner = runner
        self.theme = theme
        self.settings = settings
        self.top = TopBar()
        self.queue = QueuePanel(self.jobs, self.chosen, theme)
        self.banner = Banner()
        self.operating_point = OperatingPointChoice(self.chosen, self.presenter, self.results, theme)
        point = self.operating_point
        self.area = ResultsArea(self.results, self.top.views, theme, point.line, point.bar)
        self.table = self.area.table
        self.empty = EmptyState()
        self.detail = DetailPanel(theme)
        self.status = StatusStrip()
        self.overview = Overview(self.top.views, self.chosen, self.results, self.table, theme)
        self.right = RightColumn(self.detail, self.top.views, self.overview)
        self._lay_out()
        self.bundles = ModelBundles(settings, self.presenter, theme, threads, self)
        self.diagnostics = Diagnostics(inputs, settings, lambda: self.presenter.card, notices=self.notices, threads=threads, window=self)
        self.recent = RecentFolders(settings, self.add, self)
        ModelStatus(self.presenter, self.bundles, self.queue, self.status, self.banner)
        self._connect()
        self._add_image_use_cases(store_file)
        self._add_export_use_cases(inputs, store_file)
        self._add_queue_use_cases(store_file)
        self._add_window_use_cases()
        self.menus = Menus(self)
        fill_menus(self)
        self._refresh()

    def _add_image_use_cases(self, store_file: Path) -> None:
        self.navigation = ImageNavigation(
            self,
            self.theme,
            store_file,
            chosen=self.chosen,
            area=self.area,
            detail=self.detail,
            presenter=self.presenter,
            threads=self._threads,
        )
        ThumbnailReading(self.table.thumbnails, self.results, store_file, self._threads)
        box = self.detail.review
        self.reviewing = Reviewing(
            box,
            store_file,
            chosen=self.chosen,
            area=self.area,
            presenter=self.presenter,
            settings=self.settings,
            notices=self.notices,
            threads=self._threads,
        )
        self.navigation.larger.offer_review(box.accept, box.override, box.undo)
        self.detail.image.addActions([box.accept, box.override])
        self.reviewing.recorded.connect(self.navigation.larger.show_recorded)

    def _add_export_use_cases(self, inputs: WindowInputs, store_file: Path) -> None:
        self.truth_exporter = TruthExporter(
            self.top.training_folder, store_file, chosen=self.chosen, notices=self.notices, threads=self._threads, window=self
        )
        self.reports = ReportMaker(
            inputs,
            self.settings,
            self.theme,
            chosen=self.chosen,
            table=self.table,
            presenter=self.presenter,
            notices=self.notices,
            threads=self._threads,
        )
        self.top.report.clicked.connect(self.reports.open)

    def _add_queue_use_cases(self, store_file: Path) -> None:
        self.queue.opened.connect(self.area.go_to_list)
        self._resume_offer = ResumeOffer(self.banner, self.chosen, self.presenter, self.notices)
        self.removal = Removal(self.jobs, self.presenter, self.chosen, self.notices, self.detail.review.undo)
        self.reviewing.answered.connect(self.removal.give_key_back)
        self.identities = IdentityChanges(
            store_file,
            jobs=self.jobs,
            chosen=self.chosen,
            results=self.results,
            presenter=self.presenter,
            notices=self.notices,
            threads=self._threads,
        )
        self.overview.patients.identity.clicked.connect(self.queue.identity.trigger)
        self.survey.guessed.connect(self.identities.take_guess)
        self.queue_actions = QueueActions(
            self.queue,
            self.chosen,
            jobs=self.jobs,
            add_images=self.add_images,
            identities=self.identities,
            presenter=self.presenter,
            parent=self,
        )
        self.keeper.restored.connect(self.queue_actions.look_at_one)
        self.earlier = EarlierRuns(store_file, self.jobs, self.chosen, self.removal, threads=self._threads, window=self)

    def _add_window_use_cases(self) -> None:
        self.quitting = Quitting(self.presenter, self)
        self.preferences = Preferences(self.settings, self.theme, self.presenter, self.notices, self)
        self._state = WindowState(
            self.settings,
            self,
            self._splitter,
            queue=self.queue,
            right=self.right,
            area=self.area,
            heat=self.detail.heat,
            unfolding=self.operating_point.unfolding,
        )
        self._state.restore()

    def _lay_out(self) -> None:
        self._middle = QStackedWidget()
        self._middle.addWidget(self.empty)
        self._middle.addWidget(self.area)
        centre = QFrame()
        centre.setObjectName("centre")
        column = QVBoxLayout(centre)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.banner)
        column.addWidget(self._middle, stretch=1)
        self.toast = Toast(centre)
        self._splitter = splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        for part in (self.queue, centre, self.right):
            splitter.addWidget(part)
        splitter.setSizes([224, 888, 326])  # other window sizes keep these proportions
        window = QWidget()
        rows = QVBoxLayout(window)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.top)
        rows.addWidget(splitter, stretch=1)
        rows.addWidget(self.status)
        self.setCentralWidget(window)
        self.setMinimumSize(1024, 700)
        self.resize(_SIZE.boundedTo(self.screen().availableSize() - _FRAME))

    def _connect(self) -> None:
        self.top.add_folder.clicked.connect(lambda: self.add(ask_for_folder(self)))
        self.top.add_folder.setMenu(self.recent.menu)
        self.top.add_files.clicked.connect(lambda: self.add(ask_for_files(self)))
        self.add_images.added.connect(self._look_at)
        self.keeper.job_loaded.connect(self._job_loaded)
        self.notices.begun.connect(partial(self.toast.say, lasts=True))
        self.notices.noted.connect(self.toast.say)
        self.notices.warned.connect(self._warn)
        self.top.start.clicked.connect(self.presenter.start)
        self.top.pause.clicked.connect(self.presenter.pause)
        self.top.cancel.clicked.connect(self.presenter.cancel)
        for kind, action in self.top.exports.items():
            action.triggered.connect(partial(self._export, ExportFormat(kind)))
        self.empty.add_folder_asked.connect(self.top.add_folder.click)
        self.empty.samples_asked.connect(self.add_samples)
        self.empty.earlier_asked.connect(self._open_earlier)
        self.chosen.changed.connect(self.keeper.load)
        self.chosen.changed.connect(self._show_job)
        self.queue.remove_asked.connect(self._remove)
        self.detail.judging_asked.connect(self._judge_refused)
        self.presenter.job_started.connect(self._job_started)
        self.presenter.job_changed.connect(self._job_changed)
        self.presenter.job_ended.connect(self._job_ended)
        self.presenter.run_not_given_up.connect(self.notices.warn)
        self.presenter.models_ready.connect(self._refresh)
        self.presenter.models_blocked.connect(self._refresh)

    def load_models(self) -> None:
        """Load the models on the analysis thread."""
        self.bundles.load()
        self._refresh()

    def add(self, paths: Iterable[Path]) -> None:
        """Queue folders and files, and choose the first new job."""
        self.recent.remember(self.add_images.add(paths))

    def add_samples(self) -> None:
        """Queue the sample images that ship with the program."""
        self.add_images.add_samples()

    def take(self, started: Started) -> None:
        """Queue the paths that the program was started with, or say what is wrong with them; analyse the sample images at once if asked."""
        try:
            self.add(started.paths)
        except UserError as error:
            self.banner.warn(error.message)
        if started.sample:
            samples = self.add_images.add_samples()
            if samples.can_go_on:  # otherwise, the job already waits for its turn
                self.presenter.resume(samples)

    def come_forward(self, started: Started) -> None:
        """Raise the window because the program was started again, and queue what it was started with."""
        self.show()
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()
        self.take(started)

    def _look_at(self, job: Job) -> None:
        self.chosen.choose(job)
        self._refresh()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files and folders."""
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Queue the dropped files and folders."""
        event.acceptProposedAction()
        self.add(dropped_paths(event.mimeData()))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save the window's state, pause the running job and end the threads; if a user closes the window mid-run, ask first."""
        if event.spontaneous() and not self.quitting.may_quit():
            event.ignore()
            return
        self.closing.emit()
        self.navigation.close()  # before the state is saved: with the larger view goes the heat map that only it shows
        self._state.save()
        self.hide()
        self.survey.close()
        self.keeper.close()
        self._runner.close()
        self._threads.close()
        event.accept()

    def _has_results(self) -> bool:
        return len(self.results.rows) > 0

    def _refresh(self) -> None:
        job = self.chosen.job
        self.top.show_controls(self.presenter.controls)
        self.top.export.setEnabled(job is not None and bool(job.records))
        self.top.report.setEnabled(self.top.export.isEnabled())
        for action in self.top.exports.values():
            action.setEnabled(self.top.export.isEnabled())
        self._show_progress()
        self._middle.setCurrentWidget(self.area if job is not None and job.records else self.empty)
        self.empty.say(*words_for(job, blocked=self.presenter.blocked), offer_start=job is None)
        self.empty.offer_run(words_on_earlier_run(job))

    def _show_progress(self) -> None:
        self.status.show_job(self.chosen.job, queue_total(self.jobs))

    def _job_started(self, job: Job) -> None:
        if not self._has_results():
            self.chosen.choose(job)

    def _job_changed(self, job: Job) -> None:
        if job is self.chosen.job or job.stage is not JobStage.RUNNING:
            self._refresh()
        else:
            self._show_progress()

    def _job_ended(self, job: Job) -> None:
        if job is self.chosen.job:
            self.table.choose_first()

    def _show_job(self, job: Job | None) -> None:
        if job is not None and job.stage.is_at_rest:
            self.table.choose_first()
        self._refresh()

    def _job_loaded(self, job: Job) -> None:
        if job is self.chosen.job:
            self.chosen.refresh()

    def _remove(self, job: Job) -> None:
        self._resume_offer.withdraw(job)
        self.removal.remove(job)
        self._refresh()

    def _open_earlier(self) -> None:
        if self.chosen.job is not None:
            self.earlier.open_instead_of(self.chosen.job)

    def _warn(self, sentence: Message | str) -> None:
        self.toast.hide()
        self.banner.warn(sentence)

    def _judge_refused(self) -> None:
        job = self.chosen.job
        if job is not None:
            self.add_images.judge_refused(job)

    def _export(self, kind: ExportFormat) -> None:
        job = self.chosen.job
        if job is not None:
            self.exporter.ask_and_export(job, kind)
