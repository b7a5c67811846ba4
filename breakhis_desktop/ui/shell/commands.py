"""The commands in the menus."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence

from breakhis_desktop.ui.help.about import AboutDialog
from breakhis_desktop.ui.help.help_dialog import HelpDialog

if TYPE_CHECKING:
    from breakhis_desktop.ui.shell.main_window import MainWindow

translate = QCoreApplication.translate


def fill_menus(window: "MainWindow") -> None:
    """Fill a window's menus with its commands."""
    _fill_file(window)
    _fill_edit_and_view(window)
    _fill_run(window)
    _fill_review(window)
    _fill_help(window)


def _fill_file(window: "MainWindow") -> None:
    menus = window.menus
    menus.add_button(menus.file, window.top.add_folder)
    menus.add_button(menus.file, window.top.add_files)
    menus.file.addMenu(window.recent.menu)
    menus.add(menus.file, translate("MainWindow", "Earlier runs…"), window.earlier.ask_and_open, "Ctrl+Shift+E")
    menus.file.addSeparator()
    export = menus.file.addMenu(translate("MainWindow", "Export"))
    for action in (*window.top.exports.values(), window.top.training_folder):
        export.addAction(action)
    menus.add_button(menus.file, window.top.report)
    menus.file.addSeparator()
    leave = menus.add(menus.file, translate("MainWindow", "Quit"), window.quitting.leave, "Ctrl+Q")
    leave.setMenuRole(QAction.MenuRole.QuitRole)


def _fill_edit_and_view(window: "MainWindow") -> None:
    menus = window.menus
    menus.add_action(menus.edit, window.removal.undo)
    menus.edit.addSeparator()
    settings = menus.add(menus.edit, translate("MainWindow", "Settings…"), window.preferences.show_dialog, "Ctrl+,")
    settings.setMenuRole(QAction.MenuRole.PreferencesRole)
    for button in window.top.views.buttons.values():
        menus.add_button(menus.view, button)
    menus.view.addSeparator()
    menus.add_toggle(menus.view, translate("MainWindow", "Queue"), window.queue.setVisible, on=not window.queue.isHidden())
    menus.add_toggle(menus.view, translate("MainWindow", "Chosen image"), window.detail.setVisible, on=not window.detail.isHidden())
    menus.view.addSeparator()
    menus.add(
        menus.view,
        translate("MainWindow", "Full screen"),
        lambda: window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen),
        "F11",
    )


def _fill_run(window: "MainWindow") -> None:
    menus = window.menus
    menus.add_button(menus.run, window.top.start)
    menus.add_button(menus.run, window.top.pause)
    menus.add_button(menus.run, window.top.cancel)
    menus.add_action(menus.run, window.queue.go_on)
    menus.run.addSeparator()
    menus.add(menus.run, translate("MainWindow", "Models…"), window.bundles.show_dialog, "Ctrl+M")


def _fill_review(window: "MainWindow") -> None:
    box = window.detail.review
    for action in (box.accept, box.override, box.skip, box.undo):
        window.menus.add_action(window.menus.review, action)


def _fill_help(window: "MainWindow") -> None:
    menus = window.menus
    menus.add(menus.help, translate("MainWindow", "Help"), lambda: show_help(window), QKeySequence.StandardKey.HelpContents)
    menus.add(menus.help, translate("MainWindow", "Save diagnostics…"), window.diagnostics.ask_and_save)
    about = menus.add(
        menus.help, translate("MainWindow", "About BreakHis Desktop"), lambda: AboutDialog(window.presenter.card, window).exec()
    )
    about.setMenuRole(QAction.MenuRole.AboutRole)


def show_help(window: "MainWindow") -> HelpDialog:
    """Open the help page in a window of its own."""
    dialog = HelpDialog(window.menus.shortcuts(), window.theme.tokens, window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.show()
    return dialog
