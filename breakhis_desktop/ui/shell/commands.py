"""The commands in the menus, and the keys that act in only one view."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from breakhis_desktop.ui.help.about import AboutDialog
from breakhis_desktop.ui.help.help_dialog import HelpDialog
from breakhis_desktop.ui.shell.menus import Command, Entry, KeyGroup

if TYPE_CHECKING:
    from breakhis_desktop.ui.shell.main_window import MainWindow

translate = QCoreApplication.translate


def fill_menus(window: "MainWindow") -> None:
    """Fill a window's menus with its commands."""
    menus = window.menus
    for menu, entries in (
        (menus.file, _file(window)),
        (menus.edit, _edit(window)),
        (menus.view, _view(window)),
        (menus.queue, _queue(window)),
        (menus.image, _image(window)),
        (menus.review, _review(window)),
        (menus.help, _help(window)),
    ):
        menus.fill(menu, entries)


def _file(window: "MainWindow") -> list[Entry]:
    top = window.top
    export = QMenu(translate("MainWindow", "Export"), window)
    export.addActions([*top.exports.values(), top.training_folder])
    leave = Command(translate("MainWindow", "Quit"), window.quitting.leave, "Ctrl+Q", QAction.MenuRole.QuitRole)
    earlier = Command(translate("MainWindow", "Earlier runs…"), window.earlier.ask_and_open, "Ctrl+Shift+E")
    return [top.add_folder, top.add_files, window.recent.menu, earlier, None, export, top.report, None, leave]


def _edit(window: "MainWindow") -> list[Entry]:
    table = window.table
    return [
        window.removal.undo,
        None,
        Command(translate("MainWindow", "Find…"), window.area.go_to_search, QKeySequence.StandardKey.Find),
        Command(translate("MainWindow", "Clear filters"), window.area.filter.clear_all),
        None,
        table.copying,
        table.selecting,
        None,
        Command(translate("MainWindow", "Settings…"), window.preferences.show_dialog, "Ctrl+,", QAction.MenuRole.PreferencesRole),
    ]


def _view(window: "MainWindow") -> list[Entry]:
    def switch_full_screen() -> None:
        window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)

    queue, right = window.queue, window.right
    return [
        *window.top.views.buttons.values(),
        None,
        window.table.columns.menu,
        window.operating_point.unfolding,
        None,
        Command(translate("MainWindow", "Queue"), queue.setVisible, on=not queue.isHidden()),
        Command(translate("MainWindow", "Right column"), right.want, on=right.is_wanted),
        None,
        Command(translate("MainWindow", "Full screen"), switch_full_screen, "F11"),
    ]


def _queue(window: "MainWindow") -> list[Entry]:
    top, queue = window.top, window.queue
    return [
        top.start,
        top.pause,
        top.cancel,
        queue.go_on,
        None,
        queue.move_up,
        queue.move_down,
        queue.identity,
        queue.retry,
        queue.judge,
        queue.remove,
        None,
        Command(translate("MainWindow", "Models…"), window.bundles.show_dialog, "Ctrl+M"),
    ]


def _image(window: "MainWindow") -> list[Entry]:
    navigation = window.navigation
    return [
        navigation.enlarging,
        navigation.following,
        navigation.previous,
        None,
        *window.detail.image.zooms,
        None,
        navigation.heat,
        navigation.beside,
    ]


def _review(window: "MainWindow") -> list[Entry]:
    box = window.detail.review
    name = Command(translate("MainWindow", "Reviewer's name…"), window.reviewing.ask_for_name)
    return [box.accept, box.override, box.skip, box.undo, None, name]


def _help(window: "MainWindow") -> list[Entry]:
    def show_about() -> None:
        AboutDialog(window.presenter.card, window).exec()

    return [
        Command(translate("MainWindow", "Help"), lambda: show_help(window), QKeySequence.StandardKey.HelpContents),
        Command(translate("MainWindow", "Save diagnostics…"), window.diagnostics.ask_and_save),
        Command(translate("MainWindow", "About BreakHis Desktop"), show_about, role=QAction.MenuRole.AboutRole),
    ]


def keys_of(window: "MainWindow") -> list[KeyGroup]:
    """Return all keys of a window: the keys of its menus, then the keys that act in only one view."""
    return [*window.menus.key_groups(), *_keys_of_views()]


def _keys_of_views() -> list[KeyGroup]:
    return [
        (
            translate("Keys", "In a list"),
            [
                (translate("Keys", "Go to another row or picture"), translate("Keys", "Arrow keys, Page Up, Page Down, Home, End")),
                (translate("Keys", "Select several"), translate("Keys", "Shift with one of these keys")),
                (translate("Keys", "Queue: go to the results"), translate("Keys", "Enter")),
                (translate("Keys", "Patients: open or close a patient"), translate("Keys", "Right, Left")),
                (translate("Keys", "Patients: show the images in the table"), translate("Keys", "Enter")),
            ],
        ),
        (
            translate("Keys", "In the search"),
            [
                (translate("Keys", "Go to the list"), translate("Keys", "Down, Enter")),
                (translate("Keys", "Clear the search"), translate("Keys", "Esc")),
            ],
        ),
        (
            translate("Keys", "In the picture"),
            [
                (translate("Keys", "Previous or next image"), translate("Keys", "Left, Right")),
                (translate("Keys", "Move a magnified image"), translate("Keys", "Shift with an arrow key, or drag")),
                (translate("Keys", "Zoom"), translate("Keys", "Ctrl with the wheel; in the larger view the wheel alone")),
                (translate("Keys", "Close the larger view"), translate("Keys", "Esc, Enter")),
            ],
        ),
    ]


def show_help(window: "MainWindow") -> HelpDialog:
    """Open the help page in a window of its own."""
    dialog = HelpDialog(keys_of(window), window.theme.tokens, window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.show()
    return dialog
