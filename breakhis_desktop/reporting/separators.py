"""Cells of a CSV that hold semicolons, at which a spreadsheet set to German, French or Portuguese splits its lines.

What follows a semicolon must not begin a formula there. Quotes keep the first cell of a line in one piece; in all others such a reader
takes them for letters.
"""

import re

from breakhis_desktop.reporting.rows import FORMULA_STARTS

_BEFORE_FORMULA = re.compile(rf";(?=\"*[{re.escape(''.join(FORMULA_STARTS))}])")
_NEEDS_QUOTES = re.compile(r'[;,"\r\n]')


def first_cell(text: str) -> str:
    """Return the first cell of a line, in quotes where it must be."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"' if _NEEDS_QUOTES.search(text) else text


def further_cell(text: str) -> str:
    """Return any other cell, still without quotes, of which no later part is run as a formula."""
    return _BEFORE_FORMULA.sub(";'", text) if ";" in text else text
