"""Makes, previews, saves and prints the report of the chosen job without blocking the window."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QSizeF
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrintDialog, QPrinter

from breakhis_desktop.domain.card import ModelCard
from breakhis_desktop.domain.natural_order import natural_key
from breakhis_desktop.domain.records import RunInfo
from breakhis_desktop.files import accepted_name, printable
from breakhis_desktop.pipeline.export_run import ExportFormat, save_report
from breakhis_desktop.pipeline.report_run import report_pdf
from breakhis_desktop.reporting.report import ReportOptions
from breakhis_desktop.ui.export.exporter import ask_for_target
from breakhis_desktop.ui.export.logo import LogoChoice
from breakhis_desktop.ui.export.pdf_pages import page_image, page_sizes
from breakhis_desktop.ui.export.printing import print_pdf
from breakhis_desktop.ui.export.report_dialog import ReportDialog, words_while_making
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.look.words import localised
from breakhis_desktop.ui.results.results_table import ResultsTable
from breakhis_desktop.ui.state.chosen_job import ChosenJob
from breakhis_desktop.ui.state.job import Job
from breakhis_desktop.ui.state.notices import Notices
from breakhis_desktop.ui.state.presenter import Presenter
from breakhis_desktop.ui.state.settings import Settings
from breakhis_desktop.ui.state.window_inputs import WindowInputs
from breakhis_desktop.wording.message import Message
from breakhis_desktop.worker.background import BackgroundThreads


@dataclass(frozen=True, slots=True)
class _Made:
    """A finished report, with its run, options and page sizes in points."""

    run_id: int = 0
    options: ReportOptions = field(default_factory=ReportOptions)
    pdf: bytes = b""
    sizes: Sequence[QSizeF] = ()


class ReportMaker(QObject):
    """Opens the report dialog and carries out its requests."""

    def __init__(
        self,
        inputs: WindowInputs,
        settings: Settings,
        theme: Theme,
        *,
        chosen: ChosenJob,
        table: ResultsTable,
        presenter: Presenter,
        notices: Notices,
        threads: BackgroundThreads,
    ) -> None:
        """Remember the sources of a report, and the files that it may not overwrite."""
        super().__init__(table)
        self._inputs = inputs
        self._settings = settings
        self._theme = theme
        self._chosen = chosen
        self._table = table
        self._presenter = presenter
        self._notices = notices
        self._making = threads.start(only_reads=True)
        self._logos = threads.start(only_reads=True)
        self._writing = threads.start()
        self._asked = 0
        self._shown = _Made()

    def open(self, patient: str = "") -> None:
        """Show the dialog for the chosen job.

        Args:
            patient: The patient whose report the dialog shows first, by id or, if the patient has several ids, by accession; if empty, it
                shows the report on the run first.
        """
        job, card, result = self._chosen.job, self._presenter.card, self._table.chosen()
        if job is None or job.run_info is None:
            return
        patients = sorted({*job.patients, patient} - {""}, key=natural_key)
        dialog = ReportDialog(self._theme, patients, self._table.selected_positions(), self._table.window())
        dialog.fill_in(self._settings.values.laboratory, Path(self._settings.values.logo) if self._settings.values.logo else None)
        if result is not None:
            dialog.propose_patient(result.record.patient_id)
        if patient:
            dialog.begin_with_patient(patient)
        LogoChoice(dialog, dialog, self._logos)
        dialog.options_changed.connect(partial(self._make, dialog, job, card))
        dialog.save_asked.connect(partial(self._save, dialog, job))
        dialog.print_asked.connect(partial(self._print, dialog))
        dialog.finished.connect(partial(self._remember, dialog))
        self._make(dialog, job, card)
        dialog.exec()
        dialog.deleteLater()

    def _make(self, dialog: ReportDialog, job: Job, card: ModelCard | None) -> None:
        """Make the report with the present options; drop the result if the report is requested again meanwhile."""
        run_info = job.run_info_in_force
        if run_info is None:
            return
        self._asked += 1
        self._making.forget_waiting()
        dialog.allow_output(allowed=False)
        dialog.preview.say(words_while_making())
        options, asked = dialog.options(), self._asked
        work = partial(_made, self._inputs.store_file, run_info, options, card)
        self._making.run(work, partial(self._show, dialog, asked), partial(self._tell, dialog, asked))

    def _show(self, dialog: ReportDialog, asked: int, made: _Made) -> None:
        if asked == self._asked:
            self._shown = made
            dialog.preview.show_pages(list(made.sizes), partial(self._draw_page, dialog, asked))
            dialog.allow_output(allowed=True)

    def _draw_page(self, dialog: ReportDialog, asked: int, number: int, pixels_per_point: float, show: Callable[[QImage], None]) -> None:
        self._making.run(partial(page_image, self._shown.pdf, number, pixels_per_point), show, partial(self._tell, dialog, asked))

    def _tell(self, dialog: ReportDialog, asked: int, reason: Message) -> None:
        if asked == self._asked:
            dialog.preview.say(localised(reason))

    def _save(self, dialog: ReportDialog, job: Job) -> None:
        title, name = self._words_for(dialog.options(), job)
        file = ask_for_target(dialog, self._settings, job, title, f"{name}.{ExportFormat.PDF.suffix}")
        if file is not None:
            self.save(file)
            dialog.accept()

    def _words_for(self, options: ReportOptions, job: Job) -> tuple[str, str]:
        """Return the title of the dialog that saves a report, and the name that it proposes for the file."""
        about, title = job.name, self.tr("Save the report on {name}")
        part = "{name}"
        if options.patient:
            about, title = options.patient, self.tr("Save the report on patient {name}")
        elif options.positions:
            part = self.tr("{name}, chosen images")
        file = self.tr("{name} report").format(name=part.format(name=accepted_name(about)))
        return title.format(name=part.format(name=printable(about))), file

    def save(self, file: Path) -> None:
        """Write the shown report to a file."""
        made, inputs = self._shown, self._inputs.note(self._shown.options.logo)

        def save() -> None:
            save_report(self._inputs.store_file, made.run_id, file, made.pdf, inputs())

        self._writing.run(save, lambda _: self._notices.note_written(file), self._notices.warn)

    def _print(self, dialog: ReportDialog) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, dialog).exec():
            self.print(printer)
            dialog.accept()

    def print(self, printer: QPrinter) -> None:
        """Print the shown report."""
        printed = self.tr("The report was sent to the printer.")
        self._writing.run(partial(print_pdf, self._shown.pdf, printer), lambda _: self._notices.note(printed), self._notices.warn)

    def _remember(self, dialog: ReportDialog, _result: int) -> None:
        self._asked += 1  # so that a report still being made is not shown
        self._making.forget_waiting()
        dialog.preview.say("")
        self._settings.change(laboratory=dialog.options().laboratory, logo=str(dialog.logo) if dialog.logo else "")


def _made(store_file: Path, run_info: RunInfo, options: ReportOptions, card: ModelCard | None) -> _Made:
    pdf = report_pdf(store_file, run_info.run_id, options, card, run_info.point)
    return _Made(run_info.run_id, options, pdf, page_sizes(pdf))
