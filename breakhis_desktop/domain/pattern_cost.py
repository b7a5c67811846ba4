"""Limits the length of the texts on which a user's pattern is tried.

Python's regular expressions backtrack through every possible match and cannot be interrupted. An upper bound on the number of matches keeps
each attempt below about a second. In a text of n characters, k open repetitions such as `*` can end at (n + k choose k) combinations of
positions. Every `?`, `|` and short repetition multiplies that number.
"""

import re
from math import comb

from breakhis_desktop.errors import UserError
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode

_MOST_WAYS = 20_000_000
_MOST_OPEN_REPEATS = 4
_SHORTEST_NAME = 40
"""A pattern too costly even for names of this length is refused."""

_GROUP = re.compile(r"\((?:\?(?:[:=!>]|<[=!]|P<\w+>|P=|i(?=\))))?")
"""The openings of groups whose cost can be counted; a group that opens in another way, such as `(?x)` or `(?#`, may hide repetitions."""

_REPEAT = re.compile(r"(?:(?P<open>[*+])|(?P<maybe>\?)|\{(?P<least>\d*)(?P<comma>,?)(?P<most>\d*)\})[?+]?")


def longest_read(expression: str, longest: int) -> int:
    """Return the length of the longest text on which an expression can safely be tried, at most `longest` characters.

    Raises:
        UserError: The expression might take forever even on short names.
    """
    outline = re.sub(r"\[\^?\]?[^\]]*\]", "x", re.sub(r"\\.", "x", expression, flags=re.DOTALL))
    if re.search(r"\)[*+{]", outline):
        raise UserError(Message.of(RunCode.PATTERN_REPEATS_GROUP))
    plain = _GROUP.sub("(", outline)
    if "(?" in plain:
        raise UserError(Message.of(RunCode.PATTERN_HAS_FLAGS))
    choices = [_choices(found) for found in _REPEAT.finditer(plain)]
    repeats = choices.count(0)
    if repeats > _MOST_OPEN_REPEATS:
        raise UserError(Message.of(RunCode.PATTERN_REPEATS_TOO_MUCH, most=_MOST_OPEN_REPEATS))
    ways = 2 ** plain.count("|")
    for count in filter(None, choices):
        ways *= count
    starts_anywhere = not plain.startswith("^") or "|" in plain
    read = _longest(repeats + starts_anywhere, ways, longest)
    if read < _SHORTEST_NAME:
        raise UserError(Message.of(RunCode.PATTERN_CHOOSES_TOO_MUCH))
    return read


def _choices(repeat: re.Match[str]) -> int:
    """Return how many different numbers of repetitions are allowed, such as 2 for `?`; 0 if the repetition is open, or treated as open."""
    if repeat["maybe"]:
        return 2
    most = int(repeat["most"] or 0) if repeat["comma"] else 0
    if repeat["open"] or (repeat["comma"] and (not repeat["most"] or most > 9)):
        return 0
    return max(1, most - int(repeat["least"] or 0) + 1) if repeat["comma"] else 1


def _longest(repeats: int, ways: int, longest: int) -> int:
    return max((length for length in range(longest + 1) if comb(length + repeats, repeats) * ways <= _MOST_WAYS), default=0)
