"""The style of the report: page, colours and paragraph styles."""

from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from breakhis_desktop.domain.taxonomy import Decision
from breakhis_desktop.palette import palette
from breakhis_desktop.reporting.pdf.text import BOLD, REGULAR

Look = list[tuple[str, tuple[int, int], tuple[int, int], *tuple[Any, ...]]]
"""The style of a table as reportlab's commands: name, first cell, last cell, values."""

PAGE = A4
MARGIN = 16 * mm
TOP, BOTTOM = 22 * mm, 19 * mm
WIDTH = PAGE[0] - 2 * MARGIN

_COLOURS = {name: HexColor(colour) for name, colour in palette("light").items()}
TEXT, MUTED, LINE, ACCENT, REVIEW = map(_COLOURS.__getitem__, ("text", "muted", "line", "accent", "review"))
COLOURS: dict[Decision, Color] = {decision: _COLOURS[decision.value] for decision in Decision}


def _style(name: str, size: float, leading: float, colour: Color, font: str = REGULAR) -> ParagraphStyle:
    return ParagraphStyle(name, fontName=font, fontSize=size, leading=leading, textColor=colour)


def _right(name: str, parent: ParagraphStyle) -> ParagraphStyle:
    return ParagraphStyle(name, parent, alignment=TA_RIGHT)


def _centred(name: str, parent: ParagraphStyle) -> ParagraphStyle:
    return ParagraphStyle(name, parent, alignment=TA_CENTER)


LABORATORY = _style("laboratory", 11, 14, TEXT, BOLD)
PRODUCT = _style("product", 9, 12, ACCENT, BOLD)
TITLE = _style("title", 22, 28, TEXT, BOLD)
SUBTITLE = _style("subtitle", 9, 13, MUTED)
SECTION = ParagraphStyle("section", _style("heading", 11, 14, TEXT, BOLD), spaceBefore=16, spaceAfter=5)
SUBSECTION = ParagraphStyle("subsection", _style("small heading", 8.5, 11, TEXT, BOLD), spaceBefore=9, spaceAfter=3)
NOTE = ParagraphStyle("note", _style("small", 7.5, 10.5, MUTED), spaceAfter=4)
BODY = _style("body", 8, 11, TEXT)
BODY_BOLD = _style("body bold", 8, 11, TEXT, BOLD)
BODY_MUTED = _style("body muted", 8, 11, MUTED)
COUNT = _right("count", BODY)
VERDICT = {decision: _style(f"{decision.value} verdict", 18, 23, colour, BOLD) for decision, colour in COLOURS.items()}
VERDICT_TEXT = _style("verdict text", 9, 13, TEXT)
FIGURE = _style("figure", 22, 26, TEXT, BOLD)
COLUMN = _style("column", 7, 9, MUTED, BOLD)
COLUMN_RIGHT = _right("column right", COLUMN)
COLUMN_CENTRE = _centred("column centre", COLUMN)
CELL = _style("cell", 7, 9, TEXT)
CELL_BOLD = _style("cell bold", 7, 9, TEXT, BOLD)
CELL_RIGHT = _right("cell right", CELL)
CELL_CENTRE = _centred("cell centre", CELL)
FOLDER = _style("folder", 6, 7.6, MUTED)
PROBABILITY = _style("probability", 6.5, 8.5, MUTED)
REVIEW_CELL = _style("review", 6.5, 8.5, REVIEW)
REVIEWED_CELL = _style("reviewed", 6.5, 8.5, ACCENT)
REVIEWED = _style("reviewed verdict", 9, 13, ACCENT, BOLD)
REVIEW_BOLD = _style("review bold", 8.5, 12, REVIEW, BOLD)
DECISION_CELL = {decision: _style(decision.value, 7, 9, colour, BOLD) for decision, colour in COLOURS.items()}
DECISION_BOLD = {decision: _style(f"{decision.value} bold", 8.5, 12, colour, BOLD) for decision, colour in COLOURS.items()}
