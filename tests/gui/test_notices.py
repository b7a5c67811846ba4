"""Notices appear over the bottom of the page: they move no other widget, offer the next steps, and disappear after a while."""

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from breakhis_desktop.ui.look.toast import Toast
from breakhis_desktop.ui.shell.main_window import MainWindow
from tests.factories import there

LONG = Path("/home/ana/Documents/Patients of the whole year 2026/Ward 3 Case 12/results of the second week of November.csv")


def buttons(toast: Toast) -> dict[str, QPushButton]:
    return {button.text(): button for button in toast.findChildren(QPushButton) if button.isVisible()}


def time_out(toast: Toast) -> None:
    """Act as if the time for which a notice is shown had run out."""
    toast._timer.timeout.emit()


@pytest.mark.parametrize("width", [1024, 1920])
def test_a_notice_of_an_export_moves_no_other_widget_and_is_not_cut_off(window: MainWindow, width: int, qtbot: QtBot) -> None:
    window.resize(width, 800)
    window.notices.begin("Writing results.csv…")
    before = window.empty.geometry()
    window.notices.note_written(LONG)
    toast = window.toast
    assert window.empty.geometry() == before
    assert there(toast.parentWidget()).rect().contains(toast.geometry())
    assert list(buttons(toast)) == ["Dismiss", "Open", "Show in folder"]
    assert toast._text.height() >= toast._text.heightForWidth(toast._text.width())
    places = sorted((button.geometry() for button in buttons(toast).values()), key=lambda place: place.left())
    assert toast._text.geometry().right() < places[0].left()
    assert all(left.right() < right.left() for left, right in pairwise(places))
    assert places[-1].right() < toast.width()


def test_a_notice_stays_at_the_bottom_when_the_window_grows(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1100, 720)
    window.notices.note("Done.")
    before = window.toast.pos()
    window.resize(1300, 900)
    qtbot.waitUntil(lambda: window.toast.y() > before.y() and window.toast.x() > before.x())


def test_buttons_of_a_notice_open_a_written_file_or_its_folder(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    monkeypatch.setattr("sys.platform", "linux")
    for words in ("Open", "Show in folder"):
        window.notices.note_written(LONG)
        buttons(window.toast)[words].click()
        assert not window.toast.isVisible()
    assert [Path(url.toLocalFile()) for url in opened] == [LONG, LONG.parent]


def test_a_notice_disappears_after_a_while_unless_the_mouse_or_the_focus_is_on_it(window: MainWindow) -> None:
    window.notices.note_written(LONG)
    toast = window.toast
    toast.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    time_out(toast)
    assert toast.isVisible()
    toast.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, on=False)
    window.activateWindow()
    buttons(toast)["Open"].setFocus()
    time_out(toast)
    assert toast.isVisible()
    window.top.add_folder.setFocus()
    time_out(toast)
    assert not toast.isVisible()


def test_a_notice_of_work_in_progress_stays_until_the_work_has_ended(window: MainWindow) -> None:
    window.notices.note("An earlier notice.")
    window.notices.begin("Writing results.csv…")
    assert not window.toast._timer.isActive()
    window.notices.warn("The disk is full.")
    assert (window.toast.isVisible(), window.banner.text) == (False, "The disk is full.")


def test_a_notice_does_not_take_the_focus(window: MainWindow) -> None:
    window.activateWindow()
    window.top.add_folder.setFocus()
    window.notices.note_written(LONG)
    assert window.focusWidget() is window.top.add_folder
    assert window.childAt(window.toast.mapTo(window, QPoint(20, 20))) is not None
