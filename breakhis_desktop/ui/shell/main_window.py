"""The main window, which only builds its parts and connects them."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow

from breakhis_desktop.errors import UserError
from breakhis_desktop.pipeline.export_run import ExportFormat
from breakhis_desktop.ui.bundles.model_bundles import ModelBundles
from breakhis_desktop.ui.export.exporter import Exporter
from breakhis_desktop.ui.export.report_maker import ReportMaker
from breakhis_desktop.ui.export.truth_exporter import TruthExporter
from breakhis_desktop.ui.help.diagnostics import Diagnostics
from breakhis_desktop.ui.look.theme import Theme
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
from breakhis_desktop.ui.shell.centre import Centre
from breakhis_desktop.ui.shell.commands import fill_menus
from breakhis_desktop.ui.shell.detail_panel import DetailPanel
from breakhis_desktop.ui.shell.image_navigation import ImageNavigation
from breakhis_desktop.ui.shell.job_display import JobDisplay
from breakhis_desktop.ui.shell.layout import lay_out
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
from breakhis_desktop.ui.state.jobs import JobsModel
from breakhis_desktop.ui.state.notices import Notices
from breakhis_desktop.ui.state.presenter import Presenter
from breakhis_desktop.ui.state.results import ResultsModel
from breakhis_desktop.ui.state.settings import Settings
from breakhis_desktop.ui.state.window_inputs import WindowInputs
from breakhis_desktop.worker.background import BackgroundThreads
from breakhis_desktop.worker.runner import Runner
from breakhis_desktop.worker.second_start import Started


class MainWindow(QMainWindow):
    """Shows the queue, the results and the chosen image side by side.

    Signals:
        closing: The window is closing; after this, no code may use it.
    """

    closing = Signal()

    def __init__(self, runner: Runner, store_file: Path, theme: Theme, settings: Settings) -> None:
        """Build the window; only `load_models` loads models."""
        super().__init__()
        self.setWindowTitle("BreakHis Desktop")
        self.setAcceptDrops(True)
        self._runner = runner
        self._store_file = store_file
        self.theme = theme
        self.settings = settings
        self._threads = BackgroundThreads()
        self.jobs = JobsModel(self)
        self.results = ResultsModel(self)
        self.chosen = ChosenJob(self)
        self.presenter = Presenter(runner, self.jobs, self.results, self.chosen)
        self.notices = Notices(self)
        with theme.applied_at_the_end_to(self):
            self._build_parts()
            self._add_models()
            self._add_jobs()
            self._add_images()
            self._add_outputs()
            self._add_queue()
        self._add_session()
        self.menus = Menus(self)
        fill_menus(self)
        self._display.refresh()

    def _build_parts(self) -> None:
        self.top = TopBar()
        self.queue = QueuePanel(self.jobs, self.chosen, self.theme)
        self.operating_point = point = OperatingPointChoice(self.chosen, self.presenter, self.results, self.theme)
        self.area = ResultsArea(self.results, self.top.views, self.theme, point.line, point.bar)
        self.table = self.area.table
        self._centre = Centre(self.area, self.notices)
        self.banner, self.empty, self.toast = self._centre.banner, self._centre.empty, self._centre.toast
        self.detail = DetailPanel(self.theme)
        self.overview = Overview(self.top.views, self.chosen, self.results, self.table, self.theme)
        self.right = RightColumn(self.detail, self.top.views, self.overview)
        self.status = StatusStrip()
        self._splitter = lay_out(self, self.top, (self.queue, self._centre, self.right), self.status)

    def _add_models(self) -> None:
        self.bundles = ModelBundles(self.settings, self.presenter, self.theme, self._threads, self)
        self._model_status = ModelStatus(self.presenter, self.bundles, self.queue, self.status, self.banner)

    def _add_jobs(self) -> None:
        """Connect the parts that add, keep, survey and show jobs, and the buttons that run them."""
        self.keeper = QueueKeeper(
            self._store_file, self.jobs, chosen=self.chosen, presenter=self.presenter, notices=self.notices, threads=self._threads
        )
        self.survey = JobSurvey(self._store_file, self.jobs, self.presenter, self.notices, self._threads)
        self._display = JobDisplay(
            self.top, self._centre, self.status, area=self.area, jobs=self.jobs, chosen=self.chosen, presenter=self.presenter
        )
        self.add_images = AddImages(self.jobs, self.presenter, self)
        self.add_images.added.connect(self.chosen.choose)
        self.add_images.added.connect(self._display.refresh)
        self.recent = RecentFolders(self.settings, self.add, self)
        self.top.add_folder.setMenu(self.recent.menu)
        settings = self.settings
        self.top.add_folder.clicked.connect(lambda: self.add(ask_for_folder(self, settings)))
        self.top.add_files.clicked.connect(lambda: self.add(ask_for_files(self, settings)))
        self.empty.add_folder_asked.connect(self.top.add_folder.click)
        self.empty.samples_asked.connect(self.add_images.add_samples)
        self.top.start.clicked.connect(self.presenter.start)
        self.top.pause.clicked.connect(self.presenter.pause)
        self.top.cancel.clicked.connect(self.presenter.cancel)

    def _add_images(self) -> None:
        """Connect the parts that show images and record reviews."""
        self._thumbnail_reading = ThumbnailReading(self.table.thumbnails, self.results, self._store_file, self._threads)
        self.navigation = ImageNavigation(
            self,
            self.theme,
            self._store_file,
            chosen=self.chosen,
            area=self.area,
            detail=self.detail,
            threads=self._threads,
        )
        box, larger = self.detail.review, self.navigation.larger
        self.reviewing = Reviewing(
            box,
            self._store_file,
            chosen=self.chosen,
            area=self.area,
            presenter=self.presenter,
            settings=self.settings,
            notices=self.notices,
            threads=self._threads,
            is_image_shown=lambda: self.right.is_about_image or larger.isVisible(),
        )
        for changed in (self.right.refreshed, larger.opened, larger.finished):
            changed.connect(self.reviewing.refresh)
        larger.offer_review(box.accept, box.override, box.undo)
        for part in (self.detail.image, self.overview.patients.tree):
            part.addActions([box.accept, box.override])
        self.reviewing.recorded.connect(larger.show_recorded)
        self.reviewing.not_recorded.connect(larger.show_not_recorded)

    def _add_outputs(self) -> None:
        """Connect the parts that write results, training folders, reports and diagnostics."""
        inputs = WindowInputs(self._store_file, self.jobs, self.settings)
        self.exporter = Exporter(
            inputs,
            lambda: self.presenter.card,
            settings=self.settings,
            chosen=self.chosen,
            notices=self.notices,
            threads=self._threads,
            window=self,
        )
        for kind, action in self.top.exports.items():
            action.triggered.connect(partial(self.exporter.ask_and_export, ExportFormat(kind)))
        self.truth_exporter = TruthExporter(
            self.top.training_folder,
            self._store_file,
            self.settings,
            chosen=self.chosen,
            notices=self.notices,
            threads=self._threads,
            window=self,
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
        self.top.report.clicked.connect(lambda: self.reports.open(self.overview.patient_id))
        self.overview.patient.report.clicked.connect(self.top.report.click)
        self.diagnostics = Diagnostics(
            inputs, self.settings, lambda: self.presenter.card, notices=self.notices, threads=self._threads, window=self
        )

    def _add_queue(self) -> None:
        """Connect the actions on the jobs of the queue."""
        self.queue.opened.connect(self.area.go_to_list)
        self.presenter.job_started.connect(self.queue.show_job)
        self._resume_offer = ResumeOffer(self.banner, self.chosen, self.presenter, self.notices)
        self.banner.answered.connect(self.area.go_to_list)  # otherwise Qt moves the focus to the search, where keys type letters
        self.removal = Removal(self.jobs, self.presenter, self.chosen, self.notices, self.detail.review.undo)
        self.queue.remove_asked.connect(self._resume_offer.withdraw)
        self.queue.remove_asked.connect(self.removal.remove)
        self.queue.remove_asked.connect(self._display.refresh)
        self.reviewing.answered.connect(self.removal.give_key_back)
        self.identities = IdentityChanges(
            self._store_file,
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
        self.detail.judging_asked.connect(self.queue_actions.judge_refused)
        self.keeper.restored.connect(self.queue_actions.look_at_one)
        self.earlier = EarlierRuns(self._store_file, self.jobs, self.chosen, self.removal, threads=self._threads, window=self)
        self.empty.earlier_asked.connect(self.earlier.open_instead_of_chosen)

    def _add_session(self) -> None:
        """Connect quitting, the settings and the window's state, and restore the state."""
        self.quitting = Quitting(self.presenter, self)
        self.preferences = Preferences(self.settings, self.theme, self.presenter, self.notices, threads=self._threads, window=self)
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

    def load_models(self) -> None:
        """Load the models on the analysis thread."""
        self.bundles.load()
        self._display.refresh()

    def add(self, paths: Iterable[Path]) -> None:
        """Queue folders and files, and choose the first new job."""
        self.recent.remember(self.add_images.add(paths))

    def take(self, started: Started) -> None:
        """Queue the paths that the program was started with, or say what is wrong with them; if requested, analyse the sample images."""
        try:
            self.add(started.paths)
        except UserError as error:
            self.banner.warn(error.message)
        if started.sample:
            samples = self.add_images.add_samples()
            if samples.can_go_on:  # otherwise, the job already waits for its turn
                self.presenter.resume(samples)

    def come_forward(self, started: Started) -> None:
        """Raise the window because the program was started again, and queue the paths of that start."""
        self.show()
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()
        self.take(started)

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
        self.navigation.close()  # before the state is saved, because this may switch the heat map off
        self._state.save()
        self.hide()
        self.survey.close()
        self.keeper.close()
        self._runner.close()
        self._threads.close()
        event.accept()
