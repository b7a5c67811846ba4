"""A run that is cancelled or paused stops after its current batch and accounts for every image."""

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from breakhis_desktop.domain.identity import UNREAD, Identity, OfficialNames
from breakhis_desktop.domain.records import Ledger
from breakhis_desktop.inference.engine import BATCH
from breakhis_desktop.pipeline.analyse import CHUNK, Request, Wishes, analyse
from breakhis_desktop.pipeline.events import ImagesEnded, RunEnded, RunPaused
from breakhis_desktop.pipeline.read_image import ReadImage, read_image
from breakhis_desktop.store.store import Store
from tests.conftest import FakeClassifier, small_field
from tests.factories.analyses import POINT, Counting, run


def test_the_wishes_of_a_run_are_empty_at_first_and_not_shared_with_another_run() -> None:
    first, second = Wishes(), Wishes()
    first.cancel.set()
    first.identities[0] = UNREAD
    assert (first.stop_asked(), second.stop_asked(), second.pause.is_set(), second.identities) == (True, False, False, {})
    second.pause.set()
    assert (second.stop_asked(), second.cancel.is_set()) == (True, False)


def test_a_run_that_is_cancelled_while_names_are_read_does_not_begin(store: Store, many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cancel = threading.Event()

    class Cancelling(OfficialNames):
        def identify(self, path: Path) -> Identity:
            cancel.set()
            return super().identify(path)

    monkeypatch.setattr("breakhis_desktop.pipeline.analyse.load_rule", lambda *_: Cancelling())
    assert run(store, Request((many,), POINT), cancel) == [RunPaused()]
    assert store.all_runs() == []


def test_a_cancelled_run_keeps_finished_images_and_marks_the_rest_as_cancelled(store: Store, many: Path) -> None:
    cancel = threading.Event()
    ended = None
    for event in analyse(Request((many,), POINT, gate=False), FakeClassifier(), store, cancel):
        if isinstance(event, ImagesEnded):
            cancel.set()
        ended = event
    assert isinstance(ended, RunEnded)
    assert ended.ledger.to_go == 0
    assert ended.ledger.done >= CHUNK
    assert ended.ledger.done + ended.ledger.cancelled == ended.ledger.queued == 3 * CHUNK + 5


@pytest.fixture
def tiled(tmp_path: Path) -> Path:
    """Return a folder of sixteen fields, each of which is cut into nine tiles."""
    folder = tmp_path / "tiled"
    folder.mkdir()
    field = small_field(0).resize((2100, 1380))
    for number in range(16):
        field.save(folder / f"SOB_M_DC-14-2523-100-{number:03}.bmp")
    return folder


def test_a_cancellation_takes_effect_after_the_current_batch_and_keeps_completed_images(store: Store, tiled: Path) -> None:
    cancel = threading.Event()
    classifier = Counting(cancel)
    *_, ended = analyse(Request((tiled,), POINT, gate=False), classifier, store, cancel)
    assert classifier.asked == 1
    assert ended == RunEnded(Ledger(16, done=BATCH // 9, cancelled=16 - BATCH // 9))


def test_a_cancellation_does_not_wait_for_slow_files(store: Store, many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cancel, release = threading.Event(), threading.Event()

    def read_slowly(*arguments: Any, **options: Any) -> ReadImage:
        cancel.set()
        release.wait(timeout=60)
        return read_image(*arguments, **options)

    monkeypatch.setattr("breakhis_desktop.pipeline.analyse.read_image", read_slowly)
    *_, ended = analyse(Request((many,), POINT), FakeClassifier(), store, cancel)
    assert ended == RunEnded(Ledger(3 * CHUNK + 5, cancelled=3 * CHUNK + 5))
    assert not release.is_set()
    release.set()


def test_a_paused_run_stops_after_the_current_batch_and_loses_no_row(store: Store, many: Path) -> None:
    pause = threading.Event()
    request = Request((many,), POINT, gate=False)
    *_, paused = analyse(request, Counting(pause), store, threading.Event(), pause)
    assert paused == RunPaused()
    assert store.run(1).ledger() == Ledger(3 * CHUNK + 5, done=CHUNK)
    assert isinstance(run(store, replace(request, run_id=1))[-1], RunEnded)
    run(store, request)
    assert store.run(1).records() == store.run(2).records()


def test_a_paused_run_can_be_cancelled(store: Store, many: Path) -> None:
    cancel, pause = threading.Event(), threading.Event()
    request = Request((many,), POINT, gate=False)
    list(analyse(request, Counting(pause), store, cancel, pause))
    cancel.set()
    *_, ended = analyse(replace(request, run_id=1), FakeClassifier(), store, cancel)
    assert ended == RunEnded(Ledger(3 * CHUNK + 5, done=CHUNK, cancelled=2 * CHUNK + 5))


def test_a_cancellation_while_files_are_counted_leaves_nothing_in_the_store(store: Store, many: Path) -> None:
    cancel = threading.Event()
    cancel.set()
    assert list(analyse(Request((many,), POINT), FakeClassifier(), store, cancel)) == [RunPaused()]
    assert store.runs_over([many]) == []


def test_a_cancelled_run_that_is_resumed_and_paused_has_pending_images_and_no_cancelled_ones(store: Store, many: Path) -> None:
    cancel, pause = threading.Event(), threading.Event()
    request = Request((many,), POINT, gate=False)
    list(analyse(request, Counting(cancel), store, cancel))
    *_, paused = analyse(replace(request, run_id=1), Counting(pause), store, threading.Event(), pause)
    assert paused == RunPaused()
    assert store.run(1).ledger() == Ledger(3 * CHUNK + 5, done=2 * CHUNK)
    *_, ended = run(store, replace(request, run_id=1))
    assert ended == RunEnded(Ledger(3 * CHUNK + 5, done=3 * CHUNK + 5))
