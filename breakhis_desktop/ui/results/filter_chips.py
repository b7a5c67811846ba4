"""Chips that each name a filter criterion in force, and remove it when clicked."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton

from breakhis_desktop.domain.natural_order import natural_key
from breakhis_desktop.files import printable
from breakhis_desktop.ui.look.figures import count
from breakhis_desktop.ui.look.keys import add_key
from breakhis_desktop.ui.look.words import localised
from breakhis_desktop.ui.state.result_filter import ResultFilter

_MOST_NAMED = 2
_LONGEST_NAME = 28

translate = QCoreApplication.translate


class FilterChip(QPushButton):
    """Names a criterion of the filter; a click or the Delete key removes the criterion."""

    def __init__(self, words: str, remove: Callable[[], None]) -> None:
        """Build the chip of a criterion."""
        super().__init__(f"{words.replace('&', '&&')} ×")
        self.setObjectName("chip")
        self.setProperty("active", True)
        self.setAccessibleName(words)
        self.setToolTip(translate("FilterChip", "Remove this filter (Del)"))
        self.clicked.connect(remove)
        add_key(self, "Del", self.click)


def criteria(wanted: ResultFilter) -> Iterator[tuple[str, ResultFilter]]:
    """Yield, for each criterion of a filter except text and lane, its name in words and the filter without it."""
    unknown = translate("FilterMenu", "not known")
    sets: tuple[tuple[str, str, Collection[str]], ...] = (
        ("subtypes", translate("FilterMenu", "Subtype"), [localised(one.name) for one in wanted.subtypes]),
        ("statuses", translate("FilterMenu", "Status"), [localised(one) for one in wanted.statuses]),
        ("magnifications", translate("FilterMenu", "Magnification"), [f"{one}×" if one else unknown for one in wanted.magnifications]),
        ("patients", translate("FilterChip", "Patient"), [_short(printable(one)) or unknown for one in wanted.patients]),
    )
    for field, title, names in sets:
        if names:
            nothing: dict[str, Any] = {field: frozenset()}
            yield f"{title}: {_listed(names)}", replace(wanted, **nothing)
    if wanted.reviewed is not None:
        words = translate("FilterMenu", "Reviewed") if wanted.reviewed else translate("FilterMenu", "Not reviewed")
        yield words, replace(wanted, reviewed=None)


def _listed(names: Collection[str]) -> str:
    if len(names) > _MOST_NAMED:
        return translate("FilterChip", "{count} chosen").format(count=count(len(names)))
    return ", ".join(sorted(names, key=natural_key))


def _short(name: str) -> str:
    half = _LONGEST_NAME // 2
    return name if len(name) <= _LONGEST_NAME else f"{name[: half - 1]}…{name[-half:]}"
