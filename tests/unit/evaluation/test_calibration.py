"""Calibration figures, compared with numbers worked out by hand and with scikit-learn."""

import numpy as np
import pytest
from sklearn.metrics import brier_score_loss

from breakhis_desktop.evaluation.calibration import calibration_figures, reliability_curve

MALIGNANT, P = np.array([True, False, True, True]), np.array([0.52, 0.58, 0.91, 1.0])


def test_the_calibration_error_weighs_each_bin_by_its_number_of_images() -> None:
    assert calibration_figures(MALIGNANT, P)["expected_calibration_error"] == pytest.approx(0.5 * 0.05 + 0.5 * 0.045)


def test_an_image_with_a_weight_of_n_counts_like_n_copies_of_it() -> None:
    random = np.random.default_rng(5)
    p, weights = random.random(60), random.integers(0, 3, (4, 60)).astype(float)
    malignant = random.random(60) < p
    figures = calibration_figures(malignant, p, weights)
    for row, weight in enumerate(weights):
        assert figures["brier_score"][row] == pytest.approx(brier_score_loss(malignant, p, sample_weight=weight))
        repeated = np.repeat(np.arange(60), weight.astype(int))
        error = sum(one["share"] * abs(one["predicted"] - one["observed"]) for one in reliability_curve(malignant[repeated], p[repeated]))
        assert figures["expected_calibration_error"][row] == pytest.approx(error)


def test_an_unknown_probability_makes_every_figure_unknown() -> None:
    figures = calibration_figures(MALIGNANT, np.array([0.5, 0.5, 0.5, np.nan]), np.ones((2, 4)))
    assert all(np.isnan(values).tolist() == [True, True] for values in figures.values())


def test_the_reliability_curve_has_a_row_for_each_bin_that_is_not_empty() -> None:
    curve = reliability_curve(MALIGNANT, np.array([0.0, 0.05, 0.95, 1.0]))
    assert curve == [
        {"predicted": 0.025, "observed": 0.5, "share": 0.5},
        {"predicted": pytest.approx(0.975), "observed": 1.0, "share": 0.5},
    ]


def test_unknown_figures_have_the_same_names_and_shapes_as_known_ones() -> None:
    unknown = np.full(4, np.nan)
    for weight in (None, np.ones((2, 4)), np.ones((3, 2, 4))):
        known, missing = calibration_figures(MALIGNANT, P, weight), calibration_figures(MALIGNANT, unknown, weight)
        assert list(known) == list(missing) == ["brier_score", "expected_calibration_error"]
        assert [np.shape(one) for one in known.values()] == [np.shape(one) for one in missing.values()]


def test_each_tenth_has_its_own_bin_and_a_probability_of_1_falls_into_the_last() -> None:
    curve = reliability_curve(np.ones(12, bool), np.array([*(np.arange(10) / 10 + 0.05), 0.9, 1.0]))
    assert [round(one["predicted"], 2) for one in curve] == [0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95]
    assert [round(one["share"] * 12) for one in curve] == [1] * 9 + [3]
