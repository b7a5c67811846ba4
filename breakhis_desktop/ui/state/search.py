"""What a search for some words means: first the words side by side, then each for itself."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from breakhis_desktop.domain.filenames import folded

Test = Callable[[str], object]
"""Returns whether a searchable text, which is case-folded, has what is looked for."""

_BETWEEN = r"(?:[^\w\n]|_)+"
"""What may stand between words that are side by side."""


def readings(text: str) -> Iterator[Sequence[Test]]:
    """Yield the meanings of a search, the narrowest first, each as tests that an image must all pass.

    Of these, the first that finds any image applies. "Case 9" finds the images of Case 9; without a Case 9, it finds those of Case 90; and
    without any such name, all images with "case" somewhere and "9" somewhere.
    """
    words = folded(text).split()
    if len(words) > 1:
        phrase = _BETWEEN.join(map(re.escape, words))
        yield [re.compile(_before(words[0]) + phrase + _after(words[-1])).search]
        yield [re.compile(phrase).search]
    yield [partial(_has, word) for word in words]


def _has(word: str, text: str) -> bool:
    return word in text


def _before(word: str) -> str:
    return r"(?<!\d)" if word[0].isdigit() else ""


def _after(word: str) -> str:
    return r"(?!\d)" if word[-1].isdigit() else ""
