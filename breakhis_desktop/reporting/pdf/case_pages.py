"""The pages of a case: one patient or chosen images, each large beside its heat map, with a line for a signature."""

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table

from breakhis_desktop.domain.aggregate import summarise_patient
from breakhis_desktop.domain.decision import Prediction
from breakhis_desktop.domain.natural_order import natural_key
from breakhis_desktop.domain.records import ImageRecord, Verdict
from breakhis_desktop.domain.taxonomy import SUBTYPES
from breakhis_desktop.reporting.pdf import style
from breakhis_desktop.reporting.pdf.fact_tables import compact, gridded
from breakhis_desktop.reporting.pdf.history import history_of_image
from breakhis_desktop.reporting.pdf.marks import SHAPES, Bar, Mark
from breakhis_desktop.reporting.pdf.picture_section import review_marks, side_by_side
from breakhis_desktop.reporting.pdf.text import BOLD, REGULAR, drawable, elided, markup, width_of
from breakhis_desktop.reporting.pdf.title import title
from breakhis_desktop.reporting.report import Report
from breakhis_desktop.reporting.run_text import started_at

_GAP = 4 * mm
_PICTURE = (style.WIDTH - _GAP) / 2
_HIGHEST = 60 * mm
_NAME_WIDTH = 32 * mm
_AGGREGATE_RULE = (
    "Mean and highest probability of malignant over the images in this report that are done. The mean speaks for the patient; the highest "
    "stands beside it, since one suspicious field is enough to look. The operating point was chosen for images, not for patients."
)
_MAP_RULE = (
    "Beside each image, what speaks for malignant in it glows, from red to yellow, on one scale for all; a heat map shows where a model "
    "looked, and proves nothing. Tick: operating point."
)


def case_pages(report: Report) -> list[Flowable]:
    """Return the pages of a case, up to the images without a prediction."""
    pages = [*title(report, "Case report", _subtitle(report)), *_patients(report)]
    if report.done:
        pages += [Paragraph("Images", style.SECTION), Paragraph(_MAP_RULE, style.NOTE)]
    for record in report.done:
        pages.append(_image(report, record))
    return pages


def signature() -> Flowable:
    """Return the signature line."""
    look: style.Look = [*compact(lines=()), ("LINEABOVE", (0, 0), (0, 0), 0.6, style.TEXT), ("LINEABOVE", (2, 0), (2, 0), 0.6, style.TEXT)]
    row = [Paragraph("Reviewed by", style.BODY_MUTED), "", Paragraph("Date, signature", style.BODY_MUTED)]
    return KeepTogether([Spacer(0, 22 * mm), Table([row], colWidths=[80 * mm, 10 * mm, style.WIDTH - 90 * mm], style=look)])


def _subtitle(report: Report) -> str:
    images = len(report.chosen)
    about = f"Patient {report.options.patient}" if report.options.patient else "Chosen images"
    short = elided(drawable(about), REGULAR, style.SUBTITLE.fontSize, 0.6 * style.WIDTH)
    return f"{markup(short)} · {images:,} image{'' if images == 1 else 's'} · run {report.run_info.run_id} of {started_at(report.run_info)}"


def _patients(report: Report) -> list[Flowable]:
    """Return one row per patient, and a last one for images without a known patient, which are not called; empty if none is known."""
    threshold = report.run_info.point.threshold
    rows = []
    for patient in sorted({record.patient_id for record in report.done} - {""}, key=natural_key):
        images = [record for record in report.done if record.patient_id == patient]
        summary = summarise_patient([record.prediction.p_malignant for record in images if record.prediction], threshold)
        counts = f"{summary.malignant_images:,} of {summary.images:,}"
        rows.append((patient, _magnifications(images), f"{summary.mean:.3f}", f"{summary.highest:.3f}", counts))
    if not rows:
        return []
    heading = "Patient" if len(rows) == 1 else "Patients"
    unknown = [record for record in report.done if not record.patient_id]
    if unknown:
        rows.append(("No patient known", _magnifications(unknown), "", "", ""))
    columns = ("Patient", "Images by magnification", "Mean", "Highest", "Called malignant")
    widths = (36 * mm, style.WIDTH - 106 * mm, 20 * mm, 20 * mm, 30 * mm)
    return [
        Paragraph(heading, style.SECTION),
        gridded(columns, rows, widths),
        Spacer(0, 4),
        Paragraph(_AGGREGATE_RULE, style.NOTE),
    ]


