"""Small values that many tests need."""

from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.texts import TextCode


def said(text: str) -> Message:
    """Return a message of a finished sentence."""
    return Message.of(TextCode.TEXT, text=text)
