"""The window reopens as the user left it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QScreen
from pytestqt.qtbot import QtBot

from breakhis_desktop import paths
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.heat_choice import HeatMap
from breakhis_desktop.ui.state.settings import Settings
from tests.gui.conftest import MakeWindow


def test_the_place_of_the_window_and_its_column_widths_and_splitter_are_restored(
    make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QScreen, "availableGeometry", lambda _screen: QRect(0, 0, 1920, 1040))  # the tests' screen is smaller
    window = make_window()
    screen = window.screen().availableGeometry()
    window.setGeometry(QRect(screen.left() + 40, screen.top() + 60, 1024, 720))
    window._splitter.setSizes([240, 460, 320])
    window.table.horizontalHeader().resizeSection(3, 133)
    sizes, place = window._splitter.sizes(), window.geometry()
    window.close()
    again = make_window()
    assert again.geometry() == place
    assert again._splitter.sizes() == sizes
    assert again.table.horizontalHeader().sectionSize(3) == 133


def test_a_hidden_table_column_stays_hidden_and_is_unticked_in_the_menu(make_window: MakeWindow, folder: Path, qtbot: QtBot) -> None:
    window = make_window()
    window.table.columns.menu.aboutToShow.emit()
    next(action for action in window.table.columns.menu.actions() if action.text() == "Subtype").trigger()
    window.close()
    again = make_window()
    again.add([folder])
    again.top.start.click()
    qtbot.waitUntil(lambda: again.results.rowCount() > 0, timeout=20_000)
    assert again.table.isColumnHidden(6)
    again.table.columns.menu.aboutToShow.emit()
    assert not next(action for action in again.table.columns.menu.actions() if action.text() == "Subtype").isChecked()


def test_a_hidden_queue_stays_hidden_until_the_menu_shows_it_again(make_window: MakeWindow) -> None:
    window = make_window()
    hide = next(action for action in window.menus.view.actions() if action.text() == "Queue")
    hide.trigger()
    window.close()
    again = make_window()
    show_again = next(action for action in again.menus.view.actions() if action.text() == "Queue")
    assert not again.queue.isVisible()
    assert not show_again.isChecked()
    show_again.trigger()
    assert again.queue.isVisible()
    assert again.queue.width() >= again.queue.minimumWidth()


def test_the_chosen_heat_map_and_its_strength_are_restored(make_window: MakeWindow) -> None:
    window = make_window()
    window.detail.heat.choose(HeatMap.SUBTYPE)
    window.detail.heat.set_percent(80)
    window.close()
    heat = make_window().detail.heat
    assert (heat.heat_map, heat.percent) == (HeatMap.SUBTYPE, 80)


def test_a_window_that_was_closed_maximised_opens_maximised_and_keeps_its_normal_place(make_window: MakeWindow) -> None:
    window = make_window()
    place = window.geometry()
    window.showMaximized()
    window.close()
    assert Settings(paths.settings_file()).values.window == (place.x(), place.y(), place.width(), place.height())
    assert make_window().isMaximized()


def test_a_window_that_was_on_a_disconnected_monitor_opens_on_screen(make_window: MakeWindow) -> None:
    Settings(paths.settings_file()).change(window=(9000, 9000, 1100, 720))
    window = make_window()
    assert window.screen().availableGeometry().intersects(window.geometry())


def test_the_window_opens_even_if_its_saved_state_is_invalid(make_window: MakeWindow) -> None:
    Settings(paths.settings_file()).change(window=(1, 2), splitter=(5,), table_header="7:nonsense")
    assert make_window().isVisible()


@pytest.mark.parametrize("number", [2**24 - 1, -(2**24) + 1, 10**12])
def test_a_window_with_absurd_coordinates_opens_on_screen(make_window: MakeWindow, number: int) -> None:
    values = {"window": [number, number, number, number], "splitter": [number, number, 1], "table_header": "a\ud800"}
    paths.settings_file().write_text(json.dumps(values))
    window = make_window()
    assert window.screen().availableGeometry().intersects(window.geometry())


def test_the_window_can_be_as_small_as_1024_by_700(
    window: MainWindow, run_folder: Callable[[Path], None], folder: Path, qtbot: QtBot
) -> None:
    run_folder(folder)
    window.resize(1024, 700)
    assert (window.width(), window.height()) == (1024, 700)
    assert window.minimumSizeHint().width() <= 1024
    assert window.minimumSizeHint().height() <= 700
