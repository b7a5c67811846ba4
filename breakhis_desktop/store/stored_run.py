"""A run in the store: its images, written as they are finished, and their reviews."""

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from breakhis_desktop.domain.identity import Identity
from breakhis_desktop.domain.records import ImageRecord, Ledger, PendingImage, RunInfo, Status
from breakhis_desktop.domain.review import Review
from breakhis_desktop.store import reviews, rows
from breakhis_desktop.store.checked import OddValueError
from breakhis_desktop.store.connection import store_errors, transaction
from breakhis_desktop.store.rows import HeatMaps
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.stores import StoreCode


class StoredRun:
    """A run in an open store, made by `Store.run`.

    Attributes:
        run_id: The run's number.
    """

    def __init__(self, connection: sqlite3.Connection, file: Path, run_id: int) -> None:
        """Remember which run it is; nothing is read yet.

        Args:
            connection: The connection of the open store.
            file: The store's file, which error messages name.
            run_id: The run's number.
        """
        self.run_id = run_id
        self._connection = connection
        self._file = file

    def info(self) -> RunInfo:
        """Return the settings of the run."""
        with store_errors(self._file):
            row = self._connection.execute(f"{rows.SELECT_RUN} WHERE id = ?", [self.run_id]).fetchone()
            if row is None:
                raise OddValueError(Message.of(StoreCode.STORE_RUN_MISSING, run=self.run_id))
            return rows.run_info_of(row)

    def records(self) -> list[ImageRecord]:
        """Return the finished images of the run, by position."""
        query = f"{rows.SELECT_IMAGE} WHERE run_id = ? AND status IS NOT NULL ORDER BY position"
        with store_errors(self._file):
            return [rows.record_of(row) for row in self._connection.execute(query, [self.run_id])]

    def files(self) -> list[PendingImage]:
        """Return all images of the run, whether or not they have ended, by position."""
        with store_errors(self._file):
            return [rows.pending_of(row) for row in self._connection.execute(rows.SELECT_FILES, [self.run_id])]

    def to_go(self) -> list[PendingImage]:
        """Return the images still to be analysed, including those that ended as cancelled."""
        with store_errors(self._file):
            found = self._connection.execute(rows.SELECT_PENDING, [self.run_id, Status.CANCELLED])
            return [rows.pending_of(row) for row in found]

    def done_or_to_go(self) -> list[PendingImage]:
        """Return the images that are done or still to be analysed, except those that ended as cancelled."""
        with store_errors(self._file):
            return [rows.pending_of(row) for row in self._connection.execute(rows.SELECT_PENDING, [self.run_id, Status.DONE])]

    def ledger(self) -> Ledger:
        """Count how the images of the run ended."""
        query = "SELECT status, COUNT(*) FROM image WHERE run_id = ? GROUP BY status"
        with store_errors(self._file):
            return rows.ledger_of(dict(self._connection.execute(query, [self.run_id]).fetchall()))

    def reopen(self) -> None:
        """Make the cancelled images wait for analysis once more, and undo `let_stand`."""
        with store_errors(self._file), transaction(self._connection):
            self._connection.execute(rows.UNDO_LET_STAND, [self.run_id])
            self._connection.execute(rows.REOPEN, [self.run_id, Status.CANCELLED])

    def write(
        self,
        records: Iterable[ImageRecord],
        thumbnails: Mapping[int, bytes] = MappingProxyType({}),
        heat_maps: Mapping[int, HeatMaps] = MappingProxyType({}),
    ) -> None:
        """Write the records of finished images, with their thumbnails and heat maps by position, in one transaction."""
        with store_errors(self._file), transaction(self._connection):
            self._connection.executemany(rows.UPDATE_IMAGE, (rows.image_row(self.run_id, record) for record in records))
            pictures = ((self.run_id, position, jpeg) for position, jpeg in thumbnails.items())
            self._connection.executemany("INSERT OR REPLACE INTO thumbnail VALUES (?, ?, ?)", pictures)
            maps = (rows.heat_map_row(self.run_id, position, one) for position, one in heat_maps.items())
            self._connection.executemany("INSERT OR REPLACE INTO heat_map VALUES (?, ?, ?, ?, ?)", maps)

    def identify(self, identity_rule: str, identities: Mapping[int, Identity]) -> None:
        """Replace the run's rule, and the patients and magnifications that it reads, by position; results and reviews stay as they are.

        This undoes `let_stand`: `analysed_otherwise` may then return images that it had left out.
        """
        changed = ((one.patient_id, one.magnification, self.run_id, position) for position, one in identities.items())
        with store_errors(self._file), transaction(self._connection):
            self._connection.execute("UPDATE run SET identity_rule = ? WHERE id = ?", [identity_rule, self.run_id])
            self._connection.executemany(rows.UPDATE_IDENTITY, changed)
            self._connection.execute(rows.UNDO_LET_STAND, [self.run_id])

    def analysed_otherwise(self) -> list[ImageRecord]:
        """Return the finished images whose magnification has changed since their analysis, with the magnification of that analysis.

        Images whose results `let_stand` keeps are left out.
        """
        with store_errors(self._file):
            return [rows.record_of(row) for row in self._connection.execute(rows.SELECT_ANALYSED_OTHERWISE, [self.run_id])]

    def wait_again(self, positions: Iterable[int]) -> None:
        """Make finished images wait to be analysed again; reviews stay, and results stay until new ones are written."""
        with store_errors(self._file), transaction(self._connection):
            self._connection.executemany(rows.WAIT_AGAIN, [(self.run_id, position) for position in positions])

    def waiting_again(self) -> list[ImageRecord]:
        """Return the earlier results of the images that wait to be analysed again, with the magnification of the earlier analysis."""
        with store_errors(self._file):
            return [rows.record_of(row) for row in self._connection.execute(rows.SELECT_WAITING_AGAIN, [self.run_id])]

    def give_back(self, positions: Collection[int]) -> tuple[ImageRecord, ...]:
        """Restore the earlier results of images that wait to be analysed again, and return the records of these images."""
        with store_errors(self._file), transaction(self._connection):
            self._connection.executemany(rows.GIVE_BACK, [(self.run_id, position) for position in positions])
        return tuple(record for record in self.records() if record.position in positions) if positions else ()

    def let_stand(self) -> None:
        """Keep results that were computed at another magnification: `analysed_otherwise` omits them until `identify` or `reopen`."""
        with store_errors(self._file), transaction(self._connection):
            self._connection.execute(rows.LET_STAND, [self.run_id])

    def thumbnail(self, position: int) -> bytes:
        """Return the small JPEG copy of an image; empty if there is none."""
        query = "SELECT jpeg FROM thumbnail WHERE run_id = ? AND position = ?"
        with store_errors(self._file):
            row = self._connection.execute(query, [self.run_id, position]).fetchone()
            return b"" if row is None else rows.thumbnail_of(row)

    def heat_maps(self, position: int) -> HeatMaps | None:
        """Return the heat maps of an image; None if it has no prediction, or comes from an earlier version of the program."""
        query = "SELECT height, width, maps FROM heat_map WHERE run_id = ? AND position = ?"
        with store_errors(self._file):
            row = self._connection.execute(query, [self.run_id, position]).fetchone()
            return None if row is None else rows.heat_maps_of(row)

    def reviews(self) -> dict[int, list[Review]]:
        """Return the reviews of each reviewed image by position, oldest first."""
        with store_errors(self._file):
            return reviews.select(self._connection, self.run_id)

    def history(self, position: int) -> list[Review]:
        """Return the reviews of one image, oldest first."""
        with store_errors(self._file):
            return reviews.select_history(self._connection, self.run_id, position)

    def add_review(self, position: int, review: Review) -> None:
        """Append a review to an image's history; existing reviews never change."""
        with store_errors(self._file), transaction(self._connection):
            reviews.insert(self._connection, self.run_id, position, review)
