"""Thumbnails are requested when they come into view, and no more often than necessary."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from breakhis_desktop.ui.results.thumbnails import Thumbnails
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.shell.thumbnail_reading import ThumbnailReading
from breakhis_desktop.worker.background import BackgroundThreads

CARDS = 300
"""A number of cards that is greater than the number of thumbnails kept in memory."""


@pytest.fixture
def thumbnails(qtbot: QtBot) -> Thumbnails:
    return Thumbnails()


def draw_all(thumbnails: Thumbnails, cards: int = CARDS) -> QImage:
    """Draw the thumbnail of each card, and return the picture of all cards."""
    screen = QImage(cards, 1, QImage.Format.Format_RGB32)
    painter = QPainter(screen)
    for position in range(cards):
        thumbnails.draw(painter, QRectF(position, 0, 1, 1), position, QColor("white"), 0)
    painter.end()
    return screen


@pytest.mark.parametrize("has_picture", [True, False])
def test_each_thumbnail_is_requested_only_once_even_if_a_screen_shows_more_than_are_kept(
    thumbnails: Thumbnails, qtbot: QtBot, has_picture: bool
) -> None:
    asked: list[int] = []
    picture = QImage(4, 4, QImage.Format.Format_RGB32) if has_picture else QImage()

    def answer(positions: Sequence[int]) -> None:
        asked.extend(positions)
        thumbnails.take(dict.fromkeys(positions, picture))

    thumbnails.wanted.connect(answer)
    thumbnails.changed.connect(lambda: draw_all(thumbnails))
    draw_all(thumbnails)
    qtbot.waitUntil(lambda: len(asked) >= CARDS)
    draw_all(thumbnails)
    assert not thumbnails._asking.isActive()
    assert sorted(asked) == list(range(CARDS))


def test_after_forgetting_the_thumbnails_of_one_run_those_of_the_next_are_requested(thumbnails: Thumbnails, qtbot: QtBot) -> None:
    thumbnails.take({0: QImage()})
    draw_all(thumbnails, 2)
    thumbnails.forget()
    with qtbot.waitSignal(thumbnails.wanted) as wanted:
        draw_all(thumbnails, 1)
    assert wanted.args == [[0]]


def test_a_thumbnail_is_requested_again_after_a_failed_read(
    window: MainWindow, thumbnails: Thumbnails, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "damaged.sqlite").write_bytes(b"no database" * 100)
    threads = BackgroundThreads()
    reading = ThumbnailReading(thumbnails, window.results, tmp_path / "damaged.sqlite", threads)
    monkeypatch.setattr(type(window.results), "run_id", 1)
    with qtbot.waitSignal(reading._background._finished):
        draw_all(thumbnails, 1)
    with qtbot.waitSignal(thumbnails.wanted):
        draw_all(thumbnails, 1)
    threads.close()
