"""Every command is in a menu, with a unique shortcut."""

from collections import Counter
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.jobs import JobStage


def actions_of(menu: QMenu) -> dict[str, QAction]:
    return {action.text(): action for action in menu.actions()}


def test_no_two_commands_have_the_same_shortcut(window: MainWindow) -> None:
    actions = [action for menu in window.menuBar().findChildren(QMenu) for action in menu.actions()]
    keys = Counter(action.shortcut().toString() for action in set(actions) if not action.shortcut().isEmpty())
    keys.update(button.shortcut().toString() for button in window.findChildren(QPushButton) if not button.shortcut().isEmpty())
    assert [key for key, count in keys.items() if count > 1] == []
    assert {"Ctrl+O", "Ctrl+Q", "Ctrl+,", "F1", "F11", "Ctrl+R", "Ctrl+M"} <= set(keys)


def test_a_menu_without_commands_is_not_shown(window: MainWindow) -> None:
    shown = [action.text() for action in window.menuBar().actions() if action.isVisible()]
    assert shown[:4] == ["&File", "&Edit", "&View", "&Run"]
    assert window.menus.review.menuAction().isVisible() is bool(window.menus.review.actions())


def test_a_shortcut_of_a_button_starts_the_job_from_the_keyboard(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    window.add([folder])
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(window.jobs.in_stage(JobStage.ENDED)), timeout=20_000)


def test_a_command_reads_and_is_there_as_its_button_does(window: MainWindow, folder: Path) -> None:
    start = actions_of(window.menus.run)["Start"]
    assert not start.isEnabled()
    window.add([folder])
    assert start.isEnabled()
    window.top.start.setText("Go on")
    window.menus.run.aboutToShow.emit()
    assert start.text() == "Go on"


def test_the_columns_fold_away_and_come_back(window: MainWindow) -> None:
    for text, part in (("Queue", window.queue), ("Chosen image", window.detail)):
        action = actions_of(window.menus.view)[text]
        action.trigger()
        assert not part.isVisible()
        action.trigger()
        assert part.isVisible()


def test_full_screen_is_on_and_off(window: MainWindow) -> None:
    action = actions_of(window.menus.view)["Full screen"]
    action.trigger()
    assert window.isFullScreen()
    action.trigger()
    assert not window.isFullScreen()


def test_a_folder_that_was_queued_is_queued_again_from_the_menu(window: MainWindow, folder: Path, samples: list[Path]) -> None:
    window.add([folder, samples[0]])
    window.recent.menu.aboutToShow.emit()
    entry, *_, forget = window.recent.menu.actions()
    assert entry.text() == str(folder)
    entry.trigger()
    assert [window.jobs.index(row).data() for row in (0, 2)] == ["fields", "fields"]
    forget.trigger()
    assert window.settings.values.recent_folders == ()


def test_the_sample_images_are_no_recent_folder(window: MainWindow) -> None:
    window.add_samples()
    assert window.settings.values.recent_folders == ()
