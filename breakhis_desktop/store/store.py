"""The store: runs and their images, written as they are finished."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

from breakhis_desktop.domain.identity import Identity
from breakhis_desktop.domain.queued_job import QueuedJob
from breakhis_desktop.domain.records import ImageRecord, Ledger, PendingImage, RunInfo, Status
from breakhis_desktop.domain.review import Review
from breakhis_desktop.store import reviews, rows
from breakhis_desktop.store.checked import OddValueError
from breakhis_desktop.store.connection import store_errors, transaction
from breakhis_desktop.store.database import open_database
from breakhis_desktop.store.queue import put_job
from breakhis_desktop.store.rows import HeatMaps
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.stores import StoreCode


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

    def reopen(self, run_id: int) -> None:
        """Make the cancelled images of a run wait for analysis once more, and undo `let_stand`."""
        with store_errors(self.file), transaction(self._connection):
            self._connection.execute(rows.UNDO_LET_STAND, [run_id])
            self._connection.execute(rows.REOPEN, [run_id, Status.CANCELLED])

    def write(
        self,
        run_id: int,
        records: Iterable[ImageRecord],
        thumbnails: Mapping[int, bytes] = MappingProxyType({}),
        heat_maps: Mapping[int, HeatMaps] = MappingProxyType({}),
    ) -> None:
        """Write the records of finished images, with their thumbnails and heat maps by position, in one transaction."""
        with store_errors(self.file), transaction(self._connection):
            self._connection.executemany(rows.UPDATE_IMAGE, (rows.image_row(run_id, record) for record in records))
            pictures = ((run_id, position, jpeg) for position, jpeg in thumbnails.items())
            self._connection.executemany("INSERT OR REPLACE INTO thumbnail VALUES (?, ?, ?)", pictures)
            maps = (rows.heat_map_row(run_id, position, one) for position, one in heat_maps.items())
            self._connection.executemany("INSERT OR REPLACE INTO heat_map VALUES (?, ?, ?, ?, ?)", maps)

    def identify(self, run_id: int, identity_rule: str, identities: Mapping[int, Identity]) -> None:
        """Replace a run's rule, and the patients and magnifications that it reads, by position; results and reviews stay as they are.

        This undoes `let_stand`: `analysed_otherwise` may then return images that it had left out.
        """
        changed = ((one.patient_id, one.magnification, run_id, position) for position, one in identities.items())
        with store_errors(self.file), transaction(self._connection):
            self._connection.execute("UPDATE run SET identity_rule = ? WHERE id = ?", [identity_rule, run_id])
            self._connection.executemany(rows.UPDATE_IDENTITY, changed)
            self._connection.execute(rows.UNDO_LET_STAND, [run_id])

    def analysed_otherwise(self, run_id: int) -> list[ImageRecord]:
        """Return the finished images whose magnification has changed since their analysis, with the magnification of that analysis.

        Images whose results `let_stand` keeps are left out.
        """
        with store_errors(self.file):
            return [rows.record_of(row) for row in self._connection.execute(rows.SELECT_ANALYSED_OTHERWISE, [run_id])]

    def wait_again(self, run_id: int, positions: Iterable[int]) -> None:
        """Make finished images of a run wait to be analysed again; reviews stay, and results stay until new ones are written."""
        with store_errors(self.file), transaction(self._connection):
            self._connection.executemany(rows.WAIT_AGAIN, [(run_id, position) for position in positions])

    def waiting_again(self, run_id: int) -> list[ImageRecord]:
        """Return the earlier results of the images that wait to be analysed again, with the magnification of the earlier analysis."""
        with store_errors(self.file):
            return [rows.record_of(row) for row in self._connection.execute(rows.SELECT_WAITING_AGAIN, [run_id])]

    def give_back(self, run_id: int, positions: Collection[int]) -> tuple[ImageRecord, ...]:
        """Restore the earlier results of images that wait to be analysed again, and return the records of these images."""
        with store_errors(self.file), transaction(self._connection):
            self._connection.executemany(rows.GIVE_BACK, [(run_id, position) for position in positions])
        return tuple(record for record in self.records(run_id) if record.position in positions) if positions else ()

    def let_stand(self, run_id: int) -> None:
        """Keep results that were computed at another magnification: `analysed_otherwise` omits them until `identify` or `reopen`."""
        with store_errors(self.file), transaction(self._connection):
            self._connection.execute(rows.LET_STAND, [run_id])

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

    def run_info(self, run_id: int) -> RunInfo:
        """Return the settings of a run."""
        with store_errors(self.file):
            row = self._connection.execute(f"{rows.SELECT_RUN} WHERE id = ?", [run_id]).fetchone()
            if row is None:
                raise OddValueError(Message.of(StoreCode.STORE_RUN_MISSING, run=run_id))
            return rows.run_info_of(row)

    def records(self, run_id: int) -> list[ImageRecord]:
        """Return the finished images of a run, by position."""
        query = f"{rows.SELECT_IMAGE} WHERE run_id = ? AND status IS NOT NULL ORDER BY position"
        with store_errors(self.file):
            return [rows.record_of(row) for row in self._connection.execute(query, [run_id])]

    def files(self, run_id: int) -> list[PendingImage]:
        """Return all images of a run, whether or not they have ended, by position."""
        with store_errors(self.file):
            return [rows.pending_of(row) for row in self._connection.execute(rows.SELECT_FILES, [run_id])]

    def to_go(self, run_id: int) -> list[PendingImage]:
        """Return the images still to be analysed, including those that ended as cancelled."""
        with store_errors(self.file):
            found = self._connection.execute(rows.SELECT_PENDING, [run_id, Status.CANCELLED])
            return [rows.pending_of(row) for row in found]

    def done_or_to_go(self, run_id: int) -> list[PendingImage]:
        """Return the images that are done or still to be analysed, except those that ended as cancelled."""
        with store_errors(self.file):
            return [rows.pending_of(row) for row in self._connection.execute(rows.SELECT_PENDING, [run_id, Status.DONE])]

    def ledger(self, run_id: int) -> Ledger:
        """Count how the images of a run ended."""
        query = "SELECT status, COUNT(*) FROM image WHERE run_id = ? GROUP BY status"
        with store_errors(self.file):
            return _ledger_of(dict(self._connection.execute(query, [run_id]).fetchall()))

    def ledgers(self) -> dict[int, Ledger]:
        """Count how the images of each run ended, by the run's number."""
        counts: dict[int, dict[str | None, int]] = {}
        with store_errors(self.file):
            for run_id, status, images in self._connection.execute("SELECT run_id, status, COUNT(*) FROM image GROUP BY run_id, status"):
                counts.setdefault(run_id, {})[status] = images
            return {run_id: _ledger_of(one) for run_id, one in counts.items()}

    def thumbnails(self, run_id: int) -> dict[int, bytes]:
        """Return the small JPEG copies of a run's images, by position."""
        with store_errors(self.file):
            return dict(map(rows.thumbnail_of, self._connection.execute("SELECT position, jpeg FROM thumbnail WHERE run_id = ?", [run_id])))

    def thumbnail(self, run_id: int, position: int) -> bytes:
        """Return the small JPEG copy of an image; empty if there is none."""
        query = "SELECT position, jpeg FROM thumbnail WHERE run_id = ? AND position = ?"
        with store_errors(self.file):
            row = self._connection.execute(query, [run_id, position]).fetchone()
            return b"" if row is None else rows.thumbnail_of(row)[1]

    def heat_maps(self, run_id: int, position: int) -> HeatMaps | None:
        """Return the heat maps of an image; None if it has no prediction, or comes from an earlier version of the program."""
        query = "SELECT height, width, maps FROM heat_map WHERE run_id = ? AND position = ?"
        with store_errors(self.file):
            row = self._connection.execute(query, [run_id, position]).fetchone()
            return None if row is None else rows.heat_maps_of(row)

    def counts(self) -> dict[str, int]:
        """Return the size of the store in figures that identify nobody, with images counted by outcome."""
        with store_errors(self.file):
            tables = {name: self._connection.execute(query).fetchone()[0] for name, query in rows.COUNTS.items()}
            images = self._connection.execute("SELECT COALESCE(status, 'to go'), COUNT(*) FROM image GROUP BY status").fetchall()
        return {**tables, **{f"images {status}": count for status, count in images}}

    def reviews(self, run_id: int) -> dict[int, list[Review]]:
        """Return the reviews of each reviewed image in a run by position, oldest first."""
        with store_errors(self.file):
            return reviews.select(self._connection, run_id)

    def reviewed_images(self) -> dict[int, int]:
        """Return, for each run with reviewed images, how many images have a review that was not withdrawn; keyed by the run's number."""
        with store_errors(self.file):
            return reviews.count_standing(self._connection)

    def history(self, run_id: int, position: int) -> list[Review]:
        """Return the reviews of one image, oldest first."""
        with store_errors(self.file):
            return reviews.select_history(self._connection, run_id, position)

    def add_review(self, run_id: int, position: int, review: Review) -> None:
        """Append a review to an image's history; existing reviews never change."""
        with store_errors(self.file), transaction(self._connection):
            reviews.insert(self._connection, run_id, position, review)


def _ledger_of(counts: Mapping[str | None, int]) -> Ledger:
    """Return the ledger of a run from the number of its images in each status."""
    if not counts.keys() <= {None, *Status}:
        raise OddValueError("image.status")
    return Ledger(sum(counts.values()), **{status: counts.get(status, 0) for status in Status})
