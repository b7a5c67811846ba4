"""What many tests make: here what they all need, beside it a module for each subject."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from breakhis_desktop.errors import UserError
from breakhis_desktop.wording.message import Code, Message, Value
from breakhis_desktop.wording.texts import TextCode

T = TypeVar("T")


def there(value: T | None) -> T:
    """Return a value that has to be there at this point of a test."""
    assert value is not None
    return value


def tells(code: Code, /, **values: Value | Path) -> Callable[[UserError], bool]:
    """Return whether an error tells this, with these values at least, for the `check` of `pytest.raises`: a wording may change."""
    expected = Message.of(code, **values).values
    return lambda error: error.message.code is code and set(expected) <= set(error.message.values)


def said(text: str) -> Message:
    """Return a message of a finished sentence."""
    return Message.of(TextCode.TEXT, text=text)
