"""Writes figures with their intervals, in the notation of the page that shows them."""

from dataclasses import dataclass
from typing import Protocol


class Measured(Protocol):
    """A figure with the ends of its 95 % interval; the ends are None if it has no interval, and the value is None if it is not known."""

    @property
    def value(self) -> float | None:
        """The figure."""

    @property
    def low(self) -> float | None:
        """The lower end."""

    @property
    def high(self) -> float | None:
        """The upper end."""


@dataclass(frozen=True, slots=True)
class Notation:
    """How numbers are written.

    Attributes:
        digits: The number of decimal places.
        leading_zero: Whether shares are written 0.89 rather than .89.
        signed: Whether positive numbers have a plus sign.
        separator: The text between the ends of an interval.
        unknown: The text for a number that is not known.
    """

    digits: int = 2
    leading_zero: bool = True
    signed: bool = False
    separator: str = ", "
    unknown: str = ""


PLAIN = Notation()
"""0.89 [0.83, 0.96]"""

DETAILED = Notation(digits=3, unknown="none")
"""0.892 [0.832, 0.956]"""

PAPER = Notation(digits=3, leading_zero=False, separator=",\N{NO-BREAK SPACE}", unknown="–")
""".892 [.832, .956], as papers write it"""

DIFFERENCE = Notation(digits=3, leading_zero=False, signed=True, separator=",\N{NO-BREAK SPACE}", unknown="–")
"""+.034 [+.012, +.057]"""


def number_text(value: float | None, notation: Notation = PLAIN) -> str:
    """Return a number as text; a negative number has a true minus sign, unless it rounds to zero."""
    if value is None:
        return notation.unknown
    text = f"{abs(value):.{notation.digits}f}"
    sign = "" if not float(text) else "−" if value < 0 else "+" if notation.signed else ""
    return sign + (text if notation.leading_zero else text.removeprefix("0"))


def interval_text(figure: Measured | None, notation: Notation = PLAIN) -> str:
    """Return a figure as text, with its interval if it has one."""
    if figure is None or figure.value is None:
        return notation.unknown
    value = number_text(figure.value, notation)
    if figure.low is None or figure.high is None:
        return value
    return f"{value} [{number_text(figure.low, notation)}{notation.separator}{number_text(figure.high, notation)}]"
