"""The filter above the results: search, buttons for decisions and outcomes, a menu of further filters, and chips for those in force."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QToolButton, QVBoxLayout, QWidget

from breakhis_desktop.ui.look.keys import add_key
from breakhis_desktop.ui.look.menu_button import open_menu_by
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.look.wrapping_row import WrappingRow
from breakhis_desktop.ui.results.filter_chips import FilterChip, criteria
from breakhis_desktop.ui.results.filter_menu import FilterMenu
from breakhis_desktop.ui.results.lane_chips import LaneChips
from breakhis_desktop.ui.results.search_field import SearchField
from breakhis_desktop.ui.state.result_filter import Lane, ResultFilter
from breakhis_desktop.ui.state.results import ResultsModel


class FilterBar(QFrame):
    """Sets and shows the filter of a `ResultsModel`.

    Signals:
        list_asked: The user wants the keyboard focus in the results.

    Attributes:
        search: The search field, which the owner of the bar places.
        filters: The button with the menu of the other filters, such as those by subtype and patient.
        criteria: The chips for the other filters in force.
    """

    list_asked = Signal()

    def __init__(self, model: ResultsModel, theme: Theme, parent: QWidget | None = None) -> None:
        """Build the bar."""
        super().__init__(parent)
        self._model = model
        self._shown = model.filter
        self.search = self._make_search()
        self.chips = LaneChips(model, theme, self)
        self.filters = QToolButton()
        self.filters.setText(self.tr("Filters ▾"))
        self.filters.setObjectName("chip")
        self.filters.setToolTip(self.tr("Filter by subtype, status, magnification, patient and review"))
        open_menu_by(self.filters, FilterMenu(model, self))
        self.filters.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.criteria: list[FilterChip] = []
        self.clear = QPushButton(self.tr("Clear"))
        self.clear.setObjectName("quiet")
        self.clear.setToolTip(self.tr("Clear all filters"))
        self._row = WrappingRow([*self.chips.chips.values(), self.filters, self.clear], gap=6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._row)
        self._connect()
        self.refresh()

    def _make_search(self) -> SearchField:
        search = SearchField([self.tr("Search file, patient, note…"), self.tr("Search…")])
        search.setAccessibleName(self.tr("Search the results"))
        search.setToolTip(
            self.tr(
                "Shows the images with all these words in name, folder, patient, reason or note; "
                "if any image has them together in this order, only such images (Ctrl+F)"
            )
        )
        search.setClearButtonEnabled(True)
        return search

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda text: self._model.set_filter(replace(self._model.filter, text=text)))
        self.search.returnPressed.connect(self.list_asked)
        self.chips.lane_chosen.connect(self._choose_lane)
        self.clear.clicked.connect(self.clear_all)
        self._model.changed.connect(self.refresh)
        add_key(self.search, "Esc", self._leave_search)
        add_key(self.search, "Down", self.list_asked.emit)

    def refresh(self) -> None:
        """Show the filter in force."""
        wanted = self._model.filter
        if self.search.text() != wanted.text:
            self.search.setText(wanted.text)
        self.chips.refresh()
        if wanted != self._shown:
            self._shown = wanted
            self._show_criteria(wanted)
        clear = [self.clear] if wanted != ResultFilter() and self._model.rowCount() else []  # `NoMatch` has its own button to clear it
        self._row.take([*self.chips.offered(), self.filters, *self.criteria, *clear])

    def _show_criteria(self, wanted: ResultFilter) -> None:
        if any(chip.hasFocus() for chip in self.criteria):
            self.filters.setFocus(Qt.FocusReason.OtherFocusReason)
        for chip in self.criteria:
            chip.deleteLater()
        self.criteria = [self._chip(words, rest) for words, rest in criteria(wanted)]
        before: QWidget = self.filters
        for chip in self.criteria:
            chip.setParent(self._row)
            self.setTabOrder(before, chip)
            before = chip

    def _chip(self, words: str, rest: ResultFilter) -> FilterChip:
        return FilterChip(words, lambda: self._model.set_filter(rest))

    def clear_all(self) -> None:
        """Clear the filter."""
        self._model.set_filter(ResultFilter())

    def go_to_search(self) -> None:
        """Move the keyboard focus to the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _leave_search(self) -> None:
        """Clear the search, or move the focus to the results if the search is already empty."""
        if self.search.text():
            self.search.clear()
        else:
            self.list_asked.emit()

    def _choose_lane(self, lane: Lane) -> None:
        self._model.set_filter(replace(self._model.filter, lane=lane))
