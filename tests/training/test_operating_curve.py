"""The figures at every threshold, compared with figures that are computed for one threshold at a time."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from sklearn.metrics import recall_score

from breakhis_desktop.domain.as_json import as_json
from breakhis_desktop.evaluation.crossfit import crossfit_binary
from tests.factories.predictions import make_predictions, rows_of
from training.bundle.operating_curve import THRESHOLDS, operating_curve
from training.evaluation.judged import decisions
from training.experiment.predictions import Predictions

PREDICTIONS = make_predictions()


@pytest.fixture(scope="module")
def curve() -> dict[str, Any]:
    return dict(as_json(operating_curve(PREDICTIONS)))


def calibrated(predictions: Predictions) -> np.ndarray:
    assert predictions.binary is not None
    return crossfit_binary(predictions.binary, predictions.malignant, predictions.fold)


def test_figures_at_each_threshold_match_scikit_learn(curve: dict[str, Any]) -> None:
    p, truth = calibrated(PREDICTIONS), PREDICTIONS.malignant
    for place in (0, 17, 50, 83, 100):
        called = p >= THRESHOLDS[place]
        assert curve["sensitivity"]["value"][place] == pytest.approx(recall_score(truth, called), abs=1e-4)
        assert curve["specificity"]["value"][place] == pytest.approx(recall_score(~truth, ~called), abs=1e-4)


def test_an_image_at_a_threshold_is_called_malignant() -> None:
    assert PREDICTIONS.binary is not None
    halfway = replace(PREDICTIONS, binary=np.where(np.arange(150) % 7 == 0, np.float32(0.5), PREDICTIONS.binary))
    made, truth = operating_curve(halfway), halfway.malignant
    assert made is not None
    assert made.sensitivity.value[50] == pytest.approx(recall_score(truth, calibrated(halfway) >= 0.5), abs=1e-4)


def test_every_hundredth_from_0_to_1_is_a_threshold(curve: dict[str, Any]) -> None:
    assert curve.keys() == {"protocol", "rule", "thresholds", "sensitivity", "specificity"}
    assert curve["thresholds"] == [round(place / 100, 2) for place in range(101)]
    np.testing.assert_allclose(THRESHOLDS, curve["thresholds"])


def test_the_intervals_come_from_a_bootstrap_over_accessions(curve: dict[str, Any]) -> None:
    alone = as_json(decisions(PREDICTIONS.malignant, calibrated(PREDICTIONS) >= THRESHOLDS[40], PREDICTIONS.accession))
    for name in ("sensitivity", "specificity"):
        assert {end: curve[name][end][40] for end in ("value", "low", "high")} == {end: round(one, 4) for end, one in alone[name].items()}


def test_a_higher_threshold_never_raises_sensitivity_or_lowers_specificity(curve: dict[str, Any]) -> None:
    for end in ("value", "low", "high"):
        assert all(np.diff(curve["sensitivity"][end]) <= 0)
        assert all(np.diff(curve["specificity"][end]) >= 0)


def test_the_curve_states_its_protocol_and_the_numbers_of_images_and_accessions(curve: dict[str, Any]) -> None:
    assert curve["protocol"] == "grouped, temperature cross-fitted; 150 images of 25 accessions"


def test_labels_of_a_fold_do_not_affect_its_calibrated_probabilities() -> None:
    fold = PREDICTIONS.fold == 1
    poisoned = replace(PREDICTIONS, malignant=np.where(fold, ~PREDICTIONS.malignant, PREDICTIONS.malignant))
    assert calibrated(poisoned)[fold] == pytest.approx(calibrated(PREDICTIONS)[fold])


def test_there_is_no_curve_for_one_class_or_one_accession_or_without_probabilities() -> None:
    assert operating_curve(rows_of(PREDICTIONS, np.flatnonzero(PREDICTIONS.malignant))) is None
    assert operating_curve(replace(PREDICTIONS, accession=np.full_like(PREDICTIONS.accession, "1"))) is None
    assert operating_curve(replace(PREDICTIONS, binary=None)) is None
