"""Plain tables of text: facts with their values, and rows under column names."""

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, Table

from breakhis_desktop.reporting.pdf import style
from breakhis_desktop.reporting.pdf.text import REGULAR, drawable, elided, markup

_FACT_WIDTH = 38 * mm
_MOST_LINES = 30
_TOGETHER = 3
"""A table of facts keeps this many of its last rows together on one page, so that no single row is left for a page of its own."""


def fact_table(rows: Sequence[tuple[str, str]]) -> Table:
    """Return a table of names, in muted text, with their values; a value without a name continues the row above."""
    cells = [[Paragraph(markup(drawable(name)), style.BODY_MUTED), Paragraph(_value(value), style.BODY)] for name, value in rows]
    ends = [place for place in range(len(rows)) if place + 1 == len(rows) or rows[place + 1][0]]
    lines = [("LINEBELOW", (0, place), (-1, place), 0.4, style.LINE) for place in ends]
    last = ("NOSPLIT", (0, max(0, len(rows) - _TOGETHER)), (-1, -1))
    look: style.Look = [*compact(lines=()), *lines, ("VALIGN", (0, 0), (-1, -1), "TOP"), last]
    return Table(cells, colWidths=[_FACT_WIDTH, style.WIDTH - _FACT_WIDTH], style=look)


def compact(lines: tuple[int, ...]) -> style.Look:
    """Return the style of a table with little space between its rows.

    Args:
        lines: The first and the last of the rows that have a line below them; empty for no lines.
    """
    look: style.Look = [
        ("FONTNAME", (0, 0), (-1, -1), REGULAR),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 1.6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.6),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ]
    if lines:
        look.append(("LINEBELOW", (0, lines[0]), (-1, lines[1]), 0.4, style.LINE))
    return look


def gridded(columns: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> Table:
    """Return a table whose column names are repeated on every page."""
    header = [Paragraph(name, style.COLUMN) for name in columns]
    cells = [[Paragraph(_wrapped(value, width), style.CELL) for value, width in zip(row, widths, strict=True)] for row in rows]
    look: style.Look = [
        *compact(lines=(1, -1)),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, style.ACCENT),
        ("RIGHTPADDING", (0, 0), (-2, -1), 6),
    ]
    return Table([header, *cells], colWidths=list(widths), repeatRows=1, style=look, hAlign="LEFT")


def _value(text: str) -> str:
    return _wrapped(text, style.WIDTH - _FACT_WIDTH)


def _wrapped(text: str, width: float) -> str:
    """Return text as markup, cut so that its cell fits on a page."""
    return markup(elided(drawable(text), REGULAR, style.BODY.fontSize, 0.9 * _MOST_LINES * width))
