"""Messages as data: a code and its values from where something happens; the sentence is made where it is shown.

Source: the layout of a message as finding, figures and advice follows the house's own sentences; codes whose values are their English
wording follow novelWriter's label tables.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from string import Formatter
from typing import Any, Self, Union

Value = Union[str, int, float, "Message", tuple["Message | str", ...]]
"""What may stand in a message: text as it is, numbers, other messages, and lists of messages or text."""

Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence in its parts, each a template for `str.format`.

    Attributes:
        finding: What was found. Images are counted by it, so it holds no figure of a single image.
        figures: What holds for the single case; shown in brackets. May be empty.
        advice: What to do about it; follows after a semicolon. May be empty.
    """

    finding: str
    figures: str = ""
    advice: str = ""


class Code(Enum):
    """What a message says; each member's value is its English wording: a `Wording`, or a text that stands as it is.

    Tables of codes derive from this class. A code's name is unique among all tables, and is kept in stores: never rename one.
    """

    @property
    def wording(self) -> Wording | str:
        """The English wording."""
        wording: Wording | str = self.value
        return wording

    def finding(self, translate: Translate = str, *, figures: bool = True) -> str:
        """Return the template of what was found, with or without the figures of the single case."""
        if isinstance(self.wording, str):
            return translate(self.wording)
        found = translate(self.wording.finding)
        return f"{found} ({translate(self.wording.figures)})" if figures and self.wording.figures else found

    def template(self, translate: Translate = str, *, figures: bool = True) -> str:
        """Return the template of the whole message: what was found, and what to do."""
        found = self.finding(translate, figures=figures)
        if isinstance(self.wording, str):
            return found
        return f"{found}; {translate(self.wording.advice)}." if self.wording.advice else f"{found}."


@dataclass(frozen=True, slots=True)
class Message:
    """Something to be told.

    Attributes:
        code: What it says.
        values: What stands in its wording, by name.
    """

    code: Code
    values: tuple[tuple[str, Value], ...] = ()

    @classmethod
    def of(cls, code: Code, /, **values: Value | Path | None) -> Self:
        """Say something; a path is taken as text, and None as an empty one."""
        return cls(code, tuple((name, _plain(value)) for name, value in values.items()))

    def __str__(self) -> str:
        """Render in English."""
        return render(self)


def render(message: Message, translate: Translate = str, write_number: Translate = str, *, figures: bool = True) -> str:
    """Return a message as a sentence.

    A list of messages is joined by commas, or by "and" where the template says `{name:and}`; `{name:finding}` leaves out the advice of
    a message.

    Args:
        message: What to say; messages in it are rendered, too.
        translate: Returns a template in the language of the reader.
        write_number: Returns a number that is written as in English as the language writes it.
        figures: Whether the figures of the single case are shown.
    """
    formatter = _Writer(translate, write_number)
    return formatter.vformat(message.code.template(translate, figures=figures), (), dict(message.values))


class _Writer(Formatter):
    """Puts values into templates."""

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
"""Stands between the last parts of a list."""


def _plain(value: Value | Path | None) -> Value:
    if isinstance(value, Path):
        return str(value)
    return "" if value is None else value


def as_data(message: Message) -> dict[str, Any]:
    """Return a message as JSON holds it."""
    return {
        "code": message.code.name,
        **({"values": {name: _value_as_data(value) for name, value in message.values}} if message.values else {}),
    }


def _value_as_data(value: Value) -> Any:
    if isinstance(value, Message):
        return as_data(value)
    return [_value_as_data(part) for part in value] if isinstance(value, tuple) else value


def from_data(data: Mapping[str, Any], codes: Mapping[str, Code]) -> Message:
    """Return the message that JSON holds.

    Args:
        data: As `as_data` returned it.
        codes: All codes by name.

    Raises:
        ValueError: It is none.
    """
    try:
        values = data.get("values", {})
        message = Message(codes[data["code"]], tuple((str(name), _value_of(value, codes)) for name, value in values.items()))
        str(message)  # a value that its wording needs may be missing
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
