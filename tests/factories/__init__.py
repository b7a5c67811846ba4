"""What many tests make: here what they all need, beside it a module for each subject."""

from typing import TypeVar

from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.texts import TextCode

T = TypeVar("T")


def there(value: T | None) -> T:
    """Return a value that has to be there at this point of a test."""
    assert value is not None
    return value


def said(text: str) -> Message:
    """Return a message of a finished sentence."""
    return Message.of(TextCode.TEXT, text=text)
