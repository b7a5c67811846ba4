"""The short tasks that the window runs in the background."""

import threading

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from breakhis_desktop.wording.files import FileCode
from breakhis_desktop.wording.message import Code, Message
from breakhis_desktop.wording.runs import RunCode
from breakhis_desktop.worker.background import Background


def test_a_result_that_arrives_after_the_window_closed_is_discarded(qtbot: QtBot) -> None:
    background, begun, handed = Background(), threading.Event(), list[object]()
    background.run(begun.set, handed.append, handed.append)
    assert begun.wait(timeout=60)
    background.close()  # waits for the work: its result is now queued as an event
    QCoreApplication.processEvents()
    assert handed == []


@pytest.mark.parametrize(("error", "code"), [(ZeroDivisionError(), RunCode.BUG), (MemoryError(), FileCode.NO_MEMORY)])
def test_an_error_in_a_task_is_handed_back_as_a_message(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture, error: Exception, code: Code
) -> None:
    def fail() -> None:
        raise error

    background, handed = Background(), list[object]()
    background.run(fail, handed.append, handed.append)
    qtbot.waitUntil(lambda: handed == [Message.of(code)], timeout=20_000)
    background.close()
    assert "background work stopped" in caplog.text


def test_a_result_that_arrives_before_the_window_closes_is_handed_back(qtbot: QtBot) -> None:
    background, handed = Background(), list[object]()
    background.run(lambda: 7, handed.append, handed.append)
    qtbot.waitUntil(lambda: handed == [7], timeout=20_000)
    background.close()
