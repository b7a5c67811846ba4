"""Predictions compared with the known truth, and with reviews."""

from collections import Counter
from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Paragraph

from breakhis_desktop.domain.taxonomy import SUBTYPE_CODES, SUBTYPES, Decision
from breakhis_desktop.domain.truth import REVIEWS_OF_EACH_CLASS, Confusion
from breakhis_desktop.files import printable
from breakhis_desktop.reporting.pdf import style
from breakhis_desktop.reporting.pdf.charts import confusion_table
from breakhis_desktop.reporting.pdf.fact_tables import fact_table
from breakhis_desktop.reporting.report import Report

_TRUTH_RULE = (
    "The official BreakHis name of an image is taken as the truth. Rows: truth; columns: what the models say; shade: share of the "
    "row. Images of one patient resemble one another, so no interval is given."
)
_TRAINED_ON = (
    "The shipped models were trained on images of BreakHis. On images with official names, these figures are therefore better than on "
    "images of other patients; the section Models has the figures that were measured on other patients."
)
_REVIEWS_RULE = (
    f"Shown when at least {REVIEWS_OF_EACH_CLASS} images of each class are reviewed. Rows: what the reviewers say; columns: what the "
    "models say; shade: share of the row. Reviewers saw what the models say, and looked at doubtful images first, so this shows where "
    "reviewers and models agree, and does not measure the models."
)
_ROOM = 120 * mm
_Label = TypeVar("_Label")


def truth_section(report: Report) -> list[Flowable]:
    """Return the confusion matrices and their figures; empty if no classified image has an official name."""
    found = report.summary.confusion
    if not found.images:
        return []
    binary, eight = _matrix(found.decisions, tuple(Decision)), _matrix(found.subtypes, SUBTYPES)
    return [
        CondPageBreak(_ROOM),
        Paragraph("Against the known truth", style.SECTION),
        Paragraph(_TRUTH_RULE, style.NOTE),
        Paragraph(_TRAINED_ON, style.BODY_BOLD),
        *_matrices("Truth", binary, eight),
        KeepTogether([Paragraph("Figures", style.SUBSECTION), fact_table([*_figures(binary, eight), ("Truth known by", _sources(found))])]),
    ]


def review_section(report: Report) -> list[Flowable]:
    """Return what reviewers say beside what the models say; empty with too few reviews of either class."""
    summary = report.summary
    if not summary.has_enough_reviews:
        return []
    found = summary.beside_reviews
    binary, eight = _matrix(found.decisions, tuple(Decision)), _matrix(found.subtypes, SUBTYPES)
    return [
        CondPageBreak(_ROOM),
        Paragraph("Your reviews beside the model", style.SECTION),
        Paragraph(_REVIEWS_RULE, style.NOTE),
        *_matrices("Review", binary, eight),
        KeepTogether([Paragraph("Agreement", style.SUBSECTION), fact_table([*_agreement(binary, eight), ("Reviews", _sources(found))])]),
    ]


def _matrices(rows_are: str, binary: NDArray[np.int64], eight: NDArray[np.int64]) -> list[Flowable]:
    decisions = [decision.value.capitalize() for decision in Decision]
    subtypes = [f"{subtype.name} ({subtype.code})" for subtype in SUBTYPES]
    tables = [KeepTogether([Paragraph("Decision", style.SUBSECTION), confusion_table(rows_are, binary, decisions, decisions)])]
    if eight.any():
        tables.append(KeepTogether([Paragraph("Subtype", style.SUBSECTION), confusion_table(rows_are, eight, subtypes, SUBTYPE_CODES)]))
    return tables


def _matrix(counts: Counter[tuple[_Label, _Label]], order: Sequence[_Label]) -> NDArray[np.int64]:
    """Return counts of (truth, prediction) pairs as a matrix, with truth in rows."""
    return np.array([[counts[true, said] for said in order] for true in order], np.int64)


def _figures(binary: NDArray[np.int64], eight: NDArray[np.int64]) -> list[tuple[str, str]]:
    (tn, fp), (fn, tp) = ((int(count) for count in row) for row in binary)
    return [
        ("Sensitivity", _share(tp, tp + fn, "malignant images are called malignant")),
        ("Specificity", _share(tn, tn + fp, "benign images are called benign")),
        ("Decisions", _share(tp + tn, int(binary.sum()), "are right")),
        ("Subtypes", _share(int(np.trace(eight)), int(eight.sum()), "are right")),
    ]


def _agreement(binary: NDArray[np.int64], eight: NDArray[np.int64]) -> list[tuple[str, str]]:
    same = "are the same in review and model"
    matrices = (("Decisions", binary), ("Subtypes", eight))
    return [(name, _share(int(np.trace(matrix)), int(matrix.sum()), same)) for name, matrix in matrices if matrix.any()]


def _share(part: int, whole: int, words: str) -> str:
    return f"{part / whole:.3f}: {part:,} of {whole:,} {words}" if whole else "no images to count"


def _sources(found: Confusion) -> str:
    parts = [f"{source} {count:,}" for source, count in sorted(found.sources.items())]
    if found.contradicted:
        parts.append(f"names that a reviewer contradicts {found.contradicted:,}")
    return printable(" · ".join(parts))
