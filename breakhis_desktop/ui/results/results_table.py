"""The table of results, the most suspicious first by default."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QGuiApplication, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from breakhis_desktop.ui.look.keys import limit_keys
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.results.copied_rows import table_of
from breakhis_desktop.ui.results.result_delegates import DecisionDelegate, ImageDelegate, ProbabilityDelegate, RemarkDelegate, row_height
from breakhis_desktop.ui.results.table_columns import TableColumns
from breakhis_desktop.ui.results.thumbnails import Thumbnails
from breakhis_desktop.ui.state.result_columns import COLUMNS, DECISION_COLUMN, IMAGE_COLUMN, PROBABILITY_COLUMN, Result
from breakhis_desktop.ui.state.results import RESULT_ROLE, ResultsModel

_FOLLOWED = 1000
"""Largest number of selected rows that Qt can track without a noticeable delay."""
_WHOLE_ROW = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


@contextmanager
def choosing_no_row(view: QAbstractItemView) -> Iterator[None]:
    """If a view has no current row, keep it so while the body of the `with` statement gives it the focus; Qt would choose the first row.

    That would be too early while a job runs: a more suspicious image may still come first, but the chosen row would stay chosen.
    """
    selection = view.selectionModel()
    if selection.currentIndex().isValid():
        yield
        return
    with QSignalBlocker(selection):
        yield
        selection.clearCurrentIndex()


class ResultsTable(QTableView):
    """Shows a `ResultsModel` and keeps the current image in place on the screen while other images arrive.

    Signals:
        result_chosen: The chosen result, or None; emitted again when its verdict or review changes.
        place_changed: The chosen result's row, or the number of rows, may have changed.

    Attributes:
        thumbnails: The thumbnails of the images in view.
        columns: Visibility, order and widths of the columns.
        copying: Action that copies the selected rows to the clipboard.
        selecting: Action that selects all rows.
    """

    result_chosen = Signal(object)
    place_changed = Signal()

    def __init__(self, model: ResultsModel, theme: Theme, parent: QWidget | None = None) -> None:
        """Lay out the columns and sort by probability of malignancy, descending."""
        super().__init__(parent)
        self.setAccessibleName(self.tr("Results"))
        self._results = model
        self._kept_offset: int | None = None
        self._lost = False
        self._told: Result | None = None
        self._kept_chosen: tuple[int | None, int] | None = None
        self._is_reset = False
        # Connected before `setModel`, so that `_let_go` acts before the selection model moves to another row.
        model.rowsAboutToBeRemoved.connect(self._let_go)
        model.layoutAboutToBeChanged.connect(self._ease_selection)
        self.setModel(model)
        model.modelAboutToBeReset.connect(self._remember_chosen)
        model.rowsAboutToBeInserted.connect(self._remember_place)
        model.changed.connect(self._follow)
        self.thumbnails = Thumbnails(self)
        model.modelAboutToBeReset.connect(self.thumbnails.forget)
        self.thumbnails.changed.connect(self.viewport().update)
        self.columns = TableColumns(self)
        self._dress(theme)
        self.copying = self._action(self.tr("Copy rows"), QKeySequence.StandardKey.Copy, self.copy_selected)
        self.selecting = self._action(self.tr("Select all"), QKeySequence.StandardKey.SelectAll, self.selectAll)
        self.addAction(self.columns.menu.menuAction())
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._set_up_header()
        self.sortByColumn(PROBABILITY_COLUMN, Qt.SortOrder.DescendingOrder)

    def _dress(self, theme: Theme) -> None:
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(row_height())
        self.setItemDelegate(RemarkDelegate(theme, self, self.columns))
        self.setItemDelegateForColumn(IMAGE_COLUMN, ImageDelegate(theme, self, self.columns, self.thumbnails))
        self.setItemDelegateForColumn(PROBABILITY_COLUMN, ProbabilityDelegate(theme, self))
        self.setItemDelegateForColumn(DECISION_COLUMN, DecisionDelegate(theme, self))
        theme.changed.connect(self.viewport().update)

    def _set_up_header(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        # If the header shared the selection model of the table, it would query each selected cell.
        header.setSelectionModel(QItemSelectionModel(self._results, header))
        header.setMinimumSectionSize(48)
        self.setSortingEnabled(True)
        header.setSortIndicatorShown(False)

    def _action(self, text: str, key: QKeySequence.StandardKey, act: Callable[[], None]) -> QAction:
        action = QAction(text, self)
        action.setShortcut(key)
        action.triggered.connect(act)
        limit_keys(action, [self])
        return action

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        """Take the keyboard focus, but choose no row."""
        with choosing_no_row(self):
            super().focusInEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the new width."""
        super().resizeEvent(event)
        self.columns.fit()

    def chosen(self) -> Result | None:
        """Return the chosen result, or None."""
        index = self.currentIndex()
        return index.data(RESULT_ROLE) if index.isValid() else None

    def selected_rows(self) -> list[int]:
        """Return the selected rows, in order."""
        chosen = self.selectionModel().selection()
        ranges = (chosen.at(place) for place in range(chosen.count()))
        return sorted({row for part in ranges for row in range(part.top(), part.bottom() + 1)})

    @property
    def has_several_selected(self) -> bool:
        """Whether more than one row is selected; fast even if all rows are selected."""
        chosen = self.selectionModel().selection()
        return len({row for part in map(chosen.at, range(chosen.count())) for row in (part.top(), part.bottom())}) > 1

    @property
    def has_chosen_selected(self) -> bool:
        """Whether the row of the chosen result is selected; it is unless the user has deselected it."""
        row, chosen = self.currentIndex().row(), self.selectionModel().selection()
        return any(part.top() <= row <= part.bottom() for part in map(chosen.at, range(chosen.count())))

    def selected_positions(self) -> list[int]:
        """Return the selected images' positions in the run, in the table's order."""
        return [self.model().index(row, 0).data(RESULT_ROLE).record.position for row in self.selected_rows()]

    def choose_first(self) -> None:
        """Choose the first row if none is chosen."""
        if not self.currentIndex().isValid() and self.model().rowCount():
            self._choose(0)

    def choose_position(self, position: int) -> bool:
        """Choose the image at a position of the run; return whether it is shown."""
        index = self._results.index_of(position)
        if index.isValid():
            self._choose(index.row())
        return index.isValid()

    def step(self, rows: int) -> None:
        """Choose the row that lies this many rows further down (or up, if negative), if it exists."""
        row = self.currentIndex().row() + rows
        if self.currentIndex().isValid() and 0 <= row < self.model().rowCount():
            self._choose(row)

    def _choose(self, row: int) -> None:
        self.selectionModel().setCurrentIndex(self.model().index(row, 0), _WHOLE_ROW)

    def copy_selected(self) -> None:
        """Copy the selected rows, in the visible columns, to the clipboard."""
        header = self.horizontalHeader()
        places = [header.logicalIndex(place) for place in range(len(COLUMNS))]
        columns = [COLUMNS[column] for column in places if not header.isSectionHidden(column)]
        QGuiApplication.clipboard().setMimeData(table_of(columns, self._results.results(self.selected_rows())))

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:  # noqa: N802 (Qt's name)
        """Return the cell to which a key moves; Home and End move to the first and the last row, not to a column."""
        ends = {QAbstractItemView.CursorAction.MoveHome: 0, QAbstractItemView.CursorAction.MoveEnd: self.model().rowCount() - 1}
        if action in ends:
            return self.model().index(ends[action], max(0, self.currentIndex().column()))
        return super().moveCursor(action, modifiers)

    def currentChanged(self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex) -> None:
        """Announce the chosen result if the row has changed."""
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.row() != previous.row() or not current.isValid():
            self._tell()

    def _tell(self) -> None:
        self._told = self.chosen()
        self.result_chosen.emit(self._told)

    def _remember_chosen(self) -> None:
        self._is_reset = True
        result = self.chosen()
        self._kept_chosen = (self._results.run_id, result.record.position) if result else None

    def _find_chosen(self) -> None:
        """After a reset, which clears the selection in every view, choose the same image again, or another image of the same run."""
        self._is_reset = False
        if (
            self._kept_chosen is not None
            and self._kept_chosen[0] == self._results.run_id
            and not self.choose_position(self._kept_chosen[1])
        ):
            self.choose_first()
        self._tell()

    def _let_go(self, _parent: QModelIndex, first: int, last: int) -> None:
        if first <= self.currentIndex().row() <= last:
            self._lost = True
            self.selectionModel().clearCurrentIndex()

    def _ease_selection(self) -> None:
        """Reduce a large selection to the current row, because Qt would track the rows one by one and stall the window."""
        chosen = self.selectionModel().selection()
        rows = sum(chosen.at(place).height() for place in range(chosen.count()))
        if _FOLLOWED < rows < self._results.rowCount():
            self.selectionModel().select(self.currentIndex(), _WHOLE_ROW)

    def _remember_place(self) -> None:
        current = self.currentIndex()
        scrolled = self.verticalScrollBar().value() > 0
        self._kept_offset = self.visualRect(current).top() if current.isValid() and scrolled else None

    def _follow(self) -> None:
        """Keep the chosen row in place on the screen, or choose the first row if the chosen row has been removed."""
        self.columns.follow(self._results.rows)
        if self._is_reset:
            self._find_chosen()
        if self._lost and self._results.rowCount():
            self._lost = False
            self.choose_first()
        elif self._kept_offset is not None:
            bar = self.verticalScrollBar()
            self.executeDelayedItemsLayout()
            bar.setValue(bar.value() + self.visualRect(self.currentIndex()).top() - self._kept_offset)
        self._kept_offset = None
        if self.chosen() != self._told:
            self._tell()
        self.place_changed.emit()
