"""The filters with which templates write numbers and tables: `{{ figures.auc | figure }}`, `{{ images | count("image") }}`."""

import re
from dataclasses import replace

from breakhis_desktop.domain.figure_text import DIFFERENCE, PAPER, Measured, interval_text, number_text
from training.counting import counted

_CELL_ENDS = re.compile(r"(?<!\\)\|")


def figure_text(measured: Measured | None) -> str:
    """Write a figure with its interval: `.850 [.778, .950]`."""
    return interval_text(measured, PAPER)


def difference_text(measured: Measured | None) -> str:
    """Write a difference with its interval: `+.034 [+.012, +.057]`."""
    return interval_text(measured, DIFFERENCE)


def number(value: float | None, digits: int = 3) -> str:
    """Write a share as papers do: `.850`."""
    return number_text(value, replace(PAPER, digits=digits))


def decimal(value: float, digits: int) -> str:
    """Write a number with decimal places: `0.491`."""
    return f"{value:.{digits}f}"


def percent(share: float, digits: int = 0) -> str:
    """Write a share in per cent: `12 %`."""
    return f"{100 * share:.{digits}f} %"


def scientific(value: float) -> str:
    """Write a tiny number: `4e-06`."""
    return f"{value:.0e}"


def count(number: int, one: str = "", several: str = "") -> str:
    """Write a count, with its noun if there is one: `1,387`, `1 group`, `2 groups`."""
    return counted(number, one, several) if one else f"{number:,}"


def sentence(text: str) -> str:
    """Begin a text with a capital letter."""
    return text[:1].upper() + text[1:]


def cell(text: object) -> str:
    """Make a text fit into a cell of a table: on one line, and with `/` in place of `|`."""
    return " ".join(str(text).replace("|", "/").split())


def aligned(table: str) -> str:
    """Pad the cells of a Markdown table so that its columns line up in the source too; columns marked `---:` are flush right."""
    rows = [[cell.strip() for cell in _CELL_ENDS.split(line)[1:-1]] for line in table.splitlines() if line]
    right = [mark.endswith(":") for mark in rows[1]]
    widths = [max(map(len, column)) for column in zip(rows[0], *rows[2:], strict=True)]
    rows[1] = ["-" * (width - 1) + (":" if flush else "-") for width, flush in zip(widths, right, strict=True)]
    return "\n".join(_row(cells, widths, right) for cells in rows) + "\n"


def _row(cells: list[str], widths: list[int], right: list[bool]) -> str:
    padded = (cell.rjust(width) if flush else cell.ljust(width) for cell, width, flush in zip(cells, widths, right, strict=True))
    return f"| {' | '.join(padded)} |"


FILTERS = {
    "figure": figure_text,
    "difference": difference_text,
    **{one.__name__: one for one in (number, decimal, percent, scientific, count, sentence, cell, aligned)},
}
"""The filters, keyed by the names that templates use."""
