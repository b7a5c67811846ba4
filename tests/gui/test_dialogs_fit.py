"""Every dialog opens entirely on its screen, even on the smallest screen that the window supports."""

import ast
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QDialogButtonBox, QWidget
from pytestqt.qtbot import QtBot

import breakhis_desktop.ui
from breakhis_desktop.ui.export.report_dialog import ReportDialog
from breakhis_desktop.ui.help.about import AboutDialog
from breakhis_desktop.ui.help.error import ErrorDialog
from breakhis_desktop.ui.look.dialog import Dialog, placed_within
from breakhis_desktop.ui.results.choose_patients import PatientsDialog
from breakhis_desktop.ui.shell.main_window import MainWindow
from tests.conftest import CARD
from tests.factories import there
from tests.factories.windows import dialogs
from tests.gui.conftest import SMALL


def with_title_bar(dialog: QWidget) -> QRect:
    """Return a dialog's geometry, enlarged by the height of a title bar."""
    return dialog.geometry().adjusted(0, -32, 0, 0)


@pytest.mark.usefixtures("small_screen")
def test_every_dialog_opens_entirely_on_a_small_screen(doubting_window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    doubting_window.navigation.larger.open_over(doubting_window)
    opened = [doubting_window.navigation.larger, *dialogs(doubting_window, tmp_path), ErrorDialog("x", doubting_window)]
    for dialog in (*opened, PatientsDialog(["a"], [], doubting_window)):
        dialog.show()
        qtbot.waitUntil(dialog.isVisible)
        assert SMALL.contains(with_title_bar(dialog)), type(dialog).__name__
        dialog.close()


@pytest.mark.usefixtures("small_screen")
def test_the_buttons_of_the_report_dialog_are_visible_on_a_small_screen(doubting_window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    (report,) = (one for one in dialogs(doubting_window, tmp_path) if isinstance(one, ReportDialog))
    report.show()
    qtbot.waitUntil(report.isVisible)
    for button in (report.save, report.print, report.close_button):
        corner = button.mapToGlobal(button.rect().bottomRight())
        assert SMALL.contains(corner)
        assert report.rect().contains(button.mapTo(report, button.rect().bottomRight()))


def test_the_buttons_at_the_foot_of_every_dialog_are_equally_far_apart(doubting_window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    gaps = set()
    for dialog in (*dialogs(doubting_window, tmp_path), ErrorDialog("x", doubting_window)):
        dialog.show()
        qtbot.waitUntil(dialog.isVisible)
        for foot in dialog.findChildren(QDialogButtonBox):
            places = sorted((button.geometry() for button in foot.buttons()), key=QRect.left)
            gaps |= {after.left() - before.right() - 1 for before, after in pairwise(places)}
        dialog.close()
    assert gaps == {8}


def test_the_about_dialog_is_no_higher_than_its_text_needs(qtbot: QtBot) -> None:
    about = AboutDialog(CARD)
    qtbot.addWidget(about)
    about.show()
    assert about.height() == there(about.layout()).totalHeightForWidth(about.width())


def test_a_dialog_keeps_its_size_if_there_is_room_for_it(qtbot: QtBot) -> None:
    dialog = Dialog()
    qtbot.addWidget(dialog)
    dialog.resize(300, 200)
    dialog.show()
    assert (dialog.width(), dialog.height()) == (300, 200)


@pytest.mark.parametrize(
    ("dialog", "place"),
    [
        (QRect(100, 100, 300, 200), QRect(100, 100, 300, 200)),
        (QRect(-50, 0, 300, 200), QRect(8, 56, 300, 200)),
        (QRect(900, 600, 300, 200), QRect(716, 492, 300, 200)),
        (QRect(0, 0, 5000, 5000), QRect(8, 56, 1008, 636)),
    ],
)
def test_a_dialog_is_moved_and_made_smaller_only_as_far_as_necessary(dialog: QRect, place: QRect) -> None:
    assert placed_within(dialog, SMALL) == place


def test_every_dialog_inherits_from_the_class_that_fits_dialogs_to_the_screen() -> None:
    ui_folder = Path(breakhis_desktop.ui.__path__[0])
    bases = {
        (file.relative_to(ui_folder).as_posix(), ast.unparse(base))
        for file in ui_folder.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
        for base in node.bases
    }
    assert {file for file, base in bases if base == "QDialog"} == {"look/dialog.py"}
