"""The start of a case report: what the models say about the case, and all its images at a glance."""

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, Spacer, Table

from breakhis_desktop.domain.aggregate import PatientSummary, group_by_patient
from breakhis_desktop.domain.records import ImageRecord
from breakhis_desktop.domain.review import needs_review
from breakhis_desktop.domain.taxonomy import Decision
from breakhis_desktop.reporting.pdf import style
from breakhis_desktop.reporting.pdf.fact_tables import compact
from breakhis_desktop.reporting.pdf.marks import SHAPES, Mark, Shape, thumbnail_flowable
from breakhis_desktop.reporting.pdf.patient_table import AGGREGATE_RULE, SUSPICIOUS, magnifications, patient_section
from breakhis_desktop.reporting.report import Report
from breakhis_desktop.reporting.review_text import reviewed_words

_PER_ROW = 8
_CELL = style.WIDTH / _PER_ROW
_THUMBNAIL = (_CELL - 6, 15 * mm)


def verdict(report: Report) -> list[Flowable]:
    """Return the verdict on the patient in words, or counts and a table of patients unless all results are of one known patient."""
    patients = group_by_patient(report.done, report.run_info.point.threshold)
    summary = patients[0].summary if len(patients) == 1 else None
    if summary is None:
        return [
            _block("What the models say, for research use", [*_reviewed(report), Paragraph(_counted(report), style.VERDICT_TEXT)]),
            *patient_section(report),
        ]
    decision = Decision.MALIGNANT if summary.is_malignant else Decision.BENIGN
    marks: list[Flowable] = [Mark(SHAPES[decision], decision.value.capitalize(), style.VERDICT[decision]), Spacer(0, 2)]
    if patients[0].is_suspicious:
        marks += [Mark(Shape.DIAMOND, SUSPICIOUS, style.REVIEW_BOLD), Spacer(0, 2)]
    words = f"{_reason(summary)} {_counted(report)}{_magnifications(report)}"
    title = "What the models say about this patient, for research use"
    block = _block(title, [*marks, *_reviewed(report), Paragraph(words, style.VERDICT_TEXT)])
    return [block, Spacer(0, 4), Paragraph(AGGREGATE_RULE, style.NOTE)]


def overview(report: Report) -> list[Flowable]:
    """Return a numbered thumbnail of each image that is done, the most suspicious first."""
    done = report.done
    if not done:
        return []
    level = style.CELL.leading if report.reviews_of(done).reviewed else 0
    cells: list[object] = [
        [*_thumbnail(report, number, record), *(_review_mark(report, record) or [Spacer(0, level)])]
        for number, record in enumerate(done, start=1)
    ]
    cells += [""] * (-len(cells) % _PER_ROW)
    rows = [cells[start : start + _PER_ROW] for start in range(0, len(cells), _PER_ROW)]
    look: style.Look = [*compact(lines=()), ("VALIGN", (0, 0), (-1, -1), "BOTTOM"), ("BOTTOMPADDING", (0, 0), (-1, -1), 5)]
    heading = [CondPageBreak(45 * mm), Paragraph("Overview", style.SECTION)]
    return [*heading, Table(rows, colWidths=[_CELL] * _PER_ROW, style=look, hAlign="LEFT")]


def _block(title: str, words: list[Flowable]) -> Table:
    look: style.Look = [
        *compact(lines=()),
        ("LINEABOVE", (0, 0), (-1, 0), 1.2, style.ACCENT),
        ("LINEBELOW", (0, 0), (-1, 0), 0.6, style.LINE),
        ("TOPPADDING", (0, 0), (-1, -1), 8),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 9),
    ]
    return Table([[[Paragraph(title, style.COLUMN), Spacer(0, 3), *words]]], colWidths=[style.WIDTH], style=look)


def _reason(summary: PatientSummary) -> str:
    side = "at or above" if summary.is_malignant else "below"
    return (
        f"The mean probability of malignancy is {summary.mean:.3f}, {side} the operating point of {summary.threshold:.3f}; "
        f"the highest is {summary.highest:.3f}."
    )


def _reviewed(report: Report) -> list[Flowable]:
    """Return how reviewers have decided on the images, refused ones included; empty if they have reviewed none."""
    words = reviewed_words(report.reviews_of(report.chosen))
    return [Paragraph(f"{words}.", style.REVIEWED), Spacer(0, 2)] if words else []


def _counted(report: Report) -> str:
    """Return how many images are called malignant, need review or have no prediction, in a sentence or two."""
    done = report.done
    if not done:
        return "None of these images was classified; the reasons are given below."
    verdicts = {record.position: report.run_info.verdict(record) for record in done}
    malignant = sum(found is not None and found.decision is Decision.MALIGNANT for found in verdicts.values())
    doubtful = sum(needs_review(verdicts[record.position], report.review_of(record)) for record in done)
    called = f"{malignant:,} of {_images(len(done))} {'is' if malignant == 1 else 'are'} called malignant"
    open_ones = f"; {doubtful:,} {'needs' if doubtful == 1 else 'need'} review." if doubtful else "."
    left = len(report.not_done)
    return called + open_ones + (f" {_images(left)} {'has' if left == 1 else 'have'} no prediction." if left else "")


def _magnifications(report: Report) -> str:
    known = any(record.magnification for record in report.done)
    return f" Images by magnification: {magnifications(report.done)}." if known else ""


def _images(count: int) -> str:
    return f"{count:,} image{'' if count == 1 else 's'}"


def _thumbnail(report: Report, number: int, record: ImageRecord) -> list[Flowable]:
    jpeg = report.thumbnails.get(record.position)
    found = report.run_info.verdict(record)
    if found is None or record.prediction is None:
        raise ValueError(f"image {record.position} has no prediction")
    look: ParagraphStyle = style.DECISION_CELL[found.decision]
    words = f'<font color="{style.TEXT.hexval().replace("0x", "#")}">{number:,}</font>\u2002{record.prediction.p_malignant:.3f}'
    picture: list[Flowable] = [thumbnail_flowable(jpeg, _THUMBNAIL), Spacer(0, 2)] if jpeg else []
    return [*picture, Mark(SHAPES[found.decision], words, look)]


def _review_mark(report: Report, record: ImageRecord) -> list[Flowable]:
    """Return the reviewer's decision on an image; empty if there is none."""
    review = report.review_of(record)
    if review is None or review.decision is None:
        return []
    return [Mark(SHAPES[review.decision], "reviewed", style.DECISION_CELL[review.decision])]
