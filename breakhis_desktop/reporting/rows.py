"""One row per image, in the columns that external tools rely on."""

import math
from collections.abc import Iterable, Sequence

from breakhis_desktop.domain.decision import Prediction
from breakhis_desktop.domain.records import ImageRecord, RunInfo, Verdict
from breakhis_desktop.domain.review import NO_REVIEWS, Histories, Review, standing_review
from breakhis_desktop.domain.taxonomy import SUBTYPE_CODES
from breakhis_desktop.files import printable

Cell = str | int | float | bool | None

PROBABILITY_COLUMNS = ("p_malignant", *(f"p_{code}" for code in SUBTYPE_CODES))
FLOAT_COLUMNS = (*PROBABILITY_COLUMNS, "threshold", "distance")
INTEGER_COLUMNS = ("magnification", "width", "height", "tiles", "reused_from")
BOOLEAN_COLUMNS = ("needs_review",)
COLUMNS = (
    *("path", "status", "reason", "patient_id", "magnification", "p_malignant", "decision", "subtype"),
    *PROBABILITY_COLUMNS[1:],
    *("needs_review", "review_reason", "threshold", "sha256", "model_id"),
    *("accession", "width", "height", "true_subtype", "operating_point", "tiles", "distance", "engine", "reused_from"),
    *("review_action", "reviewed_decision", "reviewed_subtype", "reviewer", "reviewed_at", "review_note"),
)
"""The columns that external tools rely on, in their fixed order, then additional columns."""

TEXT_COLUMNS = tuple(column for column in COLUMNS if column not in {*FLOAT_COLUMNS, *INTEGER_COLUMNS, *BOOLEAN_COLUMNS})

_DIGITS = 6
FORMULA_STARTS = (*"=+-@", *"＝＋－＠", "\t", "\r")
"""The characters with which a formula begins; spreadsheets set to Chinese, Japanese or Korean accept the full-width ones too."""


def image_rows(run_info: RunInfo, records: Iterable[ImageRecord], reviews: Histories = NO_REVIEWS) -> list[dict[str, Cell]]:
    """Return one row per image, in order of position; each has the keys of `COLUMNS`, with None for missing values."""
    in_order = sorted(records, key=lambda record: record.position)
    return [_image_row(run_info, record, standing_review(reviews.get(record.position, ()))) for record in in_order]


def review_rows(records: Iterable[ImageRecord], reviews: Histories) -> list[dict[str, Cell]]:
    """Return every review ever made, including withdrawn reviews, image by image, oldest first."""
    paths = {record.position: printable(record.path) for record in records}
    return [
        {"path": paths[position], **_review_cells(review)}
        for position, history in sorted(reviews.items())
        for review in history
        if position in paths
    ]


def _image_row(run_info: RunInfo, record: ImageRecord, review: Review | None) -> dict[str, Cell]:
    cells: dict[str, Cell] = {
        "path": printable(record.path),
        "status": record.status.value,
        "reason": printable(str(record.reason)) if record.reason else None,
        "patient_id": printable(record.patient_id) or None,
        "magnification": record.magnification,
        "threshold": number(run_info.point.threshold, _DIGITS),
        "sha256": record.sha256 or None,
        "model_id": printable(run_info.model_id),
        "accession": record.accession or None,
        "true_subtype": record.true_subtype.code if record.true_subtype else None,
        "operating_point": printable(run_info.point.name),
        "engine": printable(record.engine) or None,
        "reused_from": record.reused_from,
    }
    if record.size:
        cells["width"], cells["height"] = record.size
    if record.distance is not None:
        cells["distance"] = number(record.distance, _DIGITS)
    if record.prediction:
        cells |= _probabilities(record.prediction)
        cells["tiles"] = record.tiles
    verdict = run_info.verdict(record)
    if verdict:
        cells |= _verdict_cells(verdict)
    if review:
        cells |= _review_cells(review)
    return {column: cells.get(column) for column in COLUMNS}


def _probabilities(prediction: Prediction) -> dict[str, Cell]:
    values: Sequence[float] = (prediction.p_malignant, *prediction.p_subtypes)
    return {column: number(value, _DIGITS) for column, value in zip(PROBABILITY_COLUMNS, values, strict=True)}


def _verdict_cells(verdict: Verdict) -> dict[str, Cell]:
    return {
        "decision": verdict.decision.value,
        "subtype": verdict.subtype.code,
        "needs_review": bool(verdict.review_reasons),
        "review_reason": printable("; ".join(map(str, verdict.review_reasons))) or None,
    }


def number(value: float, digits: int | None = None) -> float | None:
    """Return a number, rounded if digits are given; None for NaN and infinities, which JSON and spreadsheets cannot express."""
    if not math.isfinite(value):
        return None
    return value if digits is None else round(value, digits)


def escape_formula(text: str) -> str:
    """Prefix text with an apostrophe if a spreadsheet would run it as a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _review_cells(review: Review) -> dict[str, Cell]:
    return {
        "review_action": review.action.value,
        "reviewed_decision": review.decision.value if review.decision else None,
        "reviewed_subtype": review.subtype.code if review.subtype else None,
        "reviewer": printable(review.reviewer),
        "reviewed_at": review.made,
        "review_note": printable(review.reason) or None,
    }
