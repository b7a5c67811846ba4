"""Puts letters into the order in which they are drawn, for scripts that run from right to left, or whose letters join or change places.

The PDF library draws one letter after the other. Names in Arabic and Hebrew letters are therefore reversed here, and Arabic letters are
replaced by the forms that join. A Devanagari vowel that is drawn before its consonant is moved in front of it.
"""

import re
import unicodedata
from functools import cache

_TATWEEL = "\u0640"
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_SEGMENT = re.compile("R(?:[RDN]*[RD])?")
"""A part that runs from right to left, in a text rewritten in the letters of `_CLASSES`: it starts with R, and includes later numbers."""
_CLASSES = {"R": "R", "AL": "R", "NSM": "R", "L": "L", "EN": "D", "AN": "D"}
_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")
_OPENERS = {")": "(", "]": "[", "}": "{"}
_SHORT_I = re.compile("([\u0915-\u0939\u0958-\u095f]\u093c?)\u093f")
_FORM = {(True, True): "medial", (True, False): "final", (False, True): "initial", (False, False): "isolated"}


def visual(text: str) -> str:
    """Return a line of text in the order in which its letters are drawn from left to right, with Arabic letters joined."""
    moved = _SHORT_I.sub("\u093f\\1", text)
    if not _RIGHT_TO_LEFT.search(moved):
        return moved
    classes = "".join(_CLASSES.get(unicodedata.bidirectional(character), "N") for character in moved)
    parts, end = [], 0
    for found in _SEGMENT.finditer(classes):
        start, stop = found.start(), _after_bracket(moved, found)
        parts += [moved[end:start], _reversed(_joined(moved[start:stop]))]
        end = stop
    return "".join([*parts, moved[end:]])


def _after_bracket(text: str, segment: re.Match[str]) -> int:
    """Return the end of a segment; include the next character if it is a bracket that closes a bracket in the segment."""
    part = text[segment.start() : segment.end()]
    closes = text[segment.end() : segment.end() + 1]
    opener = _OPENERS.get(closes, "")
    return segment.end() + (bool(opener) and part.count(opener) > part.count(closes))


def _joined(text: str) -> str:
    """Return text with each Arabic letter in the form that joins its neighbours, and lam with alef as one letter."""
    letters = _with_ligatures(text)
    shaped, bases = list(letters), [place for place, letter in enumerate(letters) if not unicodedata.combining(letter[0])]
    for number, place in enumerate(bases):
        letter = letters[place]
        before = letters[bases[number - 1]] if number else ""
        after = letters[bases[number + 1]] if number + 1 < len(bases) else ""
        joins = (_joins(before, "initial") and _joins(letter, "final"), _joins(letter, "initial") and _joins(after, "final"))
        shaped[place] = _forms().get(letter, {}).get(_FORM[joins], letter)
    return "".join(shaped)


def _joins(letter: str, form: str) -> bool:
    """Return whether a letter joins the next (it has an initial form) or the one before (it has a final form)."""
    return letter == _TATWEEL or form in _forms().get(letter, {})


def _with_ligatures(text: str) -> list[str]:
    """Return the letters of a text, with lam and a following alef as one letter."""
    letters: list[str] = []
    for character in text:
        if letters and letters[-1] + character in _forms() and len(letters[-1]) == 1:
            letters[-1] += character
        else:
            letters.append(character)
    return letters


@cache
def _forms() -> dict[str, dict[str, str]]:
    """Return the forms of each Arabic letter, and of lam with alef, by the names that Unicode gives them."""
    forms: dict[str, dict[str, str]] = {}
    for code in (*range(0xFB50, 0xFBB2), *range(0xFBD3, 0xFBEA), *range(0xFBFC, 0xFC00), *range(0xFE80, 0xFEFD)):
        form, *letters = unicodedata.decomposition(chr(code)).split() or [""]
        if letters:
            forms.setdefault("".join(chr(int(letter, 16)) for letter in letters), {})[form.strip("<>")] = chr(code)
    return forms


def _reversed(text: str) -> str:
    """Return text from right to left: marks stay after their letters, numbers keep their order, and brackets are mirrored."""
    clusters: list[str] = []
    for character in text:
        if clusters and unicodedata.combining(character):
            clusters[-1] += character
        else:
            clusters.append(character)
    # No-break spaces, because a line break would put the reversed words on the wrong lines.
    turned = "".join(reversed(clusters)).translate(_MIRRORED).replace(" ", "\u00a0")
    return _NUMBER.sub(lambda number: number[0][::-1], turned)
