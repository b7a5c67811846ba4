"""CSV in the format of the user's region, so that a double click opens it in a spreadsheet."""

from collections.abc import Sequence

from breakhis_desktop.domain.records import ImageRecord, RunInfo
from breakhis_desktop.domain.review import NO_REVIEWS, Histories
from breakhis_desktop.reporting.rows import COLUMNS, Cell, escape_formula, image_rows
from breakhis_desktop.reporting.separators import quoted_if_needed, safe_after_separators

_BYTE_ORDER_MARK = "\ufeff"
"""Without this mark, Excel would read UTF-8 as the code page of the user's region."""


def excel_csv_of(run_info: RunInfo, records: Sequence[ImageRecord], decimal: str, reviews: Histories = NO_REVIEWS) -> bytes:
    r"""Return the rows of the CSV export as UTF-8 with a byte order mark and `\r\n` line endings.

    Args:
        run_info: The run.
        records: Its images.
        decimal: The decimal separator of the region; if it is a comma, semicolons separate the cells.
        reviews: The review history of each reviewed image, by position.
    """
    separator = ";" if decimal == "," else ","
    lines = [COLUMNS, *([_text(cell, decimal) for cell in row.values()] for row in image_rows(run_info, records, reviews))]
    return (_BYTE_ORDER_MARK + "".join(f"{separator.join(_quoted(line))}\r\n" for line in lines)).encode()


def _quoted(line: Sequence[str]) -> list[str]:
    first, *further = line
    return [quoted_if_needed(first), *(quoted_if_needed(safe_after_separators(cell)) for cell in further)]


def _text(cell: Cell, decimal: str) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return str(cell).lower()
        case float():
            return f"{cell:.6f}".replace(".", decimal)
        case str():
            return escape_formula(cell)
    return str(cell)
