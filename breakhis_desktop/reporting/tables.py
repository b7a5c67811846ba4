"""The outputs for machines and spreadsheets: CSV, XLSX and JSON."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd

from breakhis_desktop.domain.filenames import printable
from breakhis_desktop.domain.identity import OFFICIAL
from breakhis_desktop.domain.notice import RESEARCH_USE
from breakhis_desktop.domain.records import ImageRecord, Ledger, RunFacts
from breakhis_desktop.domain.review import NO_REVIEWS, Histories
from breakhis_desktop.reporting.atomic_write import write_atomically
from breakhis_desktop.reporting.frame import image_frame
from breakhis_desktop.reporting.rows import COLUMNS, defused, image_rows, review_rows
from breakhis_desktop.reporting.run_text import fact_lines, ledger_lines, queued_paths

_WORKBOOK_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
_IMAGES_SHEET, _RUN_SHEET = "Images", "Run"
_COLUMN_WIDTH, _PATH_WIDTH, _FACT_WIDTH = 12, 60, 24


def write_csv(target: Path, facts: RunFacts, records: Sequence[ImageRecord], reviews: Histories = NO_REVIEWS) -> None:
    r"""Write one row per image as UTF-8 with header and `\n` line ends.

    Raises:
        UserError: The file cannot be written; an older one is as it was.
    """
    frame = image_frame(facts, records, reviews)
    frame["needs_review"] = frame["needs_review"].map({True: "true", False: "false"})
    text = frame.to_csv(index=False, float_format="%.6f", lineterminator="\n")
    write_atomically(target, text.encode())


def write_xlsx(target: Path, facts: RunFacts, ledger: Ledger, records: Sequence[ImageRecord], reviews: Histories = NO_REVIEWS) -> None:
    """Write a workbook with one sheet of images and one on the run.

    Raises:
        UserError: The file cannot be written; an older one is as it was.
    """
    buffer = BytesIO()
    with pd.ExcelWriter(buffer, engine="xlsxwriter", engine_kwargs={"options": _WORKBOOK_OPTIONS}) as writer:
        created = datetime.fromisoformat(facts.started).astimezone(UTC)
        writer.book.set_properties({"title": "BreakHis Desktop run report", "comments": RESEARCH_USE, "created": created})
        image_frame(facts, records, reviews).to_excel(writer, sheet_name=_IMAGES_SHEET, index=False, freeze_panes=(1, 0))
        _run_frame(facts, ledger).to_excel(writer, sheet_name=_RUN_SHEET, index=False, freeze_panes=(1, 0))
        writer.sheets[_IMAGES_SHEET].set_column(0, 0, _PATH_WIDTH)
        writer.sheets[_IMAGES_SHEET].set_column(1, len(COLUMNS) - 1, _COLUMN_WIDTH)
        writer.sheets[_RUN_SHEET].set_column(0, 0, _FACT_WIDTH)
        writer.sheets[_RUN_SHEET].set_column(1, 1, _PATH_WIDTH)
    write_atomically(target, buffer.getvalue())


def write_json(target: Path, facts: RunFacts, ledger: Ledger, records: Sequence[ImageRecord], reviews: Histories = NO_REVIEWS) -> None:
    """Write run, ledger, images and all reviews as one object, in UTF-8; probabilities are numbers, what is absent is null.

    Raises:
        UserError: The file cannot be written; an older one is as it was.
    """
    document = {
        "notice": RESEARCH_USE,
        "run": _run_object(facts),
        "ledger": asdict(ledger) | {"to_go": ledger.to_go},
        "images": image_rows(facts, records, reviews),
        "reviews": review_rows(records, reviews),
    }
    text = json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)
    write_atomically(target, f"{text}\n".encode())


def _run_frame(facts: RunFacts, ledger: Ledger) -> pd.DataFrame:
    lines: list[tuple[str, str | int]] = [*fact_lines(facts)]
    lines += [("Queued", path) for path in queued_paths(facts, len(facts.roots))]
    lines += [("Ledger", str(ledger)), *((f"Images {word}", count) for word, count, _ in ledger_lines(ledger))]
    lines.append(("Notice", RESEARCH_USE))
    safe = [(fact, defused(value) if isinstance(value, str) else value) for fact, value in lines]
    return pd.DataFrame(safe, columns=["fact", "value"], dtype=object)


def _run_object(facts: RunFacts) -> dict[str, Any]:
    return {
        "run_id": facts.run_id,
        "started": facts.started,
        "roots": [printable(root) for root in facts.roots],
        "model_name": printable(facts.model_name),
        "model_id": facts.model_id,
        "file_hashes": dict(sorted(facts.file_hashes.items())),
        "operating_point": asdict(facts.point),
        "run_made_at": asdict(facts.own_point),
        "review_rule": asdict(facts.review_rule),
        "program_version": facts.program_version,
        "gate": bool(facts.gate),
        "gate_version": facts.gate or None,
        "identity_rule": printable(facts.identity_rule) or OFFICIAL,
    }
