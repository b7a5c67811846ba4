"""The first page of a run's report: results at a glance, the ledger, probabilities, subtypes, and why images have no result."""

from collections.abc import Sequence

from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Paragraph, Spacer, Table

from breakhis_desktop.domain.records import Ledger
from breakhis_desktop.domain.run_summary import BINS, ReasonCount, RunSummary
from breakhis_desktop.domain.taxonomy import SUBTYPES, Decision, Subtype
from breakhis_desktop.files import printable
from breakhis_desktop.reporting.pdf import style
from breakhis_desktop.reporting.pdf.charts import distribution
from breakhis_desktop.reporting.pdf.fact_tables import compact, gridded
from breakhis_desktop.reporting.pdf.marks import SHAPES, Bar, Mark, Shape
from breakhis_desktop.reporting.pdf.text import REGULAR
from breakhis_desktop.reporting.pdf.title import title
from breakhis_desktop.reporting.report import Report
from breakhis_desktop.reporting.run_text import ledger_lines, started_at
from breakhis_desktop.wording.message import render

_GAP = 8 * mm
_MOST_REASONS = 12
_DISTRIBUTION_NOTE = (
    f"Each bar counts the images in a range of {1 / BINS:.2f}, such as {2 / BINS:.2f} to {3 / BINS:.2f}. Images left of the operating "
    "point are called benign, the others malignant."
)
_SUBTYPE_NOTE = (
    "The most probable subtype of each image that is done, whatever the decision on it. Bar: share of the images that are done. BreakHis "
    "holds few patients with adenosis, phyllodes tumour or lobular carcinoma, so these three support no claim."
)
_OFFICIAL_NOTE = (
    " Images with official BreakHis names: {:,}. The shipped models were trained on images of BreakHis, so they look better on these "
    "than on images of other patients."
)


def front_page(report: Report) -> list[Flowable]:
    """Return the flowables of the first page."""
    run_info, summary = report.run_info, report.summary
    official = sum(record.true_subtype is not None for record in report.done)
    subtitle = f"Run {run_info.run_id} · started {started_at(run_info)} · {report.ledger.queued:,} queued"
    return [
        *title(report, "Report on a run", subtitle),
        _summary(summary),
        Paragraph("Ledger", style.SECTION),
        Paragraph(_sum_of(report.ledger), style.BODY_BOLD),
        Spacer(0, 4),
        _ledger_table(report.ledger),
        *_distribution(report),
        KeepTogether(
            [
                Paragraph("Subtypes", style.SECTION),
                _subtypes(summary),
                Spacer(0, 4),
                Paragraph(_SUBTYPE_NOTE + (_OFFICIAL_NOTE.format(official) if official else ""), style.NOTE),
            ]
        ),
        *_quality(summary.not_analysed),
    ]


def _summary(summary: RunSummary) -> Table:
    malignant, benign = Decision.MALIGNANT, Decision.BENIGN
    headlines = [
        _headline(Mark(SHAPES[malignant], "Malignant", style.DECISION_BOLD[malignant]), summary.malignant, summary.judged),
        _headline(Mark(SHAPES[benign], "Benign", style.DECISION_BOLD[benign]), summary.benign, summary.judged),
        _headline(Mark(Shape.DIAMOND, "Needs review", style.REVIEW_BOLD), summary.needs_review, summary.judged, summary.reviewed),
    ]
    look: style.Look = [
        ("FONTNAME", (0, 0), (-1, -1), REGULAR),
        ("LINEABOVE", (0, 0), (-1, 0), 1.2, style.ACCENT),
        ("LINEBELOW", (0, 0), (-1, 0), 0.6, style.LINE),
        ("LINEBEFORE", (1, 0), (-1, 0), 0.6, style.LINE),
        ("LEFTPADDING", (0, 0), (0, 0), 0),
        ("LEFTPADDING", (1, 0), (-1, 0), 10),
        ("TOPPADDING", (0, 0), (-1, -1), 8),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
    ]
    return Table([headlines], colWidths=[style.WIDTH / 3] * 3, style=look)


def _headline(mark: Mark, count: int, done: int, answered: int = 0) -> list[Flowable]:
    share = f"{100 * count / done:.0f}% of {done:,} done" if done else "none is done"
    if answered:
        share += f"; {answered:,} already reviewed"
    return [mark, Paragraph(f"{count:,}", style.FIGURE), Paragraph(share, style.NOTE)]


def _sum_of(ledger: Ledger) -> str:
    """Return a ledger as a sum, or in words if all images are done."""
    return f"{ledger.done:,} of {ledger.queued:,} done" if ledger.queued and ledger.done == ledger.queued else str(ledger)


def _ledger_table(ledger: Ledger) -> Table:
    rows = [
        [Paragraph(word, style.BODY), Paragraph(f"{count:,}", style.COUNT), Paragraph(meaning, style.BODY_MUTED)]
        for word, count, meaning in ledger_lines(ledger)
    ]
    total = [Paragraph("queued", style.BODY_BOLD), Paragraph(f"<b>{ledger.queued:,}</b>", style.COUNT), ""]
    widths = [24 * mm, 18 * mm, style.WIDTH - 42 * mm]
    look: style.Look = [*compact(lines=(0, -2)), ("LINEABOVE", (0, -1), (-1, -1), 0.8, style.ACCENT), ("LEFTPADDING", (2, 0), (2, -1), 12)]
    return Table([*rows, total], colWidths=widths, style=look)


def _distribution(report: Report) -> list[Flowable]:
    probabilities = [record.prediction.p_malignant for record in report.done if record.prediction]
    if not probabilities:
        return []
    chart = distribution(probabilities, report.run_info.point.threshold, style.WIDTH)
    return [KeepTogether([Paragraph("Probabilities", style.SECTION), chart, Paragraph(_DISTRIBUTION_NOTE, style.NOTE)])]


def _subtypes(summary: RunSummary) -> Table:
    counts, done = dict(zip(SUBTYPES, summary.subtypes, strict=True)), summary.judged
    halves = [[subtype for subtype in SUBTYPES if subtype.decision is decision] for decision in Decision]
    rows = [
        [*_subtype_cells(left, counts[left], done), "", *_subtype_cells(right, counts[right], done)]
        for left, right in zip(*halves, strict=True)
    ]
    half = (style.WIDTH - _GAP) / 2
    return Table(rows, colWidths=[31 * mm, half - 31 * mm, _GAP, 31 * mm, half - 31 * mm], style=compact(lines=()))


def _subtype_cells(subtype: Subtype, count: int, done: int) -> list[Flowable]:
    colour: Color = style.COLOURS[subtype.decision]
    share = count / done if done else 0.0
    return [Paragraph(subtype.name, style.BODY), Bar(share, f"{count:,} · {100 * share:.0f}%", colour, figure_width=48)]


def _quality(ranked: Sequence[ReasonCount]) -> list[Flowable]:
    """Return why images were refused or could not be read, most frequent reasons first."""
    if not ranked:
        return []
    rows = [(f"{one.images:,}", one.status.value, printable(render(one.reason, figures=False))) for one in ranked[:_MOST_REASONS]]
    heading = [CondPageBreak(40 * mm), Paragraph("Quality", style.SECTION)]
    more = len(ranked) - len(rows)
    note = [Paragraph(f"{more:,} rarer reasons are stated with their images.", style.NOTE)] if more else []
    return [*heading, gridded(("Images", "Status", "Reason"), rows, (16 * mm, 18 * mm, style.WIDTH - 34 * mm)), *note]
