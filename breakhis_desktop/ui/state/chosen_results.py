"""Keeps the table up to date with the chosen job."""

from collections.abc import Iterable

from PySide6.QtCore import QObject

from breakhis_desktop.domain.records import ImageRecord
from breakhis_desktop.ui.state.chosen_job import ChosenJob
from breakhis_desktop.ui.state.job import Job
from breakhis_desktop.ui.state.results import ResultsModel


class ChosenResults(QObject):
    """Shows the images of the chosen job in the table and follows its run; ignores all other jobs."""

    def __init__(self, results: ResultsModel, chosen: ChosenJob) -> None:
        """Connect to the chosen job."""
        super().__init__(chosen)
        self._results = results
        self._chosen = chosen
        chosen.changed.connect(self._show)

    def begin(self, job: Job, rows: int) -> None:
        """Update the table when the chosen job's run begins; `rows` is the number of images that the job showed before."""
        if job is not self._chosen.job:
            return
        if len(job.records) < rows:
            self._chosen.refresh()  # the job has dropped the records of the images that will be analysed again
        elif not job.records:
            self._show(job)  # the table learns the operating point of the run only now

    def add(self, job: Job, records: Iterable[ImageRecord]) -> None:
        """Show more images of the chosen job."""
        if job is self._chosen.job:
            self._results.add(records)

    def complete(self, job: Job) -> None:
        """Determine again which parts the names of the images have in common, now that the run of the chosen job adds no more images."""
        if job is self._chosen.job:
            self._results.compare_names()

    def _show(self, job: Job | None) -> None:
        """Show a job's results, or clear the table."""
        self._results.show(job.records if job else [], job.run_info_in_force if job else None)
