"""The appendix, which lets a reader understand a result months later: the reviews, the models, and at the very end the provenance."""

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, Spacer

from breakhis_desktop.domain.card import ModelCard
from breakhis_desktop.reporting.card_text import card_figures, card_lines, point_rows
from breakhis_desktop.reporting.pdf import style
from breakhis_desktop.reporting.pdf.fact_tables import fact_table, gridded
from breakhis_desktop.reporting.pdf.history import history_of_images
from breakhis_desktop.reporting.pdf.text import is_drawable
from breakhis_desktop.reporting.report import Report
from breakhis_desktop.reporting.run_text import fact_lines, queued_paths

_PATHS_SHOWN = 5
_ROOM_FOR_A_SECTION = 50 * mm
_FIGURES_NOTE = (
    "Measured on images of patients that the models had not seen in training; with 95% intervals, by a bootstrap over accessions."
)
_LETTERS_NOTE = (
    "Letters for which the program found no usable font are shown as their Unicode numbers in brackets, such as [U+60A3]; a file whose "
    "name has such letters is also listed with its number in the run."
)
_TOPICS_IN_A_CASE = {"Intended use", "Not to be used for", "Limits"}
_NUMBER, _PIXELS, _DIGEST = 9 * mm, 20 * mm, 98 * mm


def appendix(report: Report) -> list[Flowable]:
    """Return the review history, the models' card and the provenance; for a case, no history, less of the card, and a list of its files."""
    heading = [CondPageBreak(_ROOM_FOR_A_SECTION), Paragraph("Provenance", style.SECTION)]
    history = [] if report.options.is_case else _history(report)
    return [*history, *_models(report), *heading, fact_table(_run_facts(report)), *(_files(report) if report.options.is_case else [])]


def _history(report: Report) -> list[Flowable]:
    """Return all reviews, oldest first."""
    names = {record.position: record.path.name for record in report.records}
    entries = [(names[position], review) for position, history in report.reviews.items() if position in names for review in history]
    heading = [CondPageBreak(_ROOM_FOR_A_SECTION), Paragraph("Review history", style.SECTION)]
    return [*heading, history_of_images(entries)] if entries else []


def _run_facts(report: Report) -> list[tuple[str, str]]:
    paths = queued_paths(report.run_info, _PATHS_SHOWN)
    queued = [("Queued" if number == 0 else "", path) for number, path in enumerate(paths)]
    engines = ", ".join(report.engines) or "not noted"
    reused = [("Taken from earlier runs", report.reused)] if report.reused else []
    return [*queued, *fact_lines(report.run_info), ("Computed by", engines), *reused, *_letters(report)]


def _letters(report: Report) -> list[tuple[str, str]]:
    """Return a row that explains the Unicode numbers in names; empty if no name has them."""
    names = (name for record in report.chosen for name in (str(record.path), record.patient_id))
    return [] if all(map(is_drawable, names)) else [("Letters", _LETTERS_NOTE)]


def _files(report: Report) -> list[Flowable]:
    """Return the hash of each image in the case, numbered as in its pages."""
    rows = [
        (f"{number:,}", record.path.name, f"{record.size[0]} × {record.size[1]}" if record.size else "", record.sha256)
        for number, record in enumerate(report.done, start=1)
    ]
    if not rows:
        return []
    widths = (_NUMBER, style.WIDTH - _NUMBER - _PIXELS - _DIGEST, _PIXELS, _DIGEST)
    heading = [CondPageBreak(_ROOM_FOR_A_SECTION), Paragraph("Files", style.SUBSECTION)]
    return [*heading, gridded(("No.", "File", "Pixels", "SHA-256"), rows, widths)]


def _models(report: Report) -> list[Flowable]:
    heading = [CondPageBreak(_ROOM_FOR_A_SECTION), Paragraph("Models", style.SECTION)]
    card = report.card
    if card is None:
        return [*heading, Paragraph("The card of the models that this run was made with is not available.", style.BODY_MUTED)]
    rows = [
        ("" if number else name, paragraph)
        for name, paragraphs in card_lines(card)
        if not report.options.is_case or name in _TOPICS_IN_A_CASE
        for number, paragraph in enumerate(paragraphs)
    ]
    return [*heading, fact_table(rows), *([] if report.options.is_case else _figures(card))] if rows else [*heading, *_figures(card)]


def _figures(card: ModelCard) -> list[Flowable]:
    figures = card_figures(card)
    columns = ("Operating point", "Malignant from", "Sensitivity", "Specificity")
    tables: list[Flowable] = [
        CondPageBreak(_ROOM_FOR_A_SECTION),
        Paragraph("Figures of the models", style.SUBSECTION),
        Paragraph(_FIGURES_NOTE, style.NOTE),
        gridded(columns, point_rows(card), [style.WIDTH / 4] * 4),
    ]
    if figures:
        tables += [Spacer(0, 8), gridded(("Figure", "Value"), figures, (style.WIDTH / 2, style.WIDTH / 2))]
    return tables
