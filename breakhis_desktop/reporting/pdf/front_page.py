"""The first page: what came out in a glance, the ledger, and what the run was made with."""

from collections import Counter
from collections.abc import Sequence

from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Spacer, Table

from breakhis_desktop.domain.records import Ledger, RunFacts, Verdict
from breakhis_desktop.domain.taxonomy import SUBTYPES, Decision, Subtype
from breakhis_desktop.reporting.pdf import style
from breakhis_desktop.reporting.pdf.marks import SHAPES, Bar, Mark, Shape
from breakhis_desktop.reporting.pdf.text import REGULAR, drawable, elided, markup
from breakhis_desktop.reporting.run_text import fact_lines, ledger_lines, queued_paths, started_at

_PATHS_SHOWN = 5
_FACT_WIDTH = 38 * mm
_GAP = 8 * mm
_SUBTYPE_NOTE = (
    "The most probable subtype of each image that is done, whatever the decision on it. BreakHis holds few patients with adenosis, "
    "phyllodes tumour or lobular carcinoma, so these three support no claim."
)
_OFFICIAL_NOTE = (
    " Images with official BreakHis names: {:,}. The shipped models were trained on images of BreakHis, so on these they look better "
    "than they are on the images of other patients."
)


def front_page(facts: RunFacts, ledger: Ledger, verdicts: Sequence[Verdict], official: int) -> list[Flowable]:
    """Return the flowables of the first page.

    Args:
        facts: What the run was made with.
        ledger: How its images ended.
        verdicts: Of the images that are done.
        official: How many of these carry official BreakHis names.
    """
    return [
        *_title(facts, ledger),
        _summary(verdicts),
        Paragraph("Subtypes", style.SECTION),
        _subtypes(Counter(verdict.subtype for verdict in verdicts)),
        Spacer(0, 4),
        Paragraph(_SUBTYPE_NOTE + (_OFFICIAL_NOTE.format(official) if official else ""), style.NOTE),
        Paragraph("Ledger", style.SECTION),
        Paragraph(str(ledger), style.BODY_BOLD),
        Spacer(0, 4),
        _ledger_table(ledger),
        Paragraph("Run", style.SECTION),
        _fact_table(facts),
    ]


def _title(facts: RunFacts, ledger: Ledger) -> list[Flowable]:
    subtitle = f"Run {facts.run_id} · started {started_at(facts)} · {ledger.queued:,} queued"
    return [
        Paragraph("BreakHis Desktop", style.PRODUCT),
        Paragraph("Run report", style.TITLE),
        Paragraph(subtitle, style.SUBTITLE),
        Spacer(0, 12),
    ]


def _summary(verdicts: Sequence[Verdict]) -> Table:
    counts = Counter(verdict.decision for verdict in verdicts)
    review = sum(bool(verdict.review_reasons) for verdict in verdicts)
    malignant, benign = Decision.MALIGNANT, Decision.BENIGN
    tiles = [
        _tile(Mark(SHAPES[malignant], "Malignant", style.DECISION_BOLD[malignant]), counts[malignant], len(verdicts)),
        _tile(Mark(SHAPES[benign], "Benign", style.DECISION_BOLD[benign]), counts[benign], len(verdicts)),
        _tile(Mark(Shape.DIAMOND, "Needs review", style.REVIEW_BOLD), review, len(verdicts)),
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
    return Table([tiles], colWidths=[style.WIDTH / 3] * 3, style=look)


def _tile(mark: Mark, count: int, done: int) -> list[Flowable]:
    share = f"{100 * count / done:.0f} % of {done:,} done" if done else "none is done"
    return [mark, Paragraph(f"{count:,}", style.FIGURE), Paragraph(share, style.NOTE)]


def _subtypes(counts: Counter[Subtype]) -> Table:
    widest = max(counts.values(), default=0) or 1
    halves = [[subtype for subtype in SUBTYPES if subtype.decision is decision] for decision in Decision]
    rows = [
        [*_subtype_cells(left, counts[left], widest), "", *_subtype_cells(right, counts[right], widest)]
        for left, right in zip(*halves, strict=True)
    ]
    half = (style.WIDTH - _GAP) / 2
    widths = [31 * mm, half - 31 * mm, _GAP, 31 * mm, half - 31 * mm]
    return Table(rows, colWidths=widths, style=_compact(lines=()))


def _subtype_cells(subtype: Subtype, count: int, widest: int) -> list[Flowable]:
    colour: Color = style.COLOURS[subtype.decision]
    return [Paragraph(subtype.name, style.BODY), Bar(count / widest, f"{count:,}", colour, figure_width=26)]


def _ledger_table(ledger: Ledger) -> Table:
    rows = [
        [Paragraph(word, style.BODY), Paragraph(f"{count:,}", style.COUNT), Paragraph(meaning, style.BODY_MUTED)]
        for word, count, meaning in ledger_lines(ledger)
    ]
    total = [Paragraph("queued", style.BODY_BOLD), Paragraph(f"<b>{ledger.queued:,}</b>", style.COUNT), ""]
    widths = [24 * mm, 18 * mm, style.WIDTH - 42 * mm]
    look: style.Look = [*_compact(lines=(0, -2)), ("LINEABOVE", (0, -1), (-1, -1), 0.8, style.ACCENT), ("LEFTPADDING", (2, 0), (2, -1), 12)]
    return Table([*rows, total], colWidths=widths, style=look)


def _fact_table(facts: RunFacts) -> Table:
    queued = [("Queued" if number == 0 else "", path) for number, path in enumerate(queued_paths(facts, _PATHS_SHOWN))]
    rows = [[Paragraph(name, style.BODY_MUTED), Paragraph(_value(value), style.BODY)] for name, value in [*queued, *fact_lines(facts)]]
    return Table(rows, colWidths=[_FACT_WIDTH, style.WIDTH - _FACT_WIDTH], style=_compact(lines=(0, -1)))


def _value(text: str) -> str:
    return markup(elided(drawable(text), REGULAR, style.BODY.fontSize, 1.9 * (style.WIDTH - _FACT_WIDTH)))


def _compact(lines: tuple[int, ...]) -> style.Look:
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
