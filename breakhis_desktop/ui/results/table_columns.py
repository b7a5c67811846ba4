"""The visibility, order and widths of the table's columns, and their saved state."""

import json
from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu, QTableView

from breakhis_desktop.ui.look.painting import CommonForm
from breakhis_desktop.ui.results.column_widths import (
    PADDING,
    Width,
    column_widths,
    fitted_in_steps,
    one_line_widths,
    share_spare,
    sorted_title_width,
)
from breakhis_desktop.ui.state.result_columns import COLUMNS, MAGNIFICATION_COLUMN, PATIENT_COLUMN
from breakhis_desktop.ui.state.result_rows import ResultRows

_NAMES = tuple(column.name for column in COLUMNS)
_IMAGE = 0
"""The column that is always shown and takes the width that the others leave."""
_SAVED_UNCHOSEN = {"image": 190, "patient": 92, "magnification": 50, "p_malignant": 112, "decision": 100, "subtype": 144, "review": 146}
"""Widths that the first version saved for columns whose width the user had not chosen."""


class TableColumns(QObject):
    """Lets a user move, resize and hide the columns of a table, and hides patient and magnification if no image has a value.

    Attributes:
        menu: One entry per column, and an entry that resets all columns.
        common_form: The form in which the names of images are shown.
    """

    def __init__(self, table: QTableView) -> None:
        """Lay out the columns in their default order."""
        super().__init__(table)
        self._header = table.horizontalHeader()
        self._table = table
        self._unwanted: set[int] = set()
        self._unstated: set[int] = set()
        self._usual = column_widths(ResultRows())
        self._one_line = one_line_widths(ResultRows())
        self.common_form = CommonForm()
        self._chosen: dict[str, int] = {}
        self._is_fitting = False
        self.menu = QMenu(self.tr("Columns"), table)
        self.menu.aboutToShow.connect(self._fill_menu)
        self._header.setSectionsMovable(True)
        self._header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._header.customContextMenuRequested.connect(self._open_menu)
        self._header.sectionResized.connect(self._note_width)
        self._header.sortIndicatorChanged.connect(self.fit)
        self.reset()

    def reset(self) -> None:
        """Restore the default order, widths and visibility."""
        self._arrange(_NAMES, (), {})

    def follow(self, rows: ResultRows) -> None:
        """Fit the columns to these images; show patient and magnification only if they have values and the user has not hidden them."""
        unstated, usual = _unstated_columns(rows), column_widths(rows)
        self._one_line = one_line_widths(rows)
        self.common_form = CommonForm([rows.shown_names.name_forms(name) for name in rows.longest_names])
        if (unstated, usual) != (self._unstated, self._usual):
            self._unstated, self._usual = unstated, usual
            self._show_and_hide()

    def fit(self) -> None:
        """Size the columns; those whose width the user has not chosen shrink if space is short, and share spare width."""
        shown = [name for column, name in enumerate(_NAMES) if not self._header.isSectionHidden(column)]
        room = self._table.viewport().width()
        widths = dict(zip(shown, fitted_in_steps([self._width(name) for name in shown], room), strict=True))
        share_spare(widths, room, self._chosen)
        self._is_fitting = True
        for name, width in widths.items():
            self._header.resizeSection(_NAMES.index(name), width)
        self._is_fitting = False

    def wraps(self, column: int) -> bool:
        """Return whether a column of patients or subtypes is too narrow to show each of them on one line."""
        return self._header.sectionSize(column) < self._one_line[_NAMES[column]]

    def _width(self, name: str) -> Width:
        """Return the widths of a column; its title always fits with the arrow if the table is sorted by it."""
        if name in self._chosen:
            return Width(*(self._chosen[name],) * 5)
        width, column = self._usual[name], _NAMES.index(name)
        if column != self._header.sortIndicatorSection():
            return width
        return width._replace(bare=max(width.bare, sorted_title_width(COLUMNS[column].title) + 2 * PADDING + 2))

    def state(self) -> bytes:
        """Return the order, hidden columns and chosen widths as JSON, for `restore` in a later session."""
        order = [_NAMES[self._header.logicalIndex(place)] for place in range(len(COLUMNS))]
        hidden = [_NAMES[column] for column in sorted(self._unwanted)]
        return json.dumps({"order": order, "hidden": hidden, "widths": self._chosen}).encode()

    def restore(self, state: bytes) -> None:
        """Restore a saved state, ignoring invalid data, columns of other versions, and widths that the user had not chosen."""
        try:
            saved = json.loads(state)
            order, hidden, widths = list(saved["order"]), list(saved["hidden"]), dict(saved["widths"])
        except (ValueError, TypeError, KeyError):
            return
        kept = [name for name in order if name in _NAMES]
        sound = {name: width for name, width in widths.items() if name in _NAMES and isinstance(width, int) and 0 < width < 10_000}
        sound = {name: width for name, width in sound.items() if width != _SAVED_UNCHOSEN.get(name)}
        self._arrange([*kept, *(name for name in _NAMES if name not in kept)], hidden, sound)

    def _arrange(self, order: Sequence[str], hidden: Sequence[str], widths: Mapping[str, int]) -> None:
        for place, name in enumerate(order):
            self._header.moveSection(self._header.visualIndex(_NAMES.index(name)), place)
        self._chosen = dict(widths)
        self._unwanted = {column for column, name in enumerate(_NAMES) if name in hidden and column != _IMAGE}
        self._show_and_hide()

    def _show_and_hide(self) -> None:
        self._is_fitting = True
        for column in range(len(COLUMNS)):
            self._header.setSectionHidden(column, column in self._unwanted | self._unstated)
        self.fit()

    def _note_width(self, column: int, _before: int, width: int) -> None:
        if width and not self._is_fitting:
            self._chosen[_NAMES[column]] = width

    def _fill_menu(self) -> None:
        self.menu.clear()
        for column in (self._header.logicalIndex(place) for place in range(len(COLUMNS))):
            action = self.menu.addAction(COLUMNS[column].title)
            action.setCheckable(True)
            action.setChecked(column not in self._unwanted)
            action.setEnabled(column != _IMAGE and not (column in self._unstated and column not in self._unwanted))
            action.toggled.connect(partial(self._want, column))
        self.menu.addSeparator()
        self.menu.addAction(self.tr("Reset columns"), self.reset)

    def _want(self, column: int, wanted: bool) -> None:
        self._unwanted = self._unwanted - {column} if wanted else self._unwanted | {column}
        self._show_and_hide()

    def _open_menu(self, place: QPoint) -> None:
        self.menu.popup(self._header.mapToGlobal(place))


def _unstated_columns(rows: ResultRows) -> set[int]:
    """Return those of the columns patient and magnification in which no image has a value."""
    known = {PATIENT_COLUMN: rows.has_patients, MAGNIFICATION_COLUMN: rows.has_magnifications}
    return {column for column, is_known in known.items() if not is_known}
