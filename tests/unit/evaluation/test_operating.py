"""How the threshold of each operating point is chosen."""

import numpy as np
import pytest

from breakhis_desktop.evaluation.operating import OPERATING_POINTS, balanced_threshold, threshold_at_sensitivity


@pytest.mark.parametrize(("sensitivity", "threshold"), [(1.0, 0.1), (0.95, 0.1), (0.9, 0.2), (0.75, 0.3), (0.0, 1.0)])
def test_the_threshold_is_the_highest_that_reaches_the_sensitivity(sensitivity: float, threshold: float) -> None:
    p = np.arange(1, 11) / 10
    assert threshold_at_sensitivity(np.ones(10, bool), p, sensitivity) == threshold


def test_images_at_the_threshold_are_called_malignant() -> None:
    malignant, p = np.array([True] * 20 + [False] * 5), np.linspace(0.01, 0.99, 25)
    threshold = threshold_at_sensitivity(malignant, p, 0.95)
    assert (p[malignant] >= threshold).mean() == 0.95


def test_the_balanced_threshold_maximises_sensitivity_plus_specificity() -> None:
    assert balanced_threshold(np.array([False, False, True, False, True, True]), np.array([0.1, 0.55, 0.5, 0.6, 0.7, 0.8])) == 0.7


def test_screening_misses_no_more_than_the_default() -> None:
    random = np.random.default_rng(0)
    malignant, p = random.random(500) < 0.6, random.random(500)
    points = [OPERATING_POINTS[name](malignant, p) for name in ("screening", "default")]
    assert points == sorted(points)


@pytest.mark.parametrize(("name", "missed"), [("screening", 2), ("default", 5)])
def test_each_operating_point_misses_only_its_agreed_share_of_malignant_images(name: str, missed: int) -> None:
    p = np.arange(100) / 100
    assert OPERATING_POINTS[name](np.ones(100, bool), p) == p[missed]


def test_the_operating_points_are_screening_and_default_and_balanced() -> None:
    assert list(OPERATING_POINTS) == ["screening", "default", "balanced"]
    assert OPERATING_POINTS["balanced"] is balanced_threshold
