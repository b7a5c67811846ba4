"""The results of a job as a table model that can be filtered, and sorted by any column."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from breakhis_desktop.domain.decision import OperatingPoint
from breakhis_desktop.domain.records import ImageRecord, RunInfo
from breakhis_desktop.domain.review import Review
from breakhis_desktop.files import printable
from breakhis_desktop.ui.look.lettering import SORT_ARROWS
from breakhis_desktop.ui.state.result_columns import COLUMNS, IMAGE_COLUMN, PROBABILITY_COLUMN, Column, Result, remark
from breakhis_desktop.ui.state.result_filter import Lane, ResultFilter
from breakhis_desktop.ui.state.result_rows import Mask, ResultRows

__all__ = ["NAME_ROLE", "RESULT_ROLE", "Result", "ResultsModel"]

RESULT_ROLE = Qt.ItemDataRole.UserRole + 1
NAME_ROLE = RESULT_ROLE + 1
"""The role that gives a row's file name and folder, each in ever shorter forms; the folder has no forms if the name does not repeat."""

_TEXT_ROLES = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}
_REMEMBERED = 10_000
"""Number of results to cache; more than any view shows at once."""

_Rows = NDArray[np.intp]


class ResultsModel(QAbstractTableModel):
    """The finished images of a job that pass the filter, in the chosen order; by default, the most suspicious images come first.

    The review lane begins with the most doubtful images until the user sorts it by a column.

    Signals:
        changed: The images, their decisions or the filter have changed.

    Attributes:
        rows: All images of the job as columns of numbers, regardless of the filter.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin with an empty table."""
        super().__init__(parent)
        self.rows = ResultRows()
        self._run_info: RunInfo | None = None
        self._reviews: Mapping[int, Review] = {}
        self._results: dict[int, Result] = {}
        self._filter = ResultFilter()
        self._column = PROBABILITY_COLUMN
        self._order = Qt.SortOrder.DescendingOrder
        self._by_doubt = False
        self._counts = dict.fromkeys(Lane, 0)
        self._shown: _Rows = np.empty(0, np.intp)

    @property
    def point(self) -> OperatingPoint | None:
        """The operating point in force; None if no run is shown."""
        return self._run_info.point if self._run_info else None

    @property
    def run_id(self) -> int | None:
        """The number of the run that is shown; None if no run is shown."""
        return self._run_info.run_id if self._run_info else None

    @property
    def filter(self) -> ResultFilter:
        """The filter in force."""
        return self._filter

    def show(self, records: Iterable[ImageRecord], run_info: RunInfo | None) -> None:
        """Show the images of a job, keeping the order and the filter; if the run has changed, the filter drops patients that do not occur.

        Args:
            records: The finished images.
            run_info: The run's setup; None if there are no images.
        """
        self.beginResetModel()
        is_same_run = run_info is not None and run_info.run_id == self.run_id
        self.rows = ResultRows()
        self._run_info, self._reviews = run_info, {}
        self._results.clear()
        if run_info is not None:
            self.rows.decide(run_info.point, run_info.review_rule)
        self.rows.add(records)
        if not is_same_run:
            self._forget_absent_patients()
        self._shown = self._rows_to_show()
        self.endResetModel()
        self.changed.emit()

    def add(self, records: Iterable[ImageRecord]) -> None:
        """Insert more images in order, preserving the selection."""
        if self.rows.add(records):
            self._results.clear()
            self._tell_changed_cells()
        self._rearrange()

    def compare_names(self) -> None:
        """Determine again which parts the names of the images have in common; to be called once no more images are expected."""
        if self.rows.shown_names.compare():
            self._tell_changed_cells()
            self.changed.emit()

    def identify(self, records: Iterable[ImageRecord]) -> None:
        """Show the same images with patients and magnifications that another rule has read, preserving the selection."""
        self.rows.identify(records)
        self._forget_absent_patients()
        self._results.clear()
        self._tell_changed_cells()
        self._rearrange()

    def set_point(self, point: OperatingPoint) -> None:
        """Decide on all images at another operating point."""
        if self._run_info is None:
            return
        self._run_info = replace(self._run_info, point=point)
        self.rows.decide(point, self._run_info.review_rule)
        self._results.clear()
        self._tell_changed_cells()
        self._rearrange()

    def set_filter(self, wanted: ResultFilter) -> None:
        """Apply another filter; selected images that are still shown stay selected."""
        if wanted != self._filter:
            self._by_doubt = wanted.lane is Lane.REVIEW and (self._by_doubt or self._filter.lane is not Lane.REVIEW)
            self._filter = wanted
            self._rearrange()
            self._tell_order()

    @property
    def reviews(self) -> Mapping[int, Review]:
        """The review in force of each reviewed image, keyed by position."""
        return self._reviews

    def set_reviews(self, in_force: Mapping[int, Review]) -> None:
        """Replace the reviews in force, which are keyed by position."""
        self._reviews = in_force
        self._results.clear()
        self.rows.review({position: f"{review.reviewer}\n{review.reason}" for position, review in in_force.items()})
        self._tell_changed_cells()
        self._rearrange()

    def review_progress(self) -> tuple[int, int]:
        """Return how many images need a review and have one, and how many need one in all, regardless of the filter."""
        needing = self.rows.needs_review
        return int((needing & self.rows.reviewed).sum()), int(needing.sum())

    def next_to_review(self, row: int) -> QModelIndex:
        """Return the index of the next shown row that still needs review, wrapping around; an invalid index if there is none."""
        open_rows = np.flatnonzero(self.rows.lane(Lane.REVIEW)[self._shown])
        following = np.concatenate([open_rows[open_rows > row], open_rows[open_rows < row]])
        return self.index(int(following[0]), 0) if len(following) else QModelIndex()

    def index_of(self, position: int) -> QModelIndex:
        """Return the index of the image at a position of the run; an invalid index if it is not shown."""
        found = np.flatnonzero(self.rows.values["position"][self._shown] == position)
        return self.index(int(found[0]), 0) if len(found) else QModelIndex()

    def counts(self) -> Mapping[Lane, int]:
        """Return the number of images in each lane that pass the rest of the filter."""
        return self._counts

    def offers(self, lane: Lane) -> bool:
        """Return whether to offer a lane; the lanes of failed and refused images are offered only if there are such images."""
        return lane not in {Lane.FAILED, Lane.REFUSED} or bool(self.rows.lane(lane).any())

    def results(self, shown: Iterable[int]) -> Iterator[Result]:
        """Return the results in the given rows of the table."""
        return (self._result(row) for row in self._shown[list(shown)].tolist())

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; rows without a value come last in either direction."""
        if 0 <= column < len(COLUMNS) and (self._by_doubt or (column, order) != (self._column, self._order)):
            self._column, self._order, self._by_doubt = column, order, False
            self._rearrange()
            self._tell_order()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Return the number of images shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Return the number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a column's title (with an arrow if the table is sorted by it), tooltip, alignment or initial sort order."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return COLUMNS[section].title + self._arrow(section)
            case Qt.ItemDataRole.ToolTipRole:
                return COLUMNS[section].tip
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(COLUMNS[section])
            case Qt.ItemDataRole.InitialSortOrderRole if section == PROBABILITY_COLUMN:
                return Qt.SortOrder.DescendingOrder
        return None

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's text, tooltip or alignment, the forms of the row's name, or the whole result."""
        if not index.isValid():
            return None
        column = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        return self._of_result(self._result_at(index), column, role) if role in _TEXT_ROLES or role in {RESULT_ROLE, NAME_ROLE} else None

    def _of_result(self, result: Result, column: Column, role: int) -> object:
        match role:
            case _ if role == RESULT_ROLE:
                return result
            case _ if role == NAME_ROLE:
                return self.rows.shown_names.forms(result.record.path)
            case Qt.ItemDataRole.ToolTipRole if column is COLUMNS[IMAGE_COLUMN]:
                return printable(result.record.path)
            case Qt.ItemDataRole.ToolTipRole if result.verdict is None and column.of_outcome:
                return remark(result)  # the row shows the remark across these columns
            case Qt.ItemDataRole.AccessibleTextRole if column is COLUMNS[IMAGE_COLUMN]:
                return result.name
        return column.text(result)

    def _result_at(self, index: QModelIndex | QPersistentModelIndex) -> Result:
        return self._result(int(self._shown[index.row()]))

    def _result(self, row: int) -> Result:
        """Return the result of a row, from a cache that is cleared whenever results may have changed."""
        if len(self._results) > _REMEMBERED:
            self._results.clear()
        if row not in self._results:
            record, run_info = self.rows.records[row], self._run_info
            verdict, threshold = (run_info.verdict(record), run_info.point.threshold) if run_info else (None, 0.0)
            reviewed, folder = self._reviews.get(record.position), self.rows.shown_names.repeated_folder(record.path)
            self._results[row] = Result(record, verdict, threshold, reviewed, folder)
        return self._results[row]

    def _arrow(self, section: int) -> str:
        return "" if section != self._column or self._by_doubt else SORT_ARROWS[self._order]

    def _rows_to_show(self) -> _Rows:
        """Update the counts of the lanes, and return the rows that pass the filter, in order."""
        others = self.rows.matching(self._filter)
        lanes: dict[Lane, Mask] = {lane: others & self.rows.lane(lane) for lane in Lane}
        self._counts = {lane: int(mask.sum()) for lane, mask in lanes.items()}
        descending = self._by_doubt or self._order is Qt.SortOrder.DescendingOrder
        key = self.rows.doubt_key() if self._by_doubt else COLUMNS[self._column].key(self.rows)
        order = self.rows.in_order(key, descending=descending)
        return order[lanes[self._filter.lane][order]]

    def _forget_absent_patients(self) -> None:
        self._filter = replace(self._filter, patients=self._filter.patients.intersection(self.rows.patients()))

    def _tell_order(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)

    def _tell_changed_cells(self) -> None:
        if len(self._shown):
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, len(COLUMNS) - 1))

    def _rearrange(self) -> None:
        """Update the shown rows in steps that Qt's views can follow: permute, remove, insert."""
        wanted = self._rows_to_show()
        is_wanted, was_shown = np.zeros(len(self.rows), bool), np.zeros(len(self.rows), bool)
        is_wanted[wanted] = was_shown[self._shown] = True
        staying = wanted[was_shown[wanted]]
        leaving = self._shown[~is_wanted[self._shown]]
        self._permute(np.concatenate([staying, leaving]))
        if len(leaving):
            self.beginRemoveRows(QModelIndex(), len(staying), len(self._shown) - 1)
            self._shown = staying
            self.endRemoveRows()
        if len(wanted) > len(staying):
            self.beginInsertRows(QModelIndex(), len(staying), len(wanted) - 1)
            self._shown = np.concatenate([staying, wanted[~was_shown[wanted]]])
            self.endInsertRows()
            self._permute(wanted)
        self.changed.emit()

    def _permute(self, rows: _Rows) -> None:
        if np.array_equal(rows, self._shown):
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        if before:
            place = np.empty(len(self.rows), np.intp)
            place[rows] = np.arange(len(rows))
            moved = place[self._shown]
            self.changePersistentIndexList(before, [self.index(int(moved[index.row()]), index.column()) for index in before])
        self._shown = rows
        self.layoutChanged.emit()


def _alignment(column: Column) -> Qt.AlignmentFlag:
    horizontal = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
    return horizontal | Qt.AlignmentFlag.AlignVCenter
