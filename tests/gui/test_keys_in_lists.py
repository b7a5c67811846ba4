"""Keys do what they should in the list that has the focus (table, contact sheet, queue or patients) and in the search."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget
from pytestqt.qtbot import QtBot

from breakhis_desktop.ui.results.choose_patients import PatientsDialog
from breakhis_desktop.ui.shell.main_window import MainWindow
from tests.conftest import small_field
from tests.factories import there

Key = Qt.Key
RunFolder = Callable[[Path], None]
IMAGES = 30


@pytest.fixture
def filled(window: MainWindow, run_folder: RunFolder, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """Return a window with thirty images of three patients."""
    folder = tmp_path / "fields"
    folder.mkdir()
    for number in range(IMAGES):
        small_field(4 * number).save(folder / f"SOB_B_A-14-{number // 10 + 100}AB-100-{number % 10:03}.png")
    window.resize(1280, 800)
    run_folder(folder)
    window.table.selectRow(0)
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    return window


def focus(widget: QWidget, qtbot: QtBot) -> QWidget:
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    return widget


def press(key: Qt.Key, qtbot: QtBot, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key wherever the focus is."""
    qtbot.keyClick(there(QApplication.focusWidget()), key, modifier)


def rows_after(keys: tuple[Qt.Key, ...], view: QAbstractItemView, qtbot: QtBot) -> list[int]:
    rows = []
    for key in keys:
        press(key, qtbot)
        assert view.hasFocus(), key
        rows.append(view.currentIndex().row())
    return rows


def test_the_arrow_home_and_end_keys_move_through_the_table(filled: MainWindow, qtbot: QtBot) -> None:
    focus(filled.table, qtbot)
    keys = (Key.Key_Down, Key.Key_Down, Key.Key_Up, Key.Key_End, Key.Key_Up, Key.Key_Home)
    assert rows_after(keys, filled.table, qtbot) == [1, 2, 1, 29, 28, 0]
    assert filled.table.selected_rows() == [0]


def test_page_keys_move_through_the_table_page_by_page(filled: MainWindow, qtbot: QtBot) -> None:
    filled.resize(1024, 700)
    focus(filled.table, qtbot)
    first, second, back = rows_after((Key.Key_PageDown, Key.Key_PageDown, Key.Key_PageUp), filled.table, qtbot)
    assert 0 < first < second
    assert back == first


def test_shift_with_an_arrow_key_or_the_end_key_selects_rows_of_the_table(filled: MainWindow, qtbot: QtBot) -> None:
    focus(filled.table, qtbot)
    press(Key.Key_Down, qtbot, Qt.KeyboardModifier.ShiftModifier)
    assert filled.table.selected_rows() == [0, 1]
    press(Key.Key_End, qtbot, Qt.KeyboardModifier.ShiftModifier)
    assert filled.table.selected_rows() == list(range(IMAGES))


def test_the_arrow_home_end_and_page_keys_move_through_the_contact_sheet(filled: MainWindow, qtbot: QtBot) -> None:
    filled.top.views.buttons["Contact sheet"].click()
    sheet = filled.area.sheet
    focus(sheet, qtbot)
    (cards_per_row,) = rows_after((Key.Key_Down,), sheet, qtbot)
    assert cards_per_row > 1
    keys = (Key.Key_Right, Key.Key_Left, Key.Key_Up, Key.Key_End, Key.Key_Home)
    assert rows_after(keys, sheet, qtbot) == [cards_per_row + 1, cards_per_row, 0, 29, 0]
    (page,) = rows_after((Key.Key_PageDown,), sheet, qtbot)
    assert page >= cards_per_row


def test_the_arrow_home_and_end_keys_move_through_the_queue(filled: MainWindow, samples: list[Path], qtbot: QtBot) -> None:
    filled.add([samples[0]])
    filled.add([samples[1]])
    filled.chosen.choose(filled.jobs.at(0))
    jobs = filled.queue._jobs
    focus(jobs, qtbot)
    keys = (Key.Key_Down, Key.Key_Down, Key.Key_Up, Key.Key_Home, Key.Key_End)
    assert rows_after(keys, jobs, qtbot) == [1, 2, 1, 0, 2]
    assert filled.chosen.job is filled.jobs.at(2)


def test_enter_on_a_job_goes_to_its_results(filled: MainWindow, qtbot: QtBot) -> None:
    focus(filled.queue._jobs, qtbot)
    press(Key.Key_Return, qtbot)
    assert filled.table.hasFocus()


def test_delete_removes_a_job_from_the_queue_and_nothing_from_the_table(filled: MainWindow, samples: list[Path], qtbot: QtBot) -> None:
    filled.add([samples[0]])
    filled.chosen.choose(filled.jobs.at(0))
    focus(filled.table, qtbot)
    press(Key.Key_Delete, qtbot)
    assert (filled.jobs.rowCount(), filled.results.rowCount()) == (2, IMAGES)
    filled.chosen.choose(filled.jobs.at(1))
    focus(filled.queue._jobs, qtbot)
    press(Key.Key_Delete, qtbot)
    assert filled.jobs.rowCount() == 1


def test_the_arrow_home_and_end_keys_move_through_the_patients_and_open_them(filled: MainWindow, qtbot: QtBot) -> None:
    filled.top.views.buttons["Patients"].click()
    tree = filled.overview.patients.tree
    tree.setCurrentIndex(tree.model().index(0, 0))
    focus(tree, qtbot)
    keys = (Key.Key_Down, Key.Key_Up, Key.Key_End, Key.Key_Home)
    assert rows_after(keys, tree, qtbot) == [1, 0, 2, 0]
    press(Key.Key_Right, qtbot)
    assert tree.isExpanded(tree.currentIndex())
    press(Key.Key_Down, qtbot)
    assert tree.currentIndex().parent().isValid()
    press(Key.Key_Left, qtbot)
    press(Key.Key_Left, qtbot)
    assert not tree.isExpanded(tree.currentIndex())
    press(Key.Key_Return, qtbot)
    assert filled.table.isVisible()
    assert filled.results.rowCount() == 10


