"""Lets the user view a job at another operating point, without a new analysis."""

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from breakhis_desktop.domain.card import ModelCard
from breakhis_desktop.domain.decision import OperatingPoint
from breakhis_desktop.domain.histogram import bin_of
from breakhis_desktop.domain.operating_curve import custom_point
from breakhis_desktop.domain.records import ImageRecord, RunInfo
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.results.operating_point_bar import OperatingPointBar
from breakhis_desktop.ui.results.operating_point_line import OperatingPointLine
from breakhis_desktop.ui.state.chosen_job import ChosenJob
from breakhis_desktop.ui.state.job import Job
from breakhis_desktop.ui.state.presenter import Presenter
from breakhis_desktop.ui.state.results import ResultsModel

_BINS = 28


class OperatingPointChoice(QObject):
    """Connects the operating point's line and bar to the chosen job and its rows.

    Attributes:
        line: Says which point is in force.
        bar: Offers other points; shown while it is unfolded.
        unfolding: Unfolds and folds the bar.
    """

    def __init__(self, chosen: ChosenJob, presenter: Presenter, results: ResultsModel, theme: Theme) -> None:
        """Make the line and the bar, which are hidden as long as there are no rows, and connect them to the chosen job."""
        super().__init__()
        self.line = OperatingPointLine()
        self.bar = OperatingPointBar(theme)
        self.unfolding = QAction(self.tr("Operating point"), self)
        self.unfolding.setShortcut(QKeySequence("Ctrl+T"))
        self.unfolding.setCheckable(True)
        self._chosen = chosen
        self._presenter = presenter
        self._results = results
        self._distribution = _Distribution()
        chosen.changed.connect(self._show)
        presenter.job_changed.connect(self._follow)
        presenter.models_ready.connect(lambda: self._show(chosen.job))
        self.bar.preset_chosen.connect(self._choose)
        self.bar.threshold_chosen.connect(self._choose_threshold)
        self.bar.own_point_asked.connect(lambda: self._choose(None))
        self.unfolding.toggled.connect(self.line.setChecked)
        self.line.toggled.connect(self.unfolding.setChecked)
        self.line.toggled.connect(lambda: self._show(chosen.job))
        self._show(None)

    def _follow(self, job: Job) -> None:
        if job is self._chosen.job:
            self._show(job)

    def _show(self, job: Job | None) -> None:
        run_info = job.run_info_in_force if job is not None else None
        has_rows = job is not None and run_info is not None and bool(job.records)
        self.line.setVisible(has_rows)
        self.bar.setVisible(has_rows and self.line.isChecked())
        if job is not None and run_info is not None:
            self.bar.show_presets(_presets(self._card_of(run_info), run_info.own_point))
            self.line.show_point(run_info.point, run_info.own_point)
            self.bar.show_point(run_info.point, run_info.own_point, run_info.review_rule)
            self.bar.histogram.show_counts(self._distribution.of(job.records))

    def _choose_threshold(self, threshold: float) -> None:
        job = self._chosen.job
        if job is not None and job.run_info is not None:
            card = self._card_of(job.run_info)
            self._choose(custom_point(threshold, card.curve if card else None))

    def _choose(self, point: OperatingPoint | None) -> None:
        """Apply an operating point to all rows; None means the run's own point."""
        job = self._chosen.job
        if job is not None and job.run_info is not None:
            job.point = point
            self._show(job)
            self._results.set_point(point or job.run_info.point)

    def _card_of(self, run_info: RunInfo) -> ModelCard | None:
        """Return the card of the models that made a run; None if these models are not loaded."""
        card = self._presenter.card
        return card if card is not None and card.made(run_info.model_id, run_info.file_hashes) else None


class _Distribution:
    """A histogram of a job's probabilities, which counts only new records on each call."""

    def __init__(self) -> None:
        self._records: Sequence[ImageRecord] = ()
        self._counted = 0
        self._counts: list[int] = []

    def of(self, records: Sequence[ImageRecord]) -> list[int]:
        """Return the counts of a growing list of images in `_BINS` equal bins from 0 to 1."""
        if records is not self._records:
            self._records, self._counted, self._counts = records, 0, [0] * _BINS
        for record in records[self._counted :]:
            if record.prediction is not None:
                self._counts[bin_of(record.prediction.p_malignant, _BINS)] += 1
        self._counted = len(records)
        return self._counts


def _presets(card: ModelCard | None, own: OperatingPoint) -> list[OperatingPoint]:
    """Return the operating points to offer, the lowest threshold first; without a card, only the run's own point."""
    if card is None:
        return [own]
    return sorted(card.points.values(), key=lambda point: point.threshold)
