"""The outputs for machines and spreadsheets: CSV, XLSX and JSON."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pandas as pd

from breakhis_desktop.domain.card import ModelCard
from breakhis_desktop.domain.decision import Estimate, OperatingPoint
from breakhis_desktop.domain.identity import OFFICIAL
from breakhis_desktop.domain.notice import RESEARCH_USE
from breakhis_desktop.domain.records import ImageRecord, Ledger, RunFacts
from breakhis_desktop.domain.review import NO_REVIEWS, Histories
from breakhis_desktop.errors import UserError
from breakhis_desktop.files import printable
from breakhis_desktop.reporting.frame import image_frame
from breakhis_desktop.reporting.rows import COLUMNS, TEXT_COLUMNS, defused, image_rows, number, review_rows
from breakhis_desktop.reporting.run_text import fact_lines, ledger_lines, queued_paths
from breakhis_desktop.reporting.separators import first_cell, further_cell
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode

_WORKBOOK_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
_IMAGES_SHEET, _RUN_SHEET = "Images", "Run"
_COLUMN_WIDTH, _PATH_WIDTH, _FACT_WIDTH = 12, 60, 24

MOST_SHEET_IMAGES = 1_048_575
"""How many images a worksheet holds below its header."""

_MOST_QUEUED_PATHS = 1_000_000
_LONGEST_CELL = 32_767
"""UTF-16 units, as Excel counts; other writers cut without a word, or Excel calls the file damaged."""

_CUT = " … (cut here, since a cell holds no more; the JSON export has all)"


def csv_of(facts: RunFacts, records: Sequence[ImageRecord], reviews: Histories = NO_REVIEWS) -> bytes:
    r"""Return one row per image as UTF-8 with header and `\n` line ends."""
    frame = image_frame(facts, records, reviews)
    frame["needs_review"] = frame["needs_review"].map({True: "true", False: "false"})
    first, *further = COLUMNS
    for column in TEXT_COLUMNS[1:]:
        frame[column] = frame[column].map(further_cell, na_action="ignore")
    lines = frame[further].to_csv(index=False, float_format="%.6f", lineterminator="\n").removesuffix("\n").split("\n")
    cells = map(first_cell, (first, *frame[first]))
    return "".join(f"{cell},{line}\n" for cell, line in zip(cells, lines, strict=True)).encode()


def xlsx_of(facts: RunFacts, ledger: Ledger, records: Sequence[ImageRecord], reviews: Histories = NO_REVIEWS) -> bytes:
    """Return a workbook with one sheet of images and one on the run.

    Raises:
        UserError: There are more images than a sheet holds.
    """
    if len(records) > MOST_SHEET_IMAGES:
        raise UserError(Message.of(RunCode.SHEET_TOO_LARGE, most=MOST_SHEET_IMAGES, count=len(records)))
    buffer = BytesIO()
    with pd.ExcelWriter(buffer, engine="xlsxwriter", engine_kwargs={"options": _WORKBOOK_OPTIONS}) as writer:
        created = datetime.fromisoformat(facts.started).astimezone(UTC)
        writer.book.set_properties({"title": "BreakHis Desktop run report", "comments": RESEARCH_USE, "created": created})
        images, run = image_frame(facts, records, reviews), _run_frame(facts, ledger)
        _fitting(images).to_excel(writer, sheet_name=_IMAGES_SHEET, index=False, freeze_panes=(1, 0))
        _fitting(run).to_excel(writer, sheet_name=_RUN_SHEET, index=False, freeze_panes=(1, 0))
        writer.sheets[_IMAGES_SHEET].set_column(0, 0, _PATH_WIDTH)
        writer.sheets[_IMAGES_SHEET].set_column(1, len(COLUMNS) - 1, _COLUMN_WIDTH)
        writer.sheets[_RUN_SHEET].set_column(0, 0, _FACT_WIDTH)
        writer.sheets[_RUN_SHEET].set_column(1, 1, _PATH_WIDTH)
    return buffer.getvalue()


def json_of(
    facts: RunFacts, ledger: Ledger, records: Sequence[ImageRecord], reviews: Histories = NO_REVIEWS, card: ModelCard | None = None
) -> bytes:
    """Return run, ledger, images and all reviews as one object, in UTF-8; probabilities are numbers, what is absent is null.

    Args:
        facts: Of the run.
        ledger: How its images ended.
        records: The images.
        reviews: What reviewers said of them.
        card: Of the run's models; None where that is not at hand.
    """
    document = {
        "notice": RESEARCH_USE,
        "run": _run_object(facts) | {"gate_limits": _limits_words(card)},
        "ledger": asdict(ledger) | {"to_go": ledger.to_go},
        "images": image_rows(facts, records, reviews),
        "reviews": review_rows(records, reviews),
    }
    text = json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)
    return f"{text}\n".encode()


def _fitting(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose texts are no longer than a cell."""
    texts = [name for name in frame.columns if not pd.api.types.is_numeric_dtype(frame[name])]
    return frame.assign(**{name: frame[name].map(_cut) for name in texts})


def _cut(cell: object) -> object:
    if not isinstance(cell, str) or 2 * len(cell) <= _LONGEST_CELL or len(cell.encode("utf-16-le")) <= 2 * _LONGEST_CELL:
        return cell
    kept = cell.encode("utf-16-le")[: 2 * (_LONGEST_CELL - len(_CUT))]
    return kept.decode("utf-16-le", "ignore") + _CUT


def _run_frame(facts: RunFacts, ledger: Ledger) -> pd.DataFrame:
    lines: list[tuple[str, str | int]] = [*fact_lines(facts)]
    lines += [("Queued", path) for path in queued_paths(facts, _MOST_QUEUED_PATHS)]
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
        "file_hashes": {printable(name): printable(digest) for name, digest in sorted(facts.file_hashes.items())},
        "operating_point": _point_object(facts.point),
        "run_made_at": _point_object(facts.own_point),
        "review_rule": asdict(facts.review_rule),
        "program_version": facts.program_version,
        "gate": bool(facts.gate),
        "gate_version": facts.gate or None,
        "identity_rule": printable(facts.identity_rule) or OFFICIAL,
    }


def _limits_words(card: ModelCard | None) -> str | None:
    """Say whose limits the quality gate goes by, as card and program name themselves."""
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
