"""Files of the window that no output may overwrite: its store, the tables of its jobs and the logos of its reports."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from breakhis_desktop.domain.identity import tables_of
from breakhis_desktop.pipeline.check_outputs import Inputs, inputs_of
from breakhis_desktop.ui.state.jobs import JobsModel
from breakhis_desktop.ui.state.settings import Settings


class WindowInputs:
    """Collects the inputs of the whole queue, because a run in the store lists only its own inputs."""

    def __init__(self, store_file: Path, jobs: JobsModel, settings: Settings) -> None:
        """Remember where the inputs are listed, without accessing any file."""
        self.store_file = store_file
        self._jobs = jobs
        self._settings = settings

    def note(self, *logos: Path | None) -> Callable[[], Inputs]:
        """Record the current inputs.

        Args:
            logos: Report logos besides the logo in the settings.

        Returns:
            A function that identifies the inputs on disk; call it on another thread, because a drive may not answer.
        """
        tables = [table for job in self._jobs.all() for table in tables_of(job.rule)]
        kept = self._settings.values.logo
        known = [*filter(None, logos), *([Path(kept)] if kept else [])]
        return partial(inputs_of, store=self.store_file, tables=tables, logos=known)