def test_ctrl_and_a_number_show_a_view_and_move_the_focus_into_its_list(filled: MainWindow, qtbot: QtBot) -> None:
    lists: list[QWidget] = [filled.table, filled.area.sheet, filled.overview.patients.tree, filled.overview.summary]
    for key, shown in zip((Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4), lists, strict=True):
        for elsewhere in (filled.top.add_folder, there(QApplication.focusWidget())):
            focus(elsewhere, qtbot)
            press(key, qtbot, Qt.KeyboardModifier.ControlModifier)
            assert QApplication.focusWidget() is shown
            assert shown.isVisible()


def test_the_down_key_goes_to_the_next_patient_right_after_a_shortcut_showed_the_patients(filled: MainWindow, qtbot: QtBot) -> None:
    focus(filled.top.add_folder, qtbot)
    press(Key.Key_3, qtbot, Qt.KeyboardModifier.ControlModifier)
    before = filled.overview.patients.tree.currentIndex().row()
    press(Key.Key_Down, qtbot)
    assert filled.overview.patients.tree.currentIndex().row() == before + 1


def test_enter_on_a_job_goes_to_the_list_of_the_view_that_is_shown(filled: MainWindow, qtbot: QtBot) -> None:
    filled.top.views.buttons["Patients"].click()
    focus(filled.queue._jobs, qtbot)
    press(Key.Key_Return, qtbot)
    assert filled.overview.patients.tree.hasFocus()


@pytest.mark.parametrize("view", ["Table", "Contact sheet"])
@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Space])
def test_enter_and_space_open_the_larger_view_and_escape_closes_it(filled: MainWindow, view: str, key: Qt.Key, qtbot: QtBot) -> None:
    filled.top.views.buttons[view].click()
    shown = filled.table if view == "Table" else filled.area.sheet
    focus(shown, qtbot)
    press(key, qtbot)
    larger = filled.navigation.larger
    qtbot.waitUntil(lambda: QApplication.focusWidget() is larger.image)
    press(Key.Key_Escape, qtbot)
    assert not larger.isVisible()


def test_escape_clears_the_search_only_if_the_search_has_the_focus(filled: MainWindow, qtbot: QtBot) -> None:
    search = filled.area.filter.search
    search.setText("100AB")
    qtbot.waitUntil(lambda: filled.results.rowCount() == 10)
    elsewhere: list[QWidget] = [filled.table, filled.queue._jobs, filled.detail.image, filled.top.add_folder]
    for widget in elsewhere:
        focus(widget, qtbot)
        press(Key.Key_Escape, qtbot)
        assert (search.text(), filled.results.rowCount()) == ("100AB", 10)
    focus(search, qtbot)
    press(Key.Key_Escape, qtbot)
    assert (search.text(), filled.results.rowCount()) == ("", IMAGES)


def test_the_find_command_focuses_the_search_and_the_down_or_enter_key_then_focuses_the_list(filled: MainWindow, qtbot: QtBot) -> None:
    for key in (Key.Key_Down, Key.Key_Return):
        focus(filled.queue._jobs, qtbot)
        press(Key.Key_F, qtbot, Qt.KeyboardModifier.ControlModifier)
        assert filled.area.filter.search.hasFocus()
        press(key, qtbot)
        assert filled.table.hasFocus()


def test_the_find_command_on_a_page_without_a_search_shows_the_table(filled: MainWindow, qtbot: QtBot) -> None:
    filled.top.views.buttons["Summary"].click()
    filled.activateWindow()
    qtbot.keyClick(filled, Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(filled.area.filter.search.hasFocus)
    assert filled.table.isVisible()


def test_a_shortcut_that_belongs_to_no_command_works_only_in_its_own_widget(filled: MainWindow) -> None:
    shortcuts = filled.findChildren(QShortcut)
    assert len(shortcuts) >= 2
    for shortcut in shortcuts:
        assert shortcut.context() is Qt.ShortcutContext.WidgetShortcut, shortcut.key().toString()


def test_escape_in_the_search_for_patients_first_clears_the_search_and_then_closes_the_dialog(window: MainWindow, qtbot: QtBot) -> None:
    dialog = PatientsDialog(["14-100AB", "14-101AB"], [], window)
    dialog.show()
    dialog.activateWindow()
    focus(dialog.search, qtbot)
    qtbot.keyClicks(dialog.search, "101")
    press(Key.Key_Down, qtbot)
    assert dialog.list.hasFocus()
    focus(dialog.search, qtbot)
    press(Key.Key_Escape, qtbot)
    assert dialog.isVisible()
    assert not dialog.search.text()
    press(Key.Key_Escape, qtbot)
    assert not dialog.isVisible()


def test_the_next_image_command_also_moves_through_the_patients(filled: MainWindow, qtbot: QtBot) -> None:
    filled.top.views.buttons["Patients"].click()
    tree = filled.overview.patients.tree
    tree.setCurrentIndex(tree.model().index(1, 0))
    focus(tree, qtbot)
    for _ in range(3):
        press(Key.Key_N, qtbot)
        assert tree.currentIndex().data() == there(filled.table.chosen()).record.path.name
