"""Formats figures as text for a terminal."""

from collections.abc import Mapping

from breakhis_desktop.domain.figure_text import DETAILED, interval_text, number_text
from breakhis_desktop.domain.figures import BinaryFigures, Evidence, Figure, PartFigures, Recall, SubtypeFigures
from breakhis_desktop.evaluation.crossfit import FEWER_THAN_TWO_FOLDS
from training.evaluation.evaluation import Evaluation

_UNDEFINED = "not defined on these images"
_NEEDS_FOLDS = "needs several folds"
"""Shown in place of a figure if there is only one fold, because the figure needs a threshold or temperature from other folds."""

_Line = Figure | Recall | float | str | None


def readable(figures: Evaluation) -> str:
    """Format the figures from `evaluate` as lines of text."""
    title = f"{figures.recipe}, protocol {figures.protocol_label}: {figures.images} images, {figures.accessions} accessions"
    lines = [title, *(f"temperature of {task}: {number_text(value, DETAILED)}" for task, value in figures.temperature.items())]
    parts = (figures.binary, figures.subtype)
    undefined = _NEEDS_FOLDS if FEWER_THAN_TWO_FOLDS in {part.note for part in parts if part} else _UNDEFINED
    for name, part in _sections(figures).items():
        lines += ["", name, *(_line(figure, value, undefined) for figure, value in part.items())]
    return "\n".join(lines)


def _sections(figures: Evaluation) -> dict[str, Mapping[str, _Line]]:
    binary = _binary_sections(figures, figures.binary) if figures.binary else {}
    return {**binary, **(_subtype_sections(figures.subtype) if figures.subtype else {})}


def _binary_sections(figures: Evaluation, binary: BinaryFigures) -> dict[str, Mapping[str, _Line]]:
    review, points = figures.review, figures.operating_points or {}
    return {
        f"binary, by image{_noted(binary.note)}": binary.by_image,
        "binary, raw probability at threshold .5": binary.at_half.figures if binary.at_half else {},
        **{f"binary, {one}X, {_behind(part)}": part.figures for one, part in binary.by_magnification.items()},
        f"binary, by patient, {binary.patients} patients": binary.by_patient,
        **{f"binary, by patient, {name}": {**rule.figures, "threshold": rule.threshold} for name, rule in binary.patient_rules.items()},
        **{
            f"operating point {name}": {
                "threshold": point.threshold,
                "sensitivity": point.sensitivity,
                "specificity": point.specificity,
                "protocol": point.protocol,
            }
            for name, point in points.items()
        },
        f"review {review.rule}": review.figures or {},
    }


def _subtype_sections(subtype: SubtypeFigures) -> dict[str, Mapping[str, _Line]]:
    return {
        f"subtype, {_behind(subtype)}": subtype.figures,
        "subtype, recall": subtype.recall,
        **{f"subtype, {one}X, {_behind(part)}": part.figures for one, part in subtype.by_magnification.items()},
    }


def _line(name: str, value: _Line, undefined: str) -> str:
    match value:
        case str():
            return f"  {name:32} {value}"
        case float() | None:
            return f"  {name:32} {number_text(value, DETAILED)}"
    if value.value is None:
        return f"  {name:32} {undefined}"
    figure = f"  {name:32} {interval_text(value, DETAILED)}"
    return f"{figure}  {_behind(value)}" if isinstance(value, Recall) else figure


def _behind(part: Evidence | PartFigures | Recall | SubtypeFigures) -> str:
    return f"{part.images} images, {part.accessions} accessions{_noted(part.note)}"


def _noted(note: str) -> str:
    return f"; {note}" if note else ""
