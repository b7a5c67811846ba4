"""The object that lives in the analysis thread: it owns the models and runs one job after the other."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot

from breakhis_desktop.errors import NO_MEMORY, BundleError, UserError, is_out_of_memory
from breakhis_desktop.pipeline.analyse import Halt, Request, analyse
from breakhis_desktop.pipeline.classify import ImageClassifier
from breakhis_desktop.pipeline.events import RunEnded
from breakhis_desktop.pipeline.interrupted import give_up, interrupted_runs
from breakhis_desktop.pipeline.keep_queue import RestoredJob, restored_jobs
from breakhis_desktop.store.queue import QueueOwner
from breakhis_desktop.store.store import Store
from breakhis_desktop.wording.message import Message

BUG_ADVICE = "Something went wrong that should not; the log says more. Please report it."

_log = logging.getLogger(__name__)


def advice_on(error: Exception) -> str:
    """Return in a sentence what a user is told of an error that nobody foresaw."""
    return NO_MEMORY if is_out_of_memory(error) else BUG_ADVICE


class LoadedClassifier(ImageClassifier, Protocol):
    """A classifier that can say what it is."""

    @property
    def golden_images(self) -> int:
        """On how many known images it proved itself."""

    @property
    def device_trouble(self) -> Message | None:
        """Why the CPU computes where another device was asked for; None where none was."""


ClassifierLoader = Callable[[Path, Callable[[Message], None]], LoadedClassifier]
"""Opens the bundle in a folder, and tells a function which stage begins."""


@dataclass(frozen=True, slots=True)
class ModelsReady:
    """The models that proved themselves on this machine."""

    name: str
    model_id: str
    engine: str
    golden_images: int
    device_trouble: str = ""


class AnalysisWorker(QObject):
    """Loads the models and runs jobs, on whichever thread it was moved to.

    Signals:
        queue_restored: The jobs of the last start, or None where another window has the queue or it cannot be read.
        run_interrupted: A run of an earlier start that can be resumed.
        run_not_given_up: Why a run that was taken off the queue will be offered again.
        stage_changed: What loading is about, in words.
        models_ready: A card; jobs can run.
        models_blocked: Why nothing can be analysed, with advice.
        event_happened: Job and event of its run.
        run_stopped: Job and why its run could not go on, with advice.
    """

    queue_restored = Signal(object)
    run_interrupted = Signal(object)
    run_not_given_up = Signal(str)
    stage_changed = Signal(str)
    models_ready = Signal(object, object)
    models_blocked = Signal(str)
    event_happened = Signal(int, object)
    run_stopped = Signal(int, str)

    def __init__(self, load_classifier: ClassifierLoader, models: Path, store_file: Path) -> None:
        """Remember what to load; nothing is loaded yet."""
        super().__init__()
        self._load_classifier = load_classifier
        self._models = models
        self._store_file = store_file
        self._owner = QueueOwner(store_file)
        self._classifier: LoadedClassifier | None = None

    @Slot()
    def find_interrupted(self) -> None:
        """Bring the queue back, and look for runs that were cut off; none is offered where the store cannot be read or is being written."""
        self.queue_restored.emit(self._restore_queue())
        try:
            for run in interrupted_runs(self._store_file):
                self.run_interrupted.emit(run)
        except UserError as error:
            _log.warning("no interrupted run is offered: %s", error)

    def _restore_queue(self) -> list[RestoredJob] | None:
        if not self._owner.claim():
            _log.info("another window has the queue")
            return None
        try:
            return restored_jobs(self._store_file)
        except UserError as error:
            _log.warning("the queue does not come back: %s", error)
            return None

    @Slot(int)
    def give_up(self, run_id: int) -> None:
        """End the rest of a run as cancelled."""
        try:
            give_up(self._store_file, run_id)
        except UserError as error:
            self.run_not_given_up.emit(f"The run was taken off the queue and will be offered again at the next start. {error}")

    @Slot()
    def stop(self) -> None:
        """End the thread, after everything that was asked before."""
        self._owner.release()
        self.thread().quit()

    @Slot(object)
    def load_models(self, folder: Path | None = None) -> None:
        """Load the models of a folder, or those that were named at first, and say that they are ready or why not."""
        self._classifier = None
        try:
            classifier = self._load_classifier(folder or self._models, lambda stage: self.stage_changed.emit(str(stage)))
        except BundleError as error:
            _log.warning("models blocked", exc_info=True)
            self.models_blocked.emit(str(error))
        except Exception as error:  # noqa: BLE001 (what is left is a bug: it is logged, and told once)
            _log.exception("the models could not be loaded")
            self.models_blocked.emit(advice_on(error))
        else:
            self._classifier = classifier
            card = classifier.card
            known, trouble = classifier.golden_images, str(classifier.device_trouble or "")
            ready = ModelsReady(f"{card.name} {card.version}", card.model_id, classifier.engine_name, known, trouble)
            _log.info("models ready: %s on %s, checked on %d known images", ready.name, ready.engine, ready.golden_images)
            self.models_ready.emit(card, ready)

    @Slot(int, object, object)
    def run(self, job_id: int, request: Request, halt: Halt) -> None:
        """Run one job to its end and tell each event."""
        if self._classifier is None:
            self.run_stopped.emit(job_id, "The models are not loaded, so nothing was analysed.")
            return
        try:
            with Store(self._store_file) as store:
                for event in analyse(request, self._classifier, store, halt.cancel, halt.pause):
                    self.event_happened.emit(job_id, event)
                    if isinstance(event, RunEnded):
                        _log.info("run ended: %s", event.ledger)
        except UserError as error:
            self.run_stopped.emit(job_id, str(error))
        except Exception as error:  # noqa: BLE001 (what is left is a bug: it is logged, and told once)
            _log.exception("a run stopped")
            self.run_stopped.emit(job_id, advice_on(error))
