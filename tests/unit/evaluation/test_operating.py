"""Thresholds, and their use on folds that took no part in finding them."""

import numpy as np
import pytest

from breakhis_desktop.evaluation.crossfit import crossfit_binary, crossfit_subtypes, crossfit_thresholds
from breakhis_desktop.evaluation.operating import OPERATING_POINTS, balanced_threshold, threshold_at_sensitivity
from breakhis_desktop.evaluation.temperature import fit_binary, temper_binary


@pytest.mark.parametrize(("sensitivity", "threshold"), [(1.0, 0.1), (0.95, 0.1), (0.9, 0.2), (0.75, 0.3), (0.0, 1.0)])
def test_the_threshold_is_the_highest_that_finds_the_share(sensitivity: float, threshold: float) -> None:
    p = np.arange(1, 11) / 10
    assert threshold_at_sensitivity(np.ones(10, bool), p, sensitivity) == threshold


def test_images_at_the_threshold_are_called_malignant() -> None:
    malignant, p = np.array([True] * 20 + [False] * 5), np.linspace(0.01, 0.99, 25)
    threshold = threshold_at_sensitivity(malignant, p, 0.95)
    assert (p[malignant] >= threshold).mean() == 0.95


def test_the_balanced_threshold_has_the_highest_sum_of_both_shares() -> None:
    assert balanced_threshold(np.array([False, False, True, False, True, True]), np.array([0.1, 0.55, 0.5, 0.6, 0.7, 0.8])) == 0.7


def test_screening_misses_no_more_than_the_default() -> None:
    random = np.random.default_rng(0)
    malignant, p = random.random(500) < 0.6, random.random(500)
    points = [OPERATING_POINTS[name](malignant, p) for name in ("screening", "default")]
    assert points == sorted(points)


def made_up(count: int = 300) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    random = np.random.default_rng(1)
    malignant = random.random(count) < 0.6
    p = np.clip(random.normal(0.4 + 0.3 * malignant, 0.2), 0.01, 0.99)
    return p, malignant, random.integers(1, 6, count)


def test_a_fold_is_calibrated_and_judged_by_the_other_folds_alone() -> None:
    p, malignant, fold = made_up()
    held_out = fold == 2
    changed = np.where(held_out, ~malignant, malignant)
    rule = OPERATING_POINTS["default"]
    np.testing.assert_array_equal(crossfit_binary(p, malignant, fold)[held_out], crossfit_binary(p, changed, fold)[held_out])
    np.testing.assert_array_equal(
        crossfit_thresholds(p, malignant, fold, rule)[held_out], crossfit_thresholds(p, changed, fold, rule)[held_out]
    )
    others = fit_binary(p[~held_out], malignant[~held_out])
    np.testing.assert_allclose(crossfit_binary(p, malignant, fold)[held_out], temper_binary(p[held_out], others))


def test_crossfitted_subtypes_keep_the_order_of_images() -> None:
    random = np.random.default_rng(2)
    p = random.dirichlet(np.ones(8), 100)
    calibrated = crossfit_subtypes(p, random.integers(0, 8, 100), random.integers(1, 6, 100))
    np.testing.assert_array_equal(calibrated.argmax(axis=1), p.argmax(axis=1))
