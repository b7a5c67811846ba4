"""The window names a file or folder that does not answer; neither Cancel nor quitting waits for it."""

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from breakhis_desktop.domain.records import Ledger, Status
from breakhis_desktop.files import read_bytes
from breakhis_desktop.imaging.decode import decode
from breakhis_desktop.store.store import Store
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.job import JobStage
from breakhis_desktop.worker.background import Background
from tests.conftest import small_field
from tests.gui.conftest import MakeWindow


@pytest.fixture
def may_answer(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Return an event; until it is set, files whose name begins with `bad` do not answer."""
    event = threading.Event()

    def ask(path: Path) -> bytes:
        if path.name.startswith("bad"):
            event.wait(timeout=120)
        return read_bytes(path)

    monkeypatch.setattr("breakhis_desktop.pipeline.read_image.read_bytes", ask)
    monkeypatch.setattr("breakhis_desktop.pipeline.patience._ANSWERS_WITHIN", 0.3)
    monkeypatch.setattr("breakhis_desktop.pipeline.read_ahead._LATE", 0.1)
    yield event
    event.set()


@pytest.fixture
def waiting(make_window: MakeWindow, may_answer: threading.Event, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """Return a window whose job has read all files except one that does not answer."""
    fields = tmp_path / "fields"
    fields.mkdir()
    for name in ("a", "bad", "c"):
        small_field(ord(name[0])).save(fields / f"{name}.bmp")
    window = make_window()
    window.add([fields])
    window.top.start.click()
    (job,) = window.jobs.all()
    qtbot.waitUntil(lambda: job.awaited != () and job.ledger.done == 2, timeout=30_000)
    return window


def test_a_file_that_does_not_answer_is_named_and_cancel_keeps_the_other_images(waiting: MainWindow, qtbot: QtBot) -> None:
    assert "no answer from bad.bmp" in waiting.status.speed.text()
    waiting.top.cancel.click()
    (job,) = waiting.jobs.all()
    qtbot.waitUntil(lambda: job.stage is JobStage.CANCELLED, timeout=10_000)
    assert job.ledger == Ledger(3, done=2, cancelled=1)
    assert "no answer" not in waiting.status.speed.text()
    assert [record.path.name for record in job.records if record.status is Status.CANCELLED] == ["bad.bmp"]


def test_an_image_that_takes_long_to_decode_is_named_until_it_is_done(
    make_window: MakeWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_field(1).save(tmp_path / "slow.bmp")
    may_decode = threading.Event()
    monkeypatch.setattr("breakhis_desktop.pipeline.patience._DECODES_WITHIN", 0.3)
    monkeypatch.setattr("breakhis_desktop.pipeline.read_image.decode", lambda data: (may_decode.wait(timeout=60), decode(data))[1])
    window = make_window()
    window.add([tmp_path / "slow.bmp"])
    window.top.start.click()
    (job,) = window.jobs.all()
    qtbot.waitUntil(lambda: "still decoding slow.bmp" in window.status.speed.text(), timeout=30_000)
    assert window.status.speed.toolTip() == str(tmp_path / "slow.bmp")
    may_decode.set()
    qtbot.waitUntil(lambda: job.stage is JobStage.ENDED, timeout=30_000)
    assert "still decoding" not in window.status.speed.text()


def test_a_file_that_answers_at_last_is_no_longer_named(waiting: MainWindow, may_answer: threading.Event, qtbot: QtBot) -> None:
    may_answer.set()
    (job,) = waiting.jobs.all()
    qtbot.waitUntil(lambda: job.stage is JobStage.ENDED, timeout=30_000)
    assert job.ledger == Ledger(3, done=3)
    assert "no answer" not in waiting.status.speed.text()


def test_closing_does_not_wait_for_a_silent_file_and_keeps_the_other_images(waiting: MainWindow, may_answer: threading.Event) -> None:
    waiting.close()
    assert not may_answer.is_set()
    with Store(waiting.exporter._inputs.store_file) as store:
        assert store.run(1).ledger() == Ledger(3, done=2)


def test_a_folder_that_does_not_answer_is_named_before_there_are_rows(
    make_window: MakeWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields, may_answer, scandir = tmp_path / "fields", threading.Event(), os.scandir
    fields.mkdir()
    monkeypatch.setattr("breakhis_desktop.pipeline.patience._ANSWERS_WITHIN", 0.3)
    monkeypatch.setattr(os, "scandir", lambda folder: (folder == fields and may_answer.wait(timeout=60), scandir(folder))[1])
    window = make_window()
    window.add([fields])
    window.top.start.click()
    (job,) = window.jobs.all()
    qtbot.waitUntil(lambda: f"No answer from {fields}" in window.empty._sentence.text(), timeout=30_000)
    window.top.cancel.click()
    qtbot.waitUntil(lambda: job.stage is JobStage.QUEUED, timeout=10_000)
    window.close()
    may_answer.set()


def test_a_silent_folder_does_not_delay_the_survey_of_another_job(
    window: MainWindow, tmp_path: Path, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent, may_answer, scandir = tmp_path / "silent", threading.Event(), os.scandir
    silent.mkdir()
    monkeypatch.setattr(os, "scandir", lambda where: (where == silent and may_answer.wait(timeout=60), scandir(where))[1])
    window.add([silent, folder])
    silent_job, job = window.jobs.all()
    qtbot.waitUntil(lambda: job.expected is not None and job.reading.guess is not None, timeout=10_000)
    assert silent_job.expected is None
    window.close()
    assert not may_answer.is_set()
    may_answer.set()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are files only on Unix")
def test_a_table_that_does_not_answer_delays_neither_the_rule_of_another_job_nor_closing(
    window: MainWindow, tmp_path: Path, folder: Path, qtbot: QtBot
) -> None:
    silent = tmp_path / "silent.csv"
    os.mkfifo(silent)
    window.add([folder])
    window.add(sorted(folder.iterdir()))
    window.top.start.click()
    first, second = window.jobs.all()
    qtbot.waitUntil(lambda: second.stage is JobStage.ENDED, timeout=20_000)
    window.identities.set_rule(first, f"csv:{silent}")
    window.identities.set_rule(second, "folder")
    qtbot.waitUntil(lambda: second.rule == "folder", timeout=10_000)
    window.close()
    assert first.rule != f"csv:{silent}"
    os.close(os.open(silent, os.O_RDWR | os.O_NONBLOCK))  # lets the thread that is reading the table finish


def test_closing_waits_for_writes_but_not_for_reads(qtbot: QtBot) -> None:
    reading, writing, may_answer, written = Background(only_reads=True), Background(), threading.Event(), list[object]()
    reading.run(lambda: may_answer.wait(timeout=60), written.append, written.append)

    def write() -> None:
        time.sleep(0.3)  # the write must outlast the closing of the window
        written.append("file")

    writing.run(write, written.append, written.append)
    reading.close()
    writing.close()
    assert not may_answer.is_set()
    assert written == ["file"]
    may_answer.set()
