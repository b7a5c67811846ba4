"""Real analyses with a fake classifier: complete, abandoned, or with their calls counted."""

import threading

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.inference.engine import BATCH
from breakhis_desktop.inference.model_output import ModelOutput
from breakhis_desktop.pipeline.analyse import Request, analyse
from breakhis_desktop.pipeline.events import Event, RunStarted
from breakhis_desktop.store.store import Store
from tests.conftest import FakeClassifier

POINT = FakeClassifier.card.points["default"]


def run(store: Store, request: Request, cancel: threading.Event | None = None) -> list[Event]:
    """Run an analysis with the fake classifier until it ends, and return all events."""
    return list(analyse(request, FakeClassifier(), store, cancel or threading.Event()))


def cut_off(store: Store, request: Request) -> int:
    """Begin a run, abandon it after its first chunk as a killed process would, and return its id."""
    events = analyse(request, FakeClassifier(), store, threading.Event())
    started = next(events)
    assert isinstance(started, RunStarted)
    next(events)
    events.close()
    return started.run_info.run_id


class Counting(FakeClassifier):
    """Counts its calls, sets an event on each call, and asserts that no batch is too large."""

    def __init__(self, event: threading.Event) -> None:
        self.asked = 0
        self._event = event

    def classify(self, inputs: NDArray[np.uint8]) -> list[ModelOutput]:
        self.asked += 1
        assert len(inputs) <= BATCH
        self._event.set()
        return super().classify(inputs)
