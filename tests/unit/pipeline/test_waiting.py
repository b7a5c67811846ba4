"""A file or folder that does not answer is named, does not hold up other files, and never keeps a run from being paused or cancelled."""

import math
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from breakhis_desktop.domain.identity import UNREAD, Identity, ParentFolder
from breakhis_desktop.domain.records import Ledger, Status
from breakhis_desktop.errors import NothingToDoError, UserError
from breakhis_desktop.files import read_bytes
from breakhis_desktop.imaging.decode import decode
from breakhis_desktop.pipeline.analyse import CHUNK, Request, analyse
from breakhis_desktop.pipeline.discover import discover
from breakhis_desktop.pipeline.events import Event, FilesAwaited, ImagesEnded, RunEnded, RunPaused, RunStarted
from breakhis_desktop.pipeline.patience import GIVES_UP, Threads, patiently
from breakhis_desktop.store.store import Store
from breakhis_desktop.wording.files import FileCode
from breakhis_desktop.wording.message import Message
from tests.conftest import FakeClassifier, small_field

POINT = FakeClassifier.card.points["default"]
SOON = 20
"""The number of seconds within which a quick step is finished even on a busy machine."""


class Server:
    """A file server that is away: until it is back, it does not answer for files whose names begin with `bad`."""

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
    reported = []
    for event in events:
        reported.append(event)
        if due(event):
            cancel.set()
    return reported


@pytest.mark.parametrize("processors", [1, 2])
def test_a_cancelled_run_counts_an_unresponsive_file_as_cancelled_and_keeps_the_results_of_the_other_images(
    store: Store, mount: Path, server: Server, monkeypatch: pytest.MonkeyPatch, processors: int
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: processors)
    cancel, done = threading.Event(), 0

    def all_others_are_done(event: Event) -> bool:
        nonlocal done
        done += len(event.records) if isinstance(event, ImagesEnded) else 0
        return done == CHUNK + 5

    reported = until_cancelled(analyse(Request((mount,), POINT), FakeClassifier(), store, cancel), cancel, all_others_are_done)
    assert reported[-1] == RunEnded(Ledger(CHUNK + 6, done=CHUNK + 5, cancelled=1))
    (bad,) = [record for record in store.run(1).records() if record.status is Status.CANCELLED]
    assert bad.path.name == "bad.bmp"


