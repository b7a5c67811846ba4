"""The columns of the results table: the text and the sort key of each."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from breakhis_desktop.domain.records import ImageRecord, Verdict
from breakhis_desktop.domain.review import Review
from breakhis_desktop.files import printable
from breakhis_desktop.ui.look.figures import decimal
from breakhis_desktop.ui.look.words import localised, localised_together
from breakhis_desktop.ui.state.result_rows import Numbers, ResultRows


@dataclass(frozen=True, slots=True)
class Result:
    """One row of the table: an image, its verdict at the threshold and its review.

    Attributes:
        record: The image.
        verdict: What the models say; None if the image has no result.
        threshold: The threshold of the operating point in force, 0 to 1.
        reviewed: The review in force, that is, the last one not withdrawn; None if there is none.
        folder: The image's folder, if another image of the job has the same name; otherwise empty.
    """

    record: ImageRecord
    verdict: Verdict | None
    threshold: float
    reviewed: Review | None = None
    folder: str = ""

    @property
    def name(self) -> str:
        """The file's name, with its folder if another image of the job has the same name."""
        return name_in(self.folder, self.record.path)


def name_in(folder: str, path: Path) -> str:
    """Return the name of a file, below its folder unless the folder is empty."""
    name = printable(path.name)
    return f"{folder}{os.sep}{name}" if folder else name


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table.

    Attributes:
        name: Name under which the settings remember the column.
        heading: Title, marked for translation and translated when shown.
        text: Returns the text of a cell.
        key: Returns the sort keys of all rows; NaN sorts last.
        meaning: What the heading means, marked for translation and translated when shown.
        right: Whether the text is aligned right.
        of_outcome: Whether the column shows the result; if an image has none, one text across these columns says how it ended and why.
    """

    name: str
    heading: object
    text: Callable[[Result], str]
    key: Callable[[ResultRows], Numbers]
    meaning: object
    right: bool = False
    of_outcome: bool = False

    @property
    def title(self) -> str:
        """The translated title."""
        return QCoreApplication.translate("ResultColumns", str(self.heading))

    @property
    def tip(self) -> str:
        """The translated meaning of the title."""
        return QCoreApplication.translate("ResultColumns", str(self.meaning))


def _probability_text(result: Result) -> str:
    return decimal(result.record.prediction.p_malignant, 2) if result.record.prediction else ""


def _magnification_text(result: Result) -> str:
    return f"{result.record.magnification}×" if result.record.magnification else ""


def _decision_text(result: Result) -> str:
    return localised(result.verdict.decision if result.verdict else result.record.status)


def remark(result: Result) -> str:
    """Return an image's review, the reasons why it needs a review, or why it has no result."""
    if result.reviewed is not None:
        return QCoreApplication.translate("ResultColumns", "reviewed: {decision}").format(decision=localised(str(result.reviewed.decision)))
    return localised_together(result.verdict.review_reasons) if result.verdict else localised(result.record.reason)


COLUMNS = (
    Column(
        "image",
        QT_TRANSLATE_NOOP("ResultColumns", "Image"),
        lambda result: printable(result.record.path.name),
        ResultRows.name_key,
        QT_TRANSLATE_NOOP("ResultColumns", "The file's name"),
    ),
    Column(
        "patient",
        QT_TRANSLATE_NOOP("ResultColumns", "Patient"),
        lambda result: result.record.patient_id,
        ResultRows.patient_key,
        QT_TRANSLATE_NOOP("ResultColumns", "As the job's rule reads it, otherwise the slide id in an official BreakHis file name"),
    ),
    Column(
        "magnification",
        QT_TRANSLATE_NOOP("ResultColumns", "Mag."),
        _magnification_text,
        ResultRows.magnification_key,
        QT_TRANSLATE_NOOP(
            "ResultColumns", "Magnification, as the job's rule reads it, otherwise as an official BreakHis file name states it"
        ),
        right=True,
    ),
    Column(
        "p_malignant",
        QT_TRANSLATE_NOOP("ResultColumns", "Malignant"),
        _probability_text,
        ResultRows.probability_key,
        QT_TRANSLATE_NOOP(
            "ResultColumns",
            "Calibrated probability of malignancy; the tick marks the operating point from which an image is called malignant",
        ),
        of_outcome=True,
    ),
    Column(
        "decision",
        QT_TRANSLATE_NOOP("ResultColumns", "Decision"),
        _decision_text,
        ResultRows.decision_key,
        QT_TRANSLATE_NOOP("ResultColumns", "Malignant from the operating point upwards; for an image without a result, how it ended"),
        of_outcome=True,
    ),
    Column(
        "review",
        QT_TRANSLATE_NOOP("ResultColumns", "Review"),
        remark,
        ResultRows.remark_key,
        QT_TRANSLATE_NOOP("ResultColumns", "Why a person should look, or why there is no result"),
        of_outcome=True,
    ),
    Column(
        "subtype",
        QT_TRANSLATE_NOOP("ResultColumns", "Subtype"),
        lambda result: localised(result.verdict.subtype.name) if result.verdict else "",
        ResultRows.subtype_key,
        QT_TRANSLATE_NOOP("ResultColumns", "The most probable of the eight subtypes"),
        of_outcome=True,
    ),
)
_PLACES = {column.name: place for place, column in enumerate(COLUMNS)}
IMAGE_COLUMN = _PLACES["image"]
PATIENT_COLUMN = _PLACES["patient"]
MAGNIFICATION_COLUMN = _PLACES["magnification"]
PROBABILITY_COLUMN = _PLACES["p_malignant"]
DECISION_COLUMN = _PLACES["decision"]
SUBTYPE_COLUMN = _PLACES["subtype"]
REVIEW_COLUMN = _PLACES["review"]
OUTCOME_COLUMNS = frozenset(place for place, column in enumerate(COLUMNS) if column.of_outcome)
