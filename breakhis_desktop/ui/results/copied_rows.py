"""Results as clipboard data for spreadsheets and documents."""

from collections.abc import Iterable, Sequence
from html import escape

from PySide6.QtCore import QMimeData

from breakhis_desktop.files import printable
from breakhis_desktop.reporting.rows import escape_formula
from breakhis_desktop.ui.state.result_columns import Column, Result

_LARGEST_DOCUMENT = 2000
"""Maximum number of rows, with the header, for which HTML is also made; a longer table would stall the window and overfill a document."""


def table_of(columns: Sequence[Column], results: Iterable[Result]) -> QMimeData:
    """Return a header and results as tab-separated text and, up to `_LARGEST_DOCUMENT` rows, as HTML; formulas in cells are escaped."""
    rows = [[column.title for column in columns], *([_cell(column.text(result)) for column in columns] for result in results)]
    data = QMimeData()
    data.setText("\n".join("\t".join(row) for row in rows))
    if len(rows) <= _LARGEST_DOCUMENT:
        data.setHtml(f"<table>{''.join(_html_row(row) for row in rows)}</table>")
    return data


def _cell(text: str) -> str:
    return escape_formula(printable(text))


def _html_row(cells: Sequence[str]) -> str:
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
