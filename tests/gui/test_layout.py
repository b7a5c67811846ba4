"""Where the parts of the window stand, at the sizes of common screens."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QDialogButtonBox, QListView
from pytestqt.qtbot import QtBot

from breakhis_desktop.ui.dialogs.identity import IdentityDialog
from breakhis_desktop.ui.main_window import MainWindow

RunFolder = Callable[[Path], None]


def test_an_empty_queue_leaves_no_gap_above_the_drop_area(window: MainWindow, folder: Path) -> None:
    jobs = window.queue.findChild(QListView)
    assert not jobs.isVisible()
    window.add([folder])
    assert jobs.isVisible()


def test_all_buttons_of_the_top_line_are_equally_tall(window: MainWindow, qtbot: QtBot) -> None:
    shown = [button for button in window.top.findChildren(QAbstractButton) if button.isVisible()]
    assert len(shown) > 6
    assert {button.height() for button in shown} == {30}


def test_the_decision_on_a_patient_is_seen_without_scrolling(window: MainWindow, run_folder: RunFolder, folder: Path, qtbot: QtBot) -> None:
    window.resize(1280, 800)
    run_folder(folder)
    window.top.views.buttons["Patients"].click()
    tree = window.overview.patients.tree
    assert tree.model().headerData(5, Qt.Orientation.Horizontal) == "Decision"
    qtbot.waitUntil(lambda: 0 < tree.columnViewportPosition(5) + tree.columnWidth(5) <= tree.viewport().width())


def test_the_choice_of_a_heat_map_is_as_wide_for_every_subtype(window: MainWindow, run_folder: RunFolder, folder: Path) -> None:
    run_folder(folder)
    maps: QComboBox = window.detail.findChild(QComboBox)
    before = maps.sizeHint().width()
    maps.setItemText(2, "Mucinous carcinoma of unusual length")
    assert maps.sizeHint().width() == before


@pytest.mark.parametrize("kind", [QDialogButtonBox.StandardButton.Ok, QDialogButtonBox.StandardButton.Cancel])
def test_the_buttons_of_the_rule_have_no_icons_of_the_system(kind: QDialogButtonBox.StandardButton, folder: Path, qtbot: QtBot) -> None:
    dialog = IdentityDialog([folder], "")
    qtbot.addWidget(dialog)
    assert dialog.findChild(QDialogButtonBox).button(kind).icon().isNull()
    dialog.reject()
