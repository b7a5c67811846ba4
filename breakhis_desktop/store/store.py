"""The store: a database file that holds runs and the queue of jobs."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from breakhis_desktop.domain.identity import Identity
from breakhis_desktop.domain.queued_job import QueuedJob
from breakhis_desktop.domain.records import ImageRecord, Ledger, RunInfo
from breakhis_desktop.store import reviews, rows
from breakhis_desktop.store.connection import store_errors, transaction
from breakhis_desktop.store.database import open_database
from breakhis_desktop.store.queue import put_job
from breakhis_desktop.store.stored_run import StoredRun


class Store:
    """A database file, opened by one thread; usable in a `with` block, which closes it."""

    def __init__(self, file: Path) -> None:
        """Open the store, or create it.

        Raises:
            StoreError: The store cannot be used.
        """
        self.file = file
        self._connection = open_database(file)

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close the store."""
        self.close()

    def close(self) -> None:
        """Close the database file."""
        self._connection.close()

    def begin_run(
        self,
        run_info: RunInfo,
        files: Sequence[Path],
        ended: Iterable[ImageRecord] = (),
        identities: Sequence[Identity] = (),
        job: QueuedJob | None = None,
    ) -> int:
        """Write a run and all its images in one transaction.

        Args:
            run_info: The settings of the run; its `run_id` is ignored.
            files: The images, absolute, in order of position.
            ended: The records of images whose outcome is known without reading them.
            identities: The patient and magnification that the job's rule reads from each path; empty to rely on official names.
            job: The job in the window's queue that the run belongs to; it is saved together with the run.

        Returns:
            The number of the new run.
        """
        with store_errors(self.file), transaction(self._connection):
            run_id = self._connection.execute(rows.INSERT_RUN, rows.run_row(run_info)).lastrowid
            if run_id is None:
                raise sqlite3.OperationalError("no row was written")
            self._connection.executemany(rows.INSERT_PENDING, rows.pending_rows(run_id, files, identities))
            self._connection.executemany(rows.UPDATE_IMAGE, (rows.image_row(run_id, record) for record in ended))
            if job is not None:
                put_job(self._connection, replace(job, run_id=run_id))
        return run_id

    @contextmanager
    def as_one_change(self) -> Iterator[None]:
        """Write everything inside the block, or nothing; meanwhile, no other thread or process writes."""
        with store_errors(self.file), transaction(self._connection):
            yield

    @contextmanager
    def unchanging(self) -> Iterator[None]:
        """Give all reads inside the block one snapshot of the store, whatever other threads write in the meantime."""
        with store_errors(self.file):
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                self._connection.execute("COMMIT")

    def run(self, run_id: int) -> StoredRun:
        """Return a run by its number, without reading it yet."""
        return StoredRun(self._connection, self.file, run_id)

    def all_runs(self) -> list[RunInfo]:
        """Return every run, newest first."""
        with store_errors(self.file):
            return [rows.run_info_of(row) for row in self._connection.execute(f"{rows.SELECT_RUN} ORDER BY id DESC")]

    def runs_over(self, inputs: Sequence[Path]) -> list[RunInfo]:
        """Return the runs over exactly these inputs, newest first."""
        query = f"{rows.SELECT_RUN} WHERE roots = ? ORDER BY id DESC"
        with store_errors(self.file):
            return [rows.run_info_of(row) for row in self._connection.execute(query, [rows.inputs_text(inputs)])]

    def unfinished_runs(self) -> list[RunInfo]:
        """Return the runs with images that have no status yet, not even cancelled, newest first."""
        with store_errors(self.file):
            return [rows.run_info_of(row) for row in self._connection.execute(rows.SELECT_UNFINISHED_RUNS)]

    def ledgers(self) -> dict[int, Ledger]:
        """Count how the images of each run ended, by the run's number."""
        counts: dict[int, dict[str | None, int]] = {}
        with store_errors(self.file):
            for run_id, status, images in self._connection.execute("SELECT run_id, status, COUNT(*) FROM image GROUP BY run_id, status"):
                counts.setdefault(run_id, {})[status] = images
            return {run_id: rows.ledger_of(one) for run_id, one in counts.items()}

    def counts(self) -> dict[str, int]:
        """Return the size of the store in figures that identify nobody, with images counted by outcome."""
        with store_errors(self.file):
            tables = {name: self._connection.execute(query).fetchone()[0] for name, query in rows.COUNTS.items()}
            images = self._connection.execute("SELECT COALESCE(status, 'to go'), COUNT(*) FROM image GROUP BY status").fetchall()
        return {**tables, **{f"images {status}": count for status, count in images}}

    def reviewed_images(self) -> dict[int, int]:
        """Return, for each run with reviewed images, how many images have a review that was not withdrawn; keyed by the run's number."""
        with store_errors(self.file):
            return reviews.count_standing(self._connection)
