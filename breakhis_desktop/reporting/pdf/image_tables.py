"""The tables of images: one of images with a prediction, most suspicious first, and one of images without a prediction."""

from collections.abc import Sequence
from pathlib import Path

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, LongTable, Paragraph

from breakhis_desktop.domain.decision import Prediction
from breakhis_desktop.domain.records import ImageRecord, Verdict
from breakhis_desktop.domain.review import Review
from breakhis_desktop.reporting.pdf import style
from breakhis_desktop.reporting.pdf.marks import SHAPES, Bar, Mark, Shape, thumbnail_flowable
from breakhis_desktop.reporting.pdf.text import REGULAR, drawable, elided, elided_path, is_drawable, markup, name_markup
from breakhis_desktop.reporting.report import Report
from breakhis_desktop.reporting.review_text import said

_THUMBNAIL, _IMAGE, _PATIENT, _MAGNIFICATION = 15 * mm, 39 * mm, 16.5 * mm, 8.5 * mm
_BAR, _DECISION, _SUBTYPE = 23.5 * mm, 21 * mm, 27 * mm
_REVIEW = style.WIDTH - _THUMBNAIL - _IMAGE - _PATIENT - _MAGNIFICATION - _BAR - _DECISION - _SUBTYPE
_STATUS = 17 * mm
_REASON = style.WIDTH - _THUMBNAIL - _IMAGE - _PATIENT - _MAGNIFICATION - _STATUS
_PADDING = 2.2
_FIGURE_WIDTH = 22
_REASON_LINES = 12
_DIGITS = 16


def done_table(report: Report) -> LongTable:
    """Return the table of images with a prediction, most suspicious first."""
    names = ("", "Image", "Patient", "Mag.", "Malignant", "Decision", "Subtype", "Review")
    widths = (_THUMBNAIL, _IMAGE, _PATIENT, _MAGNIFICATION, _BAR, _DECISION, _SUBTYPE, _REVIEW)
    rows = [_common(report, record) + _prediction_cells(report, record) for record in report.done]
    return _table(names, widths, rows)


def not_done_table(report: Report) -> LongTable:
    """Return the table of images without a prediction, with reasons, by position."""
    names = ("", "Image", "Patient", "Mag.", "Status", "Reason")
    widths = (_THUMBNAIL, _IMAGE, _PATIENT, _MAGNIFICATION, _STATUS, _REASON)
    rows = [_common(report, record) + _reason_cells(record) for record in report.not_done]
    return _table(names, widths, rows)


def folder_of(path: Path, inputs: Sequence[Path]) -> Path:
    """Return a file's folder, starting at the queued folder that contains it; for a file that was queued alone, only its folder's name."""
    holding = [root for root in inputs if path.is_relative_to(root) and path != root]
    if not holding:
        return Path(path.parent.name)
    root = max(holding, key=lambda folder: len(folder.parts))
    return Path(root.name) / path.parent.relative_to(root)


def file_number(record: ImageRecord) -> str:
    """Return an image's place in the run if the fonts lack letters of its name; else an empty text."""
    return "" if is_drawable(record.path.name) else f"file {record.position + 1:,}"


def _common(report: Report, record: ImageRecord) -> list[object]:
    jpeg = report.thumbnails.get(record.position)
    room = _IMAGE - 2 * _PADDING
    name = name_markup(record.path.name, REGULAR, style.CELL.fontSize, room)
    folder = markup(elided_path(folder_of(record.path, report.run_info.inputs), REGULAR, style.FOLDER.fontSize, room))
    known_by = " · ".join(filter(None, (file_number(record), record.sha256[:_DIGITS])))
    digest = [Paragraph(known_by, style.FOLDER)] if known_by else []
    return [
        thumbnail_flowable(jpeg) if jpeg else "",
        [Paragraph(name, style.CELL), Paragraph(folder, style.FOLDER), *digest],
        Paragraph(_fitted(record.patient_id, style.CELL.fontSize, 2, _PATIENT), style.CELL),
        Paragraph(f"{record.magnification}×" if record.magnification else "", style.CELL_RIGHT),
    ]


def _prediction_cells(report: Report, record: ImageRecord) -> list[object]:
    prediction, verdict = record.prediction, report.run_info.verdict(record)
    if prediction is None or verdict is None:
        raise ValueError(f"image {record.position} has no prediction")
    colour = style.COLOURS[verdict.decision]
    figure = f"{prediction.p_malignant:.3f}"
    return [
        Bar(prediction.p_malignant, figure, colour, _FIGURE_WIDTH, tick=report.run_info.point.threshold),
        Mark(SHAPES[verdict.decision], verdict.decision.value, style.DECISION_CELL[verdict.decision]),
        _subtype(prediction, verdict),
        [*_review(verdict), *_reviewed(report.review_of(record))],
    ]


def _subtype(prediction: Prediction, verdict: Verdict) -> list[Flowable]:
    probability = f"{max(prediction.p_subtypes):.3f}"
    return [Paragraph(verdict.subtype.name, style.CELL), Paragraph(probability, style.PROBABILITY)]


def _review(verdict: Verdict) -> list[Flowable]:
    reasons = (_fitted(str(reason), style.REVIEW_CELL.fontSize, _REASON_LINES, _REVIEW - 9) for reason in verdict.review_reasons)
    return [Mark(Shape.DIAMOND, reason, style.REVIEW_CELL) for reason in reasons]


def _reviewed(review: Review | None) -> list[Flowable]:
    words = f"{review.reviewer}: {said(review)}" if review else ""
    return [Paragraph(_fitted(words, style.REVIEWED_CELL.fontSize, _REASON_LINES, _REVIEW), style.REVIEWED_CELL)] if words else []


def _reason_cells(record: ImageRecord) -> list[object]:
    reason = _fitted(str(record.reason), style.CELL.fontSize, _REASON_LINES, _REASON)
    return [Paragraph(record.status.value, style.CELL), Paragraph(reason, style.CELL)]


def _fitted(text: str, size: float, lines: int, column: float) -> str:
    # Leave a tenth of each line free, since lines break at words.
    return markup(elided(drawable(text), REGULAR, size, 0.9 * lines * (column - 2 * _PADDING)))


def _table(names: Sequence[str], widths: Sequence[float], rows: Sequence[list[object]]) -> LongTable:
    header = [Paragraph(name, style.COLUMN_RIGHT if name == "Mag." else style.COLUMN) for name in names]
    look: style.Look = [
        ("FONTNAME", (0, 0), (-1, -1), REGULAR),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), _PADDING),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), _PADDING),
        ("LEFTPADDING", (4, 0), (5, -1), 8),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 2.4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.4),
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, style.ACCENT),
        ("LINEBELOW", (0, 1), (-1, -1), 0.4, style.LINE),
    ]
    return LongTable([header, *rows], colWidths=list(widths), repeatRows=1, style=look, hAlign="LEFT")
