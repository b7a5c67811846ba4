"""Orders names as people do: field 2 before field 10, ignoring capitals and accents."""

import re
import unicodedata

_SPLIT_AT_NUMBERS = re.compile("([0-9]+)").split
_SIZES = tuple(f"{size:03}" for size in range(1000))
"""Counts of digits, as text. In a key, each number follows its count of digits, so that numbers sorted as text are in order of size."""


def natural_key(text: str) -> str:
    """Return a key that sorts texts in natural order; texts that differ only in capitals, accents or leading zeros have a fixed order."""
    parts = _SPLIT_AT_NUMBERS(_plain(text))
    for place in range(1, len(parts), 2):
        figures = parts[place].lstrip("0")
        parts[place] = _SIZES[min(len(figures), len(_SIZES) - 1)] + figures
    return f"{''.join(parts)}\0{text}"


def _plain(text: str) -> str:
    """Return a text in lower case, without accents."""
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFD", text).casefold()
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
