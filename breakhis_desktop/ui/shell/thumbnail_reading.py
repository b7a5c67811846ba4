"""Reads the thumbnails that come into view, on a background thread."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from breakhis_desktop.pipeline.read_thumbnails import read_thumbnails
from breakhis_desktop.ui.results.thumbnails import Thumbnails
from breakhis_desktop.ui.state.results import ResultsModel
from breakhis_desktop.worker.background import BackgroundThreads


class ThumbnailReading(QObject):
    """Reads the thumbnails that the results ask for; a new request replaces the requests that still wait."""

    def __init__(self, thumbnails: Thumbnails, results: ResultsModel, store_file: Path, threads: BackgroundThreads) -> None:
        """Connect to the requests for thumbnails."""
        super().__init__(thumbnails)
        self._thumbnails, self._results, self._store_file = thumbnails, results, store_file
        self._background = threads.start(only_reads=True)
        self.destroyed.connect(self._background.close)
        thumbnails.wanted.connect(self._read)

    def _read(self, positions: Sequence[int]) -> None:
        run_id = self._results.run_id
        if run_id is not None:
            self._background.forget_waiting()  # images of waiting requests are out of view, or requested again later
            work = partial(_opened, self._store_file, run_id, positions)
            # After a failure, missing thumbnails are requested again when their images are next drawn.
            self._background.run(work, partial(self._take, run_id), lambda _reason: None)

    def _take(self, run_id: int, found: dict[int, QImage]) -> None:
        if run_id == self._results.run_id:
            self._thumbnails.take(found)


def _opened(store_file: Path, run_id: int, positions: Sequence[int]) -> dict[int, QImage]:
    """Return the thumbnails of images, keyed by position; an image without a readable thumbnail gets a null image."""
    found = read_thumbnails(store_file, run_id, positions)
    return {position: QImage.fromData(found.get(position, b"")) for position in positions}
