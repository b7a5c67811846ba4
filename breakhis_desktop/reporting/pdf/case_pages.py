"""The pages of a case, one patient or chosen images: the verdict, an overview, and each image beside its heat map."""

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Paragraph, Spacer, Table

from breakhis_desktop.domain.records import ImageRecord
from breakhis_desktop.domain.taxonomy import SUBTYPES
from breakhis_desktop.reporting.pdf import style
from breakhis_desktop.reporting.pdf.case_verdict import overview, verdict
from breakhis_desktop.reporting.pdf.fact_tables import compact
from breakhis_desktop.reporting.pdf.history import history_of_image
from breakhis_desktop.reporting.pdf.image_tables import file_number
from breakhis_desktop.reporting.pdf.marks import SHAPES, Bar, Mark
from breakhis_desktop.reporting.pdf.picture_section import MAP_RULE, picture_width, review_marks, side_by_side
from breakhis_desktop.reporting.pdf.text import REGULAR, drawable, elided, markup, name_markup
from breakhis_desktop.reporting.pdf.title import title
from breakhis_desktop.reporting.report import Picture, Report
from breakhis_desktop.reporting.run_text import started_at

_GAP = 4 * mm
_WIDEST, _HIGHEST = 57 * mm, 46 * mm
_NAME_WIDTH = 29 * mm
_ROOM = 80 * mm
_IMAGES_RULE = (
    f"Most suspicious first. {MAP_RULE} The first bar is the calibrated probability of malignancy, its tick the operating point; the other "
    "bars are the probabilities of the subtypes."
)


def case_pages(report: Report) -> list[Flowable]:
    """Return the pages of a case that come before the images without a prediction."""
    pages = [*title(report, "Case report", _subtitle(report)), *verdict(report), *overview(report)]
    if not report.done:
        return pages
    pictures = [report.pictures[record.position] for record in report.done if record.position in report.pictures]
    width = picture_width(pictures, _WIDEST, _HIGHEST)
    images = [_image(report, number, record, width) for number, record in enumerate(report.done, start=1)]
    return [*pages, CondPageBreak(_ROOM), Paragraph("Images", style.SECTION), Paragraph(_IMAGES_RULE, style.NOTE), *images]


def signature() -> Flowable:
    """Return the signature line."""
    look: style.Look = [*compact(lines=()), ("LINEABOVE", (0, 0), (0, 0), 0.6, style.TEXT), ("LINEABOVE", (2, 0), (2, 0), 0.6, style.TEXT)]
    row = [Paragraph("Reviewed by", style.BODY_MUTED), "", Paragraph("Date, signature", style.BODY_MUTED)]
    return KeepTogether([Spacer(0, 22 * mm), Table([row], colWidths=[80 * mm, 10 * mm, style.WIDTH - 90 * mm], style=look)])


def _subtitle(report: Report) -> str:
    images = len(report.chosen)
    about = f"Patient {report.options.patient}" if report.options.patient else "Chosen images"
    short = elided(drawable(about), REGULAR, style.SUBTITLE.fontSize, 0.6 * style.WIDTH)
    return f"{markup(short)} · {images:,} image{'' if images == 1 else 's'} · {started_at(report.run_info)}"


def _image(report: Report, number: int, record: ImageRecord, width: float) -> Flowable:
    picture = report.pictures.get(record.position)
    facts = style.WIDTH - 2 * (width + _GAP) if width else style.WIDTH
    findings = _findings(report, number, record, facts)
    pictures: list[list[Flowable]] = side_by_side(picture, width, _HIGHEST) if picture else [[], []]
    cells, widths = [findings], [facts]
    if width:
        cells, widths = [pictures[0], [], pictures[1], [], findings], [width, _GAP, width, _GAP, facts]
    look: style.Look = [
        *compact(lines=()),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEABOVE", (0, 0), (-1, 0), 0.6, style.LINE),
        ("TOPPADDING", (0, 0), (-1, -1), 5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
    ]
    return KeepTogether([Table([cells], colWidths=widths, style=look, hAlign="LEFT"), *_history(report, record)])


def _findings(report: Report, number: int, record: ImageRecord, width: float) -> list[Flowable]:
    """Return the name, the probabilities of both models, and the reasons for review."""
    found, prediction = report.run_info.verdict(record), record.prediction
    if found is None or prediction is None:
        raise ValueError(f"image {record.position} has no prediction")
    colours = style.COLOURS
    called = Mark(SHAPES[found.decision], found.decision.value, style.DECISION_CELL[found.decision])
    bars: list[list[Flowable]] = [
        [called, _bar(prediction.p_malignant, colours[found.decision], tick=report.run_info.point.threshold)],
        *(
            [Paragraph(one.name, style.CELL), _bar(p, colours[one.decision])]
            for one, p in zip(SUBTYPES, prediction.p_subtypes, strict=True)
        ),
    ]
    look: style.Look = [
        *compact(lines=()),
        ("TOPPADDING", (0, 0), (-1, -1), 0.4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0.4),
        ("BOTTOMPADDING", (0, 0), (-1, 0), 3),
    ]
    return [
        Paragraph(name_markup(f"{number:,} · {record.path.name}", REGULAR, style.BODY_BOLD.fontSize, 0.9 * width), style.BODY_BOLD),
        *_facts(report, record, width),
        Spacer(0, 4),
        Table(bars, colWidths=[_NAME_WIDTH, width - _NAME_WIDTH], style=look, hAlign="LEFT"),
        Spacer(0, 2),
        *review_marks(found, width),
        *_note(report.pictures.get(record.position)),
    ]


def _bar(p: float, colour: object, tick: float | None = None) -> Bar:
    return Bar(p, f"{p:.3f}", colour, 24, tick=tick)


def _facts(report: Report, record: ImageRecord, width: float) -> list[Flowable]:
    parts = [
        "" if report.options.patient == record.patient_id else record.patient_id,
        f"{record.magnification}×" if record.magnification else "",
        f"{record.tiles} tiles" if record.tiles > 1 else "",
        file_number(record),
    ]
    facts = drawable(" · ".join(filter(None, parts)))
    return [Paragraph(markup(elided(facts, REGULAR, style.FOLDER.fontSize, 1.8 * width)), style.FOLDER)] if facts else []


def _note(picture: Picture | None) -> list[Flowable]:
    return [Paragraph(str(picture.note), style.NOTE)] if picture and picture.note else []


def _history(report: Report, record: ImageRecord) -> list[Flowable]:
    """Return the reviews of an image."""
    reviews = report.reviews.get(record.position, ())
    return [history_of_image(reviews), Spacer(0, 6)] if reviews else []
