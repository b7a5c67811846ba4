"""Where each image of a training folder comes from, and who established its truth."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO
from pathlib import PurePath

from breakhis_desktop.domain.records import ImageRecord, RunInfo
from breakhis_desktop.domain.truth import Truth
from breakhis_desktop.files import printable
from breakhis_desktop.reporting.rows import escape_formula
from breakhis_desktop.reporting.separators import quoted_if_needed, safe_after_semicolons
from breakhis_desktop.wording.message import Message

COLUMNS = (
    *("file", "left_out", "source", "sha256", "decision", "subtype", "patient_id", "magnification", "truth"),
    *("review_action", "reviewer", "reviewed_at", "review_note", "model_decision", "model_subtype", "operating_point", "model_id"),
)


@dataclass(frozen=True, slots=True)
class Origin:
    """One image of known truth.

    Attributes:
        record: The image's record in the run.
        truth: The image's truth.
        place: The path of the copy, relative to the training folder; None if the image was left out.
        left_out: Why the image was left out; None if it was copied.
    """

    record: ImageRecord
    truth: Truth
    place: PurePath | None = None
    left_out: Message | None = None


def provenance_csv(run_info: RunInfo, origins: Iterable[Origin]) -> bytes:
    """Return the table as UTF-8 CSV with header, one row per image; no cell can run as a spreadsheet formula."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    for row in (COLUMNS, *(_row(run_info, origin) for origin in origins)):
        first, *further = map(escape_formula, row)
        text.write(f"{quoted_if_needed(first)},")
        writer.writerow(map(safe_after_semicolons, further))
    return text.getvalue().encode()


def _row(run_info: RunInfo, origin: Origin) -> tuple[str, ...]:
    record, truth, review, verdict = origin.record, origin.truth, origin.truth.review, run_info.verdict(origin.record)
    return (
        printable(origin.place.as_posix()) if origin.place else "",
        printable(str(origin.left_out or "")),
        printable(record.path),
        record.sha256,
        truth.decision,
        truth.subtype.code if truth.subtype else "",
        printable(record.patient_id),
        str(record.magnification or ""),
        "official name" if truth.official else "review",
        *((review.action, printable(review.reviewer), review.made, printable(review.reason)) if review else ("",) * 4),
        *((verdict.decision, verdict.subtype.code) if verdict else ("", "")),
        printable(run_info.point.name),
        printable(run_info.model_id),
    )
