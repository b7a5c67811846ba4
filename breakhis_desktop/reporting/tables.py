"""The outputs for software and spreadsheets: CSV, XLSX and JSON."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pandas as pd

from breakhis_desktop.domain.card import ModelCard
from breakhis_desktop.domain.decision import Estimate, OperatingPoint
from breakhis_desktop.domain.identity import OFFICIAL
from breakhis_desktop.domain.notice import RESEARCH_USE
from breakhis_desktop.domain.records import ImageRecord, Ledger, RunInfo
from breakhis_desktop.domain.review import NO_REVIEWS, Histories
from breakhis_desktop.files import printable
from breakhis_desktop.reporting.rows import (
    BOOLEAN_COLUMNS,
    COLUMNS,
    FLOAT_COLUMNS,
    INTEGER_COLUMNS,
    TEXT_COLUMNS,
    escape_formula,
    image_rows,
    number,
    review_rows,
)
from breakhis_desktop.reporting.run_text import fact_lines, ledger_lines, queued_paths
from breakhis_desktop.reporting.separators import quoted_if_needed, safe_after_semicolons

_TYPES = {
    **dict.fromkeys(FLOAT_COLUMNS, "float64"),
    **dict.fromkeys(INTEGER_COLUMNS, "Int64"),
    **dict.fromkeys(BOOLEAN_COLUMNS, "boolean"),
}


def image_frame(run_info: RunInfo, records: Iterable[ImageRecord], reviews: Histories = NO_REVIEWS) -> pd.DataFrame:
    """Return one row per image in the columns of `COLUMNS`; numbers stay numbers, and no text can run as a spreadsheet formula."""
    frame = pd.DataFrame(image_rows(run_info, records, reviews), columns=list(COLUMNS), dtype=object)
    for column in TEXT_COLUMNS:
        frame[column] = frame[column].map(escape_formula, na_action="ignore")
    return frame.astype(_TYPES)


_WORKBOOK_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
_IMAGES_SHEET, _RUN_SHEET = "Images", "Run"
_FACT_WIDTH, _VALUE_WIDTH = 24, 60
_WIDTHS = {"path": 60, "reason": 40, "patient_id": 16, "review_reason": 28, "review_note": 40}
_BESIDE_HEADING = 4
"""The width, in characters, that the arrow of a filter needs beside the heading."""

MOST_SHEET_IMAGES = 1_048_575
"""Maximum number of images in a worksheet, below its header; further images go to further sheets."""

_MOST_QUEUED_PATHS = 1_000_000
_LONGEST_CELL = 32_767
"""Maximum length of a cell's text in UTF-16 units, as Excel counts; Excel silently truncates a longer text, or reports a damaged file."""

_CUT = " … (cut here, because a cell cannot hold more; the JSON export has the whole text)"


def csv_of(run_info: RunInfo, records: Sequence[ImageRecord], reviews: Histories = NO_REVIEWS) -> bytes:
    r"""Return one row per image as UTF-8 CSV with header and `\n` line endings."""
    frame = image_frame(run_info, records, reviews)
    frame["needs_review"] = frame["needs_review"].map({True: "true", False: "false"})
    first, *further = COLUMNS
    for column in TEXT_COLUMNS[1:]:
        frame[column] = frame[column].map(safe_after_semicolons, na_action="ignore")
    lines = frame[further].to_csv(index=False, float_format="%.6f", lineterminator="\n").removesuffix("\n").split("\n")
    cells = map(quoted_if_needed, (first, *frame[first]))
    return "".join(f"{cell},{line}\n" for cell, line in zip(cells, lines, strict=True)).encode()


def xlsx_of(run_info: RunInfo, ledger: Ledger, records: Sequence[ImageRecord], reviews: Histories = NO_REVIEWS) -> bytes:
    """Return a workbook with a sheet for the images, or several if one does not hold them all, and a sheet for the run."""
    buffer = BytesIO()
    with pd.ExcelWriter(buffer, engine="xlsxwriter", engine_kwargs={"options": _WORKBOOK_OPTIONS}) as writer:
        created = datetime.fromisoformat(run_info.started).astimezone(UTC)
        writer.book.set_properties({"title": "BreakHis Desktop run report", "comments": RESEARCH_USE, "created": created})
        images = _fitting(image_frame(run_info, records, reviews))
        for sheet, start in enumerate(range(0, len(images) or 1, MOST_SHEET_IMAGES), start=1):
            name = _IMAGES_SHEET if sheet == 1 else f"{_IMAGES_SHEET} {sheet}"
            _write_images(writer, name, images[start : start + MOST_SHEET_IMAGES])
        _fitting(_run_frame(run_info, ledger, _cut_cells(images))).to_excel(writer, sheet_name=_RUN_SHEET, index=False, freeze_panes=(1, 0))
        writer.sheets[_RUN_SHEET].set_column(0, 0, _FACT_WIDTH)
        writer.sheets[_RUN_SHEET].set_column(1, 1, _VALUE_WIDTH)
    return buffer.getvalue()


