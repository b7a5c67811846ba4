"""An image is reviewed from its larger view, which says what was recorded."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from breakhis_desktop.ui.review.name_dialog import NameDialog
from breakhis_desktop.ui.review.override import OverrideDialog
from breakhis_desktop.ui.shell.main_window import MainWindow
from tests.factories import there
from tests.factories.windows import (
    await_reviewed,
    in_dialog,
)


@pytest.fixture
def window(doubting_window: MainWindow) -> MainWindow:
    return doubting_window


def test_an_image_can_be_reviewed_from_its_larger_view(window: MainWindow, qtbot: QtBot) -> None:
    window.settings.change(reviewer="M. Silva")
    window.navigation.enlarge()
    larger = window.navigation.larger
    qtbot.waitUntil(larger.isVisible)
    larger.activateWindow()
    larger.setFocus()
    qtbot.keyClick(larger, Qt.Key.Key_A)
    await_reviewed(window, qtbot, 1)
    assert window.table.currentIndex().row() == 1


def test_the_larger_view_says_what_was_recorded_and_shows_it_again_on_return_to_the_image(window: MainWindow, qtbot: QtBot) -> None:
    window.settings.change(reviewer="M. Silva")
    window.navigation.enlarge()
    larger = window.navigation.larger
    qtbot.waitUntil(larger.image.hasFocus)
    first = there(window.table.chosen())
    decision, name = there(first.verdict).decision, first.record.path.name
    qtbot.keyClick(larger.image, Qt.Key.Key_A)
    await_reviewed(window, qtbot, 1)
    recorded = larger._recorded.text().replace("\u200b", "")
    assert recorded.startswith(f"✓ Previous image, {name}: ")
    assert f"{name}: Accepted {decision}" in recorded
    assert " · M. Silva, 2" in recorded
    qtbot.keyClick(larger.image, Qt.Key.Key_P)
    assert not larger._recorded.text(), "the sentence called this image the previous one, but now it is shown"
    assert larger._heading._words.title == f"{decision.capitalize()}, reviewed"
    assert "\nAccepted " in larger._caption.text()
    answers = [there(larger._answers.itemAt(place)).widget() for place in range(larger._answers.count())]
    assert [there(answer).property("text") for answer in answers] == ["Accept (A)", "Override… (O)", "Undo (Ctrl+Z)"]
    qtbot.mouseClick(there(answers[2]), Qt.MouseButton.LeftButton)
    await_reviewed(window, qtbot, 0)
    assert "Withdrew the review" in larger._recorded.text()
    assert larger._recorded.text().replace("\u200b", "").startswith(f"✓ {name}: ")


@pytest.mark.parametrize(("key", "kind"), [(Qt.Key.Key_O, OverrideDialog), (Qt.Key.Key_A, NameDialog)])
def test_a_dialog_belongs_to_the_window_in_which_its_key_was_pressed(window: MainWindow, qtbot: QtBot, key: Qt.Key, kind: type) -> None:
    window.navigation.enlarge()
    larger = window.navigation.larger
    owners = []

    def note_owner(dialog: QDialog) -> None:
        owners.append(dialog.parentWidget())
        dialog.reject()

    for pressed in (larger.image, window.table):
        pressed.window().activateWindow()
        pressed.setFocus()
        qtbot.waitUntil(pressed.hasFocus)
        in_dialog(kind, note_owner)
        qtbot.keyClick(pressed, key)
    assert owners == [larger, window]
