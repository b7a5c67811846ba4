"""How the scores, labels and folds of patients follow from those of their images."""

import numpy as np

from breakhis_desktop.domain.aggregate import summarise_patient
from breakhis_desktop.evaluation.patients import PATIENT_RULES, Patients

P = np.array([0.9, 0.2, 0.8, 0.4, 0.1, 0.3])
PATIENT = np.array([1, 0, 1, 1, 1, 0])


def test_each_rule_scores_patients_as_its_name_says() -> None:
    found = {name: rule(P, PATIENT) for name, rule in PATIENT_RULES.items()}
    np.testing.assert_allclose(found["mean"], [0.25, 0.55])
    np.testing.assert_allclose(found["maximum"], [0.3, 0.9])
    np.testing.assert_allclose(found["top_3"], [0.25, 0.7])


def test_mean_and_maximum_match_those_that_the_window_shows() -> None:
    summary = summarise_patient(P[PATIENT == 1].tolist(), 0.5)
    assert summary.mean == PATIENT_RULES["mean"](P, PATIENT)[1]
    assert summary.highest == PATIENT_RULES["maximum"](P, PATIENT)[1]


def test_a_patient_is_labelled_malignant_if_any_of_its_images_is() -> None:
    keys = np.array(["y", "x", "y", "z"])
    patients = Patients.of(keys, np.array([False, False, True, True]), np.array(["2", "1", "2", "3"]), np.array([5, 4, 5, 1]))
    assert len(patients) == 3
    assert patients.malignant.tolist() == [False, True, True]
    assert patients.accession.tolist() == ["1", "2", "3"]
    assert patients.fold.tolist() == [4, 5, 1]
    assert patients.of_image.tolist() == [1, 0, 1, 2]
