"""What earlier runs of a store found out about a file, so that it need not be found out again."""

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
"""Seconds that the end of a run waits for whoever asks."""


@dataclass(frozen=True, slots=True)
class EarlierResult:
    """What an earlier run found out about a file.

    Attributes:
        record: The image as that run has it, but for `reused_from`, which names that run.
        thumbnail: Its small JPEG copy; empty where there is none.
        heat_maps: Its heat maps; None where it was refused.
    """

    record: ImageRecord
    thumbnail: bytes
    heat_maps: HeatMaps | None


class EarlierResults:
    """Looks up what the runs before a certain one computed under its own conditions; any thread may ask.

    The conditions are all that a stored result depends on beside the file: every file of the bundle and what its card says of judging,
    the version of the quality gate, the version of this program, which decodes and tiles, the engine, and the magnification. What only
    decides on a result, threshold and review rule, is none of them.
    """

    def __init__(self, file: Path, run: RunInfo, engine: str) -> None:
        """Open the store beside the connection that writes it.

        Args:
            file: The store.
            run: The run that asks, with the bundle and program that compute now; those after it are not looked at.
            engine: The runtime that would compute its images.

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
        """Return the newest result of a file that was judged at this magnification; None where it would be computed otherwise now.

        A result that makes no sense is passed over: the image is looked at again.

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
        """Close the store, once nobody is asking; where somebody gets no answer from it, it stays open."""
        if self._lock.acquire(timeout=_ANSWERS_WITHIN):
            self._connection.close()
            self._lock.release()

    def _with_pictures(self, record: ImageRecord) -> EarlierResult | None:
        thumbnail, maps = self._picture("position, jpeg FROM thumbnail", record), self._picture("height, width, maps FROM heat_map", record)
        if thumbnail is None or (maps is None and record.status is Status.DONE):
            return None
        _, jpeg = rows.thumbnail_of(thumbnail)
        return EarlierResult(record, jpeg, None if maps is None else rows.heat_maps_of(maps))

    def _picture(self, what: str, record: ImageRecord) -> Sequence[Any] | None:
        query = f"SELECT {what} WHERE run_id = ? AND position = ?"
        found: Sequence[Any] | None = self._connection.execute(query, (record.reused_from, record.position)).fetchone()
        return found
