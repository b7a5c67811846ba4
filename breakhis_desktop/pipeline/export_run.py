"""A run of the store to the files that a user asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from breakhis_desktop.domain.decision import OperatingPoint
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


def export_run(store_file: Path, run_id: int, exports: Iterable[Export], point: OperatingPoint | None = None) -> None:
    """Write the images of a run that have ended so far; an older file stays whole until the new one is.

    Args:
        store_file: Where the run is.
        run_id: Its number.
        exports: What to write.
        point: The operating point that decides; None for the run's own.

    Raises:
        StoreError: The store cannot be read.
        UserError: A file cannot be written.
    """
    exports = tuple(exports)
    if not exports:
        return
    from breakhis_desktop.reporting import tables
    from breakhis_desktop.reporting.pdf.document import write_pdf

    with Store(store_file) as store, store.unchanging():
        facts, ledger, records = store.facts(run_id), store.ledger(run_id), store.records(run_id)
        reviews = store.reviews(run_id)
        thumbnails = store.thumbnails(run_id) if any(export.format is ExportFormat.PDF for export in exports) else {}
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
            case ExportFormat.PDF:
                write_pdf(export.file, facts, ledger, records, thumbnails)
