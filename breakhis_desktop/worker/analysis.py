"""The worker on the analysis thread: it owns the models and runs one job at a time."""

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot

from breakhis_desktop.errors import BundleError, UserError, is_out_of_memory
from breakhis_desktop.pipeline.analyse import Request, Wishes, analyse
from breakhis_desktop.pipeline.classify import ImageClassifier
from breakhis_desktop.pipeline.events import RunEnded
from breakhis_desktop.pipeline.interrupted import give_up, interrupted_runs, take_back
from breakhis_desktop.pipeline.keep_queue import RestoredJob, restored_jobs
from breakhis_desktop.store.queue import QueueOwner
from breakhis_desktop.store.store import Store
from breakhis_desktop.wording.files import FileCode
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode
from breakhis_desktop.worker.news import (
    ModelsBlocked,
    ModelsReady,
    QueueAwaited,
    QueueRestored,
    RunAdvanced,
    RunFoundInterrupted,
    RunNotGivenUp,
    RunStopped,
    StageBegan,
)

_CLOSES_WITHIN = 30.0
"""Seconds for which a new window waits for a closing window to release the queue."""
_RETRY_AFTER = 0.1

BUG_ADVICE = Message.of(RunCode.BUG)

_log = logging.getLogger(__name__)


def advice_on(error: Exception) -> Message:
    """Return the message that the user sees for an unexpected error."""
    return Message.of(FileCode.NO_MEMORY) if is_out_of_memory(error) else BUG_ADVICE


class LoadedClassifier(ImageClassifier, Protocol):
    """A classifier that also reports how it was checked, and why it does not run on the requested device."""

    @property
    def golden_images(self) -> int:
        """Number of golden images that the models reproduced."""

    @property
    def device_trouble(self) -> Message | None:
        """Why the CPU is used although another device was requested; else None."""


ClassifierLoader = Callable[[Path, Callable[[Message], None]], LoadedClassifier]
"""Opens the bundle in a folder, and calls a function with the message of each stage as the stage begins."""


class AnalysisWorker(QObject):
    """Loads the models and runs jobs on the thread that it was moved to.

    Signals:
        told: A piece of `News` for the window.
    """

    told = Signal(object)

    def __init__(self, load_classifier: ClassifierLoader, models: Path, store_file: Path, closing: threading.Event) -> None:
        """Remember what to load, without loading it yet; `closing` is set once the window closes."""
        super().__init__()
        self._load_classifier = load_classifier
        self._models = models
        self._store_file = store_file
        self._closing = closing
        self._owner = QueueOwner(store_file)
        self._classifier: LoadedClassifier | None = None

    @Slot(bool)
    def find_interrupted(self, only_window: bool) -> None:
        """Restore the queue and find interrupted runs; offer no run if the store is unreadable or another process is writing to it.

        Args:
            only_window: Whether no other window is open; a process that still owns the queue is then closing, and this one waits for it.
        """
        self.told.emit(QueueRestored(self._restore_queue(only_window=only_window)))
        try:
            for run in interrupted_runs(self._store_file):
                self.told.emit(RunFoundInterrupted(run))
        except UserError as error:
            _log.warning("no interrupted run is offered: %s", error)

    def _restore_queue(self, *, only_window: bool) -> list[RestoredJob] | None:
        if not (self._owner.claim() or (only_window and self._is_released())):
            _log.info("another window has the queue")
            return None
        try:
            return restored_jobs(self._store_file)
        except UserError as error:
            _log.warning("the queue does not come back: %s", error)
            return None

    def _is_released(self) -> bool:
        """Wait for a closing window to release the queue; return whether this window now owns the queue."""
        self.told.emit(QueueAwaited())
        give_up_at = time.monotonic() + _CLOSES_WITHIN
        while time.monotonic() < give_up_at and not self._closing.wait(_RETRY_AFTER):
            if self._owner.claim():
                return True
        return False

    @Slot(int)
    def give_up(self, run_id: int) -> None:
        """End the remaining images of a run; see `interrupted.give_up`."""
        try:
            give_up(self._store_file, run_id)
        except UserError as error:
            self.told.emit(RunNotGivenUp(Message.of(RunCode.RUN_NOT_GIVEN_UP, reason=error.message)))

    @Slot(int)
    def take_back(self, run_id: int) -> None:
        """Undo `give_up`: the images that it cancelled wait for analysis once more; if this fails, resuming the run still analyses them."""
        try:
            take_back(self._store_file, run_id)
        except UserError as error:
            _log.warning("a run was not taken back: %s", error)

    @Slot()
    def stop(self) -> None:
        """End the thread once all earlier requests are done."""
        self._owner.release()
        self.thread().quit()

    @Slot(object)
    def load_models(self, folder: Path | None = None) -> None:
        """Load the bundle in a folder, or the initial bundle, and report that it is ready or why it is not."""
        self._classifier = None
        try:
            classifier = self._load_classifier(folder or self._models, lambda stage: self.told.emit(StageBegan(stage)))
        except BundleError as error:
            _log.warning("models blocked", exc_info=True)
            self.told.emit(ModelsBlocked(error.message))
        except Exception as error:  # noqa: BLE001 (anything else is a bug: log it and report it once)
            _log.exception("the models could not be loaded")
            self.told.emit(ModelsBlocked(advice_on(error)))
        else:
            self._classifier = classifier
            card = classifier.card
            ready = ModelsReady(card, classifier.engine_name, classifier.golden_images, classifier.device_trouble)
            _log.info("models ready: %s %s on %s, checked on %d known images", card.name, card.version, ready.engine, ready.golden_images)
            self.told.emit(ready)

    @Slot(int, object, object)
    def run(self, job_id: int, request: Request, wishes: Wishes) -> None:
        """Run one job until it ends or is halted, and report each event."""
        if self._classifier is None:
            self.told.emit(RunStopped(job_id, Message.of(RunCode.RUN_WITHOUT_MODELS)))
            return
        try:
            with Store(self._store_file) as store:
                for event in analyse(request, self._classifier, store, wishes.cancel, wishes.pause, identities=wishes.identities):
                    self.told.emit(RunAdvanced(job_id, event))
                    if isinstance(event, RunEnded):
                        _log.info("run ended: %s", event.ledger)
        except UserError as error:
            self.told.emit(RunStopped(job_id, error.message))
        except Exception as error:  # noqa: BLE001 (anything else is a bug: log it and report it once)
            _log.exception("a run stopped")
            self.told.emit(RunStopped(job_id, advice_on(error)))
