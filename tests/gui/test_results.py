"""Filter, columns, contact sheet, keyboard and clipboard in the real window."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from breakhis_desktop.domain.decision import OperatingPoint
from breakhis_desktop.domain.identity import Identity
from breakhis_desktop.domain.records import ImageRecord, Status
from breakhis_desktop.domain.taxonomy import SUBTYPE_BY_CODE, Decision
from breakhis_desktop.ui.results.choose_patients import PatientsDialog
from breakhis_desktop.ui.results.contact_sheet import ContactSheet
from breakhis_desktop.ui.results.filter_menu import FilterMenu
from breakhis_desktop.ui.results.no_match import FilteredPage
from breakhis_desktop.ui.results.results_table import _FOLLOWED
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.jobs import JobStage
from breakhis_desktop.ui.state.result_filter import Lane, ResultFilter
from breakhis_desktop.ui.state.results import RESULT_ROLE, ResultsModel
from tests.factories import there
from tests.factories.results import RECORDS, REVIEW, judged
from tests.factories.runs import run_info
from tests.factories.windows import FATAL, await_painted

Fill = Callable[..., None]


@pytest.fixture
def model(qtbot: QtBot) -> ResultsModel:
    made = ResultsModel()
    made.show(RECORDS, run_info())
    return made


@pytest.fixture
def fill(window: MainWindow) -> Fill:
    """Return a function that shows a finished job with the records that the function is given."""

    def show(records: list[ImageRecord] | tuple[ImageRecord, ...] = RECORDS) -> None:
        job = window.jobs.add([Path("/images")])
        job.run_info, job.stage, job.ledger = run_info(), JobStage.ENDED, replace(job.ledger, queued=len(records))
        job.add(records)
        window.chosen.choose(job)

    return show


def shown(model: ResultsModel) -> list[int]:
    return [model.index(row, 0).data(RESULT_ROLE).record.position for row in range(model.rowCount())]


def many(count: int) -> list[ImageRecord]:
    return [judged(number, f"{number:05}.png", number / count, "A") for number in range(count)]


def test_the_model_passes_qts_model_tester_through_every_change(model: ResultsModel) -> None:
    tester = QAbstractItemModelTester(model, FATAL)
    for lane in Lane:
        model.set_filter(ResultFilter(lane=lane))
    model.set_point(OperatingPoint("chosen", 0.95))
    model.add([judged(6, "late.png", 0.97, "DC"), judged(7, "later.png", 0.1, "A")])
    model.sort(0, Qt.SortOrder.AscendingOrder)
    model.set_filter(ResultFilter("sob"))
    model.set_filter(ResultFilter("nothing like it"))
    model.set_reviews({1: REVIEW})
    model.set_filter(ResultFilter())
    assert shown(model) == [1, 0, 5, 6, 7, 2, 4, 3]
    model.set_filter(ResultFilter("Anna"))
    model.identify(replace(record, identity=Identity("Anna" if record.position > 4 else "Berta")) for record in model.rows.records)
    assert shown(model) == [5, 6, 7]
    assert tester.model() is model


def test_a_filter_keeps_the_order_and_an_index_follows_its_image(model: ResultsModel) -> None:
    assert shown(model) == [4, 1, 3, 2, 0, 5]
    stays, goes = QPersistentModelIndex(model.index(2, 1)), QPersistentModelIndex(model.index(4, 1))
    model.set_filter(ResultFilter(lane=Lane.BENIGN))
    assert shown(model) == [3, 2]
    assert stays.row() == 0
    assert not goes.isValid()
    model.set_filter(ResultFilter())
    assert shown(model) == [4, 1, 3, 2, 0, 5]
    assert stays.data(RESULT_ROLE).record.position == 3


def test_lane_counts_cover_only_what_the_rest_of_the_filter_leaves(model: ResultsModel) -> None:
    assert list(model.counts().values()) == [6, 2, 2, 3, 1, 1]
    model.set_filter(ResultFilter("sob", Lane.MALIGNANT))
    assert list(model.counts().values()) == [2, 1, 1, 1, 0, 0]


def test_another_operating_point_changes_decisions_and_moves_rows_between_lanes(model: ResultsModel) -> None:
    model.set_filter(ResultFilter(lane=Lane.MALIGNANT))
    with_signal = []
    model.changed.connect(lambda: with_signal.append(shown(model)))
    model.set_point(OperatingPoint("chosen", 0.2))
    assert with_signal == [[4, 1, 3, 2]]
    result = model.index(3, 0).data(RESULT_ROLE)
    assert (result.threshold, str(result.verdict.decision)) == (0.2, "malignant")
    model.set_point(OperatingPoint("chosen", 0.95))
    assert shown(model) == []


def test_another_operating_point_also_changes_the_decision_beside_the_image(window: MainWindow, fill: Fill) -> None:
    fill()
    window.table.selectRow(2)
    assert window.detail._heading.accessibleName() == "Benign 0.45"
    window.results.set_point(OperatingPoint("chosen", 0.3))
    assert window.detail._heading.accessibleName() == "Malignant 0.45"
    assert window.detail._binary._tick == 0.3


def test_new_images_are_filtered_too(model: ResultsModel) -> None:
    model.set_filter(ResultFilter(lane=Lane.MALIGNANT))
    model.add([judged(6, "late.png", 0.7, "DC"), judged(7, "later.png", 0.1, "A")])
    assert shown(model) == [4, 6, 1]


def test_a_search_narrows_the_table_enter_goes_there_and_escape_clears_it(window: MainWindow, fill: Fill, qtbot: QtBot) -> None:
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


def test_a_chip_shows_its_lane_and_carries_an_icon_a_word_and_a_count(window: MainWindow, fill: Fill) -> None:
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


def test_a_filter_that_matches_nothing_says_so_and_a_button_clears_it(window: MainWindow, fill: Fill, qtbot: QtBot) -> None:
    fill()
    window.area.filter.search.setText("nothing like it")
    page = window.top.views.pages.currentWidget()
    assert isinstance(page, FilteredPage)
    assert not window.table.isVisible()
    assert page.no_match.isVisible()
    assert "All 6 images" in page.no_match._sentence.text()
    page.no_match.button.click()
    assert window.table.isVisible()
    assert not window.area.filter.search.text()
    assert window.table.currentIndex().row() == 0


def submenu(menu: QMenu, title: str) -> QMenu:
    found = next(action.menu() for action in menu.actions() if action.text() == title)
    assert isinstance(found, QMenu)
    return found


def filters_menu(window: MainWindow) -> FilterMenu:
    """Return the menu of further filters, filled as it is when it opens."""
    menu = window.area.filter.filters.menu()
    assert isinstance(menu, FilterMenu)
    menu.fill()
    return menu


def trigger(menu: QMenu, words: str) -> None:
    next(action for action in menu.actions() if action.text() == words).trigger()


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


def test_the_menu_filters_by_reviewed_and_not_reviewed(window: MainWindow, fill: Fill) -> None:
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


def test_sorting_reduces_a_very_large_selection_to_the_chosen_row(window: MainWindow, fill: Fill) -> None:
    fill(many(_FOLLOWED + 10))
    window.results.set_filter(ResultFilter(lane=Lane.BENIGN))
    window.table.selectAll()
    window.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert len(window.table.selected_rows()) == window.results.rowCount()
    window.results.set_filter(ResultFilter())
    window.table.selectRow(5)
    chosen = window.table.chosen()
    selection = window.table.selectionModel().selection()
    selection.select(window.results.index(0, 0), window.results.index(_FOLLOWED + 1, 6))
    window.table.selectionModel().select(selection, window.table.selectionModel().SelectionFlag.Select)
    window.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert [window.results.index(row, 0).data(RESULT_ROLE) for row in window.table.selected_rows()] == [chosen]


def test_selected_rows_are_copied_as_a_table_without_formulas(window: MainWindow, fill: Fill, qtbot: QtBot) -> None:
    fill([judged(0, "=cmd().png", 0.9, "DC"), judged(1, "SOB_B_A-14-9133-40-002.png", 0.2, "A"), judged(2, "c<b>.png", 0.1, "F")])
    window.table.setFocus()
    window.table.selectAll()
    qtbot.keyClick(window.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
    assert lines[0] == ["Image", "Patient", "Mag.", "Malignant", "Decision", "Subtype", "Review"]
    assert lines[1] == ["'=cmd().png", "", "", "0.90", "malignant", "Ductal carcinoma", ""]
    assert lines[2][:4] == ["SOB_B_A-14-9133-40-002.png", "14-9133", "40×", "0.20"]
    assert "<td>c&lt;b&gt;.png</td>" in QGuiApplication.clipboard().mimeData().html()


def test_only_visible_columns_are_copied_in_the_order_shown(window: MainWindow, fill: Fill) -> None:
    fill()
    header = window.table.horizontalHeader()
    header.moveSection(header.visualIndex(4), 0)
    window.table.columns._want(3, False)
    window.table.selectRow(0)
    window.table.copy_selected()
    assert QGuiApplication.clipboard().text().split("\n")[0] == "Decision\tImage\tPatient\tMag.\tSubtype\tReview"


def test_the_menu_hides_columns_and_resets_their_order_and_visibility(window: MainWindow, fill: Fill) -> None:
    fill()
    menu, header = window.table.columns.menu, window.table.horizontalHeader()
    assert menu.menuAction() in window.table.actions()
    menu.aboutToShow.emit()
    assert [action.isEnabled() for action in menu.actions()[:2]] == [False, True]
    trigger(menu, "Subtype")
    assert header.isSectionHidden(5)
    header.moveSection(0, 3)
    trigger(menu, "Reset columns")
    assert [header.logicalIndex(place) for place in range(7)] == list(range(7))
    assert not header.isSectionHidden(5)


def test_a_column_without_values_is_hidden_until_an_image_has_one(window: MainWindow, fill: Fill) -> None:
    fill([judged(0, "a.png", 0.9, "DC")])
    assert window.table.isColumnHidden(1)
    assert window.table.isColumnHidden(2)
    window.results.add([RECORDS[0]])
    assert not window.table.isColumnHidden(1)
    window.table.columns._want(1, False)
    window.results.add([RECORDS[1]])
    assert window.table.isColumnHidden(1)


def test_the_layout_of_the_columns_is_restored(window: MainWindow, make_window: Callable[[], MainWindow], fill: Fill) -> None:
    fill()
    header = window.table.horizontalHeader()
    header.moveSection(6, 1)
    header.resizeSection(5, 211)
    window.table.columns._want(2, False)
    other = make_window()
    other.table.columns.restore(window.table.columns.state())
    other.results.show(RECORDS, run_info())
    assert [other.table.horizontalHeader().logicalIndex(place) for place in range(7)] == [0, 6, 1, 2, 3, 4, 5]
    assert other.table.isColumnHidden(2)
    assert other.table.columnWidth(5) == 211


@pytest.mark.parametrize(
    "state",
    [
        b"",
        b"\xff",
        b"[]",
        b'{"order": 1}',
        json.dumps({"order": [["image"], "gone"], "hidden": [{}], "widths": {"subtype": "wide", "review": -4}}).encode(),
    ],
)
def test_a_malformed_column_layout_changes_nothing(window: MainWindow, state: bytes) -> None:
    before = window.table.columns.state()
    window.table.columns.restore(state)
    assert window.table.columns.state() == before


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


def test_the_last_card_of_the_contact_sheet_has_a_place_after_every_change(window: MainWindow, fill: Fill, qtbot: QtBot) -> None:
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
    """Return a contact sheet of many cards, laid out in batches, that is scrolled to a card far down."""
    fill(many(600))
    sheet = window.area.sheet
    sheet.setBatchSize(50)
    window.top.views.buttons["Contact sheet"].click()
    qtbot.waitUntil(lambda: sheet.visualRect(window.results.index(599, 0)).isValid())
    window.table.selectRow(500)
    sheet.scrollTo(window.results.index(500, 0))
    return sheet


def test_a_sheet_laid_out_in_batches_keeps_the_chosen_card_in_view(window: MainWindow, sheet: ContactSheet, qtbot: QtBot) -> None:
    changes: tuple[Callable[[], None], ...] = (
        lambda: window.results.set_filter(ResultFilter("png")),  # every name contains "png"
        lambda: window.resize(window.width() - 1, window.height()),
    )
    for change in changes:
        change()
        qtbot.waitUntil(lambda: sheet.visualRect(sheet.currentIndex()).intersects(sheet.viewport().rect()))


def test_a_sheet_laid_out_again_before_it_is_complete_keeps_its_scroll_position(sheet: ContactSheet, qtbot: QtBot) -> None:
    looked = sheet.verticalScrollBar().value()
    for _ in range(3):
        sheet.doItemsLayout()
    qtbot.waitUntil(lambda: sheet.verticalScrollBar().value() == looked)


def test_tab_goes_from_search_through_filter_and_operating_point_to_the_table(window: MainWindow, fill: Fill, qtbot: QtBot) -> None:
    fill()
    bar = window.area.filter
    bar.search.setFocus()
    passed: list[QWidget | None] = []
    while window.focusWidget() is not window.table and len(passed) < 12:
        passed.append(window.focusWidget())
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert passed[0] is bar.search
    assert passed[1] is window.operating_point.line
    assert passed[-1] is bar.filters
    assert window.focusWidget() is window.table
    qtbot.keyClick(window.table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert there(window.table.chosen()).record.position == 5
    qtbot.keyClick(window.table, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert there(window.table.chosen()).record.position == 4
