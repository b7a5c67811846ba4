"""The head of a report: laboratory, title and comment."""

from io import BytesIO

from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable, Image, Paragraph, Spacer, Table

from breakhis_desktop.reporting.pdf import style
from breakhis_desktop.reporting.pdf.text import BOLD, REGULAR, drawable, elided, markup
from breakhis_desktop.reporting.report import Report

_LOGO_WIDTH, _LOGO_HEIGHT = 46 * mm, 18 * mm


def title(report: Report, name: str, subtitle: str) -> list[Flowable]:
    """Return laboratory, logo, title and comment.

    Args:
        report: The report.
        name: The kind of report.
        subtitle: The subject of the report, as markup.
    """
    words: list[Flowable] = [
        Paragraph("BreakHis Desktop", style.PRODUCT),
        Paragraph(name, style.TITLE),
        Paragraph(subtitle, style.SUBTITLE),
    ]
    if report.options.laboratory:
        laboratory = elided(drawable(report.options.laboratory), BOLD, style.LABORATORY.fontSize, 1.8 * (style.WIDTH - _LOGO_WIDTH))
        words = [Paragraph(markup(laboratory), style.LABORATORY), Spacer(0, 6), *words]
    head = [_beside_logo(words, report.logo)] if report.logo else words
    return [*head, Spacer(0, 10), *_comment(report.options.comment)]


def _beside_logo(words: list[Flowable], logo: bytes) -> Table:
    width, height = ImageReader(BytesIO(logo)).getSize()
    scale = min(_LOGO_WIDTH / width, _LOGO_HEIGHT / height)
    picture = Image(BytesIO(logo), width * scale, height * scale, hAlign="RIGHT")
    look: style.Look = [
        ("FONTNAME", (0, 0), (-1, -1), REGULAR),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
    ]
    return Table([[words, picture]], colWidths=[style.WIDTH - _LOGO_WIDTH, _LOGO_WIDTH], style=look)


def _comment(comment: str) -> list[Flowable]:
    lines = [markup(drawable(line.expandtabs(4))) for line in comment.strip().splitlines()]
    if not lines:
        return []
    return [Paragraph("Comment", style.SUBSECTION), *(Paragraph(line or "\u00a0", style.BODY) for line in lines), Spacer(0, 12)]
