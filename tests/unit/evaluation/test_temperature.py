"""Calibration by temperatures, which divide the logits."""

import numpy as np
import pytest

from breakhis_desktop.evaluation.temperature import fit_binary, fit_subtypes, temper_binary, temper_subtypes


def test_a_temperature_of_one_changes_nothing() -> None:
    p = np.array([0.01, 0.5, 0.99])
    np.testing.assert_allclose(temper_binary(p, 1.0), p)
    rows = np.full((2, 8), 0.125)
    np.testing.assert_allclose(temper_subtypes(rows, 1.0), rows)


def test_a_temperature_of_two_halves_the_logit() -> None:
    assert temper_binary(np.array([0.9]), 2.0)[0] == pytest.approx(0.75)  # odds of 9 become odds of 3


def test_tempered_subtypes_still_sum_to_one_and_keep_their_order() -> None:
    p = np.array([[0.65, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05]])
    tempered = temper_subtypes(p, 3.0)
    assert tempered.sum() == pytest.approx(1)
    assert tempered[0, 0] / tempered[0, 1] == pytest.approx(13 ** (1 / 3))


def test_probabilities_of_0_and_1_are_clipped_and_stay_finite() -> None:
    assert np.isfinite(temper_binary(np.array([0.0, 1.0], dtype=np.float32), 0.05)).all()
    assert np.isfinite(temper_subtypes(np.eye(8, dtype=np.float32), 0.05)).all()


def test_the_temperature_behind_an_overstated_probability_is_recovered() -> None:
    malignant = np.repeat([True, False], [750, 250])
    assert fit_binary(np.full(1000, 0.9), malignant) == pytest.approx(2.0, rel=1e-3)


def test_the_temperature_behind_overstated_subtypes_is_recovered() -> None:
    honest = np.array([0.65, *[0.05] * 7])
    subtype = np.repeat(np.arange(8), np.round(honest * 100).astype(int))
    overstated = honest**2 / (honest**2).sum()
    assert fit_subtypes(np.tile(overstated, (100, 1)), subtype) == pytest.approx(2.0, rel=1e-3)


def test_probabilities_of_0_and_1_are_clipped_by_one_in_ten_million() -> None:
    assert temper_binary(np.array([0.0, 1.0]), 1.0) == pytest.approx([1e-7, 1 - 1e-7], rel=1e-6)
    (row,) = temper_subtypes(np.eye(8)[:1], 1.0)
    assert row[1] / row[0] == pytest.approx(1e-7, rel=1e-6)


def test_a_fitted_temperature_always_lies_between_a_twentieth_and_twenty() -> None:
    malignant, subtype = np.repeat([True, False], 50), np.tile(np.arange(8), 10)
    right_in_doubt, sure_and_wrong = np.where(malignant, 0.55, 0.45), np.where(malignant, 0.1, 0.9)
    assert fit_binary(right_in_doubt, malignant) == pytest.approx(np.exp(-3), rel=0.01)
    assert fit_binary(sure_and_wrong, malignant) == pytest.approx(np.exp(3), rel=0.01)
    right = np.eye(8)[subtype] * 0.92 + 0.01
    assert fit_subtypes(np.roll(right, 1, axis=1), subtype) == pytest.approx(np.exp(3), rel=0.01)
    assert fit_subtypes(np.roll(np.eye(8)[subtype], 1, axis=1), subtype) == pytest.approx(np.exp(3), rel=0.01)
    mildly = np.eye(8)[subtype] * 0.08 + 0.115
    assert fit_subtypes(mildly, subtype) == pytest.approx(np.exp(-3), rel=0.05)


def test_probabilities_in_single_precision_are_tempered_in_double() -> None:
    p = np.array([0.3, 0.7], np.float32)
    assert temper_binary(p, 2.0).dtype == temper_subtypes(p[None], 2.0).dtype == np.float64
    assert temper_binary(p, 2.0) == pytest.approx(temper_binary(p.astype(float), 2.0), rel=1e-12)
