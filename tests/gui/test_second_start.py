"""A second start of the program hands its paths over to the open window."""

import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from multiprocessing.connection import Client
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from pytestqt.qtbot import QtBot

from breakhis_desktop import paths
from breakhis_desktop.domain.queued_job import QueuedJob
from breakhis_desktop.store.locks import ProcessLock, lock_beside
from breakhis_desktop.store.queue import QueueOwner, load_queue, save_queue
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.job import JobStage
from breakhis_desktop.worker import second_start
from breakhis_desktop.worker.second_start import SecondStarts, Started, hand_over
from tests.factories import there
from tests.gui.conftest import MakeWindow

only_sockets = pytest.mark.skipif(sys.platform == "win32", reason="on Windows, the address is a named pipe, which is not a file")

LISTENING = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from breakhis_desktop.worker.second_start import SecondStarts
application = QCoreApplication([])
starts = SecondStarts(Path(sys.argv[1]), application)
starts.heard.connect(lambda started: print(started.paths[0].name, flush=True))
print(starts.listen(), flush=True)
application.exec()
"""


@pytest.fixture
def store_file(home: Path) -> Path:
    return paths.store_file()


@pytest.fixture
def starts(store_file: Path) -> Iterator[SecondStarts]:
    """Return an object that listens for further starts of the program until the test ends, as the one in an open window does."""
    parent = QObject()
    starts = SecondStarts(store_file, parent)
    assert starts.listen()
    yield starts
    starts.close()
    parent.deleteLater()


def hand_over_in_thread(store_file: Path, started: Started) -> list[bool]:
    """Hand over a second start from another thread instead of another process; return a list that will receive the answer."""
    answers: list[bool] = []
    threading.Thread(target=lambda: answers.append(hand_over(store_file, started)), daemon=True).start()
    return answers


def test_the_window_comes_forward_and_queues_the_paths_of_a_second_start(
    window: MainWindow, starts: SecondStarts, store_file: Path, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.parent)
    starts.heard.connect(window.come_forward)
    window.showMinimized()
    answers = hand_over_in_thread(store_file, Started((Path("fields"),), sample=True))
    qtbot.waitUntil(lambda: answers == [True] and window.jobs.rowCount() == 2, timeout=20_000)
    assert [job.inputs[0].name for job in window.jobs.all()] == ["fields", "sample_images"]
    assert window.jobs.all()[0].inputs == (folder,)
    assert not window.windowState() & Qt.WindowState.WindowMinimized


def test_a_second_start_runs_its_sample_images_but_no_other_queued_job(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    window.add([folder])
    window.come_forward(Started((), sample=True))
    queued, samples = window.jobs.all()
    qtbot.waitUntil(lambda: samples.stage is JobStage.ENDED, timeout=20_000)
    assert queued.stage is JobStage.QUEUED


def test_two_further_starts_are_heard_one_after_the_other(store_file: Path, starts: SecondStarts, qtbot: QtBot) -> None:
    for name in ("a", "b"):
        with qtbot.waitSignal(starts.heard, timeout=20_000) as heard:
            hand_over_in_thread(store_file, Started((Path("/", name),), sample=False))
        assert heard.args == [Started((Path("/", name).absolute(),), sample=False)]


def test_a_closing_window_does_not_accept_a_second_start_and_the_next_window_can_listen(
    window: MainWindow, starts: SecondStarts, store_file: Path, qtbot: QtBot
) -> None:
    heard: list[Started] = []
    answers: list[bool] = []
    listens: list[bool] = []
    starts.heard.connect(heard.append)
    window.closing.connect(starts.close)
    next_listener = SecondStarts(store_file, parent := QObject())

    def start_again() -> None:
        """Act as a second start of the program; like an export, this background work still runs while the window closes."""
        answers.append(hand_over(store_file, Started((Path("/a"),), sample=False)))
        listens.append(next_listener.listen())

    window._threads.start().run(start_again, lambda _: None, lambda _: None)
    window.close()
    assert (answers, listens) == ([False], [True])
    next_listener.close()
    qtbot.wait(0)
    assert not heard
    parent.deleteLater()


def test_a_window_waits_for_the_queue_of_a_window_that_is_still_closing_and_says_so(
    make_window: MakeWindow, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    store_file, closing = tmp_path / "store.sqlite", QueueOwner(tmp_path / "store.sqlite")
    assert closing.claim()
    window = make_window()
    qtbot.waitUntil(lambda: "still closing" in window.toast.text)
    save_queue(store_file, [QueuedJob(1, (folder,))])
    closing.release()
    qtbot.waitUntil(lambda: [job.inputs for job in window.jobs.all()] == [(folder,)])
    assert not window.banner.isVisible()
    assert window.presenter.keeps_queue
    assert "still closing" not in window.toast.text


def test_a_window_that_waits_for_a_closing_window_can_be_closed_at_once(make_window: MakeWindow, tmp_path: Path, qtbot: QtBot) -> None:
    closing = QueueOwner(tmp_path / "store.sqlite")
    assert closing.claim()
    window = make_window()
    qtbot.waitUntil(lambda: "still closing" in window.toast.text)
    before = time.monotonic()
    window.close()
    assert time.monotonic() - before < 5
    closing.release()


def test_a_window_does_not_wait_for_the_queue_of_another_open_window(make_window: MakeWindow, tmp_path: Path, qtbot: QtBot) -> None:
    other = QueueOwner(tmp_path / "store.sqlite")
    assert other.claim()
    window = make_window(only_window=False)
    qtbot.waitUntil(window.banner.isVisible)
    assert "another window keeps its own" in window.banner.text
    other.release()


def test_the_queue_is_saved_before_the_next_window_can_take_it_over(
    window: MainWindow, folder: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[int] = []
    qtbot.waitUntil(lambda: window.presenter.keeps_queue and window.presenter.card is not None)
    close_thread = window._runner.close

    def close() -> None:
        kept.append(len(load_queue(tmp_path / "store.sqlite")))
        close_thread()

    monkeypatch.setattr(window._runner, "close", close)
    window.add([folder])
    window.keeper._background.run(
        partial(sum, range(10_000_000)), lambda _: None, lambda _: None
    )  # work that takes a while, such as loading a large run
    window.close()
    assert kept == [1]


def test_a_second_start_that_a_busy_window_did_not_answer_is_not_accepted_later(
    store_file: Path, starts: SecondStarts, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Started] = []
    starts.heard.connect(heard.append)
    with monkeypatch.context() as hurried:
        hurried.setattr(second_start, "_ANSWERS_EARLIER", 4.9)
        assert not hand_over(store_file, Started((Path("/a"),), sample=False)), (
            "the window's own thread waits in this call, so it cannot answer"
        )
    with qtbot.waitSignal(starts.heard, timeout=20_000):
        hand_over_in_thread(store_file, Started((), sample=True))
    assert heard == [Started((), sample=True)]


@only_sockets
def test_starts_that_gave_up_while_the_window_was_stopped_are_not_heard_when_it_continues(
    store_file: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(second_start, "_ANSWERS_WITHIN", 0.2)
    call = [sys.executable, "-c", LISTENING, str(store_file)]
    with subprocess.Popen(call, stdout=subprocess.PIPE, text=True) as window:
        assert window.stdout is not None
        assert window.stdout.readline() == "True\n"
        window.send_signal(signal.SIGSTOP)
        answers = [hand_over(store_file, Started((Path(f"/lost {number}"),), sample=False)) for number in range(12)]
        window.send_signal(signal.SIGCONT)
        monkeypatch.setattr(second_start, "_ANSWERS_WITHIN", 20.0)
        answers.append(hand_over(store_file, Started((Path("/heard"),), sample=False)))
        window.send_signal(signal.SIGTERM)
        assert window.stdout.read() == "heard\n"
    assert answers == [False] * 12 + [True]


def test_a_window_that_hears_late_does_not_accept_a_second_start_that_is_about_to_give_up(
    store_file: Path, starts: SecondStarts, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Started] = []
    starts.heard.connect(heard.append)
    monkeypatch.setattr(second_start, "_ANSWERS_WITHIN", 0.9)
    answers = hand_over_in_thread(store_file, Started((Path("/a"),), sample=False))
    qtbot.waitUntil(lambda: bool(answers), timeout=20_000)
    assert (answers, heard) == ([False], [])


@only_sockets
def test_a_caller_that_stalls_in_the_middle_of_a_message_does_not_delay_others(
    store_file: Path, starts: SecondStarts, qtbot: QtBot
) -> None:
    with socket.socket(socket.AF_UNIX) as stalled:
        stalled.connect(there(second_start._address(store_file)))
        stalled.send(b"\0\0")
        with qtbot.waitSignal(starts.heard, timeout=2000):
            hand_over_in_thread(store_file, Started((), sample=True))


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b'{"paths": 3, "sample": false, "gives_up_at": 1e9}',
        b'{"paths": "abc", "sample": false, "gives_up_at": 1e9}',
        b'{"paths": ["abc"], "sample": false, "gives_up_at": 1e9}',
        b'{"paths": [3], "sample": false, "gives_up_at": 1e9}',
        b'{"paths": [], "sample": 1, "gives_up_at": 1e9}',
        b'{"paths": [], "sample": true}',
        b'{"paths": [], "sample": true, "gives_up_at": "soon"}',
        b"[" * 100_000,
    ],
)
def test_a_malformed_message_is_dropped_and_the_next_second_start_is_heard(
    store_file: Path, starts: SecondStarts, qtbot: QtBot, sent: bytes
) -> None:
    with Client(there(second_start._address(store_file)), second_start._FAMILY) as connection:
        connection.send_bytes(sent)
        with pytest.raises(EOFError):
            connection.recv_bytes()
    with qtbot.waitSignal(starts.heard, timeout=20_000) as heard:
        hand_over_in_thread(store_file, Started((), sample=True))
    assert heard.args == [Started((), sample=True)]


@only_sockets
def test_the_socket_of_a_killed_window_is_replaced_by_one_that_only_its_user_can_reach(home: Path, store_file: Path, qtbot: QtBot) -> None:
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(home / ".store.sqlite.window"))
    starts = SecondStarts(store_file, parent := QObject())
    assert starts.listen()
    with qtbot.waitSignal(starts.heard, timeout=20_000):
        hand_over_in_thread(store_file, Started((), sample=True))
    assert (home / ".store.sqlite.window").stat().st_mode & 0o177 == 0
    starts.close()
    assert not (home / ".store.sqlite.window").exists()
    parent.deleteLater()


@only_sockets
def test_a_file_at_the_path_of_the_socket_is_not_replaced(home: Path, store_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_start, "_LISTENS_WITHIN", 0.1)
    (home / ".store.sqlite.window").write_text("mine")
    starts = SecondStarts(store_file, QObject())
    assert starts.listen()
    assert not hand_over(store_file, Started((), sample=False))
    starts.close()
    assert (home / ".store.sqlite.window").read_text() == "mine"


def test_a_window_does_not_listen_while_another_process_does(store_file: Path) -> None:
    other, starts = ProcessLock(lock_beside(store_file, "window.lock")), SecondStarts(store_file, QObject())
    assert other.take()
    assert not starts.listen()
    other.release()
    assert starts.listen()
    starts.close()


def test_a_window_listens_if_no_lock_can_be_taken(tmp_path: Path) -> None:
    starts = SecondStarts(tmp_path / "absent" / "store.sqlite", QObject())
    (tmp_path / "absent").write_text("no folder")
    assert starts.listen(), "no other process is known to listen"
    starts.close()


def test_a_second_start_does_not_wait_long_for_a_window_that_does_not_listen(store_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = time.monotonic()
    assert not hand_over(store_file, Started((), sample=False))
    assert time.monotonic() - before < 3
    assert not hand_over(store_file.parent / ("x" * 200), Started((), sample=False)), "the path is too long for a socket"