def _write_images(writer: pd.ExcelWriter, name: str, images: pd.DataFrame) -> None:
    """Add a sheet whose header stays in view and offers filters, and whose numbers show only meaningful digits."""
    images.to_excel(writer, sheet_name=name, index=False, freeze_panes=(1, 0))
    sheet = writer.sheets[name]
    sheet.autofilter(0, 0, len(images), len(COLUMNS) - 1)
    formats = {
        **dict.fromkeys(FLOAT_COLUMNS, writer.book.add_format({"num_format": "0.000"})),
        **dict.fromkeys(INTEGER_COLUMNS, writer.book.add_format({"num_format": "0"})),
    }
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, _WIDTHS.get(column, len(column) + _BESIDE_HEADING), formats.get(column))


def json_of(
    run_info: RunInfo, ledger: Ledger, records: Sequence[ImageRecord], reviews: Histories = NO_REVIEWS, card: ModelCard | None = None
) -> bytes:
    """Return run, ledger, images and all reviews as one JSON object in UTF-8; probabilities are numbers, missing numbers are null.

    Args:
        run_info: The run.
        ledger: How the run's images ended.
        records: The images.
        reviews: The review history of each reviewed image, by position.
        card: The card of the run's models; None if it is not available.
    """
    document = {
        "notice": RESEARCH_USE,
        "run": _run_object(run_info) | {"gate_limits": _limits_words(card)},
        "ledger": asdict(ledger) | {"to_go": ledger.to_go},
        "images": image_rows(run_info, records, reviews),
        "reviews": review_rows(records, reviews),
    }
    text = json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)
    return f"{text}\n".encode()


def _fitting(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table with its texts cut to the length that a cell can hold."""
    texts = [name for name in frame.columns if not pd.api.types.is_numeric_dtype(frame[name])]
    return frame.assign(**{name: frame[name].map(_cut) for name in texts})


def _cut(cell: object) -> object:
    if not isinstance(cell, str) or 2 * len(cell) <= _LONGEST_CELL or len(cell.encode("utf-16-le")) <= 2 * _LONGEST_CELL:
        return cell
    kept = cell.encode("utf-16-le")[: 2 * (_LONGEST_CELL - len(_CUT))]
    return kept.decode("utf-16-le", "ignore") + _CUT


def _cut_cells(frame: pd.DataFrame) -> int:
    return sum(isinstance(cell, str) and cell.endswith(_CUT) for name in TEXT_COLUMNS for cell in frame[name])


def _run_frame(run_info: RunInfo, ledger: Ledger, cut: int) -> pd.DataFrame:
    lines: list[tuple[str, str | int]] = [*fact_lines(run_info)]
    lines += [("Queued", path) for path in queued_paths(run_info, _MOST_QUEUED_PATHS)]
    lines += [("Ledger", str(ledger)), *((f"Images {word}", count) for word, count, _ in ledger_lines(ledger))]
    if cut:
        lines.append(("Cells cut", f"{cut:,}: a cell cannot hold longer text; the JSON export has all of it"))
    lines.append(("Notice", RESEARCH_USE))
    safe = [(fact, escape_formula(value) if isinstance(value, str) else value) for fact, value in lines]
    return pd.DataFrame(safe, columns=["fact", "value"], dtype=object)


def _run_object(run_info: RunInfo) -> dict[str, Any]:
    return {
        "run_id": run_info.run_id,
        "started": run_info.started,
        "roots": [printable(root) for root in run_info.inputs],
        "model_name": printable(run_info.model_name),
        "model_id": run_info.model_id,
        "file_hashes": {printable(name): printable(digest) for name, digest in sorted(run_info.file_hashes.items())},
        "operating_point": _point_object(run_info.point),
        "run_made_at": _point_object(run_info.own_point),
        "review_rule": asdict(run_info.review_rule),
        "program_version": run_info.program_version,
        "gate": run_info.gate_version is not None,
        "gate_version": run_info.gate_version,
        "identity_rule": printable(run_info.identity_rule) or OFFICIAL,
    }


def _limits_words(card: ModelCard | None) -> str | None:
    """Return whose limits the quality gate uses, `models` or `program`; None without a card."""
    return None if card is None else "models" if card.gate_limits else "program"


def _point_object(point: OperatingPoint) -> dict[str, Any]:
    return {
        "name": printable(point.name),
        "threshold": number(point.threshold),
        "sensitivity": _estimate_object(point.sensitivity),
        "specificity": _estimate_object(point.specificity),
        "evidence": printable(str(point.evidence or "")),
    }


def _estimate_object(figure: Estimate | None) -> dict[str, float | None] | None:
    return {name: number(value) for name, value in asdict(figure).items()} if figure else None
