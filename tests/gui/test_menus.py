"""Every command is in a menu, and no two commands have the same shortcut."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from breakhis_desktop.ui.shell.commands import keys_of, show_help
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.job import JobStage


def actions_of(menu: QMenu) -> dict[str, QAction]:
    return {action.text(): action for action in menu.actions()}


def test_no_two_commands_have_the_same_shortcut(window: MainWindow) -> None:
    actions = [action for menu in window.findChildren(QMenu) for action in menu.actions()]
    keys = Counter(key.toString() for action in set(actions) for key in action.shortcuts())
    keys.update(button.shortcut().toString() for button in window.findChildren(QPushButton) if not button.shortcut().isEmpty())
    assert [key for key, count in keys.items() if count > 1] == []
    assert set(keys) == {key for rows in COMMANDS_WITH_KEYS.values() for listed in rows.values() for key in listed.split(", ")}


COMMANDS_WITH_KEYS = {
    "File": {
        "Add folder": "Ctrl+O",
        "Add files": "Ctrl+Shift+O",
        "Earlier runs": "Ctrl+Shift+E",
        "Export: CSV": "Ctrl+E",
        "Report": "Ctrl+P",
        "Quit": "Ctrl+Q",
    },
    "Edit": {"Find": "Ctrl+F", "Copy rows": "Ctrl+C", "Select all": "Ctrl+A", "Settings": "Ctrl+,"},
    "View": {
        "Table": "Ctrl+1",
        "Contact sheet": "Ctrl+2",
        "Patients": "Ctrl+3",
        "Summary": "Ctrl+4",
        "Operating point": "Ctrl+T",
        "Full screen": "F11",
    },
    "Queue": {
        "Start": "Ctrl+R",
        "Pause": "Ctrl+Shift+R",
        "Cancel": "Ctrl+.",
        "Move up": "Alt+Up",
        "Move down": "Alt+Down",
        "Remove from the queue": "Del",
        "Models": "Ctrl+M",
    },
    "Image": {
        "Larger view": "Enter, Return, Space",
        "Next image": "N",
        "Previous image": "P",
        "Zoom in": "+, =",
        "Zoom out": "-",
        "Fit": "F",
        "1:1": "1",
        "Heat map": "H",
        "Side by side": "S",
    },
    "Review": {"Accept": "A", "Override": "O", "Skip": "Right", "Undo": "Ctrl+Z"},
    "Help": {"Help": "F1"},
}


def test_the_menu_bar_has_every_command_with_its_keys(window: MainWindow) -> None:
    assert {menu: dict(rows) for menu, rows in window.menus.key_groups()} == COMMANDS_WITH_KEYS


def test_the_menu_bar_has_every_command_of_a_view_except_the_zoom_of_the_larger_view(window: MainWindow) -> None:
    menus = window.menuBar().findChildren(QMenu)
    in_menus = {action for menu in menus for action in menu.actions()}
    views = (window.table, window.area.sheet, window.queue._jobs, window.detail.image, window.detail.review, window.navigation.larger)
    own = set(window.navigation.larger.image.zooms)
    assert {action.text() for view in views for action in view.actions() if action not in in_menus | own} == set()


def test_the_help_lists_the_keys_of_menus_and_views(window: MainWindow) -> None:
    groups = dict(keys_of(window))
    assert list(groups) == [*COMMANDS_WITH_KEYS, "In a list", "In the search", "In the picture"]
    page = show_help(window)
    text = page.page.toPlainText()
    for title, rows in groups.items():
        assert title in text
        assert all(words in text and keys in text for words, keys in rows)
    page.close()


def test_the_shortcut_of_the_start_button_starts_the_job(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    window.add([folder])
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(window.jobs.in_stage(JobStage.ENDED)), timeout=20_000)


def test_a_menu_command_has_the_text_and_the_state_of_its_button(window: MainWindow, folder: Path) -> None:
    start = actions_of(window.menus.queue)["Start"]
    assert not start.isEnabled()
    window.add([folder])
    assert start.isEnabled()
    window.top.start.setText("Go on")
    window.menus.queue.aboutToShow.emit()
    assert start.text() == "Go on"


def test_the_view_menu_hides_and_shows_the_side_columns(window: MainWindow) -> None:
    for text, part in (("Queue", window.queue), ("Right column", window.right)):
        action = actions_of(window.menus.view)[text]
        action.trigger()
        assert not part.isVisible()
        action.trigger()
        assert part.isVisible()


def test_the_menu_turns_full_screen_on_and_off(window: MainWindow) -> None:
    action = actions_of(window.menus.view)["Full screen"]
    action.trigger()
    assert window.isFullScreen()
    action.trigger()
    assert not window.isFullScreen()


def test_a_recent_folder_can_be_queued_again_from_the_menu_and_forgotten(window: MainWindow, folder: Path, samples: list[Path]) -> None:
    window.add([folder, samples[0]])
    window.recent.menu.aboutToShow.emit()
    entry, *_, forget = window.recent.menu.actions()
    assert entry.text() == str(folder)
    entry.trigger()
    assert [window.jobs.index(row).data() for row in (0, 2)] == ["fields", "fields"]
    forget.trigger()
    assert window.settings.values.recent_folders == ()


def test_the_sample_images_are_not_listed_as_a_recent_folder(window: MainWindow) -> None:
    window.add_images.add_samples()
    assert window.settings.values.recent_folders == ()


def test_the_refused_images_of_a_job_can_be_analysed_from_the_menu(
    window: MainWindow, run_folder: Callable[[Path], None], folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    run_folder(folder)
    judge = actions_of(window.menus.queue)["Analyse the refused images"]
    assert not judge.isEnabled()
    (tmp_path / "glass").mkdir()
    Image.new("RGB", (300, 300), (240, 238, 242)).save(tmp_path / "glass" / "glass.png")
    run_folder(tmp_path / "glass")
    assert judge.isEnabled()
    judge.trigger()
    qtbot.waitUntil(lambda: len(window.jobs.in_stage(JobStage.ENDED)) == 3, timeout=20_000)
