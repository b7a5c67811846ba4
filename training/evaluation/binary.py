"""Figures of benign against malignant."""

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.taxonomy import MAGNIFICATIONS
from breakhis_desktop.evaluation.bootstrap import estimate
from breakhis_desktop.evaluation.calibration import reliability_curve
from breakhis_desktop.evaluation.operating import OPERATING_POINTS
from breakhis_desktop.evaluation.ranking import auc, precision_recall_points, roc_points
from breakhis_desktop.evaluation.temperature import temper_binary
from training.evaluation.evidence import Figures, as_number, drawn, evidence, noted, protocol_words, written
from training.evaluation.judged import DEFAULT, Judged, decisions
from training.evaluation.patients import patient_figures
from training.experiment.predictions import Predictions


def binary_figures(predictions: Predictions, judged: Judged) -> Figures:
    """Compute all figures by image, by patient and by magnification, and the curves."""
    at_points = {point: judged.at(point) for point in OPERATING_POINTS}
    return {
        "by_image": judged.figures(),
        "at_points": at_points,
        "at_half": _at_half(judged),
        **patient_figures(predictions, judged),
        "by_magnification": _by_magnification(predictions, judged),
        "reliability": _reliability(judged),
        **_curves(judged, {name: at_points[DEFAULT][name]["value"] for name in ("sensitivity", "specificity", "precision")}),
        **noted(judged.note),
    }


def operating_points(predictions: Predictions, judged: Judged, at_points: Figures) -> Figures:
    """Fit the thresholds that are shipped on all entries, and show what `at_points` of `binary_figures`, cross-fitted, gave.

    With one class only there is neither temperature nor threshold.
    """
    temperature = judged.temperature
    shipped = temper_binary(judged.scores, temperature)
    return {
        name: {
            "threshold": None if np.isnan(temperature) else rule(judged.malignant, shipped),
            "sensitivity": at_points[name]["sensitivity"],
            "specificity": at_points[name]["specificity"],
            "protocol": protocol_words(predictions),
        }
        for name, rule in OPERATING_POINTS.items()
    }


def _at_half(judged: Judged) -> Figures:
    """Judge raw probabilities at one half, as the brief did."""
    ranked = estimate(judged.accession, lambda weight: {"auc": auc(judged.malignant, judged.scores, weight)})
    return {**written(ranked), **decisions(judged.malignant, judged.scores >= 0.5, judged.accession)}


def _by_magnification(predictions: Predictions, judged: Judged) -> Figures:
    parts = {str(one): predictions.magnification == one for one in MAGNIFICATIONS}
    return {name: {**evidence(predictions, part), "figures": judged.figures(part)} for name, part in parts.items() if part.any()}


def _reliability(judged: Judged) -> list[Figures]:
    curve = [] if judged.note else reliability_curve(judged.malignant, judged.calibrated)
    return [{name: as_number(value) for name, value in row.items()} for row in curve]


def _curves(judged: Judged, shown: Figures) -> Figures:
    """Write both curves with the default operating point; cross-fitted, it may lie a little beside the curve of pooled folds."""
    specificity, sensitivity = shown["specificity"], shown["sensitivity"]
    known = None not in shown.values()
    return {
        "roc": {
            "points": _points(roc_points(judged.malignant, judged.scores)),
            "default": [as_number(1 - specificity), sensitivity] if known else None,
        },
        "precision_recall": {
            "points": _points(precision_recall_points(judged.malignant, judged.scores)),
            "default": [sensitivity, shown["precision"]] if known else None,
            "malignant_share": as_number(judged.malignant.mean()),
        },
    }


def _points(curve: NDArray[np.float64]) -> list[list[float | None]]:
    return [] if np.isnan(curve).any() else [[drawn(value) for value in point] for point in curve]
