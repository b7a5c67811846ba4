"""The contact sheet shows the table's rows as cards and shares the chosen image with the table."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from breakhis_desktop.domain.taxonomy import Decision
from breakhis_desktop.ui.results.contact_sheet import ContactSheet
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.result_filter import Lane, ResultFilter
from tests.factories import there
from tests.factories.results import REVIEW, judged, many
from tests.factories.windows import await_painted
from tests.gui.conftest import Fill


def test_the_contact_sheet_shares_its_rows_and_chosen_image_with_the_table(window: MainWindow, fill: Fill, qtbot: QtBot) -> None:
    fill()
    window.table.selectRow(2)
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(window.area.sheet.isVisible)
    assert not window.table.isVisible()
    assert window.area.sheet.currentIndex().row() == 2
    window.area.sheet.scrollTo(window.results.index(1, 0))
    place = window.area.sheet.visualRect(window.results.index(1, 0)).center()
    qtbot.mouseClick(window.area.sheet.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.table.selected_rows() == [1]
    assert there(window.table.chosen()).record.position == 1
    qtbot.keyClick(window.area.sheet, Qt.Key.Key_Return)
    assert window.navigation.larger.isVisible()
    window.area.filter.search.setText("nothing like it")
    assert not window.area.sheet.isVisible()
    window.top.views.buttons["Table"].click()
    window.area.filter.clear_all()
    assert window.table.isVisible()


def test_the_last_card_of_the_contact_sheet_is_laid_out_after_every_change(window: MainWindow, fill: Fill, qtbot: QtBot) -> None:
    fill(many(60))
    sheet = window.area.sheet
    window.top.views.buttons["Contact sheet"].click()

    def last_card() -> int:
        sheet.executeDelayedItemsLayout()
        return sheet.indexAt(sheet.visualRect(window.results.index(window.results.rowCount() - 1, 0)).center()).row()

    assert last_card() == 59
    window.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert last_card() == 59
    window.results.set_filter(ResultFilter("0000"))
    assert last_card() == 9
    window.results.set_filter(ResultFilter())
    window.results.add(many(90)[60:])
    assert last_card() == 89
    window.results.set_filter(ResultFilter(lane=Lane.REVIEW))
    window.table.selectAll()
    window.results.set_filter(ResultFilter())
    assert last_card() == 89
    window.resize(1100, 800)
    assert last_card() == 89
    fill(many(90))
    assert last_card() == 89


def test_a_contact_sheet_card_shows_whether_and_how_its_image_was_reviewed(window: MainWindow, fill: Fill) -> None:
    fill([judged(1, "1.png", 0.9, "DC")])
    sheet = window.area.sheet
    window.top.views.buttons["Contact sheet"].click()
    window.results.set_reviews({})
    pictures = [sheet.viewport().grab().toImage()]
    for decision in Decision:
        window.results.set_reviews({1: replace(REVIEW, decision=decision)})
        pictures.append(sheet.viewport().grab().toImage())
    assert all(one != other for number, one in enumerate(pictures) for other in pictures[:number])


def test_a_contact_sheet_that_changes_twice_before_it_is_painted_is_not_blank(window: MainWindow, fill: Fill, qtbot: QtBot) -> None:
    fill(many(600))
    window.top.views.buttons["Contact sheet"].click()
    sheet = window.area.sheet
    await_painted(sheet.viewport(), qtbot)
    window.results.set_filter(ResultFilter(lane=Lane.MALIGNANT))
    window.table.selectAll()
    await_painted(sheet.viewport(), qtbot)
    window.area.filter.clear_all()
    await_painted(sheet.viewport(), qtbot)
    assert sheet.indexAt(QPoint(20, 20)).isValid()
    window.results.set_filter(ResultFilter(lane=Lane.MALIGNANT))
    window.table.selectAll()
    window.area.filter.clear_all()
    await_painted(sheet.viewport(), qtbot)
    assert sheet.indexAt(QPoint(20, 20)).isValid()


@pytest.fixture
def sheet(window: MainWindow, fill: Fill, qtbot: QtBot) -> ContactSheet:
    """Return a contact sheet of 600 cards that is laid out in batches and scrolled down to the card of row 500."""
    fill(many(600))
    sheet = window.area.sheet
    sheet.setBatchSize(50)
    window.top.views.buttons["Contact sheet"].click()
    qtbot.waitUntil(lambda: sheet.visualRect(window.results.index(599, 0)).isValid())
    window.table.selectRow(500)
    sheet.scrollTo(window.results.index(500, 0))
    return sheet


def test_a_contact_sheet_that_is_laid_out_in_batches_keeps_the_chosen_card_in_view(
    window: MainWindow, sheet: ContactSheet, qtbot: QtBot
) -> None:
    changes: tuple[Callable[[], None], ...] = (
        lambda: window.results.set_filter(ResultFilter("png")),  # every name contains "png"
        lambda: window.resize(window.width() - 1, window.height()),
    )
    for change in changes:
        change()
        qtbot.waitUntil(lambda: sheet.visualRect(sheet.currentIndex()).intersects(sheet.viewport().rect()))


def test_a_contact_sheet_that_is_laid_out_again_before_it_is_complete_keeps_its_scroll_position(sheet: ContactSheet, qtbot: QtBot) -> None:
    scrolled_to = sheet.verticalScrollBar().value()
    for _ in range(3):
        sheet.doItemsLayout()
    qtbot.waitUntil(lambda: sheet.verticalScrollBar().value() == scrolled_to)
