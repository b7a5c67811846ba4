"""Computes the figures of benign against malignant."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.figures import BinaryFigures, Curve, Decisions, PartFigures, ReliabilityBin
from breakhis_desktop.domain.taxonomy import MAGNIFICATIONS
from breakhis_desktop.evaluation.bootstrap import estimate
from breakhis_desktop.evaluation.calibration import reliability_curve
from breakhis_desktop.evaluation.operating import OPERATING_POINTS
from breakhis_desktop.evaluation.ranking import auc, precision_recall_points, roc_points
from breakhis_desktop.evaluation.temperature import temper_binary
from training.evaluation.evaluation import ShippedPoint
from training.evaluation.evidence import as_figure, as_number, drawn, evidence, part_figures, protocol_words
from training.evaluation.judged import DEFAULT, Judged, decisions
from training.evaluation.patients import patient_figures
from training.experiment.predictions import Predictions


def binary_figures(predictions: Predictions, judged: Judged) -> BinaryFigures:
    """Compute all figures by image, by patient and by magnification, plus the curves."""
    at_points = {point: judged.at(point) for point in OPERATING_POINTS}
    by_patient, patient_rules = patient_figures(predictions, judged)
    return BinaryFigures(
        by_image=judged.figures(),
        at_points=at_points,
        at_half=_at_half(judged),
        by_patient=by_patient,
        patients=len(np.unique(predictions.patient_id)),
        patient_rules=patient_rules,
        by_magnification=_by_magnification(predictions, judged),
        reliability=_reliability(judged),
        roc=_roc(judged, at_points[DEFAULT]),
        precision_recall=_precision_recall(judged, at_points[DEFAULT]),
        note=judged.note,
    )


def operating_points(predictions: Predictions, judged: Judged, at_points: Mapping[str, Decisions]) -> dict[str, ShippedPoint]:
    """Fit the shipped thresholds on all entries, and pair each with its cross-fitted figures.

    If all entries are of one class, the thresholds are None, since not even a temperature can be fitted.

    Args:
        predictions: The predictions.
        judged: The same predictions, cross-fitted.
        at_points: `at_points` from `binary_figures`.
    """
    temperature = judged.temperature
    shipped = temper_binary(judged.scores, temperature)
    return {
        name: ShippedPoint(
            threshold=None if np.isnan(temperature) else rule(judged.malignant, shipped),
            sensitivity=at_points[name].sensitivity,
            specificity=at_points[name].specificity,
            protocol=protocol_words(predictions),
        )
        for name, rule in OPERATING_POINTS.items()
    }


def _at_half(judged: Judged) -> Decisions:
    """Evaluate raw probabilities at a threshold of one half, as the brief did."""
    ranked = estimate(judged.accession, lambda weight: {"auc": auc(judged.malignant, judged.scores, weight)})
    return replace(decisions(judged.malignant, judged.scores >= 0.5, judged.accession), auc=as_figure(ranked["auc"]))


def _by_magnification(predictions: Predictions, judged: Judged) -> dict[str, PartFigures]:
    parts = {str(one): predictions.magnification == one for one in MAGNIFICATIONS}
    return {name: part_figures(evidence(predictions, part), judged.figures(part)) for name, part in parts.items() if part.any()}


def _reliability(judged: Judged) -> tuple[ReliabilityBin, ...]:
    curve = [] if judged.note else reliability_curve(judged.malignant, judged.calibrated)
    return tuple(ReliabilityBin(**row) for row in curve)


def _roc(judged: Judged, default: Decisions) -> Curve:
    """Return the curve over all folds, and the default operating point, which may lie slightly off the curve because it is cross-fitted."""
    specificity, sensitivity = default.specificity.value, default.sensitivity.value
    known = None if specificity is None or sensitivity is None else (1 - specificity, sensitivity)
    return Curve(points=_points(roc_points(judged.malignant, judged.scores)), default=known)


def _precision_recall(judged: Judged, default: Decisions) -> Curve:
    sensitivity, precision = default.sensitivity.value, default.precision.value
    return Curve(
        points=_points(precision_recall_points(judged.malignant, judged.scores)),
        default=None if sensitivity is None or precision is None else (sensitivity, precision),
        malignant_share=as_number(judged.malignant.mean()),
    )


def _points(curve: NDArray[np.float64]) -> tuple[tuple[float, float], ...]:
    return () if np.isnan(curve).any() else tuple((drawn(x), drawn(y)) for x, y in curve)
