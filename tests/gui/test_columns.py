"""The user can hide, move and restore the table's columns; copied rows contain the visible columns."""

import json
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from breakhis_desktop.ui.shell.main_window import MainWindow
from tests.factories.results import RECORDS, judged
from tests.factories.runs import run_info
from tests.factories.windows import trigger
from tests.gui.conftest import Fill


def test_selected_rows_are_copied_as_a_table_without_formulas(window: MainWindow, fill: Fill, qtbot: QtBot) -> None:
    fill([judged(0, "=cmd().png", 0.9, "DC"), judged(1, "SOB_B_A-14-9133-40-002.png", 0.2, "A"), judged(2, "c<b>.png", 0.1, "F")])
    window.table.setFocus()
    window.table.selectAll()
    qtbot.keyClick(window.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
    assert lines[0] == ["Image", "Patient", "Mag.", "Malignant", "Decision", "Review", "Subtype"]
    assert lines[1] == ["'=cmd().png", "", "", "0.90", "malignant", "", "Ductal carcinoma"]
    assert lines[2][:4] == ["SOB_B_A-14-9133-40-002.png", "14-9133", "40×", "0.20"]
    assert "<td>c&lt;b&gt;.png</td>" in QGuiApplication.clipboard().mimeData().html()


def test_only_visible_columns_are_copied_in_the_order_shown(window: MainWindow, fill: Fill) -> None:
    fill()
    header = window.table.horizontalHeader()
    header.moveSection(header.visualIndex(4), 0)
    window.table.columns._want(3, False)
    window.table.selectRow(0)
    window.table.copy_selected()
    assert QGuiApplication.clipboard().text().split("\n")[0] == "Decision\tImage\tPatient\tMag.\tReview\tSubtype"


def test_the_menu_hides_columns_and_resets_their_order_and_visibility(window: MainWindow, fill: Fill) -> None:
    fill()
    menu, header = window.table.columns.menu, window.table.horizontalHeader()
    assert menu.menuAction() in window.table.actions()
    menu.aboutToShow.emit()
    assert [action.isEnabled() for action in menu.actions()[:2]] == [False, True]
    trigger(menu, "Subtype")
    assert header.isSectionHidden(6)
    header.moveSection(0, 3)
    trigger(menu, "Reset columns")
    assert [header.logicalIndex(place) for place in range(7)] == list(range(7))
    assert not header.isSectionHidden(6)


def test_a_column_without_values_is_hidden_until_an_image_has_a_value_for_it(window: MainWindow, fill: Fill) -> None:
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
