"""The search, the chips and the menu filter the results in the real window, and the chosen image stays chosen."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractButton, QMenu
from pytestqt.qtbot import QtBot

from breakhis_desktop.domain.records import Status
from breakhis_desktop.domain.taxonomy import SUBTYPE_BY_CODE
from breakhis_desktop.ui.results.choose_patients import PatientsDialog
from breakhis_desktop.ui.results.filter_menu import FilterMenu
from breakhis_desktop.ui.results.no_match import FilteredPage
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.result_filter import Lane, ResultFilter
from tests.factories import there
from tests.factories.results import RECORDS, REVIEW, shown
from tests.factories.windows import await_painted, trigger
from tests.gui.conftest import Fill


def test_typing_in_the_search_narrows_the_table_and_enter_focuses_the_table_and_escape_clears_the_search(
    window: MainWindow, fill: Fill, qtbot: QtBot
) -> None:
    fill()
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.focusWidget() is window.area.filter.search
    qtbot.keyClicks(window.area.filter.search, "9133")
    assert shown(window.results) == [2]
    qtbot.keyClick(window.area.filter.search, Qt.Key.Key_Return)
    assert window.focusWidget() is window.table
    qtbot.keyClick(window.table, Qt.Key.Key_Escape)
    assert shown(window.results) == [2]
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window.area.filter.search, Qt.Key.Key_Escape)
    assert window.results.rowCount() == 6


def test_the_right_column_asks_the_user_to_choose_a_row_only_while_the_table_has_rows(window: MainWindow, fill: Fill, qtbot: QtBot) -> None:
    fill()
    image = window.detail.image
    window.table.clearSelection()
    window.table.setCurrentIndex(QModelIndex())
    qtbot.waitUntil(image.isVisible)
    window.area.filter.search.setText("no such name")
    qtbot.waitUntil(lambda: not image.isVisible())
    window.area.filter.search.clear()
    qtbot.waitUntil(image.isVisible)


def test_chips_show_a_word_and_a_count_and_filter_the_table(window: MainWindow, fill: Fill) -> None:
    fill()
    chips = window.area.filter.chips.chips
    assert [chip.text() for chip in chips.values()] == ["All 6", "Malignant 2", "Benign 2", "Needs review 3", "Failed 1", "Refused 1"]
    assert [not chip.icon().isNull() for chip in chips.values()] == [False, True, True, True, False, False]
    chips[Lane.REVIEW].click()
    assert shown(window.results) == [1, 3, 2]
    assert [chip.isChecked() for chip in chips.values()] == [False, False, False, True, False, False]
    assert not window.area.filter.clear.isHidden()
    window.area.filter.clear.click()
    assert window.results.rowCount() == 6
    assert chips[Lane.ALL].isChecked()


def test_the_chips_have_room_for_their_words_when_they_appear_after_the_results_changed(
    window: MainWindow, fill: Fill, qtbot: QtBot
) -> None:
    classified = [record for record in RECORDS if record.status is Status.DONE]
    window.resize(1280, 800)
    fill(classified)
    await_painted(window.area.filter, qtbot)
    fill([])
    await_painted(window.empty, qtbot)
    fill([replace(record, position=place) for place, record in enumerate(classified * 400)])
    await_painted(window.area.filter, qtbot)
    row = there(window.area.filter.filters.parentWidget())
    buttons = row.findChildren(QAbstractButton)
    assert [button.text() for button in buttons if button.isVisible() and button.width() < button.sizeHint().width()] == []
    assert row.height() == row.heightForWidth(row.width())


def test_the_page_says_that_no_image_matches_and_a_button_clears_the_filter(window: MainWindow, fill: Fill, qtbot: QtBot) -> None:
    fill()
    window.area.filter.search.setText("nothing like it")
    page = window.top.views.pages.currentWidget()
    assert isinstance(page, FilteredPage)
    assert not window.table.isVisible()
    assert page.no_match.isVisible()
    assert "All 6 images" in page.no_match._sentence.text()
    assert not window.area.filter.clear.isVisible()
    page.no_match.button.click()
    assert window.table.isVisible()
    assert not window.area.filter.search.text()
    assert window.table.currentIndex().row() == 0


def test_the_page_says_that_no_image_is_left_to_review_once_all_are_reviewed(window: MainWindow, fill: Fill) -> None:
    fill()
    window.area.filter.chips.chips[Lane.REVIEW].click()
    window.results.set_reviews(dict.fromkeys(shown(window.results), REVIEW))
    page = window.top.views.pages.currentWidget()
    assert isinstance(page, FilteredPage)
    assert page.no_match._title.text() == "No image is left to review"
    window.area.filter.search.setText("nothing like it")
    assert page.no_match._title.text() == "Nothing matches the filter"


def submenu(menu: QMenu, title: str) -> QMenu:
    found = next(action.menu() for action in menu.actions() if action.text() == title)
    assert isinstance(found, QMenu)
    return found


def filters_menu(window: MainWindow) -> FilterMenu:
    """Fill the menu of further filters, as opening it would, and return it."""
    menu = window.area.filter.filters.menu()
    assert isinstance(menu, FilterMenu)
    menu.fill()
    return menu


def test_the_menu_filters_by_the_values_that_occur_in_the_job(window: MainWindow, fill: Fill) -> None:
    fill()
    menu = filters_menu(window)
    assert [action.text() for action in submenu(menu, "Magnification").actions()] == ["not known", "40×", "400×"]
    trigger(submenu(menu, "Subtype"), "Adenosis")
    trigger(submenu(menu, "Subtype"), "Ductal carcinoma")
    assert shown(window.results) == [4, 2]
    assert [chip.text() for chip in window.area.filter.criteria] == ["Subtype: Adenosis, Ductal carcinoma ×"]
    trigger(submenu(menu, "Subtype"), "Ductal carcinoma")
    assert window.results.filter.subtypes == {SUBTYPE_BY_CODE["A"]}
    filters_menu(window)
    assert [action.isChecked() for action in submenu(menu, "Subtype").actions()] == [True, False, False, False]
    trigger(menu, "Clear filters")
    trigger(submenu(menu, "Status"), "refused")
    assert shown(window.results) == [5]
    assert window.results.filter.statuses == {Status.REFUSED}


def test_the_menu_filters_by_whether_an_image_is_reviewed(window: MainWindow, fill: Fill) -> None:
    fill()
    window.results.set_reviews({4: REVIEW, 2: REVIEW})
    menu = filters_menu(window)
    trigger(submenu(menu, "Review"), "Reviewed")
    assert shown(window.results) == [4, 2]
    trigger(submenu(menu, "Review"), "Not reviewed")
    assert shown(window.results) == [1, 3, 0, 5]
    trigger(submenu(menu, "Review"), "Not reviewed")
    assert window.results.rowCount() == 6


def test_ticked_patients_stay_chosen_while_the_search_hides_them(
    window: MainWindow, fill: Fill, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill()
    dialog = PatientsDialog(window.results.rows.patients(), {"14-2523"}, window)
    qtbot.addWidget(dialog)
    dialog.search.setText("91")
    assert [dialog.list.item(row).isHidden() for row in range(3)] == [True, True, False]
    dialog.list.item(2).setCheckState(Qt.CheckState.Checked)
    assert dialog.chosen() == {"14-2523", "14-9133"}
    monkeypatch.setattr(PatientsDialog, "exec", lambda self: self.list.item(2).setCheckState(Qt.CheckState.Checked) or True)
    menu = filters_menu(window)
    trigger(menu, "Patient…")
    assert shown(window.results) == [2]


def test_the_chosen_image_stays_chosen_unless_a_filter_hides_it(window: MainWindow, fill: Fill) -> None:
    fill()
    window.table.selectRow(3)
    window.results.set_filter(ResultFilter(lane=Lane.BENIGN))
    assert there(window.table.chosen()).record.position == 2
    window.results.set_filter(ResultFilter(lane=Lane.MALIGNANT))
    assert there(window.table.chosen()).record.position == 4
    assert window.detail._heading._place == "1 of 2"
