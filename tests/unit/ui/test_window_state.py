"""A window reopens where it was, unless it would be off screen."""

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from breakhis_desktop.ui.shell.layout import lay_out
from breakhis_desktop.ui.shell.window_state import place_on_screens

MAIN = QRect(0, 0, 1920, 1040)
RIGHT = QRect(1920, 0, 2560, 1400)
SMALLEST = QSize(1024, 700)
TITLE_BAR = 32


@pytest.mark.parametrize(
    "saved",
    [QRect(100, 80, 1400, 900), QRect(2000, 100, 1400, 900), QRect(-300, 80, 1400, 900), QRect(1800, 80, 1400, 900)],
    ids=["main", "second", "partly off", "across both"],
)
def test_a_window_whose_title_bar_can_be_reached_stays_in_place(saved: QRect) -> None:
    assert place_on_screens(saved, [MAIN, RIGHT], SMALLEST) == saved


@pytest.mark.parametrize(
    "saved",
    [QRect(2000, 100, 1400, 900), QRect(-1390, 80, 1400, 900), QRect(100, -900, 1400, 900), QRect(100, 1100, 1400, 900)],
    ids=["monitor gone", "left of the screen", "above the screen", "below the screen"],
)
def test_a_window_whose_title_bar_cannot_be_reached_reopens_in_the_middle_of_the_main_screen(saved: QRect) -> None:
    place = place_on_screens(saved, [MAIN], SMALLEST)
    assert MAIN.contains(place)
    assert place.size() == saved.size()
    assert abs(place.center().x() - MAIN.center().x()) <= 1


def test_a_window_larger_than_its_screen_is_shrunk_to_fit() -> None:
    place = place_on_screens(QRect(2000, 100, 2500, 1390), [MAIN], SMALLEST)
    assert MAIN.contains(place)
    assert place.width() == MAIN.width()
    assert place.top() == MAIN.top() + TITLE_BAR


@pytest.mark.parametrize(
    ("saved", "place"),
    [
        (QRect(100, 300, 1400, 900), QRect(100, 140, 1400, 900)),
        (QRect(100, 300, 1400, 1300), QRect(100, TITLE_BAR, 1400, 1040 - TITLE_BAR)),
        (QRect(100, 10, 1400, 1100), QRect(100, 10, 1400, 1040 - TITLE_BAR)),
    ],
    ids=["fits higher up", "too tall", "title bar partly off the top"],
)
def test_a_window_that_would_hang_over_the_lower_edge_of_its_screen_moves_up(saved: QRect, place: QRect) -> None:
    assert place_on_screens(saved, [MAIN], SMALLEST) == place


@pytest.mark.parametrize(("left", "width", "placed"), [(900, 1400, 520), (40, 1920, 0), (40, 2500, 0)])
def test_a_window_whose_buttons_would_be_off_the_right_edge_moves_to_the_left(left: int, width: int, placed: int) -> None:
    place = place_on_screens(QRect(left, 80, width, 900), [MAIN], SMALLEST)
    assert (place.left(), place.width()) == (placed, min(width, MAIN.width()))


@pytest.mark.parametrize(("height", "least"), [(1040, 700), (676, 620)])
def test_the_smallest_window_fits_on_its_screen_with_its_title_bar(
    height: int, least: int, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QScreen, "availableSize", lambda _screen: QSize(1024, height))
    window = QMainWindow()
    qtbot.addWidget(window)
    lay_out(window, QWidget(), [QWidget() for _ in range(3)], QWidget())
    assert window.minimumSize() == QSize(1024, least)


def test_the_title_bar_is_visible_even_on_a_screen_smaller_than_the_smallest_window() -> None:
    small = QRect(0, 0, 800, 600)
    place = place_on_screens(QRect(3000, 0, 1400, 900), [small], SMALLEST)
    assert place.size() == SMALLEST
    assert place.left() == small.left()
    assert small.contains(place.topLeft())
