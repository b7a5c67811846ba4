"""Quitting during a run asks what to do with the job; finished images are kept whatever the answer."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from breakhis_desktop.domain.records import Ledger
from breakhis_desktop.pipeline.analyse import CHUNK
from breakhis_desktop.store.store import Store
from breakhis_desktop.ui.look.question import Question
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.job import JobStage
from tests.conftest import small_field
from tests.gui.conftest import MakeWindow, waiting_before_second_batch


@pytest.fixture
def running(make_window: MakeWindow, tmp_path: Path, release: threading.Event, qtbot: QtBot) -> MainWindow:
    """Return a window whose job waits before its second batch."""
    window = make_window(waiting_before_second_batch(release))
    qtbot.waitUntil(lambda: window.presenter.keeps_queue)
    window.add([_many_images(tmp_path / "many")])
    window.top.start.click()
    qtbot.waitUntil(lambda: window.jobs.all()[0].records != [], timeout=20_000)
    return window


def _many_images(folder: Path) -> Path:
    folder.mkdir()
    for number in range(3 * CHUNK):
        small_field(number).save(folder / f"{number:03}.bmp")
    return folder


def answering(words: str) -> Callable[[], None]:
    def answer() -> None:
        question = QApplication.activeModalWidget()
        assert isinstance(question, Question)
        assert [button.text() for button in question.answers if button.isDefault()] == ["Keep running"]
        next(button for button in question.answers if button.text() == words).click()

    return answer


def quit_with(window: MainWindow, words: str, release: threading.Event) -> None:
    """Choose Quit in the menu, answer with the button named `words`, and let the waiting classifier continue after one second."""
    QTimer.singleShot(200, answering(words))
    threading.Timer(1, release.set).start()
    next(action for action in window.menus.file.actions() if action.text() == "Quit").trigger()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that receives each question; every question is answered at once with its last button, which keeps the job running."""
    questions: list[str] = []

    def answer(question: Question) -> int:
        questions.append(question.text)
        return len(question.answers) - 1

    monkeypatch.setattr(Question, "ask", answer)
    return questions


def ledger_of(window: MainWindow) -> Ledger:
    with Store(window.exporter._inputs.store_file) as store:
        return store.run(1).ledger()


def test_quitting_during_a_run_asks_and_the_default_answer_keeps_the_job_running(
    running: MainWindow, release: threading.Event, qtbot: QtBot
) -> None:
    quit_with(running, "Keep running", release)
    assert running.isVisible()
    qtbot.waitUntil(lambda: running.jobs.in_stage(JobStage.ENDED) != [], timeout=20_000)
    assert ledger_of(running).cancelled == 0


def test_the_question_and_the_window_close_when_the_job_ends_before_the_answer(running: MainWindow, release: threading.Event) -> None:
    QTimer.singleShot(200, release.set)
    running.quitting.leave()
    assert not running.isVisible()
    assert ledger_of(running).done == ledger_of(running).queued


def test_the_question_stays_open_while_the_next_job_of_the_queue_runs(
    running: MainWindow, release: threading.Event, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "next").mkdir()
    small_field(1).save(tmp_path / "next" / "1.bmp")
    running.add([tmp_path / "next"])
    first, second = running.jobs.all()
    still_asked = []
    running.presenter.job_ended.connect(lambda job: still_asked.append((job, QApplication.activeModalWidget() is not None)))
    QTimer.singleShot(200, release.set)
    running.quitting.leave()
    assert [job for job, _ in still_asked] == [first, second]
    assert still_asked[0][1]
    assert not running.isVisible()


def test_the_ledger_of_a_job_cancelled_on_quitting_accounts_for_every_image(running: MainWindow, release: threading.Event) -> None:
    quit_with(running, "Cancel the job and close", release)
    assert not running.isVisible()
    assert ledger_of(running).to_go == 0
    assert ledger_of(running).cancelled > 0


def test_a_job_paused_on_quitting_is_paused_at_the_next_start_and_can_resume(
    running: MainWindow, release: threading.Event, make_window: MakeWindow, qtbot: QtBot
) -> None:
    quit_with(running, "Pause and close", release)
    assert not running.isVisible()
    again = make_window()
    qtbot.waitUntil(lambda: again.presenter.card is not None, timeout=20_000)
    (job,) = again.jobs.all()
    assert job.stage is JobStage.PAUSED
    assert job.ledger.done > 0
    again.top.start.click()
    qtbot.waitUntil(lambda: job.stage is JobStage.ENDED, timeout=20_000)
    assert job.ledger.done == job.ledger.queued


def test_when_the_session_ends_the_running_job_is_kept_without_a_question_and_offered_again(
    running: MainWindow, release: threading.Event, asked: list[str], make_window: MakeWindow, qtbot: QtBot
) -> None:
    threading.Timer(1, release.set).start()
    QApplication.closeAllWindows()  # as Qt does when the system ends the session
    assert asked == []
    assert not running.isVisible()
    kept = ledger_of(running)
    assert kept.cancelled == 0
    assert 0 < kept.done < kept.queued
    again = make_window()
    qtbot.waitUntil(lambda: again.presenter.card is not None, timeout=20_000)
    assert again.banner.offers
    (job,) = again.jobs.all()
    assert (job.stage, job.ledger) == (JobStage.INTERRUPTED, kept)
    again.top.start.click()
    qtbot.waitUntil(lambda: job.stage is JobStage.ENDED, timeout=20_000)
    assert job.ledger.done == kept.queued


class ClosedByUser(QCloseEvent):
    """The close event that the platform sends when the user closes a window."""

    def spontaneous(self) -> bool:
        return True


def test_closing_the_window_during_a_run_also_asks(running: MainWindow, release: threading.Event, asked: list[str]) -> None:
    event = ClosedByUser()
    running.closeEvent(event)
    assert len(asked) == 1
    assert not event.isAccepted()
    assert running.isVisible()
    release.set()


def test_quitting_asks_nothing_when_no_job_runs(window: MainWindow, asked: list[str]) -> None:
    window.quitting.leave()
    assert asked == []
    assert not window.isVisible()
