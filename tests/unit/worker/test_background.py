"""Short work beside the window."""

import threading

from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from breakhis_desktop.worker.background import Background


def test_what_ends_after_the_window_closed_is_handed_to_nobody(qtbot: QtBot) -> None:
    background, begun, handed = Background(), threading.Event(), list[object]()
    background.run(begun.set, handed.append, handed.append)
    assert begun.wait(timeout=60)
    background.close()  # waits for the work, so that what it returned is on its way
    QCoreApplication.processEvents()
    assert handed == []


def test_what_is_returned_before_is_handed_back(qtbot: QtBot) -> None:
    background, handed = Background(), list[object]()
    background.run(lambda: 7, handed.append, handed.append)
    qtbot.waitUntil(lambda: handed == [7], timeout=20_000)
    background.close()
