"""The table of patients: what the models say about each patient, according to the rule printed above the table."""

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, LongTable, Paragraph, Spacer

from breakhis_desktop.domain.aggregate import PatientImages, group_by_patient
from breakhis_desktop.domain.records import ImageRecord
from breakhis_desktop.domain.taxonomy import Decision
from breakhis_desktop.reporting.pdf import style
from breakhis_desktop.reporting.pdf.fact_tables import compact
from breakhis_desktop.reporting.pdf.marks import SHAPES, Bar, Mark, Shape
from breakhis_desktop.reporting.pdf.text import REGULAR, drawable, elided, markup
from breakhis_desktop.reporting.report import Report
from breakhis_desktop.reporting.review_text import reviewed_words

AGGREGATE_RULE = (
    "A patient is called malignant if the mean probability of malignancy over the patient's images reaches the operating point. The "
    "highest probability is listed too, because one suspicious image is reason enough to look. The operating point was chosen for images, "
    "not for patients."
)
_UNKNOWN_RULE = " Images without a known patient come last and are not combined into one verdict."
SUSPICIOUS = "suspicious image"
_PATIENT, _MAGNIFICATIONS, _MEAN, _HIGHEST, _CALLED = 40 * mm, 34 * mm, 34 * mm, 16 * mm, 20 * mm
_DECISION = style.WIDTH - _PATIENT - _MAGNIFICATIONS - _MEAN - _HIGHEST - _CALLED
_PADDING = 6


def patient_section(report: Report) -> list[Flowable]:
    """Return a row per patient with a result, the highest mean first, with the rule; empty if no patient is known."""
    patients = group_by_patient(report.chosen, report.run_info.point.threshold)
    if not any(patient.name for patient in patients):
        return []
    rule = AGGREGATE_RULE + ("" if patients[-1].name else _UNKNOWN_RULE)
    heading = [CondPageBreak(60 * mm), Paragraph("Patients", style.SECTION), Paragraph(rule, style.NOTE)]
    return [*heading, _table(report, patients), Spacer(0, 6)]


def magnifications(records: Sequence[ImageRecord]) -> str:
    """Return the number of images at each magnification, as text."""
    known = [record.magnification for record in records if record.magnification]
    words = [f"{one}× {known.count(one):,}" for one in sorted(set(known))]
    unknown = len(records) - len(known)
    return " · ".join([*words, *([f"not known {unknown:,}"] if unknown else [])])


def _table(report: Report, patients: Sequence[PatientImages]) -> LongTable:
    columns = ("Patient", "Images by magnification", "Mean", "Highest", "Malignant", "Decision")
    header = [Paragraph(name, style.COLUMN_RIGHT if name in {"Highest", "Malignant"} else style.COLUMN) for name in columns]
    look: style.Look = [
        *compact(lines=(1, -1)),
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, style.ACCENT),
        ("RIGHTPADDING", (0, 0), (-1, -1), _PADDING),
        ("LEFTPADDING", (-1, 0), (-1, -1), 8),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 1), (-1, -1), 2.6),
        ("BOTTOMPADDING", (0, 1), (-1, -1), 2.6),
    ]
    widths = [_PATIENT, _MAGNIFICATIONS, _MEAN, _HIGHEST, _CALLED, _DECISION]
    return LongTable([header, *(_row(report, patient) for patient in patients)], colWidths=widths, repeatRows=1, style=look, hAlign="LEFT")


def _row(report: Report, patient: PatientImages) -> list[object]:
    images = _fitted(magnifications(patient.records), _MAGNIFICATIONS)
    summary = patient.summary
    if summary is None:
        return [Paragraph("No patient known", style.CELL), images, "", "", "", _reviewed(report, patient)]
    decision = Decision.MALIGNANT if summary.is_malignant else Decision.BENIGN
    return [
        _fitted(patient.patient_id, _PATIENT),
        images,
        Bar(summary.mean, f"{summary.mean:.3f}", style.COLOURS[decision], 22, tick=summary.threshold),
        Paragraph(f"{summary.highest:.3f}", style.CELL_RIGHT),
        Paragraph(f"{summary.malignant_images:,} of {summary.images:,}", style.CELL_RIGHT),
        [
            Mark(SHAPES[decision], decision.value, style.DECISION_CELL[decision]),
            *([Mark(Shape.DIAMOND, SUSPICIOUS, style.REVIEW_CELL)] if patient.is_suspicious else []),
            *_reviewed(report, patient),
        ],
    ]


def _reviewed(report: Report, patient: PatientImages) -> list[Flowable]:
    words = reviewed_words(report.reviews_of(patient.all_records))
    return [Paragraph(words, style.REVIEWED_CELL)] if words else []


def _fitted(text: str, column: float) -> Paragraph:
    # Leave a tenth of each of two lines free, since lines break at words.
    return Paragraph(markup(elided(drawable(text), REGULAR, style.CELL.fontSize, 1.8 * (column - _PADDING))), style.CELL)
