"""Messages as data: a code and its values, created where something happens and rendered as a sentence where they are shown.

Source: the division of a message into finding, figures and advice was derived from the sentences that this program already had. The idea
that the value of a code is its English wording comes from novelWriter's label tables.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from string import Formatter
from typing import Any, Self, Union

Value = Union[str, int, float, "Message", tuple["Message | str", ...]]
"""A value in a message: literal text, a number, another message, or a list of messages or texts."""

Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence in three parts, each a template for `str.format`.

    Attributes:
        finding: What was found. Images with the same finding are counted together, so the finding contains no values of single images.
        figures: The values of the individual image or event, such as a measured size, shown in brackets; may be empty.
        advice: What to do about it, shown after a semicolon; may be empty.
    """

    finding: str
    figures: str = ""
    advice: str = ""


class Code(Enum):
    """Base class for the tables of codes; each member's value is its English wording, a `Wording` or a plain text.

    A code's name is unique across all tables. Stores and cards keep the names, so never rename a code that they may hold.
    """

    @property
    def wording(self) -> Wording | str:
        """The English wording."""
        wording: Wording | str = self.value
        return wording

    def finding(self, translate: Translate = str, *, figures: bool = True) -> str:
        """Return the template of the finding, with or without its figures."""
        if isinstance(self.wording, str):
            return translate(self.wording)
        found = translate(self.wording.finding)
        return f"{found} ({translate(self.wording.figures)})" if figures and self.wording.figures else found

    def template(self, translate: Translate = str, *, figures: bool = True) -> str:
        """Return the template of the whole message: finding and advice."""
        found = self.finding(translate, figures=figures)
        if isinstance(self.wording, str):
            return found
        return f"{found}; {translate(self.wording.advice)}." if self.wording.advice else f"{found}."


@dataclass(frozen=True, slots=True)
class Message:
    """A message to the user.

    Attributes:
        code: The code, which has the wording.
        values: The name and the value of each placeholder in the wording.
    """

    code: Code
    values: tuple[tuple[str, Value], ...] = ()

    @classmethod
    def of(cls, code: Code, /, **values: Value | Path | None) -> Self:
        """Create a message; a path becomes text, and None becomes the empty text."""
        return cls(code, tuple((name, _plain(value)) for name, value in values.items()))

    def __str__(self) -> str:
        """Render in English."""
        return render(self)


def render(message: Message, translate: Translate = str, write_number: Translate = str, *, figures: bool = True) -> str:
    """Render a message as a sentence.

    A list is joined by commas, or by "and" if the template has `{name:and}`; `{name:finding}` omits the advice of a nested message.

    Args:
        message: The message; messages among its values are rendered too.
        translate: Translates a template to the reader's language.
        write_number: Converts a number from English notation to the notation of the reader's language.
        figures: Whether to include the message's own figures, in brackets; nested messages always include theirs.
    """
    formatter = _Writer(translate, write_number)
    return formatter.vformat(message.code.template(translate, figures=figures), (), dict(message.values))


class _Writer(Formatter):
    """Formats the values in a template."""

    def __init__(self, translate: Translate, write_number: Translate) -> None:
        self._translate = translate
        self._write_number = write_number

    def format_field(self, value: Any, format_spec: str) -> str:
        match value:
            case Message() if format_spec == "finding":
                return self.vformat(value.code.finding(self._translate), (), dict(value.values))
            case Message():
                return render(value, self._translate, self._write_number)
            case tuple():
                between = f" {self._translate(AND)} " if format_spec == "and" else ", "
                return between.join(self.format_field(part, "") for part in value)
            case int() | float():
                return self._write_number(format(value, format_spec))
        return format(value, format_spec)


AND = "and"
"""Joins the parts of a list in a template with `{name:and}`."""


def _plain(value: Value | Path | None) -> Value:
    if isinstance(value, Path):
        return str(value)
    return "" if value is None else value


def as_data(message: Message) -> dict[str, Any]:
    """Convert a message to JSON data."""
    return {
        "code": message.code.name,
        **({"values": {name: _value_as_data(value) for name, value in message.values}} if message.values else {}),
    }


def _value_as_data(value: Value) -> Any:
    if isinstance(value, Message):
        return as_data(value)
    return [_value_as_data(part) for part in value] if isinstance(value, tuple) else value


def from_data(data: Mapping[str, Any], codes: Mapping[str, Code]) -> Message:
    """Convert JSON data to a message.

    Args:
        data: The result of `as_data`.
        codes: All codes, keyed by name.

    Raises:
        ValueError: The data is not a valid message.
    """
    try:
        values = data.get("values", {})
        message = Message(codes[data["code"]], tuple((str(name), _value_of(value, codes)) for name, value in values.items()))
        str(message)  # fails if a value that the wording needs is missing
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise ValueError("no message") from error
    return message


def _value_of(data: Any, codes: Mapping[str, Code]) -> Value:
    match data:
        case str() | int() | float():
            return data
        case list():
            return tuple(_part_of(part, codes) for part in data)
        case dict():
            return from_data(data, codes)
    raise TypeError("no value of a message")


def _part_of(data: Any, codes: Mapping[str, Code]) -> Message | str:
    return data if isinstance(data, str) else from_data(data, codes)
