"""The menu of the filters that have no place in the bar: subtype, status, magnification, patient and review."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QMenu, QWidget

from breakhis_desktop.ui.look.words import localised
from breakhis_desktop.ui.results.choose_patients import ask_for_patients
from breakhis_desktop.ui.state.result_filter import ResultFilter
from breakhis_desktop.ui.state.results import ResultsModel


class FilterMenu(QMenu):
    """Offers the subtypes, statuses, magnifications and patients that occur in the shown job, and reviewed or unreviewed images."""

    def __init__(self, model: ResultsModel, parent: QWidget) -> None:
        """Prepare the menu, which is refilled each time it opens."""
        super().__init__(parent)
        self._model = model
        self._choices: list[QMenu] = []
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Offer the values that currently occur."""
        rows, wanted, unknown = self._model.rows, self._model.filter, self.tr("not known")
        self._empty()
        self._add_sets(self.tr("Subtype"), "subtypes", [(subtype, localised(subtype.name)) for subtype in rows.subtypes()])
        self._add_sets(self.tr("Status"), "statuses", [(status, localised(status)) for status in rows.statuses()])
        sizes = [(size, f"{size}×" if size else unknown) for size in rows.magnifications()]
        self._add_sets(self.tr("Magnification"), "magnifications", sizes)
        self._add_patients(rows.patients())
        self._add_reviews()
        self.addSeparator()
        clear = self.addAction(self.tr("Clear filters"), lambda: self._model.set_filter(ResultFilter()))
        clear.setEnabled(wanted != ResultFilter())

    def _empty(self) -> None:
        self.clear()
        for menu in self._choices:
            menu.deleteLater()
        self._choices.clear()

    def _add_sets(self, title: str, field: str, choices: Iterable[tuple[object, str]]) -> None:
        """Add a multiple-choice menu of values."""
        menu, chosen = self._add_menu(title), getattr(self._model.filter, field)
        for value, words in choices:
            self._add_choice(menu, words, partial(self._toggle, field, value), chosen=value in chosen)
        menu.setEnabled(not menu.isEmpty())

    def _add_reviews(self) -> None:
        menu, reviewed = self._add_menu(self.tr("Review")), self._model.filter.reviewed
        for words, value in ((self.tr("Not reviewed"), False), (self.tr("Reviewed"), True)):
            self._add_choice(menu, words, partial(self._toggle_reviewed, value), chosen=reviewed is value)

    def _add_menu(self, title: str) -> QMenu:
        self._choices.append(QMenu(title, self))
        self.addMenu(self._choices[-1])
        return self._choices[-1]

    def _add_choice(self, menu: QMenu, words: str, choose: Callable[[], None], *, chosen: bool) -> None:
        action = menu.addAction(words)
        action.setCheckable(True)
        action.setChecked(chosen)
        action.triggered.connect(choose)

    def _toggle(self, field: str, value: object) -> None:
        wanted: Any = self._model.filter
        self._model.set_filter(replace(wanted, **{field: getattr(wanted, field) ^ {value}}))

    def _toggle_reviewed(self, value: bool) -> None:
        self._model.set_filter(replace(self._model.filter, reviewed=None if self._model.filter.reviewed is value else value))

    def _add_patients(self, patients: list[str]) -> None:
        action = self.addAction(self.tr("Patient…"), lambda: self._ask_for_patients(patients))
        action.setCheckable(True)
        action.setChecked(bool(self._model.filter.patients))
        action.setEnabled(any(patients))

    def _ask_for_patients(self, patients: list[str]) -> None:
        chosen = ask_for_patients(self.parentWidget(), patients, self._model.filter.patients)
        if chosen is not None:
            self._model.set_filter(replace(self._model.filter, patients=chosen))
