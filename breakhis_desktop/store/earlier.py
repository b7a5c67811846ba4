"""Looks up the results of earlier runs in a store, so that they need not be computed again."""

import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from breakhis_desktop.domain.records import ImageRecord, RunInfo, Status
from breakhis_desktop.store import rows
from breakhis_desktop.store.checked import OddValueError
from breakhis_desktop.store.connection import connect, store_errors
from breakhis_desktop.store.rows import HeatMaps

_ANSWERS_WITHIN = 1.0
"""Seconds to wait for a lookup to finish at the end of a run."""


@dataclass(frozen=True, slots=True)
class EarlierResult:
    """The result of an earlier run for a file.

    Attributes:
        record: The image's record in that run, with `reused_from` set to that run.
        thumbnail: Its small JPEG copy; empty if there is none.
        heat_maps: Its heat maps; None if the image was refused.
    """

    record: ImageRecord
    thumbnail: bytes
    heat_maps: HeatMaps | None


class EarlierResults:
    """Looks up results that earlier runs computed under the same conditions as the current run; any thread may use it.

    The conditions are everything besides the file that affects a stored result: every file of the bundle, the settings for analysis in the
    bundle's card, the version of the quality gate, the version of this program (which decodes images and cuts tiles), the engine, and the
    magnification. Threshold and review rule are not conditions, because they only decide what a result means.
    """

    def __init__(self, file: Path, run: RunInfo, engine: str) -> None:
        """Open a second connection to the store, in addition to the one that writes.

        Args:
            file: The store.
            run: The current run, with the bundle and program version in use now; later runs are ignored.
            engine: The runtime that would compute the run's images.

        Raises:
            StoreError: The store cannot be read.
        """
        self._file = file
        self._conditions = rows.earlier_conditions(run, engine)
        self._lock = threading.Lock()
        with store_errors(file):
            self._connection = connect(file, check_same_thread=False)
            self._connection.execute("PRAGMA query_only = ON")

    def find(self, sha256: str, magnification: int | None) -> EarlierResult | None:
        """Return the newest result for a file at this magnification, computed under the same conditions.

        Returns:
            The result; None if there is no such result, or if its thumbnail or heat maps are missing. Invalid records are ignored.

        Raises:
            StoreError: The store cannot be read.
        """
        with self._lock, store_errors(self._file):
            for run_id, *row in self._connection.execute(rows.SELECT_EARLIER, (sha256, *self._conditions)):
                with suppress(OddValueError):
                    record = rows.record_of(row)
                    if record.magnification == magnification:
                        return self._with_pictures(replace(record, reused_from=run_id))
        return None

    def close(self) -> None:
        """Close the connection once no lookup is in progress; if a lookup does not return in time, leave the connection open."""
        if self._lock.acquire(timeout=_ANSWERS_WITHIN):
            self._connection.close()
            self._lock.release()

    def _with_pictures(self, record: ImageRecord) -> EarlierResult | None:
        thumbnail, maps = self._picture("jpeg FROM thumbnail", record), self._picture("height, width, maps FROM heat_map", record)
        if thumbnail is None or (maps is None and record.status is Status.DONE):
            return None
        return EarlierResult(record, rows.thumbnail_of(thumbnail), None if maps is None else rows.heat_maps_of(maps))

    def _picture(self, what: str, record: ImageRecord) -> Sequence[Any] | None:
        query = f"SELECT {what} WHERE run_id = ? AND position = ?"
        found: Sequence[Any] | None = self._connection.execute(query, (record.reused_from, record.position)).fetchone()
        return found
