"""Ranking figures, compared with numbers worked out by hand and with scikit-learn."""

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, roc_auc_score, roc_curve

from breakhis_desktop.evaluation.ranking import CURVE_POINTS, RANKING_FIGURES, auc, precision_recall_points, ranking_figures, roc_points

MALIGNANT = np.array([False, False, True, True])
P = np.array([0.1, 0.6, 0.4, 0.9])


def drawn(count: int, digits: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    random = np.random.default_rng(3)
    malignant = random.random(count) < 0.6
    return (
        malignant,
        np.round(np.clip(random.normal(0.4 + 0.2 * malignant, 0.2), 0, 1), digits),
        random.integers(0, 4, (7, count)).astype(float),
    )


def test_the_auc_is_the_share_of_pairs_in_the_right_order() -> None:
    assert ranking_figures(MALIGNANT, P)["auc"] == 0.75


def test_the_specificity_at_a_sensitivity_is_the_highest_specificity_of_all_thresholds_that_reach_the_sensitivity() -> None:
    figures = ranking_figures(MALIGNANT, P)
    assert figures["specificity_at_sensitivity_90"] == 0.5
    assert figures["specificity_at_sensitivity_95"] == 0.5


@pytest.mark.parametrize("digits", [1, 9])
def test_weighted_ranking_figures_match_scikit_learn_with_and_without_ties(digits: int) -> None:
    malignant, p, weights = drawn(300, digits)
    figures = ranking_figures(malignant, p, weights)
    for row, weight in enumerate(weights):
        rates, sensitivities, _ = roc_curve(malignant, p, sample_weight=weight, drop_intermediate=False)
        assert figures["auc"][row] == pytest.approx(roc_auc_score(malignant, p, sample_weight=weight))
        assert figures["specificity_at_sensitivity_90"][row] == pytest.approx(1 - rates[sensitivities >= 0.9 - 1e-9].min())
        assert figures["specificity_at_sensitivity_95"][row] == pytest.approx(1 - rates[sensitivities >= 0.95 - 1e-9].min())


def test_an_image_with_a_weight_of_n_counts_like_n_copies_of_it() -> None:
    malignant, p, weights = drawn(100, 2)
    repeated = np.repeat(np.arange(100), weights[0].astype(int))
    expected = ranking_figures(malignant[repeated], p[repeated])
    assert {name: float(value) for name, value in ranking_figures(malignant, p, weights[0]).items()} == pytest.approx(
        {name: float(value) for name, value in expected.items()}
    )


@pytest.mark.parametrize("malignant", [[True, True], [False, False], []])
def test_a_single_class_has_no_ranking_figures(malignant: list[bool]) -> None:
    figures = ranking_figures(np.array(malignant, bool), P[: len(malignant)])
    assert tuple(figures) == RANKING_FIGURES
    assert np.isnan(list(figures.values())).all()


def test_the_area_under_a_thinned_roc_curve_is_close_to_the_auc() -> None:
    malignant, p, _ = drawn(3000, 9)
    points = roc_points(malignant, p)
    assert len(points) == CURVE_POINTS == 200
    assert points[0].tolist() == [0, 0]
    assert points[-1].tolist() == [1, 1]
    assert np.trapezoid(points[:, 1], points[:, 0]) == pytest.approx(float(auc(malignant, p)), abs=0.005)


def test_the_precision_recall_curve_yields_the_average_precision() -> None:
    malignant, p, _ = drawn(150, 9)
    points = precision_recall_points(malignant, p)
    assert points[-1].tolist() == [1, pytest.approx(malignant.mean())]
    steps = np.diff(points[:, 0], prepend=0)
    assert (steps * points[:, 1]).sum() == pytest.approx(average_precision_score(malignant, p))


def test_curves_have_a_point_for_each_score_from_the_highest_down() -> None:
    assert roc_points(MALIGNANT, P).tolist() == [[0, 0], [0, 0.5], [0.5, 0.5], [0.5, 1], [1, 1]]
    np.testing.assert_allclose(precision_recall_points(MALIGNANT, P), [[0.5, 1], [0.5, 0.5], [1, 2 / 3], [1, 0.5]])


def test_a_curve_with_the_maximum_number_of_points_is_not_thinned() -> None:
    p = np.linspace(0, 1, 199)
    points = roc_points(p > 0.5, p)
    assert len(points) == 200
    assert len(np.unique(points, axis=0)) == 200


def test_finding_nine_of_ten_is_a_sensitivity_of_90_percent() -> None:
    malignant = np.array([True] * 9 + [False] * 4 + [True])
    figures = ranking_figures(malignant, np.linspace(1, 0, 14))
    assert [float(figures[f"specificity_at_sensitivity_{percent}"]) for percent in (90, 95)] == [1.0, 0.0]


def test_one_malignant_image_is_enough_for_a_ranking() -> None:
    figures = ranking_figures(np.array([False, True, False]), np.array([0.1, 0.5, 0.9]))
    assert [float(one) for one in figures.values()] == [0.5, 0.5, 0.5]
