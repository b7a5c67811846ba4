"""The table of results, the most suspicious on top."""

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from breakhis_desktop.ui.models.results import NAME_COLUMNS, PROBABILITY_COLUMN, RESULT_ROLE, Result, ResultsModel
from breakhis_desktop.ui.theme import Theme
from breakhis_desktop.ui.widgets.result_delegates import DecisionDelegate, ImageDelegate, ProbabilityDelegate, RemarkDelegate

ROW_HEIGHT = 34
_WIDTHS = (184, 96, 50, 112, 100, 152, 146)


class ResultsTable(QTableView):
    """Shows a `ResultsModel`; keeps the image that is looked at in its place while others arrive.

    Signals:
        result_chosen: The chosen result, or None.
    """

    result_chosen = Signal(object)

    def __init__(self, model: ResultsModel, theme: Theme, parent: QWidget | None = None) -> None:
        """Lay out the columns and sort by suspicion."""
        super().__init__(parent)
        self.setAccessibleName("Results")
        self.setModel(model)
        self._dress(theme)
        self._set_up_header()
        self.sortByColumn(PROBABILITY_COLUMN, Qt.SortOrder.DescendingOrder)
        self._kept_offset: int | None = None
        model.rowsAboutToBeInserted.connect(self._remember_place)
        model.layoutChanged.connect(self._restore_place)
        model.modelReset.connect(self._hide_what_no_name_states)
        model.rowsInserted.connect(self._show_what_names_state)
        theme.changed.connect(self.viewport().update)

    def _dress(self, theme: Theme) -> None:
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        self.setItemDelegate(RemarkDelegate(theme, self))
        self.setItemDelegateForColumn(0, ImageDelegate(theme, self))
        self.setItemDelegateForColumn(PROBABILITY_COLUMN, ProbabilityDelegate(theme, self))
        self.setItemDelegateForColumn(PROBABILITY_COLUMN + 1, DecisionDelegate(theme, self))

    def _set_up_header(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(48)
        for column, width in enumerate(_WIDTHS):
            header.resizeSection(column, width)
        self.setSortingEnabled(True)
        header.setSortIndicatorShown(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the image's name what room the other columns leave."""
        super().resizeEvent(event)
        self._fit_image_column()

    def _fit_image_column(self) -> None:
        header = self.horizontalHeader()
        others = sum(header.sectionSize(column) for column in range(1, len(_WIDTHS)))
        header.resizeSection(0, max(_WIDTHS[0], self.viewport().width() - others))

    def _hide_what_no_name_states(self) -> None:
        for column in NAME_COLUMNS:
            self.hideColumn(column)
        self._show_what_names_state(QModelIndex(), 0, self.model().rowCount() - 1)

    def _show_what_names_state(self, _parent: QModelIndex, first: int, last: int) -> None:
        for column in NAME_COLUMNS:
            if self.isColumnHidden(column) and any(self.model().index(row, column).data() for row in range(first, last + 1)):
                self.showColumn(column)
        self._fit_image_column()

    def chosen(self) -> Result | None:
        """Return the result that is looked at, or None."""
        index = self.currentIndex()
        return index.data(RESULT_ROLE) if index.isValid() else None

    def choose_first(self) -> None:
        """Look at the first row, if nothing is looked at yet."""
        if not self.currentIndex().isValid() and self.model().rowCount():
            self._choose(0)

    def step(self, rows: int) -> None:
        """Look at a row further down, or further up where the number is negative, if there is one."""
        row = self.currentIndex().row() + rows
        if self.currentIndex().isValid() and 0 <= row < self.model().rowCount():
            self._choose(row)

    def _choose(self, row: int) -> None:
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self.model().index(row, 0), flags)

    def currentChanged(self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex) -> None:
        """Tell which result is looked at now."""
        super().currentChanged(current, previous)
        if current.row() != previous.row() or not current.isValid():
            self.result_chosen.emit(current.data(RESULT_ROLE) if current.isValid() else None)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show a model, and tell that nothing is looked at whenever it starts anew."""
        super().setModel(model)
        if model is not None:
            model.modelReset.connect(lambda: self.result_chosen.emit(None))

    def _remember_place(self) -> None:
        current = self.currentIndex()
        scrolled = self.verticalScrollBar().value() > 0
        self._kept_offset = self.visualRect(current).top() if current.isValid() and scrolled else None

    def _restore_place(self) -> None:
        if self._kept_offset is None:
            return
        bar = self.verticalScrollBar()
        self.executeDelayedItemsLayout()
        bar.setValue(bar.value() + self.visualRect(self.currentIndex()).top() - self._kept_offset)
        self._kept_offset = None
