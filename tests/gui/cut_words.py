"""Finds text in a window that is cut off, by its own widget or an enclosing one, or shortened while it is painted."""

from collections.abc import Iterator, Sequence
from typing import Any
from unittest.mock import patch

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QComboBox, QHeaderView, QLabel, QLineEdit, QWidget

from breakhis_desktop.ui.look import painting
from breakhis_desktop.ui.results import card_delegate


def cut_words(top: QWidget) -> list[str]:
    """Return a description of each text that is cut off or shortened in a widget and its visible descendants."""
    parts = [part for part in (top, *top.findChildren(QWidget)) if part.isVisible()]
    found = [f"{type(part).__name__} {words!r} {why}" for part in parts for words, why in _cut(part)]
    painted = [f"painted {words!r}" for words in shortened_texts(top)]
    return sorted({*found, *painted})


def shortened_texts(top: QWidget) -> list[str]:
    """Return the texts whose ends are left out when a widget is painted; text that is elided in the middle does not count."""
    found: list[str] = []
    shorten = painting._elided

    def elided(text: str, metrics: QFontMetrics, width: float, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> str:
        if mode is Qt.TextElideMode.ElideRight:
            found.append(text)
        return shorten(text, metrics, width, mode)

    with patch.object(painting, "_elided", elided):
        top.grab()
    return found


def drawn_names(view: QWidget) -> list[str]:
    """Return the names and folders of images as a view paints them, in the order of painting."""
    found: list[str] = []
    fit = painting.fitting_name

    def fitting(forms: Sequence[str], metrics: QFontMetrics, width: float, *more: Any) -> list[str]:
        drawn = fit(forms, metrics, width, *more)
        found.append(" ".join(drawn))
        return drawn

    with patch.object(painting, "fitting_name", fitting), patch.object(card_delegate, "fitting_name", fitting):
        view.grab()
    return found


def _cut(part: QWidget) -> Iterator[tuple[str, str]]:
    words = _words(part)
    if words:
        if part.width() < _width(part, words) or part.height() < _height(part):
            yield words, f"has {part.width()} x {part.height()} and needs {_width(part, words)} x {_height(part)}"
        if outside := _outside(part):
            yield words, f"lies outside of {outside}"
    if type(part).__module__.startswith("breakhis_desktop") and part.hasHeightForWidth() and not part.layout():
        needed = min(part.heightForWidth(part.width()), part.maximumHeight())
        if part.height() < needed:
            yield part.accessibleName(), f"is {part.height()} high and needs {needed}"
    if isinstance(part, QHeaderView) and part.orientation() is Qt.Orientation.Horizontal:
        yield from _cut_titles(part)


def _words(part: QWidget) -> str:
    if isinstance(part, QLabel | QAbstractButton):
        return part.text()
    if isinstance(part, QComboBox):
        return part.currentText()
    return (part.text() or part.placeholderText()) if isinstance(part, QLineEdit) else ""


def _width(part: QWidget, words: str) -> int:
    metrics = part.fontMetrics()
    if isinstance(part, QLabel):
        margins = part.contentsMargins()
        pieces = words.split() if part.wordWrap() else words.split("\n")
        pieces = [piece for words in pieces for piece in words.replace("-", "- ").split(" ")] if part.wordWrap() else pieces
        return max(metrics.horizontalAdvance(piece) for piece in pieces or [""]) + margins.left() + margins.right()
    if isinstance(part, QComboBox):
        return metrics.horizontalAdvance(words) + 34
    if isinstance(part, QLineEdit):
        return metrics.horizontalAdvance(words) + 18 if not part.text() else 0
    return part.sizeHint().width()


def _height(part: QWidget) -> int:
    if isinstance(part, QLabel) and part.wordWrap():
        return part.heightForWidth(part.width())
    return part.fontMetrics().height()


def _outside(part: QWidget) -> str:
    """Return the class name of the ancestor that cuts off a part, or ""; what the user can scroll to vertically is not cut off."""
    inside, place, around = part, part.rect(), part.parentWidget()
    while around is not None and not inside.isWindow():
        place = QRect(inside.mapTo(around, place.topLeft()), place.size())
        is_viewport = isinstance(around.parentWidget(), QAbstractScrollArea)
        if is_viewport:
            place = QRect(place.left(), 0, place.width(), 1)  # the user can scroll to what is above or below
        if place.left() < 0 or place.right() >= around.width() or place.top() < 0 or place.bottom() >= around.height():
            return type(around).__name__
        inside, around = around, around.parentWidget()
    return ""


def _cut_titles(header: QHeaderView) -> Iterator[tuple[str, str]]:
    for section in range(header.count()):
        title = str(header.model().headerData(section, Qt.Orientation.Horizontal) or "")
        needed = header.fontMetrics().horizontalAdvance(title) + 16
        if not header.isSectionHidden(section) and header.sectionSize(section) < needed:
            yield title, f"has {header.sectionSize(section)} and needs {needed}"
