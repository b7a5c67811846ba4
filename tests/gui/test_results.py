"""The results table in the real window: operating point, sorting and keyboard."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from breakhis_desktop.domain.decision import OperatingPoint
from breakhis_desktop.ui.results.results_table import _FOLLOWED
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.result_filter import Lane, ResultFilter
from breakhis_desktop.ui.state.results import RESULT_ROLE
from tests.factories import there
from tests.factories.results import many
from tests.gui.conftest import Fill


def test_another_operating_point_also_changes_the_heading_of_the_chosen_image(window: MainWindow, fill: Fill) -> None:
    fill()
    window.table.selectRow(2)
    assert window.detail._heading.accessibleName() == "Benign 0.45"
    window.results.set_point(OperatingPoint("chosen", 0.3))
    assert window.detail._heading.accessibleName() == "Malignant 0.45"
    assert window.detail._binary._tick == 0.3


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


def test_tab_goes_from_the_search_through_the_operating_point_and_the_filters_to_the_table(
    window: MainWindow, fill: Fill, qtbot: QtBot
) -> None:
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
