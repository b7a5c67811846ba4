"""Checks the contents of rows, because another program can put anything into a store, and SQLite accepts it.

An invalid row is reported as the store's fault when it is read, instead of stopping a run or report much later.
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
_CONVERSION_ERRORS = (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError)
"""The exceptions that Python raises for unexpected values."""

TOO_LARGE = 2**31
"""The smallest integer that Qt's signals and the window's NumPy columns cannot hold."""
_DIGEST = re.compile(r"[0-9a-f]{64}")
_NO_YEAR_UNTIL = 1000
"""The year of a time must be later than this, so that it has four digits in every time zone."""

Row = Sequence[Any]
Made = TypeVar("Made")


class OddValueError(ValueError):
    """A row holds something that this program never writes.

    Attributes:
        what: What is invalid: a table and its column, or something else.
    """

    def __init__(self, what: Message | str) -> None:
        """Store what is invalid."""
        super().__init__(str(what))
        self.what = what


def optional(kinds: frozenset[type]) -> frozenset[type]:
    """Return the types for a column that may also be NULL."""
    return kinds | _NOTHING


class UnkeptError(ValueError):
    """SQLite cannot hold a text or number; the message says why."""


class Form:
    """The columns of a query, in order, and their allowed types."""

    def __init__(self, table: str, columns: Mapping[str, frozenset[type]]) -> None:
        """Store the table, and the types of its columns."""
        self.table = table
        self._columns = columns
        self._known: set[tuple[type, ...]] = set()

    def check(self, row: Row) -> None:
        """Refuse a row that holds a value of the wrong type.

        Raises:
            OddValueError: The row holds such a value.
        """
        kinds = tuple(map(type, row))
        if kinds in self._known:  # true of almost every row
            return
        for (name, allowed), kind in zip(self._columns.items(), kinds, strict=True):
            if kind not in allowed:
                raise OddValueError(f"{self.table}.{name}")
        self._known.add(kinds)


def read_with(form: Form) -> Callable[[Callable[[Row], Made]], Callable[[Row], Made]]:
    """Decorate a function that converts a row, so that it reports every row that it cannot convert.

    For an invalid row, the decorated function raises OddValueError and nothing else.
    """

    def decorate(make: Callable[[Row], Made]) -> Callable[[Row], Made]:
        @functools.wraps(make)
        def checked(row: Row) -> Made:
            form.check(row)
            try:
                return make(row)
            except OddValueError:
                raise
            except _CONVERSION_ERRORS as error:
                raise OddValueError(form.table) from error

        return checked

    return decorate


def paths_of(text: str) -> tuple[Path, ...]:
    """Parse a list of paths; bytes that are not UTF-8 appear in the text as lone surrogates.

    Raises:
        ValueError: The text is not such a list.
    """
    found = texts_of(text)
    if not found or any(b"\0" in os.fsencode(path) for path in found):
        raise ValueError("no file can be called so")
    return tuple(map(Path, found))


def rule_of(text: str) -> str:
    """Return an identity rule after checking it, since it may name a file.

    Raises:
        ValueError: The rule contains a name that no file can have.
    """
    if "\0" in text:
        raise ValueError("no file can be called so")
    return text


def texts_of(text: str) -> tuple[str, ...]:
    """Parse a list of texts.

    Raises:
        ValueError: The text is not such a list.
    """
    found = json.loads(text)
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise ValueError("no list of texts")
    return tuple(found)


@functools.lru_cache(maxsize=256)
def message_of(text: str) -> Message | None:
    """Parse a message; None if the text is empty.

    Raises:
        ValueError: The text is not a message.
    """
    return from_data(json.loads(text), CODES) if text else None


@functools.lru_cache(maxsize=256)  # many images of a run have the same flags
def messages_of(text: str) -> tuple[Message, ...]:
    """Parse a list of messages.

    Raises:
        TypeError: The text is not a list.
        ValueError: The list holds something other than messages.
    """
    found = json.loads(text)
    if not isinstance(found, list):
        raise TypeError("no list of messages")
    return tuple(from_data(one, CODES) for one in found)


def message_text(message: Message | None) -> str:
    """Return a message as the store holds it; empty if there is none."""
    return json.dumps(as_data(message)) if message else ""


def moment(text: str) -> str:
    """Return a time in ISO 8601 with UTC offset, after checking that it can be converted to any time zone.

    Raises:
        ValueError: The text is not such a time.
    """
    made = datetime.fromisoformat(text)
    if made.tzinfo is None or not _NO_YEAR_UNTIL < made.astimezone(UTC).year < MAXYEAR:
        raise ValueError("no moment")
    return text


def count(value: int) -> int:
    """Return a non-negative integer, after checking that Qt and NumPy can hold it.

    Raises:
        ValueError: The value is not such an integer.
    """
    if not 0 <= value < TOO_LARGE:
        raise ValueError("no such number")
    return value


def digest(text: str) -> str:
    """Return a file's SHA-256 after checking it; empty if the file was not read.

    Raises:
        ValueError: The text is not a SHA-256.
    """
    if text and not _DIGEST.fullmatch(text):
        raise ValueError("no digest")
    return text


def number(value: object, low: float = -math.inf, high: float = math.inf) -> float:
    """Return a finite number after checking that it lies between two limits.

    Raises:
        ValueError: The value is not a finite number, or lies outside the limits.
    """
    if not isinstance(value, int | float) or not math.isfinite(value) or not low <= value <= high:
        raise ValueError("no such number")
    return value
