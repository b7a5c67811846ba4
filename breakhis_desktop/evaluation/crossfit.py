"""Cross-fitting: the temperature and threshold for each fold come only from the other folds, which keeps the figures unbiased."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.evaluation.operating import ThresholdRule
from breakhis_desktop.evaluation.patients import PatientRule, Patients
from breakhis_desktop.evaluation.temperature import Probabilities, fit_binary, fit_subtypes, temper_binary, temper_subtypes

Classes = NDArray[np.bool_] | NDArray[np.integer]


FEWER_THAN_TWO_FOLDS = "not cross-fitted: there are fewer than two folds"


def why_not_crossfitted(truth: Classes, fold: NDArray[np.integer]) -> str:
    """Return why temperature and threshold cannot be fitted for each fold on the other folds; empty if they can.

    Args:
        truth: The class or subtype of each image or patient, length N.
        fold: The fold of each image or patient, length N.
    """
    if len(np.unique(fold)) < 2:
        return FEWER_THAN_TWO_FOLDS
    poor = [str(number) for number in np.unique(fold) if not _two_classes(truth[fold != number])]
    return f"not cross-fitted: outside fold {', '.join(poor)} there is one class only" if poor else ""


def crossfit_binary(p: Probabilities, malignant: NDArray[np.bool_], fold: NDArray[np.integer]) -> NDArray[np.float64]:
    """Calibrate each fold's probabilities that an image is malignant, with the temperature fitted on the other folds.

    Args:
        p: Uncalibrated probabilities that an image is malignant, length N.
        malignant: The truth, length N.
        fold: The fold of each image, length N.

    Returns:
        Calibrated probabilities, length N; NaN in a fold if the other folds hold only one class.
    """
    out = np.full(len(p), np.nan)
    for fitted, scored in _sides(malignant, fold):
        out[scored] = temper_binary(p[scored], fit_binary(p[fitted], malignant[fitted]))
    return out


def crossfit_subtypes(p: Probabilities, subtype: NDArray[np.integer], fold: NDArray[np.integer]) -> NDArray[np.float64]:
    """Calibrate each fold's subtype probabilities (N x 8) with the temperature fitted on the other folds, as in `crossfit_binary`."""
    out = np.full(p.shape, np.nan)
    for fitted, scored in _sides(subtype, fold):
        out[scored] = temper_subtypes(p[scored], fit_subtypes(p[fitted], subtype[fitted]))
    return out


def crossfit_thresholds(
    p: Probabilities, malignant: NDArray[np.bool_], fold: NDArray[np.integer], rule: ThresholdRule
) -> NDArray[np.float64]:
    """Find each image's threshold from the other folds.

    Args:
        p: Uncalibrated probabilities that an image is malignant, length N.
        malignant: The truth, length N.
        fold: The fold of each image, length N.
        rule: Finds a threshold from truth and calibrated probabilities.

    Returns:
        Thresholds on the probabilities from `crossfit_binary`, length N; NaN where these probabilities are NaN.
    """
    out = np.full(len(p), np.nan)
    for fitted, scored in _sides(malignant, fold):
        calibrated = temper_binary(p[fitted], fit_binary(p[fitted], malignant[fitted]))
        out[scored] = rule(malignant[fitted], calibrated)
    return out


def crossfit_patients(
    p: Probabilities, malignant: NDArray[np.bool_], patients: Patients, patient_rule: PatientRule, rule: ThresholdRule
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Score each patient, and find the patient's threshold, with temperature and threshold fitted on the other folds.

    Args:
        p: For each image, the uncalibrated probability that it is malignant.
        malignant: The truth of each image.
        patients: The patients of the images.
        patient_rule: Computes patients' scores from the calibrated probabilities of their images.
        rule: Finds a threshold from the truth and the scores of patients.

    Returns:
        Scores and thresholds, one each per patient; NaN in a fold if the other folds hold only one class.
    """
    scores, thresholds = (np.full(len(patients), np.nan) for _ in range(2))
    for fitted, scored in _sides(patients.malignant, patients.fold):
        images = fitted[patients.of_image]
        found = patient_rule(temper_binary(p, fit_binary(p[images], malignant[images])), patients.of_image)
        scores[scored] = found[scored]
        thresholds[scored] = rule(patients.malignant[fitted], found[fitted])
    return scores, thresholds


def _sides(truth: Classes, fold: NDArray[np.integer]) -> Iterator[tuple[NDArray[np.bool_], NDArray[np.bool_]]]:
    """Yield two masks per fold, one to fit on (the other folds) and one to score; skip a fold if the other folds hold only one class."""
    for number in np.unique(fold):
        if _two_classes(truth[fold != number]):
            yield fold != number, fold == number


def _two_classes(truth: Classes) -> bool:
    return bool((truth != truth[0]).any()) if len(truth) else False
