"""The tree of patients, whose columns are as wide as their content needs."""

from collections.abc import Iterable
from heapq import nlargest

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView

from breakhis_desktop.domain.taxonomy import Decision
from breakhis_desktop.files import printable
from breakhis_desktop.ui.look.figures import count, decimal
from breakhis_desktop.ui.look.lettering import scaled, widest, width_in_two_lines, width_of
from breakhis_desktop.ui.look.painting import CommonForm
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.look.words import localised
from breakhis_desktop.ui.overview.patients import (
    MAGNIFICATIONS_COLUMN,
    PROBABILITY_COLUMN,
    REVIEWED_COLUMN,
    PatientsModel,
    magnifications_of,
    name_of,
    suspicious_words,
)
from breakhis_desktop.ui.results.column_widths import AFTER_MARK, BEFORE_FIGURE, MARK, PADDING, fitted_in_steps, name_widths, title_width

_BAR = (28, 56, 96)
"""Minimum, usual and greatest width of a bar, in pixels."""
_PATIENT = 240
"""Greatest width of a patient's name in pixels."""
_LONGEST = 12
"""Number of a column's longest texts to measure, large enough that the text with the greatest width in pixels is among them."""
_ORDER = (0, 3, 5, REVIEWED_COLUMN, 4, 6, 1, MAGNIFICATIONS_COLUMN)
"""The columns from left to right; name, mean, decision and reviews come first, so that a narrow window shows them."""

_Widths = tuple[int, int, int]
"""Three widths of a column in pixels: the usual width, the width with shortened names and bars, and the width with text on two lines."""


