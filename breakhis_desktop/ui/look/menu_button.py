"""The menu that a button opens."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QToolButton


def open_menu_by(button: QToolButton, menu: QMenu) -> None:
    """Let a click on a button open a menu; once the menu is closed, the button looks hovered only if the mouse is on it."""

    def look_at_the_mouse() -> None:
        is_over = button.rect().contains(button.mapFromGlobal(QCursor.pos()))
        button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, on=is_over)  # Qt sends the button no mouse events while a menu is open
        button.update()

    button.setMenu(menu)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    closed = QTimer(button, singleShot=True, interval=0)
    closed.timeout.connect(look_at_the_mouse)
    menu.aboutToHide.connect(closed.start)
