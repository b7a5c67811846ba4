"""The most suspicious images of a run, each beside its heat map."""

from collections.abc import Sequence
from io import BytesIO

from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable, Image, Paragraph, Spacer, Table

from breakhis_desktop.domain.records import ImageRecord, Verdict
from breakhis_desktop.reporting.pdf import style
from breakhis_desktop.reporting.pdf.fact_tables import compact
from breakhis_desktop.reporting.pdf.marks import SHAPES, Bar, Mark, Shape
from breakhis_desktop.reporting.pdf.text import REGULAR, drawable, elided, markup, name_markup
from breakhis_desktop.reporting.report import MOST_PICTURES, Picture, Report

_WIDEST, _HIGHEST = 54 * mm, 35.4 * mm
_GUTTER = 3 * mm
_REASON_LINES = 6
MAP_RULE = (
    "In the heat map beside each image, the places that support malignancy glow, from red to yellow, on one scale for all images. A heat "
    "map shows where a model looked, and proves nothing."
)
_RULE = f"The images with the highest probability of malignancy, at most {MOST_PICTURES}, whatever the decision. {MAP_RULE}"


def picture_section(report: Report) -> list[Flowable]:
    """Return the images shown large, with their results; empty if there are none."""
    shown = [record for record in report.done if record.position in report.pictures]
    if not shown:
        return []
    width = picture_width([report.pictures[record.position] for record in shown], _WIDEST, _HIGHEST)
    rows = [_row(report, record, report.pictures[record.position], width) for record in shown]
    return [Paragraph("Most suspicious images", style.SECTION), Paragraph(_RULE, style.NOTE), _table(rows, _facts_width(width))]


def picture_width(pictures: Sequence[Picture], most: float, height: float) -> float:
    """Return the width of a column of pictures: that of the widest at full height, but no more than `most`."""
    return min(most, height * max(map(_aspect, pictures), default=0.0))


def side_by_side(picture: Picture, width: float, height: float) -> list[list[Flowable]]:
    """Return the cells for a picture and its heat map, each no larger than this size, with a note if there is no heat map."""
    heat_map = [fitted(picture.heat_map, width, height)] if picture.heat_map else [Paragraph("No heat map is stored.", style.NOTE)]
    return [[fitted(picture.image, width, height)], heat_map]


def fitted(jpeg: bytes, width: float, height: float) -> Image:
    """Return a picture scaled to fit, keeping its aspect ratio."""
    across, down = ImageReader(BytesIO(jpeg)).getSize()
    scale = min(width / across, height / down)
    return Image(BytesIO(jpeg), across * scale, down * scale, hAlign="LEFT")


def review_marks(verdict: Verdict, width: float) -> list[Flowable]:
    """Return why an image needs review, in a column of this width; a reason is cut only if it is longer than any that the program gives."""
    room = 0.9 * _REASON_LINES * width
    reasons = (elided(drawable(str(reason)), REGULAR, style.REVIEW_CELL.fontSize, room) for reason in verdict.review_reasons)
    return [Mark(Shape.DIAMOND, markup(reason), style.REVIEW_CELL) for reason in reasons]


def _aspect(picture: Picture) -> float:
    across, down = ImageReader(BytesIO(picture.image)).getSize()
    return float(across / down)


def _facts_width(picture: float) -> float:
    return float(style.WIDTH - 2 * (picture + _GUTTER))


def _row(report: Report, record: ImageRecord, picture: Picture, width: float) -> list[list[Flowable]]:
    note = [Paragraph(str(picture.note), style.NOTE)] if picture.note else []
    return [[_pair(picture, width)], [*_facts(report, record, _facts_width(width)), *note]]


def _pair(picture: Picture, room: float) -> Table:
    """Return a picture and its heat map close together, whatever their widths."""
    image, heat_map = side_by_side(picture, room, _HIGHEST)
    width = fitted(picture.image, room, _HIGHEST).drawWidth
    look: style.Look = [*compact(lines=()), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    return Table([[image, "", heat_map]], colWidths=[width, _GUTTER, room], style=look, hAlign="LEFT")


def _facts(report: Report, record: ImageRecord, width: float) -> list[Flowable]:
    verdict, prediction = report.run_info.verdict(record), record.prediction
    if verdict is None or prediction is None:
        return []
    threshold = report.run_info.point.threshold
    origin = [record.patient_id, f"{record.magnification}×" if record.magnification else ""]
    return [
        Paragraph(name_markup(record.path.name, REGULAR, style.CELL_BOLD.fontSize, 0.9 * width), style.CELL_BOLD),
        Paragraph(markup(elided(drawable(" · ".join(filter(None, origin))), REGULAR, style.FOLDER.fontSize, 1.8 * width)), style.FOLDER),
        Spacer(0, 5),
        Mark(SHAPES[verdict.decision], verdict.decision.value, style.DECISION_CELL[verdict.decision]),
        Bar(prediction.p_malignant, f"{prediction.p_malignant:.3f}", style.COLOURS[verdict.decision], 22, tick=threshold),
        Spacer(0, 3),
        Paragraph(f"{verdict.subtype.name} {max(prediction.p_subtypes):.3f}", style.CELL),
        *review_marks(verdict, width),
    ]


def _table(rows: Sequence[list[list[Flowable]]], facts: float) -> Table:
    look: style.Look = [
        ("FONTNAME", (0, 0), (-1, -1), REGULAR),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 3.4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.4),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, style.LINE),
    ]
    return Table(rows, colWidths=[style.WIDTH - facts, facts], style=look, hAlign="LEFT")
