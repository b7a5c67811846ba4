"""Exports a run in the store to the files that a user asked for."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from breakhis_desktop.domain.card import ModelCard
from breakhis_desktop.domain.decision import OperatingPoint
from breakhis_desktop.domain.identity import as_written, tables_of
from breakhis_desktop.domain.records import ImageRecord, RunInfo
from breakhis_desktop.files import absolute, write_atomically
from breakhis_desktop.pipeline.check_outputs import Inputs, inputs_of
from breakhis_desktop.pipeline.discover import Asking
from breakhis_desktop.pipeline.report_run import report_of
from breakhis_desktop.reporting.report import ReportOptions
from breakhis_desktop.store.store import Store


class ExportFormat(StrEnum):
    """The file formats that a run can be exported to."""

    CSV = "csv"
    EXCEL_CSV = "excel_csv"
    XLSX = "xlsx"
    JSON = "json"
    PDF = "pdf"

    @property
    def suffix(self) -> str:
        """The suffix of its files, without the dot."""
        return "csv" if self is ExportFormat.EXCEL_CSV else self.value


@dataclass(frozen=True, slots=True)
class Export:
    """A file to write."""

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
    decimal: str = ".",
    inputs: Inputs | None = None,
    asking: Asking = lambda _: None,
) -> None:
    """Write the images of a run that are finished so far; an existing file is replaced only once the new file is complete.

    Args:
        store_file: The store that holds the run.
        run_id: The number of the run.
        exports: The files to write.
        point: The point in force; None for the run's own operating point.
        options: The user's choices for the PDF.
        card: The card of the current models, for PDF and JSON; None if there is none.
        decimal: The decimal sign of the user's region, for the CSV for Excel.
        inputs: The files that no export may replace, as they were before the run; None to derive them from the store.
        asking: Called with each file before it is accessed.

    Raises:
        NoAnswerError: A file has already failed to answer, so it is not tried again.
        StoreError: The store cannot be read.
        UserError: A file cannot be written, or would replace an input; the logo cannot be read; or there are too many images for a format.
    """
    exports = tuple(exports)
    if not exports:
        return
    for export in exports:
        asking(absolute(export.file))  # a file that has already failed to answer ends the export before any work is done
    asking(None)
    contents = _contents(
        store_file, run_id, [export.format for export in exports], point=point, options=options, card=card, decimal=decimal
    )
    inputs = replace(inputs or _inputs_of_run(store_file, contents.run_info, options), hashes=_hashes(contents.records))
    for export in exports:
        _write(export.file, contents.makers[export.format], inputs, asking)


def exported(store_file: Path, run_id: int, kind: ExportFormat, options: ReportOptions, card: ModelCard | None) -> bytes:
    """Return what `export_run` would write to a file.

    Raises:
        StoreError: The store cannot be read.
        UserError: The logo cannot be read, or there are too many images for the format.
    """
    return _contents(store_file, run_id, [kind], options=options, card=card).makers[kind]()


@dataclass(frozen=True, slots=True)
class _Contents:
    """The contents of an export.

    Attributes:
        run_info: The settings of the run, with the export's operating point as the point in force.
        records: Its images.
        makers: For each format, the function that makes the bytes of the file.
    """

    run_info: RunInfo
    records: Sequence[ImageRecord]
    makers: Mapping[ExportFormat, Callable[[], bytes]]


def _contents(
    store_file: Path,
    run_id: int,
    kinds: Collection[ExportFormat],
    *,
    point: OperatingPoint | None = None,
    options: ReportOptions,
    card: ModelCard | None,
    decimal: str = ".",
) -> _Contents:
    from breakhis_desktop.reporting import tables
    from breakhis_desktop.reporting.excel_csv import excel_csv_of
    from breakhis_desktop.reporting.pdf.document import pdf_of

    with Store(store_file) as store, store.unchanging():
        run = store.run(run_id)
        run_info, ledger, records, reviews = run.info(), run.ledger(), run.records(), run.reviews()
        report = report_of(run, options, card, point) if ExportFormat.PDF in kinds else None
    if card is not None and not card.made(run_info.model_id, run_info.file_hashes):
        card = None
    if point is not None:
        run_info = run_info.seen_from(point)
    makers: dict[ExportFormat, Callable[[], bytes]] = {
        ExportFormat.CSV: lambda: tables.csv_of(run_info, records, reviews),
        ExportFormat.EXCEL_CSV: lambda: excel_csv_of(run_info, records, decimal, reviews),
        ExportFormat.XLSX: lambda: tables.xlsx_of(run_info, ledger, records, reviews),
        ExportFormat.JSON: lambda: tables.json_of(run_info, ledger, records, reviews, card),
    }
    if report is not None:
        makers[ExportFormat.PDF] = lambda: pdf_of(report)
    return _Contents(run_info, records, makers)


def _write(file: Path, make: Callable[[], bytes], inputs: Inputs, asking: Asking) -> None:
    """Make the content of a file and write it; check that this replaces no input, both before and after the content is made."""
    asking(absolute(file))
    inputs.refuse(file)
    asking(None)
    content = make()
    asking(absolute(file))
    write_atomically(file, content, inputs.refuse)
    asking(None)


def save_report(store_file: Path, run_id: int, file: Path, pdf: bytes, inputs: Inputs) -> None:
    """Write a report that was already made.

    Args:
        store_file: The store that holds the run.
        run_id: The number of the run.
        file: The file to write.
        pdf: The report.
        inputs: The files that the report may not replace, besides the run's images.

    Raises:
        StoreError: The store cannot be read.
        UserError: The file cannot be written, or would replace an input.
    """
    with Store(store_file) as store:
        records = store.run(run_id).records()
    write_atomically(file, pdf, replace(inputs, hashes=_hashes(records)).refuse)


def _inputs_of_run(store_file: Path, run_info: RunInfo, options: ReportOptions) -> Inputs:
    return inputs_of(store=store_file, tables=tables_of(as_written(run_info.identity_rule)), logos=[options.logo] if options.logo else [])


def _hashes(records: Iterable[ImageRecord]) -> frozenset[str]:
    return frozenset(record.sha256 for record in records if record.sha256)
