"""A file or a folder that does not answer holds up nothing but itself, is named, and no end waits for it."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from breakhis_desktop.domain.records import Ledger, Status
from breakhis_desktop.errors import NothingToDoError
from breakhis_desktop.files import read_bytes
from breakhis_desktop.pipeline.analyse import CHUNK, Request, analyse
from breakhis_desktop.pipeline.discover import discover
from breakhis_desktop.pipeline.events import Event, FilesAwaited, ImagesEnded, RunEnded, RunPaused, RunStarted
from breakhis_desktop.pipeline.patience import Threads, patiently
from breakhis_desktop.store.store import Store
from tests.conftest import FakeClassifier, small_field

POINT = FakeClassifier.card.points["default"]
SOON = 20
"""Seconds that are plenty on a machine at work."""


class Server:
    """Answers for every file but those whose name begins with `bad`, until it comes back."""

    def __init__(self) -> None:
        self.is_back = threading.Event()

    def read_bytes(self, path: Path) -> bytes:
        if path.name.startswith("bad"):
            self.is_back.wait(timeout=120)
        return read_bytes(path)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    gone = Server()
    monkeypatch.setattr("breakhis_desktop.pipeline.read_image.read_bytes", gone.read_bytes)
    monkeypatch.setattr("breakhis_desktop.pipeline.patience._ANSWERS_WITHIN", 0.3)
    monkeypatch.setattr("breakhis_desktop.pipeline.read_ahead._LATE", 0.1)
    yield gone
    gone.is_back.set()


@pytest.fixture
def mount(tmp_path: Path) -> Path:
    folder = tmp_path / "mount"
    folder.mkdir()
    for number in range(CHUNK + 5):
        small_field(number).save(folder / f"{number:02}.bmp")
    small_field(100).save(folder / "bad.bmp")
    return folder


def until_cancelled(events: Iterator[Event], cancel: threading.Event, due: Callable[[Event], bool]) -> list[Event]:
    told = []
    for event in events:
        told.append(event)
        if due(event):
            cancel.set()
    return told


@pytest.mark.parametrize("processors", [1, 2])
def test_the_images_beside_a_file_that_does_not_answer_keep_their_results_and_it_ends_as_cancelled(
    store: Store, mount: Path, server: Server, monkeypatch: pytest.MonkeyPatch, processors: int
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: processors)
    cancel, done = threading.Event(), 0

    def all_others_are_done(event: Event) -> bool:
        nonlocal done
        done += len(event.records) if isinstance(event, ImagesEnded) else 0
        return done == CHUNK + 5

    told = until_cancelled(analyse(Request((mount,), POINT), FakeClassifier(), store, cancel), cancel, all_others_are_done)
    assert told[-1] == RunEnded(Ledger(CHUNK + 6, done=CHUNK + 5, cancelled=1))
    (bad,) = [record for record in store.records(1) if record.status is Status.CANCELLED]
    assert bad.path.name == "bad.bmp"


def test_more_files_than_processors_that_do_not_answer_hold_up_no_other(
    store: Store, mount: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    for number in range(6):
        small_field(number).save(mount / f"bad {number}.bmp")
    threading.Timer(3, server.is_back.set).start()
    events = list(analyse(Request((mount,), POINT), FakeClassifier(), store, threading.Event()))
    assert events[-1] == RunEnded(Ledger(CHUNK + 12, done=CHUNK + 12))
    batches = [[record.path.name for record in event.records] for event in events if isinstance(event, ImagesEnded)]
    assert sum(not name.startswith("bad") for batch in batches[:2] for name in batch) == CHUNK + 5


def test_what_does_not_answer_is_named_and_so_is_its_answer(store: Store, mount: Path, server: Server) -> None:
    told = []
    for event in analyse(Request((mount,), POINT), FakeClassifier(), store, threading.Event()):
        told.append(event)
        if isinstance(event, FilesAwaited) and event.paths:
            server.is_back.set()
    assert [event.paths for event in told if isinstance(event, FilesAwaited)] == [(mount / "bad.bmp",), ()]
    assert told[-1] == RunEnded(Ledger(CHUNK + 6, done=CHUNK + 6))


def test_a_pause_does_not_wait_for_a_file_either_and_keeps_it_for_later(store: Store, mount: Path, server: Server) -> None:
    pause = threading.Event()
    events = analyse(Request((mount,), POINT), FakeClassifier(), store, threading.Event(), pause)
    told = until_cancelled(events, pause, lambda event: isinstance(event, FilesAwaited))
    assert told[-1] == RunPaused()
    assert store.ledger(1).to_go == 1


def silent(monkeypatch: pytest.MonkeyPatch, call: str, at: Path) -> threading.Event:
    """Let a call to the system get no answer about one folder until the event that is returned is set."""
    monkeypatch.setattr("breakhis_desktop.pipeline.patience._ANSWERS_WITHIN", 0.2)
    is_back, asked = threading.Event(), getattr(os, call)

    def ask(path: object, *arguments: object, **options: object) -> object:
        if path == at:
            is_back.wait(timeout=60)
        return asked(path, *arguments, **options)

    monkeypatch.setattr(os, call, ask)
    return is_back


@pytest.mark.parametrize("call", ["scandir", "stat"])
def test_a_search_that_gets_no_answer_is_named_and_can_be_cancelled(
    store: Store, mount: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    cancel, is_back = threading.Event(), silent(monkeypatch, call, mount / "bad.bmp" if call == "stat" else mount)
    events = analyse(Request((mount,), POINT), FakeClassifier(), store, cancel)
    told = until_cancelled(events, cancel, lambda event: isinstance(event, FilesAwaited))
    is_back.set()
    assert told == [FilesAwaited((mount / "bad.bmp" if call == "stat" else mount,)), RunPaused()]
    assert store.runs_over([mount]) == []


def test_a_folder_that_no_longer_answers_when_its_files_fail_can_be_cancelled(
    store: Store, mount: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cancel = threading.Event()
    events = analyse(Request((mount / "bad.bmp", mount / "01.bmp"), POINT), FakeClassifier(), store, cancel)
    assert isinstance(next(events), RunStarted)
    (mount / "bad.bmp").unlink()
    is_back = silent(monkeypatch, "scandir", mount)
    told = until_cancelled(events, cancel, lambda event: isinstance(event, FilesAwaited))
    is_back.set()
    assert told[0] == FilesAwaited((mount,))
    assert told[-1] == RunEnded(Ledger(2, cancelled=2))


def test_what_is_done_patiently_raises_as_it_is() -> None:
    with pytest.raises(NothingToDoError):
        list(patiently(lambda asking: discover([Path("/absent")], asking=asking), lambda: False))


def test_a_process_ends_though_one_of_its_threads_never_does() -> None:
    code = "import threading; from breakhis_desktop.pipeline.patience import Threads; Threads(1).submit(threading.Event().wait)"
    begun = time.monotonic()
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)
    assert time.monotonic() - begun < 60


def test_threads_that_are_closed_begin_nothing_more() -> None:
    begun, started, release, threads = [], threading.Event(), threading.Event(), Threads(1)
    first = threads.submit(lambda: (started.set(), release.wait(timeout=SOON))[1])
    threads.submit(lambda: begun.append(1))
    assert started.wait(timeout=SOON)
    threading.Timer(0.2, release.set).start()
    threads.close()
    assert first.result(timeout=SOON)
    assert begun == []
