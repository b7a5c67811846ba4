"""Predictions compared with the known truth."""

from collections import Counter
from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Paragraph

from breakhis_desktop.domain.taxonomy import SUBTYPE_CODES, SUBTYPES, Decision
from breakhis_desktop.domain.truth import OFFICIAL_NAME, Confusion
from breakhis_desktop.files import printable
from breakhis_desktop.reporting.pdf import style
from breakhis_desktop.reporting.pdf.charts import confusion_table
from breakhis_desktop.reporting.pdf.fact_tables import fact_table
from breakhis_desktop.reporting.report import Report

_RULE = (
    "An official BreakHis name is truth; a review is, where there is no such name, though its reviewer saw what the models say. Rows: "
    "truth; columns: what the models say; shade: share of the row. Images of one patient resemble one another, so no interval is given."
)
_TRAINED_ON = (
    "The shipped models were trained on images of BreakHis. On images with official names these figures are therefore better than on "
    "those of other patients; what was measured on other patients stands with the models below."
)
_ROOM = 120 * mm
_Label = TypeVar("_Label")


def truth_section(report: Report) -> list[Flowable]:
    """Return both confusion matrices and their figures; empty if no truth is known."""
    found = report.summary.confusion
    if not found.images:
        return []
    decisions = [decision.value.capitalize() for decision in Decision]
    subtypes = [f"{subtype.name} ({subtype.code})" for subtype in SUBTYPES]
    binary, eight = _matrix(found.decisions, tuple(Decision)), _matrix(found.subtypes, SUBTYPES)
    rows = [*_figures(binary, eight), ("Truth known by", _sources(found))]
    return [
        CondPageBreak(_ROOM),
        Paragraph("Against the known truth", style.SECTION),
        Paragraph(_RULE, style.NOTE),
        *([Paragraph(_TRAINED_ON, style.BODY_BOLD)] if found.sources[OFFICIAL_NAME] else []),
        KeepTogether([Paragraph("Decision", style.SUBSECTION), confusion_table(binary, decisions, decisions)]),
        KeepTogether([Paragraph("Subtype", style.SUBSECTION), confusion_table(eight, subtypes, SUBTYPE_CODES)]),
        KeepTogether([Paragraph("Figures", style.SUBSECTION), fact_table(rows)]),
    ]


def _matrix(counts: Counter[tuple[_Label, _Label]], order: Sequence[_Label]) -> NDArray[np.int64]:
    """Return counts of (truth, prediction) pairs as a matrix, with truth in rows."""
    return np.array([[counts[true, said] for said in order] for true in order], np.int64)


def _figures(binary: NDArray[np.int64], eight: NDArray[np.int64]) -> list[tuple[str, str]]:
    (tn, fp), (fn, tp) = ((int(count) for count in row) for row in binary)
    return [
        ("Sensitivity", _share(tp, tp + fn, "malignant images are called so")),
        ("Specificity", _share(tn, tn + fp, "benign images are called so")),
        ("Decisions", _share(tp + tn, int(binary.sum()), "are right")),
        ("Subtypes", _share(int(np.trace(eight)), int(eight.sum()), "are right")),
    ]


def _share(part: int, whole: int, words: str) -> str:
    return f"{part / whole:.3f}: {part:,} of {whole:,} {words}" if whole else "none to count"


def _sources(found: Confusion) -> str:
    parts = [f"{source} {count:,}" for source, count in sorted(found.sources.items())]
    if found.contradicted:
        parts.append(f"a reviewer contradicts the name of {found.contradicted:,}")
    return printable(" · ".join(parts))
