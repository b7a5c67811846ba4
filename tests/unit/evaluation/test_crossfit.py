"""Each fold is scored with the temperature and threshold that were fitted on the other folds."""

from collections.abc import Callable

import numpy as np
import pytest

from breakhis_desktop.evaluation.crossfit import (
    crossfit_binary,
    crossfit_patients,
    crossfit_subtypes,
    crossfit_thresholds,
    why_not_crossfitted,
)
from breakhis_desktop.evaluation.operating import OPERATING_POINTS
from breakhis_desktop.evaluation.patients import PATIENT_RULES, Patients
from breakhis_desktop.evaluation.temperature import fit_binary, temper_binary

RULE = OPERATING_POINTS["default"]
FOLD = np.repeat(np.arange(1, 6), 60)
KEYS = np.array([f"p{row // 6}" for row in range(300)])


def made_up() -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(1)
    malignant = np.repeat(random.random(50) < 0.6, 6)
    return np.clip(random.normal(0.4 + 0.3 * malignant, 0.2), 0.01, 0.99), malignant


def scored_patients(p: np.ndarray, malignant: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    patients = Patients.of(KEYS, malignant, KEYS, FOLD)
    scores, thresholds = crossfit_patients(p, malignant, patients, PATIENT_RULES["mean"], RULE)
    return scores[patients.of_image], thresholds[patients.of_image]


@pytest.mark.parametrize(
    "score",
    [
        lambda p, malignant: crossfit_binary(p, malignant, FOLD),
        lambda p, malignant: crossfit_thresholds(p, malignant, FOLD, RULE),
        lambda p, malignant: scored_patients(p, malignant)[0],
        lambda p, malignant: scored_patients(p, malignant)[1],
    ],
    ids=["probabilities", "thresholds", "scores of patients", "thresholds of patients"],
)
def test_false_labels_in_a_fold_affect_only_the_other_folds(score: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> None:
    p, malignant = made_up()
    poisoned = FOLD == 2
    before, after = score(p, malignant), score(p, np.where(poisoned, ~malignant, malignant))
    np.testing.assert_array_equal(after[poisoned], before[poisoned])
    assert (after[~poisoned] != before[~poisoned]).any()


def test_a_fold_is_calibrated_on_the_other_folds() -> None:
    p, malignant = made_up()
    held_out = FOLD == 2
    others = fit_binary(p[~held_out], malignant[~held_out])
    np.testing.assert_allclose(crossfit_binary(p, malignant, FOLD)[held_out], temper_binary(p[held_out], others))


def test_crossfitted_subtypes_keep_the_order_of_their_images() -> None:
    random = np.random.default_rng(2)
    p = random.dirichlet(np.ones(8), 100)
    calibrated = crossfit_subtypes(p, random.integers(0, 8, 100), random.integers(1, 6, 100))
    np.testing.assert_array_equal(calibrated.argmax(axis=1), p.argmax(axis=1))


def test_a_fold_that_holds_all_benign_images_cannot_be_crossfitted_and_the_reason_is_given() -> None:
    p, _ = made_up()
    malignant = FOLD != 3
    assert why_not_crossfitted(malignant, FOLD) == "not cross-fitted: outside fold 3 there is one class only"
    assert np.isnan(crossfit_binary(p, malignant, FOLD)).tolist() == (FOLD == 3).tolist()
    assert np.isnan(crossfit_thresholds(p, malignant, FOLD, RULE)).tolist() == (FOLD == 3).tolist()


def test_a_single_fold_cannot_be_crossfitted_and_the_reason_is_given() -> None:
    p, malignant = made_up()
    fold = np.ones(300, int)
    assert why_not_crossfitted(malignant, fold) == "not cross-fitted: there are fewer than two folds"
    assert np.isnan(crossfit_binary(p, malignant, fold)).all()
    assert crossfit_subtypes(np.full((300, 8), 0.125), malignant.astype(int), fold).shape == (300, 8)


def test_no_reason_is_given_for_folds_that_can_be_crossfitted() -> None:
    assert why_not_crossfitted(made_up()[1], FOLD) == ""


def test_false_subtypes_in_a_fold_affect_only_the_other_folds() -> None:
    random = np.random.default_rng(3)
    p, subtype, poisoned = random.dirichlet(np.ones(8), 300), random.integers(0, 8, 300), FOLD == 4
    before, after = (crossfit_subtypes(p, truth, FOLD) for truth in (subtype, np.where(poisoned, p.argmax(axis=1), subtype)))
    np.testing.assert_array_equal(after[poisoned], before[poisoned])
    assert (after[~poisoned] != before[~poisoned]).any()


def test_two_folds_are_enough_unless_one_of_them_has_a_single_class() -> None:
    assert why_not_crossfitted(np.array([True, False, True, False]), np.array([1, 1, 2, 2])) == ""
    alone = why_not_crossfitted(np.array([True, False]), np.array([1, 2]))
    assert alone == "not cross-fitted: outside fold 1, 2 there is one class only"
    assert np.isnan(crossfit_binary(np.array([0.4, 0.6]), np.array([True, False]), np.array([1, 2]))).all()


def test_patients_are_scored_and_classified_with_the_temperature_and_threshold_of_the_other_folds() -> None:
    p, malignant = made_up()
    scores, thresholds = scored_patients(p, malignant)
    for number in range(1, 6):
        inside = np.equal(FOLD, number)
        outside = ~inside
        tempered = temper_binary(p, fit_binary(p[outside], malignant[outside]))
        means, truth = tempered.reshape(50, 6).mean(axis=1), malignant[::6]
        np.testing.assert_allclose(scores[inside], np.repeat(means, 6)[inside])
        np.testing.assert_allclose(thresholds[inside], RULE(truth[outside[::6]], means[outside[::6]]))
