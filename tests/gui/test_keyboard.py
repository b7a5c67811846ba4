"""Controls have names for screen readers, follow the layout in Tab order, and look different while they have the focus."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from breakhis_desktop.assets import default_models
from breakhis_desktop.inference.devices import available_devices
from breakhis_desktop.pipeline.installed_bundles import list_bundles
from breakhis_desktop.ui.bundles.models_dialog import ModelsDialog
from breakhis_desktop.ui.help.error import ErrorDialog
from breakhis_desktop.ui.help.help_dialog import HelpDialog
from breakhis_desktop.ui.help.setting_fields import setting_fields
from breakhis_desktop.ui.help.settings_dialog import SettingsDialog
from breakhis_desktop.ui.look.theme import LIGHT
from breakhis_desktop.ui.shell.commands import keys_of
from breakhis_desktop.ui.shell.main_window import MainWindow
from tests.conftest import CARD
from tests.factories import there

DIALOGS: dict[str, Callable[[MainWindow], QDialog]] = {
    "settings": lambda window: SettingsDialog(window.settings, setting_fields(CARD, available_devices()), window),
    "models": lambda window: ModelsDialog(LIGHT, window),
    "help": lambda window: HelpDialog(keys_of(window), LIGHT, window),
    "error": lambda window: ErrorDialog("a report", window),
}


@pytest.fixture(params=["empty window", "window with results", *DIALOGS])
def shown(request: pytest.FixtureRequest, window: MainWindow, run_folder: Callable[[Path], None], folder: Path) -> QWidget:
    if request.param in DIALOGS:
        dialog = DIALOGS[request.param](window)
        if isinstance(dialog, ModelsDialog):
            dialog.show_bundles(list_bundles(default_models(), Path("absent")), "other", "")
        dialog.show()
        return dialog
    if request.param == "window with results":
        run_folder(folder)
    return window


def focusable(window: QWidget) -> Iterator[QWidget]:
    """Yield the widgets that the Tab key reaches, in order."""
    widget = there(window.nextInFocusChain())
    while widget is not window:
        if (
            widget.window() is window
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.isVisibleTo(window)
            and widget.isEnabled()
        ):
            yield widget
        widget = there(widget.nextInFocusChain())


def name_of(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or text


def test_every_control_that_tab_reaches_has_a_name(shown: QWidget) -> None:
    controls = list(focusable(shown))
    assert len(controls) >= 2
    assert [f"{type(control).__name__} {control.objectName()}" for control in controls if not name_of(control)] == []


def test_every_visible_item_view_that_tab_reaches_has_an_accessible_name(doubting_window: MainWindow) -> None:
    views = doubting_window.findChildren(QAbstractItemView)
    reached = [view for view in views if view.isVisible() and view.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert len(reached) >= 2
    assert all(view.accessibleName() for view in reached)


def column_of(widget: QWidget, shown: QWidget) -> int:
    """Return the index of a control's column in the window or dialog; the top bar counts as the first column."""
    if isinstance(shown, ModelsDialog):
        return [shown.list, shown.install, shown.remove, shown.page, widget].index(widget) // 3
    if not isinstance(shown, MainWindow):
        return 0
    parts = {shown.top: 0, shown.queue: 1, shown.detail: 3, shown.status: 4}
    return next((number for part, number in parts.items() if part.isAncestorOf(widget)), 2)


def test_tab_visits_columns_from_left_to_right_and_each_column_from_top_to_bottom(shown: QWidget) -> None:
    def place(widget: QWidget) -> tuple[int, int, int, str]:
        corner = widget.mapTo(shown, QPoint(0, widget.height() // 2))
        return column_of(widget, shown), corner.y() // 24, corner.x(), name_of(widget)

    if isinstance(shown, MainWindow):
        shown.resize(1440, 900)  # in a narrower window, filter chips wrap below the menu that follows them
        QApplication.processEvents()
    places = [place(widget) for widget in focusable(shown)]
    assert places == sorted(places)


def test_every_control_looks_different_while_it_has_the_focus(shown: QWidget, qtbot: QtBot) -> None:
    shown.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is shown)
    for control in list(focusable(shown)):
        if isinstance(control, QAbstractItemView) and control.model().rowCount() == 0:
            continue
        shown.setFocus()
        if (focused := QApplication.focusWidget()) is not None:
            focused.clearFocus()
        before = control.grab().toImage()
        control.setFocus(Qt.FocusReason.TabFocusReason)
        assert control.hasFocus(), name_of(control)
        assert control.grab().toImage() != before, name_of(control)
