"""Factories for test data: general helpers here, and a module for each subject."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from breakhis_desktop.errors import UserError
from breakhis_desktop.wording.message import Code, Message, Value
from breakhis_desktop.wording.texts import TextCode

T = TypeVar("T")


def there(value: T | None) -> T:
    """Assert that a value is not None, and return it."""
    assert value is not None
    return value


def tells(code: Code, /, **values: Value | Path) -> Callable[[UserError], bool]:
    """Return a `check` for `pytest.raises`: a function that says whether an error has this code and at least these values."""
    expected = Message.of(code, **values).values
    return lambda error: error.message.code is code and set(expected) <= set(error.message.values)


def said(text: str) -> Message:
    """Return a message that consists of this text."""
    return Message.of(TextCode.TEXT, text=text)
