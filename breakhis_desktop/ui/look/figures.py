"""Formats numbers in the window's language: 1,387 and 0.95 in English, 1.387 and 0,95 in Portuguese.

Exports and reports always use the English format.
"""

import re
from functools import cache

from PySide6.QtCore import QLocale

from breakhis_desktop.domain.figure_text import PLAIN, Measured, Notation, interval_text
from breakhis_desktop.ui.look.language import spoken_language

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d*\.\d+")
_LISTED = re.compile(r",(?=[ \N{NO-BREAK SPACE}][^\[\]]*\])")
"""The comma between the ends of an interval."""


def count(number: int) -> str:
    """Return an integer with thousands separators."""
    return local(f"{number:,}")


def decimal(number: float, places: int) -> str:
    """Return a number with a given number of decimal places."""
    return local(f"{number:,.{places}f}")


def percent(share: float) -> str:
    """Return a share (0 to 1) in whole per cent."""
    return f"{count(round(100 * share))}%"


def interval(figure: Measured | None, notation: Notation = PLAIN) -> str:
    """Return a figure with its interval as text; for an unknown figure, return the text that the notation has for it."""
    return local(interval_text(figure, notation))


def local(text: str) -> str:
    """Convert the numbers in a text from the English format to the window's language.

    If the language has a decimal comma, a semicolon separates the ends of an interval, and a number such as .95 becomes 0,95.
    """
    point, group = _separators(spoken_language())
    if point == ".":
        return text
    between = _LISTED.sub(";", text)
    return _NUMBER.sub(lambda found: _written(found[0], point, group), between)


def _written(number: str, point: str, group: str) -> str:
    whole, dot, rest = number.partition(".")
    return (whole or "0").replace(",", group) + (point + rest if dot else "")


@cache
def _separators(language: str) -> tuple[str, str]:
    """Return the decimal point and the thousands separator of a language."""
    locale = QLocale(language)
    return locale.decimalPoint(), locale.groupSeparator()
