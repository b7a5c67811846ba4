"""The results of one job as a table that sorts by any column."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from breakhis_desktop.domain.filenames import printable
from breakhis_desktop.domain.records import ImageRecord, RunFacts, Verdict

RESULT_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Result:
    """One row: an image, what was decided on it, and its small copy."""

    record: ImageRecord
    verdict: Verdict | None
    threshold: float
    thumbnail: bytes = b""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, its text, the value it sorts by (None goes last), and what its heading means."""

    title: str
    text: Callable[[Result], str]
    value: Callable[[Result], str | float | None]
    tip: str
    right: bool = False


def _probability(result: Result) -> float | None:
    return result.record.prediction.p_malignant if result.record.prediction else None


def _probability_text(result: Result) -> str:
    probability = _probability(result)
    return "" if probability is None else f"{probability:.2f}"


def _magnification_text(result: Result) -> str:
    return f"{result.record.magnification}×" if result.record.magnification else ""


def _decision_text(result: Result) -> str:
    return str(result.verdict.decision if result.verdict else result.record.status)


def _subtype_text(result: Result) -> str:
    return result.verdict.subtype.name if result.verdict else ""


def _remark(result: Result) -> str:
    return ", ".join(result.verdict.review_reasons) if result.verdict else result.record.reason


COLUMNS = (
    Column(
        "Image", lambda result: printable(result.record.path.name), lambda result: printable(result.record.path.name), "The file's name"
    ),
    Column(
        "Patient",
        lambda result: result.record.patient_id,
        lambda result: result.record.patient_id or None,
        "The slide id that an official BreakHis file name carries",
    ),
    Column(
        "Mag.",
        _magnification_text,
        lambda result: result.record.magnification,
        "Magnification, as an official BreakHis file name states it",
        right=True,
    ),
    Column(
        "Malignant",
        _probability_text,
        _probability,
        "Calibrated probability of malignant; the tick marks the operating point from which an image is called malignant",
    ),
    Column(
        "Decision",
        _decision_text,
        lambda result: str(result.verdict.decision) if result.verdict else None,
        "Malignant from the operating point upwards; else how the image ended",
    ),
    Column("Subtype", _subtype_text, lambda result: _subtype_text(result) or None, "The most probable of the eight subtypes"),
    Column("Review", _remark, lambda result: _remark(result) or None, "Why a human should look, or why there is no result"),
)
PROBABILITY_COLUMN = 3
NAME_COLUMNS = (1, 2)
"""What only some names state: patient and magnification."""


class ResultsModel(QAbstractTableModel):
    """The images of one job that have ended, in the chosen order; the most suspicious come first by default."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin with an empty table."""
        super().__init__(parent)
        self._results: list[Result] = []
        self._column = PROBABILITY_COLUMN
        self._order = Qt.SortOrder.DescendingOrder

    def show(self, results: Iterable[Result]) -> None:
        """Show other results."""
        self.beginResetModel()
        self._results = self._sorted(results)
        self.endResetModel()

    def add(self, results: Iterable[Result]) -> None:
        """Put more results where they belong in the order; what is selected stays selected."""
        added = list(results)
        if added:
            self.beginInsertRows(QModelIndex(), len(self._results), len(self._results) + len(added) - 1)
            self._results = self._results + added
            self.endInsertRows()
            self._rearrange(self._sorted(self._results))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; rows without a value come last either way."""
        if 0 <= column < len(COLUMNS):
            self._column, self._order = column, order
            self._rearrange(self._sorted(self._results))

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Return the number of images."""
        return 0 if parent.isValid() else len(self._results)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Return the number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a column's title, with an arrow where the table is sorted by it, or what it means."""
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
        """Return a cell's text, or the whole result."""
        if not index.isValid():
            return None
        result, column = self._results[index.row()], COLUMNS[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return column.text(result)
            case Qt.ItemDataRole.ToolTipRole:
                return printable(result.record.path) if index.column() == 0 else column.text(result)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
            case _ if role == RESULT_ROLE:
                return result
        return None

    def _arrow(self, section: int) -> str:
        if section != self._column:
            return ""
        return " ▾" if self._order is Qt.SortOrder.DescendingOrder else " ▴"

    def _sorted(self, results: Iterable[Result]) -> list[Result]:
        value = COLUMNS[self._column].value
        by_position = sorted(results, key=lambda result: result.record.position)
        present = [result for result in by_position if value(result) is not None]
        absent = [result for result in by_position if value(result) is None]
        present.sort(key=value, reverse=self._order is Qt.SortOrder.DescendingOrder)  # type: ignore[arg-type]
        return present + absent

    def _rearrange(self, results: list[Result]) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        positions = [self._results[index.row()].record.position for index in before]
        self._results = results
        if before:
            rows = {result.record.position: row for row, result in enumerate(results)}
            after = [self.index(rows[position], index.column()) for position, index in zip(positions, before, strict=True)]
            self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)


def results_of(records: Iterable[ImageRecord], facts: RunFacts, thumbnails: dict[int, bytes]) -> list[Result]:
    """Decide on images by the run's operating point, and put their small copies beside them."""
    threshold = facts.point.threshold
    return [Result(record, facts.verdict(record), threshold, thumbnails.get(record.position, b"")) for record in records]


def _alignment(column: Column) -> Qt.AlignmentFlag:
    horizontal = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
    return horizontal | Qt.AlignmentFlag.AlignVCenter
