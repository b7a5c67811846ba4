"""The keyboard focus goes to the results of a job that the user has started, unless the user is typing or is using another list."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from breakhis_desktop.ui.shell.commands import show_help
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.job import Job, JobStage
from tests.conftest import small_field
from tests.factories import there
from tests.gui.conftest import MakeWindow, waiting_before_second_batch

Focus = Callable[[QWidget], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with forty images, which a run classifies in two batches; the most suspicious are in the second batch."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(40):
        small_field(200 - 5 * number).save(folder / f"{number:03}.png")
    return folder


@pytest.fixture
def window(make_window: MakeWindow, folder: Path, release: threading.Event, qtbot: QtBot) -> MainWindow:
    """Return the active window with one queued job, whose second batch waits for `release`."""
    window = make_window(waiting_before_second_batch(release))
    window.add([folder])
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window and window.top.start.isEnabled())
    return window


@pytest.fixture
def focus(qtbot: QtBot) -> Focus:
    """Return a function that moves the keyboard focus to a widget."""

    def move(widget: QWidget) -> None:
        widget.setFocus()
        qtbot.waitUntil(widget.hasFocus)

    return move


def press_start(window: MainWindow, qtbot: QtBot) -> None:
    """Press the shortcut of Start and Resume wherever the focus is, and wait for the first results."""
    qtbot.keyClick(there(window.focusWidget()), Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(window.table.isVisible, timeout=20_000)


def run_to_end(window: MainWindow, release: threading.Event, qtbot: QtBot) -> Job:
    release.set()
    qtbot.waitUntil(lambda: bool(window.jobs.in_stage(JobStage.ENDED)), timeout=20_000)
    return window.jobs.in_stage(JobStage.ENDED)[0]


def test_the_table_has_the_focus_from_the_first_results_on_and_its_first_row_is_chosen_at_the_end(
    window: MainWindow, release: threading.Event, qtbot: QtBot, focus: Focus
) -> None:
    focus(window.top.add_folder)
    press_start(window, qtbot)
    assert window.table.hasFocus()
    assert window.table.chosen() is None
    run_to_end(window, release, qtbot)
    assert window.table.selected_rows() == [0]
    assert there(window.table.chosen()).record.path.name == "039.png"
    qtbot.keyClick(there(QApplication.focusWidget()), Qt.Key.Key_Down)
    assert window.table.selected_rows() == [1]


def test_the_focus_goes_from_a_button_of_the_page_without_results_to_the_table_and_not_to_the_search(
    window: MainWindow, release: threading.Event, qtbot: QtBot, focus: Focus
) -> None:
    for button in window.empty.findChildren(QPushButton):
        if button.isVisible() and button.isEnabled():
            focus(button)
    press_start(window, qtbot)
    assert window.table.hasFocus()
    release.set()


def test_the_focus_goes_to_the_list_of_the_view_that_is_shown(
    window: MainWindow, release: threading.Event, qtbot: QtBot, focus: Focus
) -> None:
    window.top.views.buttons["Contact sheet"].click()
    focus(window.top.add_folder)
    qtbot.keyClick(window.top.add_folder, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(window.area.sheet.isVisible, timeout=20_000)
    assert window.area.sheet.hasFocus()
    assert window.table.chosen() is None
    run_to_end(window, release, qtbot)
    assert window.table.selected_rows() == [0]


def test_the_focus_stays_in_the_queue_if_the_user_is_there(
    window: MainWindow, release: threading.Event, qtbot: QtBot, focus: Focus
) -> None:
    focus(window.queue._jobs)
    press_start(window, qtbot)
    run_to_end(window, release, qtbot)
    assert window.queue._jobs.hasFocus()


def test_the_focus_stays_in_another_window_of_the_program_and_is_in_the_table_when_the_user_returns(
    window: MainWindow, release: threading.Event, qtbot: QtBot
) -> None:
    window.top.add_folder.setFocus()
    page = show_help(window)
    page.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is page)
    window.top.start.click()
    run_to_end(window, release, qtbot)
    assert QApplication.activeWindow() is page
    page.close()
    window.activateWindow()
    qtbot.waitUntil(window.table.hasFocus)


def test_the_focus_stays_in_the_search_when_a_paused_job_is_resumed(
    window: MainWindow, release: threading.Event, qtbot: QtBot, focus: Focus
) -> None:
    press_start(window, qtbot)
    window.top.pause.click()
    release.set()
    qtbot.waitUntil(lambda: bool(window.jobs.in_stage(JobStage.PAUSED, JobStage.ENDED)), timeout=20_000)
    focus(window.area.filter.search)
    window.top.start.click()
    run_to_end(window, release, qtbot)
    assert window.area.filter.search.hasFocus()


def test_the_focus_goes_from_cancel_to_the_table(window: MainWindow, release: threading.Event, qtbot: QtBot, focus: Focus) -> None:
    press_start(window, qtbot)
    focus(window.top.cancel)
    qtbot.keyClick(window.top.cancel, Qt.Key.Key_Space)
    assert window.table.hasFocus()
    run_to_end(window, release, qtbot)  # the last batch had already begun, so Cancel came too late
    assert window.table.hasFocus()


def test_the_focus_goes_from_the_offer_of_an_earlier_run_to_its_table(
    window: MainWindow, folder: Path, release: threading.Event, qtbot: QtBot, focus: Focus
) -> None:
    press_start(window, qtbot)
    run_to_end(window, release, qtbot)
    window.queue.remove.trigger()
    window.add([folder])
    (opening,) = (button for button in window.empty.findChildren(QPushButton) if button.text() == "Open that run")
    qtbot.waitUntil(opening.isVisible, timeout=20_000)
    focus(opening)
    qtbot.keyClick(opening, Qt.Key.Key_Space)
    qtbot.waitUntil(window.table.isVisible, timeout=20_000)
    assert window.table.hasFocus()
