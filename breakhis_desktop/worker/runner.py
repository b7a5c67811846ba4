"""The window's side of the analysis thread."""

import threading
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal

from breakhis_desktop.domain.identity import Identity
from breakhis_desktop.pipeline.analyse import Request, Wishes
from breakhis_desktop.worker.analysis import AnalysisWorker, ClassifierLoader


class Runner(QObject):
    """Owns the analysis thread and delivers its news on the window's thread.

    Signals:
        told: A piece of `News` for the window.
    """

    told = Signal(object)

    _search_asked = Signal(bool)
    _load_asked = Signal(object)
    _run_asked = Signal(int, object, object)
    _give_up_asked = Signal(int)
    _take_back_asked = Signal(int)
    _stop_asked = Signal()

    def __init__(self, load_classifier: ClassifierLoader, models: Path, store_file: Path) -> None:
        """Start the thread, without loading any models yet."""
        super().__init__()
        self._wishes = Wishes()
        self._thread = QThread()
        self._thread.setObjectName("analysis")
        self._closing = threading.Event()
        self._worker = AnalysisWorker(load_classifier, models, store_file, self._closing)
        self._worker.moveToThread(self._thread)
        self._connect(self._worker)
        self._thread.start()

    def _connect(self, worker: AnalysisWorker) -> None:
        self._search_asked.connect(worker.find_interrupted)
        self._load_asked.connect(worker.load_models)
        self._run_asked.connect(worker.run)
        self._give_up_asked.connect(worker.give_up)
        self._take_back_asked.connect(worker.take_back)
        self._stop_asked.connect(worker.stop)
        worker.told.connect(self.told)

    def find_interrupted(self, *, only_window: bool) -> None:
        """Restore the queue and find interrupted runs, on the analysis thread.

        If no other window is open, first wait for a previous window that is still closing to release the queue.
        """
        self._search_asked.emit(only_window)

    def load_models(self, folder: Path | None = None) -> None:
        """Load the bundle in a folder, or the initial bundle, on the analysis thread once the running job has ended."""
        self._load_asked.emit(folder)

    def run(self, job_id: int, request: Request) -> None:
        """Run a job on the analysis thread once all earlier requests are done."""
        self._wishes = Wishes()
        self._run_asked.emit(job_id, request, self._wishes)

    def pause(self) -> None:
        """Ask the running job to pause."""
        self._wishes.pause.set()

    def cancel(self) -> None:
        """Ask the running job to end, keeping its finished images."""
        self._wishes.cancel.set()

    def identify(self, identities: Mapping[int, Identity]) -> None:
        """Give the running job the patients and magnifications that a newly chosen rule reads, keyed by image position."""
        self._wishes.identities.update(identities)

    def give_up(self, run_id: int) -> None:
        """End the remaining images of an interrupted run, once the running job has ended; see `interrupted.give_up`."""
        self._give_up_asked.emit(run_id)

    def take_back(self, run_id: int) -> None:
        """Undo `give_up`: the images that it cancelled wait for analysis once more."""
        self._take_back_asked.emit(run_id)

    def close(self) -> None:
        """Pause the running job, unless it is being cancelled, and wait for the thread to end."""
        self._wishes.pause.set()
        self._closing.set()
        self._stop_asked.emit()
        self._thread.wait()
