"""Computes figures by patient, for each rule that combines image probabilities into a patient's probability."""

import numpy as np

from breakhis_desktop.domain.figures import Figure, Figures, PatientRuleFigures
from breakhis_desktop.evaluation.calibration import CALIBRATION_FIGURES
from breakhis_desktop.evaluation.crossfit import crossfit_patients, why_not_crossfitted
from breakhis_desktop.evaluation.decisions import DECISION_FIGURES
from breakhis_desktop.evaluation.operating import OPERATING_POINTS
from breakhis_desktop.evaluation.patients import PATIENT_RULES, PatientRule, Patients
from breakhis_desktop.evaluation.ranking import RANKING_FIGURES
from breakhis_desktop.evaluation.temperature import temper_binary
from training.evaluation.evidence import unknown
from training.evaluation.judged import DEFAULT, Judged
from training.experiment.predictions import Predictions

_COMPARED = ("auc", "specificity_at_sensitivity_95", "sensitivity", "specificity")
_SHIPPED_RULE = "mean"


def patient_figures(predictions: Predictions, images: Judged) -> tuple[Figures, dict[str, PatientRuleFigures]]:
    """Evaluate patients by the program's own rule, and compare all rules, each at its own operating point.

    If several splits hold out a patient, the patient counts once for each split, because a mean over the splits would flatter the recipe.

    Returns:
        The figures of the program's own rule, and a summary for every rule, keyed by the rule's name.
    """
    keys = np.strings.add(np.strings.add(predictions.split.astype(str), " "), predictions.patient_id)
    patients = Patients.of(keys, predictions.malignant, predictions.accession, predictions.fold)
    judged = {name: _judge(images, patients, rule) for name, rule in PATIENT_RULES.items()}
    thresholds = {name: _shipped_threshold(images, patients, rule) for name, rule in PATIENT_RULES.items()}
    compared = {name: {figure: figures[figure] for figure in _COMPARED} for name, figures in judged.items()}
    rules = {name: PatientRuleFigures(**figures, threshold=thresholds[name]) for name, figures in compared.items()}
    return judged[_SHIPPED_RULE], rules


def _judge(images: Judged, patients: Patients, rule: PatientRule) -> dict[str, Figure]:
    if why_not_crossfitted(patients.malignant, patients.fold):
        return unknown((*RANKING_FIGURES, *DECISION_FIGURES, *CALIBRATION_FIGURES))
    scores, thresholds = crossfit_patients(images.scores, images.malignant, patients, rule, OPERATING_POINTS[DEFAULT])
    return Judged(scores, scores, {DEFAULT: thresholds}, patients.malignant, patients.accession, note="").figures()


def _shipped_threshold(images: Judged, patients: Patients, rule: PatientRule) -> float | None:
    if len(np.unique(patients.malignant)) < 2:
        return None
    return OPERATING_POINTS[DEFAULT](patients.malignant, rule(temper_binary(images.scores, images.temperature), patients.of_image))
