"""What rows may hold: whoever edits a store with another program can put anything into it, and SQLite keeps it.

A row that makes no sense is told as the store's fault where it is read, instead of ending a run or a report much later.
"""

import functools
import json
import math
import os
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import MAXYEAR, UTC, datetime
from pathlib import Path
from types import NoneType
from typing import Any, TypeVar

from breakhis_desktop.wording.codes import CODES
from breakhis_desktop.wording.message import Message, as_data, from_data

INTEGER, REAL, TEXT, BYTES = (frozenset({kind}) for kind in (int, float, str, bytes))
_NOTHING = frozenset({NoneType})
_DISTURBING = (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError)
"""What Python raises over a value that is none of those expected."""

TOO_LARGE = 2**31
"""The first whole number that neither Qt's signals nor NumPy's columns of the window take."""
_DIGEST = re.compile(r"[0-9a-f]{64}")
_SPEAKABLE = 1000
"""Before that year a year has other digits than four."""

Row = Sequence[Any]
Made = TypeVar("Made")


class OddValueError(ValueError):
    """A row holds what this program never writes.

    Attributes:
        what: Table and column, or what else makes no sense.
    """

    def __init__(self, what: Message | str) -> None:
        """Take what makes no sense."""
        super().__init__(str(what))
        self.what = what


def optional(kinds: frozenset[type]) -> frozenset[type]:
    """Return what a column may hold that may also be empty."""
    return kinds | _NOTHING


class UnkeptError(ValueError):
    """SQLite cannot hold a text or a number; the message says why."""


class Form:
    """The columns of a query, in order, and what each may hold."""

    def __init__(self, table: str, columns: Mapping[str, frozenset[type]]) -> None:
        """Take the table, and the types of each column."""
        self.table = table
        self._columns = columns
        self._known: set[tuple[type, ...]] = set()

    def check(self, row: Row) -> None:
        """Refuse a row with a value of another type.

        Raises:
            OddValueError: It has one.
        """
        kinds = tuple(map(type, row))
        if kinds in self._known:  # as those of almost every row are
            return
        for (name, allowed), kind in zip(self._columns.items(), kinds, strict=True):
            if kind not in allowed:
                raise OddValueError(f"{self.table}.{name}")
        self._known.add(kinds)


def read_with(form: Form) -> Callable[[Callable[[Row], Made]], Callable[[Row], Made]]:
    """Let a function that makes something of a row tell every row that nothing can be made of.

    The function made so raises OddValueError, and nothing else, where the row makes no sense.
    """

    def decorate(make: Callable[[Row], Made]) -> Callable[[Row], Made]:
        @functools.wraps(make)
        def checked(row: Row) -> Made:
            form.check(row)
            try:
                return make(row)
            except OddValueError:
                raise
            except _DISTURBING as error:
                raise OddValueError(form.table) from error

        return checked

    return decorate


def paths_of(text: str) -> tuple[Path, ...]:
    """Read a list of paths; bytes that are no UTF-8 stand in it as lone surrogates.

    Raises:
        ValueError: It is none.
    """
    found = texts_of(text)
    if not found or any(b"\0" in os.fsencode(path) for path in found):
        raise ValueError("no file can be called so")
    return tuple(map(Path, found))


def rule_of(text: str) -> str:
    """Return how patients are read, which may name a file.

    Raises:
        ValueError: No file can be called so.
    """
    if "\0" in text:
        raise ValueError("no file can be called so")
    return text


def texts_of(text: str) -> tuple[str, ...]:
    """Read a list of texts.

    Raises:
        ValueError: It is none.
    """
    found = json.loads(text)
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise ValueError("no list of texts")
    return tuple(found)


@functools.lru_cache(maxsize=256)
def message_of(text: str) -> Message | None:
    """Read a message; None where the text is empty.

    Raises:
        ValueError: It is none.
    """
    return from_data(json.loads(text), CODES) if text else None


@functools.lru_cache(maxsize=256)  # many images of a run have the same flags
def messages_of(text: str) -> tuple[Message, ...]:
    """Read a list of messages.

    Raises:
        TypeError: It is no list.
        ValueError: It holds something else.
    """
    found = json.loads(text)
    if not isinstance(found, list):
        raise TypeError("no list of messages")
    return tuple(from_data(one, CODES) for one in found)


def message_text(message: Message | None) -> str:
    """Return a message as it is kept; empty where there is none."""
    return json.dumps(as_data(message)) if message else ""


def moment(text: str) -> str:
    """Return a time in ISO 8601 with its offset, of which any zone can be told.

    Raises:
        ValueError: It is none.
    """
    made = datetime.fromisoformat(text)
    if made.tzinfo is None or not _SPEAKABLE < made.astimezone(UTC).year < MAXYEAR:
        raise ValueError("no moment")
    return text


def count(value: int) -> int:
    """Return a whole number from 0 on that Qt and NumPy take.

    Raises:
        ValueError: It is none.
    """
    if not 0 <= value < TOO_LARGE:
        raise ValueError("no such number")
    return value


def digest(text: str) -> str:
    """Return the SHA-256 of a file; nothing where the file was not read.

    Raises:
        ValueError: It is none.
    """
    if text and not _DIGEST.fullmatch(text):
        raise ValueError("no digest")
    return text


def number(value: object, low: float = -math.inf, high: float = math.inf) -> float:
    """Return a finite number between two others.

    Raises:
        ValueError: It is none, or lies outside.
    """
    if not isinstance(value, int | float) or not math.isfinite(value) or not low <= value <= high:
        raise ValueError("no such number")
    return value
