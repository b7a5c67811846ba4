"""Makes CSV cells with semicolons safe: a spreadsheet set to German, French or Portuguese splits lines at semicolons.

Text after a semicolon must therefore not start a formula. Quotes keep the first cell of a line together; in all other cells, such a
spreadsheet treats quotes as ordinary characters.
"""

import re

from breakhis_desktop.reporting.rows import FORMULA_STARTS

_BEFORE_FORMULA = re.compile(rf";(?=\"*[{re.escape(''.join(FORMULA_STARTS))}])")
_BEFORE_ANY_FORMULA = re.compile(rf"([;,])(?=\"*[{re.escape(''.join(FORMULA_STARTS))}])")
_NEEDS_QUOTES = re.compile(r'[;,"\r\n]')


def quoted_if_needed(text: str) -> str:
    """Return a cell, in quotes if necessary."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"' if _NEEDS_QUOTES.search(text) else text


def safe_after_semicolons(text: str) -> str:
    """Return a cell other than the first, not yet quoted, with an apostrophe before each formula that follows a semicolon."""
    return _BEFORE_FORMULA.sub(";'", text) if ";" in text else text


def safe_after_separators(text: str) -> str:
    """Return a cell, not yet quoted, with an apostrophe before each formula that follows a semicolon or a comma."""
    return _BEFORE_ANY_FORMULA.sub(r"\1'", text)
