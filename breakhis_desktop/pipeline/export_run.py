"""A run of the store to the files that a user asked for."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from breakhis_desktop.domain.card import ModelCard
from breakhis_desktop.domain.decision import OperatingPoint
from breakhis_desktop.domain.identity import as_written, tables_of
from breakhis_desktop.domain.records import ImageRecord, RunFacts
from breakhis_desktop.files import absolute, write_atomically
from breakhis_desktop.pipeline.check_outputs import Inputs, inputs_of
from breakhis_desktop.pipeline.discover import Asking
from breakhis_desktop.pipeline.report_run import report_of
from breakhis_desktop.reporting.report import ReportOptions
from breakhis_desktop.store.store import Store


class ExportFormat(StrEnum):
    """The kinds of files that a run is written to."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Export:
    """A file to be written."""

    format: ExportFormat
    file: Path


def export_run(
    store_file: Path,
    run_id: int,
    exports: Iterable[Export],
    point: OperatingPoint | None = None,
    *,
    options: ReportOptions = ReportOptions(),  # noqa: B008 (it never changes)
    card: ModelCard | None = None,
    inputs: Inputs | None = None,
    asking: Asking = lambda _: None,
) -> None:
    """Write the images of a run that have ended so far; an older file stays whole until the new one is.

    Args:
        store_file: Where the run is.
        run_id: Its number.
        exports: What to write.
        point: The operating point that decides; None for the run's own.
        options: What is asked of the PDF.
        card: The card of the models at hand, for PDF and JSON; None where there are none.
        inputs: What the call reads and keeps, as it was before the run; None to go by what the store says of it.
        asking: Is told which file is written.

    Raises:
        NoAnswerError: One did not answer before.
        StoreError: The store cannot be read.
        UserError: A file cannot be written, or would replace an input.
    """
    exports = tuple(exports)
    if not exports:
        return
    for export in exports:
        asking(absolute(export.file))  # before anything is made for one that did not answer
    asking(None)
    from breakhis_desktop.reporting import tables
    from breakhis_desktop.reporting.pdf.document import pdf_of

    with_pdf = any(export.format is ExportFormat.PDF for export in exports)
    with Store(store_file) as store, store.unchanging():
        facts, ledger, records = store.facts(run_id), store.ledger(run_id), store.records(run_id)
        reviews = store.reviews(run_id)
        report = report_of(store, run_id, options, card, point) if with_pdf else None
    inputs = replace(inputs or _inputs_of_run(store_file, facts, options), hashes=_hashes(records))
    if card is not None and not card.made(facts.model_id, facts.file_hashes):
        card = None
    if point is not None:
        facts = facts.seen_from(point)
    makers: dict[ExportFormat, Callable[[], bytes]] = {
        ExportFormat.CSV: lambda: tables.csv_of(facts, records, reviews),
        ExportFormat.XLSX: lambda: tables.xlsx_of(facts, ledger, records, reviews),
        ExportFormat.JSON: lambda: tables.json_of(facts, ledger, records, reviews, card),
    }
    if report is not None:
        makers[ExportFormat.PDF] = lambda: pdf_of(report)
    for export in exports:
        asking(absolute(export.file))
        inputs.refuse(export.file)
        asking(None)
        content = makers[export.format]()
        asking(absolute(export.file))
        write_atomically(export.file, content, inputs.refuse)
        asking(None)


def save_report(store_file: Path, run_id: int, file: Path, pdf: bytes, inputs: Inputs) -> None:
    """Write the report of a run that was made already.

    Args:
        store_file: Where the run is.
        run_id: Its number.
        file: What to write.
        pdf: The report.
        inputs: What it may not replace, besides the run's images.

    Raises:
        StoreError: The store cannot be read.
        UserError: The file cannot be written, or would replace an input.
    """
    with Store(store_file) as store:
        records = store.records(run_id)
    write_atomically(file, pdf, replace(inputs, hashes=_hashes(records)).refuse)


def _inputs_of_run(store_file: Path, facts: RunFacts, options: ReportOptions) -> Inputs:
    return inputs_of(store=store_file, tables=tables_of(as_written(facts.identity_rule)), logos=[options.logo] if options.logo else [])


def _hashes(records: Iterable[ImageRecord]) -> frozenset[str]:
    return frozenset(record.sha256 for record in records if record.sha256)
