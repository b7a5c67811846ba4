"""The buttons that switch the view of the results."""

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QStackedWidget, QWidget

from breakhis_desktop.ui.look.choice_button import ChoiceButton
from breakhis_desktop.ui.look.lettering import scaled, widest, width_of

_LEAST_HEIGHT = 72
_AROUND = 28
"""Pixels around the text of a button."""
_GAP = 4


class Pages(QStackedWidget):
    """A stack of pages that takes the available height, whatever height its pages ask for."""

    def hasHeightForWidth(self) -> bool:
        """Return False, so that no page dictates the height."""
        return False

    def minimumSizeHint(self) -> QSize:
        """Return the height of a few rows, and a width of 0."""
        return QSize(0, scaled(_LEAST_HEIGHT))


class ViewSwitch(QFrame):
    """One button per page; choosing a page does not change the width of its button. The owner places the stack of pages elsewhere.

    Attributes:
        pages: The stack of pages.
        buttons: The buttons, keyed by title.
    """

    def __init__(self, after: QWidget) -> None:
        """Build the switch without pages.

        Args:
            after: The widget that precedes the buttons in Tab order.
        """
        super().__init__()
        self._last = after
        self.setObjectName("viewSwitch")
        self.pages = Pages()
        self.buttons: dict[str, ChoiceButton] = {}
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_GAP)

    def show_first(self) -> None:
        """Show the first page."""
        next(iter(self.buttons.values())).click()

    def _show(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        self.go_to_page()

    def go_to_page(self) -> None:
        """Move the keyboard focus into the page that is shown."""
        page = self.pages.currentWidget()
        if page is not None:
            page.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def least_width(self, *, equal: bool = False) -> int:
        """Return the width of all buttons together, in pixels; with `equal`, the width if every button is as wide as the widest."""
        widths = [widest(self.buttons, bold=True)] * len(self.buttons) if equal else [width_of(title, bold=True) for title in self.buttons]
        return sum(width + _AROUND + _GAP for width in widths) - _GAP

    def set_equal(self, *, equal: bool) -> None:
        """Make all buttons equally wide, or each as wide as its own title."""
        for title, button in self.buttons.items():
            button.setFixedWidth((widest(self.buttons, bold=True) if equal else width_of(title, bold=True)) + _AROUND)

    def add(self, title: str, page: QWidget) -> None:
        """Add a page; its button, or Ctrl plus its number, shows it and moves the focus into it. The first page added is shown at once.

        A page that holds other widgets beside a list must pass the focus on to the list.
        """
        self.pages.addWidget(page)
        button = ChoiceButton(title)
        button.setChecked(self.pages.count() == 1)
        button.setShortcut(QKeySequence(f"Ctrl+{self.pages.count()}"))
        button.setToolTip(f"{title} ({button.shortcut().toString()})")
        button.clicked.connect(partial(self._show, page))
        self.buttons[title] = button
        self._group.addButton(button)
        self._row.addWidget(button)
        self.setTabOrder(self._last, button)
        self._last = button
