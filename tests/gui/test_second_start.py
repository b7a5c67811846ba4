"""A second start of the program hands its paths to the window that is open."""

import socket
import sys
import threading
from multiprocessing.connection import Client
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from pytestqt.qtbot import QtBot

from breakhis_desktop.ui.shell import second_start
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.shell.second_start import SecondStarts, Started, hand_over
from tests.factories import there


def hand_over_in_thread(home: Path, started: Started) -> list[bool]:
    """Hand over from another thread, as from another process; return a list that will hold the answer."""
    answers: list[bool] = []
    threading.Thread(target=lambda: answers.append(hand_over(home, started)), daemon=True).start()
    return answers


def test_the_window_comes_forward_and_queues_the_paths_of_a_second_start(
    window: MainWindow, home: Path, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.parent)
    SecondStarts(home, window).heard.connect(window.come_forward)
    window.showMinimized()
    answers = hand_over_in_thread(home, Started((Path("fields"),), sample=True))
    qtbot.waitUntil(lambda: answers == [True] and window.jobs.rowCount() == 2, timeout=20_000)
    assert [job.inputs[0].name for job in window.jobs.all()] == ["fields", "sample_images"]
    assert window.jobs.all()[0].inputs == (folder,)
    assert not window.windowState() & Qt.WindowState.WindowMinimized


def test_one_second_start_after_another_is_heard(home: Path, qtbot: QtBot) -> None:
    parent = QObject()
    starts = SecondStarts(home, parent)
    for name in ("a", "b"):
        with qtbot.waitSignal(starts.heard, timeout=20_000) as heard:
            hand_over_in_thread(home, Started((Path("/", name),), sample=False))
        assert heard.args == [Started((Path("/", name).absolute(),), sample=False)]


@pytest.mark.parametrize("sent", [b"", b"\xff", b"[]", b"{}", b'{"paths": 3, "sample": false}', b"[" * 100_000])
def test_a_message_that_makes_no_sense_is_dropped_and_the_next_second_start_is_heard(home: Path, qtbot: QtBot, sent: bytes) -> None:
    starts = SecondStarts(home, parent := QObject())
    with Client(there(second_start._address(home)), second_start._FAMILY) as connection:
        connection.send_bytes(sent)
    with qtbot.waitSignal(starts.heard, timeout=20_000) as heard:
        hand_over_in_thread(home, Started((), sample=True))
    assert heard.args == [Started((), sample=True)]
    parent.deleteLater()


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe ends with its process there")
def test_the_socket_of_a_killed_window_is_no_obstacle(home: Path, qtbot: QtBot) -> None:
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(home / ".store.sqlite.window"))
    starts = SecondStarts(home, parent := QObject())
    with qtbot.waitSignal(starts.heard, timeout=20_000):
        hand_over_in_thread(home, Started((), sample=True))
    assert (home / ".store.sqlite.window").stat().st_mode & 0o077 == 0
    parent.deleteLater()


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe is no file there")
def test_another_file_in_the_place_of_the_socket_is_left_alone(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_start, "_ANSWERS_WITHIN", 0.1)
    (home / ".store.sqlite.window").write_text("mine")
    SecondStarts(home, QObject())
    assert not hand_over(home, Started((), sample=False))
    assert (home / ".store.sqlite.window").read_text() == "mine"


def test_a_window_that_does_not_answer_is_not_waited_for_long(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_start, "_ANSWERS_WITHIN", 0.1)
    assert not hand_over(home, Started((), sample=False))
    assert not hand_over(home / ("x" * 200), Started((), sample=False)), "a name that no socket can have"