def test_other_files_are_not_held_up_even_by_more_unresponsive_files_than_there_are_processors(
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


def many_bad(folder: Path, files: int) -> Path:
    folder.mkdir()
    for number in range(files):
        small_field(number).save(folder / f"bad {number:02}.bmp")
    for name in ("c", "d"):
        small_field(ord(name)).save(folder / f"{name}.bmp")
    return folder


def until_due(store: Store, roots: tuple[Path, ...], due: Callable[[Event, int], bool]) -> list[Event]:
    """Run until `due` is true of an event and the number of finished images, or for `2 * SOON` seconds; then cancel the run."""
    cancel, done = threading.Event(), 0

    def is_due(event: Event) -> bool:
        nonlocal done
        done += len(event.records) if isinstance(event, ImagesEnded) else 0
        return due(event, done)

    at_last = threading.Timer(2 * SOON, cancel.set)
    at_last.start()
    reported = until_cancelled(analyse(Request(roots, POINT), FakeClassifier(), store, cancel), cancel, is_due)
    at_last.cancel()
    return reported


def test_25_unresponsive_files_do_not_hold_up_the_others_in_their_folder(
    store: Store, tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    reported = until_due(store, (many_bad(tmp_path / "a", 25),), lambda _, done: done == 2)
    assert reported[-1] == RunEnded(Ledger(27, done=2, cancelled=25))


def test_other_folders_come_first_and_the_wait_is_reported_if_too_many_files_hang(
    store: Store, tmp_path: Path, mount: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    monkeypatch.setattr("breakhis_desktop.pipeline.read_ahead._MOST_SPARE", 1)
    (mount / "bad.bmp").unlink()
    waits: list[float] = []

    def is_due(event: Event, done: int) -> bool:
        if isinstance(event, FilesAwaited):
            waits.append(event.waits)
        return math.inf in waits and done == CHUNK + 5

    reported = until_due(store, (many_bad(tmp_path / "a", 40), mount), is_due)
    assert reported[-1] == RunEnded(Ledger(CHUNK + 47, done=CHUNK + 5, cancelled=42))
    assert waits[-2:] == [math.inf, 0]


def test_an_image_that_takes_long_to_decode_is_reported_and_set_aside(store: Store, mount: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow, is_read = (mount / "bad.bmp").read_bytes(), threading.Event()
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    monkeypatch.setattr("breakhis_desktop.pipeline.patience._DECODES_WITHIN", 0.3)
    monkeypatch.setattr("breakhis_desktop.pipeline.read_ahead._LATE", 0.1)
    monkeypatch.setattr(
        "breakhis_desktop.pipeline.read_image.decode", lambda data: (data == slow and is_read.wait(timeout=60), decode(data))[1]
    )
    reported = until_due(store, (mount,), lambda event, done: done == CHUNK + 5 and isinstance(event, FilesAwaited))
    is_read.set()
    assert FilesAwaited((), (mount / "bad.bmp",)) in reported
    assert reported[-1] == RunEnded(Ledger(CHUNK + 6, done=CHUNK + 5, cancelled=1))


def test_an_unresponsive_file_is_reported_and_so_is_its_return(store: Store, mount: Path, server: Server) -> None:
    reported = []
    for event in analyse(Request((mount,), POINT), FakeClassifier(), store, threading.Event()):
        reported.append(event)
        if isinstance(event, FilesAwaited) and event.paths:
            server.is_back.set()
    assert [event.paths for event in reported if isinstance(event, FilesAwaited)] == [(mount / "bad.bmp",), ()]
    assert reported[-1] == RunEnded(Ledger(CHUNK + 6, done=CHUNK + 6))


def test_a_pause_does_not_wait_for_an_unresponsive_file_and_leaves_it_for_later(store: Store, mount: Path, server: Server) -> None:
    pause, awaited, done = threading.Event(), 0, 0

    def all_others_are_done(event: Event) -> bool:
        nonlocal awaited, done
        awaited += isinstance(event, FilesAwaited)
        done += len(event.records) if isinstance(event, ImagesEnded) else 0
        return bool(awaited) and done == CHUNK + 5

    events = analyse(Request((mount,), POINT), FakeClassifier(), store, threading.Event(), pause)
    reported = until_cancelled(events, pause, all_others_are_done)
    assert reported[-1] == RunPaused()
    assert store.run(1).ledger().to_go == 1


def silent(monkeypatch: pytest.MonkeyPatch, call: str, at: Path) -> threading.Event:
    """Make a system call on a path wait until the returned event is set."""
    monkeypatch.setattr("breakhis_desktop.pipeline.patience._ANSWERS_WITHIN", 0.2)
    is_back, asked = threading.Event(), getattr(os, call)

    def ask(path: object, *arguments: object, **options: object) -> object:
        if path == at:
            is_back.wait(timeout=60)
        return asked(path, *arguments, **options)

    monkeypatch.setattr(os, call, ask)
    return is_back


@pytest.mark.parametrize("call", ["scandir", "stat"])
def test_a_search_that_hangs_is_reported_and_can_be_cancelled(
    store: Store, mount: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    cancel, is_back = threading.Event(), silent(monkeypatch, call, mount / "bad.bmp" if call == "stat" else mount)
    events = analyse(Request((mount,), POINT), FakeClassifier(), store, cancel)
    reported = until_cancelled(events, cancel, lambda event: isinstance(event, FilesAwaited))
    is_back.set()
    assert reported == [FilesAwaited((mount / "bad.bmp" if call == "stat" else mount,), waits=GIVES_UP), RunPaused()]
    assert store.runs_over([mount]) == []


def test_a_run_can_be_cancelled_while_the_folder_of_a_failed_file_does_not_respond(
    store: Store, mount: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cancel = threading.Event()
    events = analyse(Request((mount / "bad.bmp", mount / "01.bmp"), POINT), FakeClassifier(), store, cancel)
    assert isinstance(next(events), RunStarted)
    (mount / "bad.bmp").unlink()
    is_back = silent(monkeypatch, "scandir", mount)
    reported = until_cancelled(events, cancel, lambda event: isinstance(event, FilesAwaited))
    is_back.set()
    assert FilesAwaited((mount,), waits=GIVES_UP) in reported
    assert reported[-1] == RunEnded(Ledger(2, done=1, cancelled=1))


@pytest.mark.parametrize(("call", "place"), [("scandir", "dead"), ("stat", "dead/e.bmp"), ("stat", "dead.bmp"), ("stat", "dead")])
def test_a_path_is_recorded_as_failed_if_it_never_responds_to_the_search_and_the_rest_is_done(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, place: str
) -> None:
    root = many_bad(tmp_path / "a", 1)
    dead = root / place
    (root / "dead").mkdir()
    for name in ("dead/e.bmp", "dead/f.bmp", "dead.bmp"):
        small_field(5).save(root / name)
    monkeypatch.setattr("breakhis_desktop.pipeline.patience.GIVES_UP", 0.4)
    is_back = silent(monkeypatch, call, dead)
    roots = (root, *([] if place.startswith("dead/") or call == "scandir" else [dead]))
    reported = list(analyse(Request(roots, POINT), FakeClassifier(), store, threading.Event()))
    is_back.set()
    ended = reported[-1]
    assert isinstance(ended, RunEnded)
    assert ended.ledger.failed == 1
    assert ended.ledger.done >= 4
    (failed,) = [record for record in store.run(1).records() if record.status is Status.FAILED]
    assert (failed.path, failed.reason) == (dead, Message.of(FileCode.SILENT))
    assert FilesAwaited((dead,), waits=0.4) in reported


def test_a_folder_with_many_unresponsive_files_is_given_up_after_two_of_them(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, asked, is_back = many_bad(tmp_path / "a", 9), os.stat, threading.Event()
    small_field(3).save(tmp_path / "good.bmp")
    monkeypatch.setattr("breakhis_desktop.pipeline.patience.GIVES_UP", 0.2)
    monkeypatch.setattr(os, "stat", lambda path, **options: (Path(path).parent == root and is_back.wait(60), asked(path, **options))[1])
    reported = list(analyse(Request((tmp_path / "good.bmp", root), POINT), FakeClassifier(), store, threading.Event()))
    is_back.set()
    assert reported[-1] == RunEnded(Ledger(2, done=1, failed=1))
    assert store.run(1).records()[1].path == root


def test_a_table_that_never_responds_is_reported_in_a_sentence(store: Store, mount: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    is_back, opened, table = threading.Event(), Path.open, mount / "patients.csv"
    monkeypatch.setattr("breakhis_desktop.pipeline.patience.GIVES_UP", 0.4)
    monkeypatch.setattr(Path, "open", lambda path, *mode, **more: (path == table and is_back.wait(60), opened(path, *mode, **more))[1])
    request = Request((mount,), POINT, identity_rule=f"csv:{table}")
    with pytest.raises(UserError, match=r"table .*patients.csv cannot be opened. It does not answer; check the drive"):
        list(analyse(request, FakeClassifier(), store, threading.Event()))
    is_back.set()


def test_a_folder_that_never_responds_when_its_files_fail_counts_as_gone_and_results_are_kept(
    store: Store, mount: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = analyse(Request((mount / "bad.bmp", mount / "01.bmp"), POINT), FakeClassifier(), store, threading.Event())
    assert isinstance(next(events), RunStarted)
    (mount / "bad.bmp").unlink()
    monkeypatch.setattr("breakhis_desktop.pipeline.patience.GIVES_UP", 0.4)
    is_back = silent(monkeypatch, "scandir", mount)
    with pytest.raises(UserError, match="mount is empty or no longer there"):
        list(events)
    is_back.set()
    assert store.run(1).ledger() == Ledger(2, done=1)


def test_a_slow_computation_after_the_search_is_not_mistaken_for_an_unresponsive_drive(
    store: Store, mount: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("breakhis_desktop.pipeline.patience._ANSWERS_WITHIN", 0.2)

    def identify_slowly(_rule: ParentFolder, _path: Path) -> Identity:
        time.sleep(0.02)  # computing must be slow here: the images together take longer than a drive may take to answer
        return UNREAD

    monkeypatch.setattr(ParentFolder, "identify", identify_slowly)
    reported = list(analyse(Request((mount,), POINT, identity_rule="folder"), FakeClassifier(), store, threading.Event()))
    assert not [event for event in reported if isinstance(event, FilesAwaited)]


def test_an_error_of_a_call_that_is_waited_for_is_raised_unchanged() -> None:
    with pytest.raises(NothingToDoError):
        list(patiently(lambda asking: discover([Path("/absent")], asking=asking), lambda: False))


def test_a_process_ends_even_if_one_of_its_threads_never_does() -> None:
    code = "import threading; from breakhis_desktop.pipeline.patience import Threads; Threads(1).submit(threading.Event().wait)"
    begun = time.monotonic()
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)
    assert time.monotonic() - begun < 60


def test_no_further_call_starts_once_the_threads_are_closed() -> None:
    begun, started, release, threads = [], threading.Event(), threading.Event(), Threads(1)

    def wait() -> bool:
        started.set()
        return release.wait(timeout=SOON)

    first = threads.submit(wait)
    threads.submit(lambda: begun.append(1))
    assert started.wait(timeout=SOON)
    threading.Timer(0.2, release.set).start()
    threads.close()
    assert first.result(timeout=SOON)
    assert begun == []
