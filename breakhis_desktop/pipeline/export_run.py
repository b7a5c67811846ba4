"""A run of the store to the files that a user asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from breakhis_desktop.domain.decision import OperatingPoint
from breakhis_desktop.domain.model_card import ModelCard
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
) -> None:
    """Write the images of a run that have ended so far; an older file stays whole until the new one is.

    Args:
        store_file: Where the run is.
        run_id: Its number.
        exports: What to write.
        point: The operating point that decides; None for the run's own.
        options: What is asked of the PDF.
        card: The card of the models at hand, for the PDF; None where there are none.

    Raises:
        StoreError: The store cannot be read.
        UserError: A file cannot be written.
    """
    exports = tuple(exports)
    if not exports:
        return
    from breakhis_desktop.reporting import tables
    from breakhis_desktop.reporting.pdf.document import write_pdf

    with_pdf = any(export.format is ExportFormat.PDF for export in exports)
    with Store(store_file) as store, store.unchanging():
        facts, ledger, records = store.facts(run_id), store.ledger(run_id), store.records(run_id)
        reviews = store.reviews(run_id)
        report = report_of(store, run_id, options, card, point) if with_pdf else None
    if point is not None:
        facts = facts.seen_from(point)
    for export in exports:
        match export.format:
            case ExportFormat.CSV:
                tables.write_csv(export.file, facts, records, reviews)
            case ExportFormat.XLSX:
                tables.write_xlsx(export.file, facts, ledger, records, reviews)
            case ExportFormat.JSON:
                tables.write_json(export.file, facts, ledger, records, reviews)
            case ExportFormat.PDF if report is not None:
                write_pdf(export.file, report)
