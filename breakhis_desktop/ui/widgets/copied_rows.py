"""Results as a table on the clipboard, for spreadsheets and for documents."""

from collections.abc import Iterable, Sequence
from html import escape

from PySide6.QtCore import QMimeData

from breakhis_desktop.domain.filenames import printable
from breakhis_desktop.reporting.rows import defused
from breakhis_desktop.ui.models.result_columns import Column, Result


def table_of(columns: Sequence[Column], results: Iterable[Result]) -> QMimeData:
    """Return results with a header, as tab-separated text and as an HTML table; no spreadsheet runs a cell of it as a formula."""
    rows = [[column.title for column in columns], *([_cell(column.text(result)) for column in columns] for result in results)]
    data = QMimeData()
    data.setText("\n".join("\t".join(row) for row in rows))
    data.setHtml(f"<table>{''.join(_html_row(row) for row in rows)}</table>")
    return data


def _cell(text: str) -> str:
    return defused(printable(text))


def _html_row(cells: Sequence[str]) -> str:
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
