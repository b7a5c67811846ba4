"""The line above the results: search, lanes and further filters."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QMenu, QPushButton, QToolButton, QWidget

from breakhis_desktop.ui.look.keys import add_key
from breakhis_desktop.ui.look.lettering import width_of
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.results.filter_menu import FilterMenu
from breakhis_desktop.ui.results.lane_chips import LaneChips
from breakhis_desktop.ui.state.result_filter import Lane, ResultFilter
from breakhis_desktop.ui.state.results import ResultsModel

_GAP = 8
_AROUND = 26
"""Pixels around the text of a line edit."""


class FilterBar(QFrame):
    """Sets and shows the filter of a `ResultsModel`.

    Signals:
        list_asked: The user wants the keyboard focus in the results.
    """

    list_asked = Signal()

    def __init__(self, model: ResultsModel, columns: QMenu, theme: Theme, parent: QWidget | None = None) -> None:
        """Build the bar, with the menu of the columns at the end of its own menu."""
        super().__init__(parent)
        self._model = model
        self.search = self._make_search()
        self.chips = LaneChips(model, theme)
        self.more = QToolButton()
        self.more.setObjectName("chip")
        self.more.setToolTip(self.tr("Filter by subtype, status, magnification, patient and review; choose the columns"))
        self.more.setMenu(FilterMenu(model, columns, self))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clear = QPushButton(self.tr("Clear"))
        self.clear.setObjectName("quiet")
        self.clear.setToolTip(self.tr("Clear all filters"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        self._grid.setColumnStretch(0, 1)
        for column, part in enumerate((self.search, self.chips, self.more, self.clear)):
            self._grid.addWidget(part, 0, column)
        self._connect()
        self.refresh()

    def _make_search(self) -> QLineEdit:
        search = QLineEdit()
        search.setPlaceholderText(self.tr("Search file, patient, note…"))
        search.setAccessibleName(self.tr("Search the results"))
        search.setToolTip(self.tr("Shows the images with all these words in name, patient, reason or note (Ctrl+F)"))
        search.setClearButtonEnabled(True)
        search.setMinimumWidth(width_of(search.placeholderText()) + _AROUND)
        return search

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda text: self._model.set_filter(replace(self._model.filter, text=text)))
        self.search.returnPressed.connect(self.list_asked)
        self.chips.lane_chosen.connect(self._choose_lane)
        self.clear.clicked.connect(self.clear_all)
        self._model.changed.connect(self.refresh)
        add_key(self.search, "Esc", self._leave_search)
        add_key(self.search, "Down", self.list_asked.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move the lanes to a line of their own if they do not fit beside the search."""
        super().resizeEvent(event)
        self._arrange()

    def refresh(self) -> None:
        """Show the filter in force."""
        wanted = self._model.filter
        if self.search.text() != wanted.text:
            self.search.setText(wanted.text)
        self.more.setText(self.tr("More: {0} ▾").format(wanted.further) if wanted.further else self.tr("More ▾"))
        self.more.setProperty("active", bool(wanted.further))
        self.more.style().polish(self.more)
        self.clear.setVisible(wanted != ResultFilter())
        self._arrange()

    def clear_all(self) -> None:
        """Clear the filter."""
        self._model.set_filter(ResultFilter())

    def go_to_search(self) -> None:
        """Move the keyboard focus to the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _leave_search(self) -> None:
        """Clear the search, or leave it if it is empty."""
        if self.search.text():
            self.search.clear()
        else:
            self.list_asked.emit()

    def _arrange(self) -> None:
        needed = self.search.minimumWidth() + sum(part.sizeHint().width() + _GAP for part in (self.chips, self.more, self.clear))
        self._grid.removeWidget(self.chips)
        if needed > self.width():
            self._grid.addWidget(self.chips, 1, 0, 1, 3)
        else:
            self._grid.addWidget(self.chips, 0, 1, Qt.AlignmentFlag.AlignVCenter)

    def _choose_lane(self, lane: Lane) -> None:
        self._model.set_filter(replace(self._model.filter, lane=lane))
