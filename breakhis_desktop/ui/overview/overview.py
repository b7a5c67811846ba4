"""The pages that summarise the chosen job: its patients and its summary."""

from PySide6.QtCore import QObject, QTimer

from breakhis_desktop.domain.aggregate import PatientImages, group_by_patient
from breakhis_desktop.domain.review import count_reviews
from breakhis_desktop.domain.run_summary import summarise_run
from breakhis_desktop.domain.truth import truths_of
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.look.view_switch import ViewSwitch
from breakhis_desktop.ui.overview.patient_panel import PatientPanel
from breakhis_desktop.ui.overview.patients import PatientsModel
from breakhis_desktop.ui.overview.patients_view import PatientsView
from breakhis_desktop.ui.overview.summary_panel import SummaryPanel
from breakhis_desktop.ui.results.results_table import ResultsTable
from breakhis_desktop.ui.state.chosen_job import ChosenJob
from breakhis_desktop.ui.state.result_filter import ResultFilter
from breakhis_desktop.ui.state.results import Result, ResultsModel

_CALM_MS = 400
"""Least time between updates of the pages while a job runs, in milliseconds."""


class Overview(QObject):
    """Keeps the patients and summary pages up to date with the chosen job while they are visible."""

    def __init__(self, views: ViewSwitch, chosen: ChosenJob, results: ResultsModel, table: ResultsTable, theme: Theme) -> None:
        """Make the pages and add them to the switch."""
        super().__init__(views)
        self._model = PatientsModel(self)
        self.patients = PatientsView(self._model, theme)
        self.patient = PatientPanel(theme)
        self.summary = SummaryPanel(theme)
        self._views, self._chosen, self._results, self._table = views, chosen, results, table
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(_CALM_MS)
        self._calm.timeout.connect(self._refresh)
        views.add(self.tr("Patients"), self.patients)
        views.add(self.tr("Summary"), self.summary)
        views.pages.currentChanged.connect(self._refresh)
        results.modelReset.connect(self._refresh)
        results.changed.connect(self._refresh_soon)
        self.patients.image_chosen.connect(self._choose)
        table.result_chosen.connect(self._follow)
        self.patients.patient_opened.connect(self._open)
        self.patients.line_chosen.connect(self._show_patient)
        self.patient.images_asked.connect(self._open)

    @property
    def patient_id(self) -> str:
        """The id or accession of the patient chosen on the Patients page; empty on the other pages, or if the patient is not known."""
        return self.patients.patient_id if self._views.pages.currentWidget() is self.patients else ""

    def _refresh_soon(self) -> None:
        if not self._calm.isActive():
            self._calm.start()

    def _refresh(self) -> None:
        page = self._views.pages.currentWidget()
        if page is self.patients:
            self._show_patients()
        elif page is self.summary:
            self._show_summary()

    def _show_patients(self) -> None:
        job = self._chosen.job
        run_info = job.run_info_in_force if job else None
        patients = group_by_patient(job.records, run_info.point.threshold) if job and run_info else []
        with self.patients.kept_open():
            self._model.show(patients, self._results.rows.shown_names, self._results.reviews)
        result = self._table.chosen()
        self.patients.begin_at(result.record.position if result is not None else -1)

    def _show_patient(self, patient: PatientImages | None) -> None:
        if patient is not None:
            self.patient.show_patient(patient, count_reviews(patient.all_records, self._results.reviews))

    def _show_summary(self) -> None:
        job = self._chosen.job
        run_info = job.run_info_in_force if job else None
        if job is None or run_info is None:
            return
        known = truths_of(job.records, self._results.reviews)
        summary = summarise_run(run_info, job.records, known, self._results.reviews)
        self.summary.show_summary(summary, job.ledger, run_info.point.threshold)

    def _choose(self, position: int) -> None:
        """Choose an image on all pages by choosing it in the table; clear the filter if it hides the image."""
        if not self._table.choose_position(position):
            self._results.set_filter(ResultFilter())
            self._table.choose_position(position)

    def _follow(self, result: Result | None) -> None:
        if result is not None:
            self.patients.follow(result.record.position)

    def _open(self, patient: PatientImages) -> None:
        self._results.set_filter(ResultFilter(patients=frozenset(record.patient_id for record in patient.records)))
        self._views.show_first()
