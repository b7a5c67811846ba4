"""Interprets the words of a search: first as a phrase, then as separate words."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from breakhis_desktop.domain.filenames import folded

Test = Callable[[str], object]
"""Tells whether a case-folded text contains a phrase or a word."""

_MARKS = str.maketrans(dict.fromkeys('"“”„«»', " "))
"""Quotation marks, which are left out, because the words of a search are looked for as a phrase first."""
_BETWEEN = r"(?:[^\w\n]|_)+"
"""The separators that are allowed between two words of a phrase."""


def readings(text: str) -> Iterator[Sequence[Test]]:
    """Yield the possible meanings of a search, the narrowest first; to match a meaning, an image must pass all its tests.

    The first meaning that matches any image applies. For example, "Case 9" finds the images of Case 9. If there is no Case 9, it finds the
    images of Case 90 and the like; if there are none either, it finds all images whose texts contain both "case" and "9".
    """
    words = words_in(text)
    if len(words) > 1:
        phrase = _BETWEEN.join(map(re.escape, words))
        yield [re.compile(_before(words[0]) + phrase + _after(words[-1])).search]
        yield [re.compile(phrase).search]
    yield [partial(_has, word) for word in words]


def words_in(text: str) -> list[str]:
    """Return the words of a search, case-folded and without quotation marks."""
    return folded(text).translate(_MARKS).split()


def _has(word: str, text: str) -> bool:
    return word in text


def _before(word: str) -> str:
    return r"(?<!\d)" if word[0].isdigit() else ""


def _after(word: str) -> str:
    return r"(?!\d)" if word[-1].isdigit() else ""