def _magnifications(records: Sequence[ImageRecord]) -> str:
    known = [record.magnification for record in records if record.magnification]
    words = [f"{one}× {known.count(one)}" for one in sorted(set(known))]
    unknown = len(records) - len(known)
    return " · ".join([*words, *([f"unknown {unknown}"] if unknown else [])])


def _image(report: Report, record: ImageRecord) -> Flowable:
    verdict, picture = report.run_info.verdict(record), report.pictures.get(record.position)
    if verdict is None or record.prediction is None:
        raise ValueError(f"image {record.position} has no prediction")
    pictures: list[Flowable] = [_pair(side_by_side(picture, _PICTURE, _HIGHEST))] if picture else []
    if picture and picture.note:
        pictures += [Spacer(0, 2), Paragraph(str(picture.note), style.NOTE)]
    findings = [_findings(report, record.prediction, verdict), *_history(report, record)]
    return KeepTogether([*_heading(record, verdict), *pictures, Spacer(0, 4), *findings, Spacer(0, 10)])


def _heading(record: ImageRecord, verdict: Verdict) -> list[Flowable]:
    room = style.WIDTH - 34 * mm
    name = markup(elided(drawable(record.path.name), BOLD, style.BODY_BOLD.fontSize, room - 4))
    parts = [
        record.patient_id,
        f"{record.magnification}×" if record.magnification else "",
        _size(record),
        f"{record.tiles} tiles" if record.tiles > 1 else "",
    ]
    facts = drawable(" · ".join(filter(None, (*parts, f"SHA-256 {record.sha256}"))))
    decision = Mark(SHAPES[verdict.decision], verdict.decision.value, style.DECISION_BOLD[verdict.decision])
    mark_width = width_of(verdict.decision.value, BOLD, style.DECISION_BOLD[verdict.decision].fontSize) + 12
    look: style.Look = [*compact(lines=()), ("LINEABOVE", (0, 0), (-1, 0), 0.8, style.ACCENT), ("TOPPADDING", (0, 0), (-1, -1), 5)]
    head = Table([[Paragraph(name, style.BODY_BOLD), decision]], colWidths=[style.WIDTH - mark_width, mark_width], style=look)
    return [head, Paragraph(markup(facts), style.FOLDER), Spacer(0, 4)]


def _size(record: ImageRecord) -> str:
    return f"{record.size[0]} × {record.size[1]} pixels" if record.size else ""


def _pair(cells: list[list[Flowable]]) -> Table:
    look: style.Look = [*compact(lines=()), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    return Table([[cells[0], "", cells[1]]], colWidths=[_PICTURE, _GAP, _PICTURE], style=look)


def _findings(report: Report, prediction: Prediction, verdict: Verdict) -> Table:
    """Return the probabilities of both models on the left, and the review reasons on the right."""
    left = [
        Paragraph("Probability of malignant", style.COLUMN),
        _bars([("Malignant", prediction.p_malignant, style.COLOURS[verdict.decision], report.run_info.point.threshold)]),
        Spacer(0, 3),
        Paragraph("Probability of each subtype", style.COLUMN),
        _bars([(one.name, p, style.COLOURS[one.decision], None) for one, p in zip(SUBTYPES, prediction.p_subtypes, strict=True)]),
    ]
    right = [Paragraph("Review", style.COLUMN), *_reasons(verdict)]
    look: style.Look = [*compact(lines=()), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    return Table([[left, "", right]], colWidths=[_PICTURE, _GAP, _PICTURE], style=look)


def _bars(rows: Sequence[tuple[str, float, object, float | None]]) -> Table:
    cells = [[Paragraph(name, style.CELL), Bar(p, f"{p:.3f}", colour, 24, tick=tick)] for name, p, colour, tick in rows]
    look: style.Look = [*compact(lines=()), ("TOPPADDING", (0, 0), (-1, -1), 0.4), ("BOTTOMPADDING", (0, 0), (-1, -1), 0.4)]
    return Table(cells, colWidths=[_NAME_WIDTH, _PICTURE - _NAME_WIDTH], style=look)


def _reasons(verdict: Verdict) -> list[Flowable]:
    if not verdict.review_reasons:
        return [Paragraph("Nothing asks for review.", style.NOTE)]
    return review_marks(verdict, _PICTURE)


def _history(report: Report, record: ImageRecord) -> list[Flowable]:
    """Return the reviews of an image."""
    reviews = report.reviews.get(record.position, ())
    return [Paragraph("Review history", style.SUBSECTION), history_of_image(reviews)] if reviews else []
