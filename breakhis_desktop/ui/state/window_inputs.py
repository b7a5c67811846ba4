"""What nothing that the window writes may replace: its store, the tables of all its jobs and the logo of its reports."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from breakhis_desktop.domain.identity import tables_of
from breakhis_desktop.pipeline.check_outputs import Inputs, inputs_of
from breakhis_desktop.ui.state.jobs import JobsModel
from breakhis_desktop.ui.state.settings import Settings


class WindowInputs:
    """Knows the inputs of the whole queue, which a single run in the store does not."""

    def __init__(self, store_file: Path, jobs: JobsModel, settings: Settings) -> None:
        """Take what names them; nothing is looked at yet."""
        self.store_file = store_file
        self._jobs = jobs
        self._settings = settings

    def note(self, *logos: Path | None) -> Callable[[], Inputs]:
        """Note what is read and kept now; the result, to be called on another thread, looks at the disks, which may not answer.

        Args:
            logos: Pictures that stand on reports besides the one in the settings.
        """
        tables = [table for job in self._jobs.all() for table in tables_of(job.rule)]
        kept = self._settings.values.logo
        known = [*filter(None, logos), *([Path(kept)] if kept else [])]
        return partial(inputs_of, store=self.store_file, tables=tables, logos=known)
