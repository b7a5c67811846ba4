"""The columns of the results: what each says of an image, and what it sorts by."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from breakhis_desktop.domain.filenames import printable
from breakhis_desktop.domain.records import ImageRecord, Verdict
from breakhis_desktop.domain.review import Review
from breakhis_desktop.ui.models.result_rows import Numbers, ResultRows


@dataclass(frozen=True, slots=True)
class Result:
    """One row: an image, what was decided on it, and its small copy."""

    record: ImageRecord
    verdict: Verdict | None
    threshold: float
    thumbnail: bytes = b""
    reviewed: Review | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, its text, what it sorts by (NaN goes last), what its heading means, and the name it is remembered by."""

    name: str
    title: str
    text: Callable[[Result], str]
    key: Callable[[ResultRows], Numbers]
    tip: str
    right: bool = False


def _probability_text(result: Result) -> str:
    return f"{result.record.prediction.p_malignant:.2f}" if result.record.prediction else ""


def _magnification_text(result: Result) -> str:
    return f"{result.record.magnification}×" if result.record.magnification else ""


def _decision_text(result: Result) -> str:
    return str(result.verdict.decision if result.verdict else result.record.status)


def _remark(result: Result) -> str:
    if result.reviewed is not None:
        return QCoreApplication.translate("ResultColumns", "reviewed: {decision}").format(decision=result.reviewed.decision)
    return ", ".join(result.verdict.review_reasons) if result.verdict else result.record.reason


COLUMNS = (
    Column("image", "Image", lambda result: printable(result.record.path.name), ResultRows.name_key, "The file's name"),
    Column(
        "patient",
        "Patient",
        lambda result: result.record.patient_id,
        ResultRows.patient_key,
        "As the job reads patients, else the slide id that an official BreakHis file name carries",
    ),
    Column(
        "magnification",
        "Mag.",
        _magnification_text,
        ResultRows.magnification_key,
        "Magnification, as the job reads it, else as an official BreakHis file name states it",
        right=True,
    ),
    Column(
        "p_malignant",
        "Malignant",
        _probability_text,
        ResultRows.probability_key,
        "Calibrated probability of malignant; the tick marks the operating point from which an image is called malignant",
    ),
    Column(
        "decision",
        "Decision",
        _decision_text,
        ResultRows.decision_key,
        "Malignant from the operating point upwards; else how the image ended",
    ),
    Column(
        "subtype",
        "Subtype",
        lambda result: result.verdict.subtype.name if result.verdict else "",
        ResultRows.subtype_key,
        "The most probable of the eight subtypes",
    ),
    Column("review", "Review", _remark, ResultRows.remark_key, "Why a human should look, or why there is no result"),
)
PROBABILITY_COLUMN = 3
NAME_COLUMNS = (1, 2)
"""What only some names state: patient and magnification."""