class PatientsTree(QTreeView):
    """A tree whose columns fit its width until the user resizes one; the columns of magnifications and reviews are hidden while empty.

    Attributes:
        common_form: The form in which the names of images are shown.
    """

    def __init__(self, model: PatientsModel, theme: Theme) -> None:
        """Show a model."""
        super().__init__()
        self._patients, self._theme = model, theme
        self._is_fitting = self._is_sized = False
        self._contents: list[_Widths] = []
        self.common_form = CommonForm()
        self.setModel(model)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._set_up_header()
        self._measure()
        model.modelReset.connect(self._measure)
        theme.changed.connect(self._measure)
        theme.changed.connect(self.viewport().update)

    def _set_up_header(self) -> None:
        header = self.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, column in enumerate(_ORDER):
            header.moveSection(header.visualIndex(column), place)
        header.sectionResized.connect(self._note_width)
        self.setSortingEnabled(True)
        header.setSortIndicatorShown(False)  # the title has an arrow
        self.sortByColumn(PROBABILITY_COLUMN, Qt.SortOrder.DescendingOrder)
        header.sortIndicatorChanged.connect(self.fit)

    def _measure(self) -> None:
        """Measure the content of the columns, which takes long for many images, and fit the columns to it."""
        self._is_fitting = True
        self._contents = self._content_widths()
        self.setColumnHidden(MAGNIFICATIONS_COLUMN, not any(patient.magnifications for patient in self._patients.patients))
        self.setColumnHidden(REVIEWED_COLUMN, not any(self._patients.reviewed))
        self.fit()

    def fit(self) -> None:
        """Size the columns unless the user has resized one.

        Of any spare width, the bar takes what it can use; of the rest, the name takes half, and the last column takes the other half.
        """
        self._is_fitting = True
        if not self._is_sized:
            shown = [column for column in _ORDER if not self.isColumnHidden(column)]
            room = self.viewport().width()
            widths = fitted_in_steps([self._width(column) for column in shown], room)
            spare = max(0, room - sum(widths))
            wider_bar = min(spare, _BAR[2] - _BAR[1])
            widths[shown.index(PROBABILITY_COLUMN)] += wider_bar
            widths[0] += (spare - wider_bar) // 2
            for column, width in zip(shown, widths, strict=True):
                self.setColumnWidth(column, width)
        self._is_fitting = False

    def _note_width(self, column: int, before: int, width: int) -> None:
        """Notice that the user has resized a column; ignore the last column and columns that appear or disappear, which Qt resizes."""
        last = next(column for column in reversed(_ORDER) if not self.isColumnHidden(column))
        if self.isVisible() and not self._is_fitting and before and width and column != last:
            self._is_sized = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the new width."""
        super().resizeEvent(event)
        self.fit()

    def drawBranches(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> None:  # noqa: N802 (Qt's name)
        """Draw the arrow that opens a patient, over the background and the lines of the row."""
        self.draw_ground(painter, rect, index)
        super().drawBranches(painter, rect, index)

    def draw_ground(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        """Draw the background and lower line of a part of a row; if the row has the keyboard focus, draw accented lines at both edges."""
        tokens, current = self._theme.tokens, self.currentIndex()
        is_selected = self.selectionModel().isSelected(index)
        painter.fillRect(rect, QColor(tokens.accent_ground if is_selected else tokens.pane))
        has_focus = self.hasFocus() and (current.row(), current.parent()) == (index.row(), index.parent())
        for edge in (rect.top(), rect.bottom()) if has_focus else (rect.bottom(),):
            painter.fillRect(rect.left(), edge, rect.width(), 1, QColor(tokens.accent if has_focus else tokens.line))

    def _width(self, column: int) -> _Widths:
        """Return the widths that a column needs for its title, with the arrow if the tree is sorted by it, and for its content."""
        title = title_width(str(self._patients.headerData(column, Qt.Orientation.Horizontal)))
        usual, tight, least = (max(width, title) + 2 * PADDING + 2 for width in self._contents[column])
        return usual, tight, least

    def _content_widths(self) -> list[_Widths]:
        """Return the widths that each column needs for its content."""
        figure, mark = width_of(decimal(1.0, 2)), MARK + AFTER_MARK
        decisions = [*map(localised, Decision)]
        if any(patient.is_suspicious for patient in self._patients.patients):
            decisions.append(suspicious_words())
        reviewed = [*map(localised, Decision), *_longest(self._patients.reviewed)]
        called = QCoreApplication.translate("PatientsModel", "{called} of {images}").format(called=count(1000), images=count(1000))
        magnifications = _longest(magnifications_of(patient) for patient in self._patients.patients)
        two_lines = max(map(width_in_two_lines, magnifications), default=0)
        return [
            self._name_widths(),
            (width_of(count(1000)),) * 3,
            (widest(magnifications), widest(magnifications), two_lines),
            (_BAR[1] + BEFORE_FIGURE + figure, *(_BAR[0] + BEFORE_FIGURE + figure,) * 2),
            (figure,) * 3,
            (*(mark + widest(decisions, bold=True),) * 2, mark + max(width_in_two_lines(one, bold=True) for one in decisions)),
            (width_of(called),) * 3,
            (widest(reviewed), widest(reviewed), max(map(width_in_two_lines, reviewed))),
        ]

    def _name_widths(self) -> _Widths:
        names = {name_of(patient) for patient in self._patients.patients}
        patients, inner, shown = _longest(names), self.indentation(), self._patients.shown_names
        has_folder = shown.repeat and not names.issuperset(shown.folders)
        images = _longest(printable(record.path.name) for patient in self._patients.patients for record in patient.records)
        self.common_form = CommonForm([shown.name_forms(name) for name in images])
        usual, tight, _, least = (inner + width for width in name_widths(shown, images, has_folder=has_folder))
        one_line = min(scaled(_PATIENT), widest(patients, bold=True))
        two_lines = min(one_line, max((width_in_two_lines(patient, bold=True) for patient in patients), default=0))
        return inner + max(usual, one_line), inner + max(tight, two_lines), inner + max(least, two_lines)


def _longest(texts: Iterable[str]) -> list[str]:
    return nlargest(_LONGEST, set(texts), key=len)
