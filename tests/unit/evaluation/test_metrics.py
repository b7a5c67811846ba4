"""Figures against numbers worked out by hand."""

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from breakhis_desktop.evaluation.metrics import (
    calibration_figures,
    confusion_matrix,
    decision_figures,
    ranking_figures,
    reliability_curve,
    subtype_figures,
    subtype_recalls,
)

MALIGNANT = np.array([False, False, True, True])
P = np.array([0.1, 0.6, 0.4, 0.9])


def test_the_auc_is_the_share_of_pairs_in_the_right_order() -> None:
    assert ranking_figures(MALIGNANT, P)["auc"] == 0.75


def test_the_specificity_at_a_sensitivity_is_the_best_that_reaches_it() -> None:
    figures = ranking_figures(MALIGNANT, P)
    assert figures["specificity_at_sensitivity_90"] == 0.5
    assert figures["specificity_at_sensitivity_95"] == 0.5


def test_one_class_alone_has_no_ranking_figures() -> None:
    assert np.isnan(ranking_figures(np.array([True, True]), P[:2])["auc"])


def test_decisions_are_counted() -> None:
    figures = decision_figures(np.array([True, True, True, False, False]), np.array([True, True, False, True, False]))
    assert figures == {
        "sensitivity": pytest.approx(2 / 3),
        "specificity": 0.5,
        "precision": pytest.approx(2 / 3),
        "accuracy": pytest.approx(0.6),
    }


def test_precision_has_no_meaning_where_nothing_was_called_malignant() -> None:
    assert np.isnan(decision_figures(MALIGNANT, np.zeros(4, bool))["precision"])


def test_the_brier_score_is_the_mean_squared_error() -> None:
    assert calibration_figures(MALIGNANT, P)["brier_score"] == pytest.approx((0.01 + 0.36 + 0.36 + 0.01) / 4)


def test_the_calibration_error_weighs_each_bin_by_its_images() -> None:
    malignant, p = np.array([True, False, True, True]), np.array([0.52, 0.58, 0.91, 1.0])
    assert calibration_figures(malignant, p)["expected_calibration_error"] == pytest.approx(0.5 * 0.05 + 0.5 * 0.045)


def test_the_reliability_curve_has_a_row_for_each_bin_with_an_image() -> None:
    assert [row["share"] for row in reliability_curve(MALIGNANT, np.array([0.0, 0.05, 0.95, 1.0]))] == [0.5, 0.5]


def one_hot(*chosen: int) -> np.ndarray:
    return np.eye(8)[list(chosen)] * 0.9 + 0.0125


def test_macro_recall_counts_every_subtype_that_is_there_the_same() -> None:
    figures = subtype_figures(np.array([0, 4, 4, 4]), one_hot(0, 4, 4, 1))
    assert figures["accuracy"] == 0.75
    assert figures["macro_recall"] == pytest.approx((1 + 2 / 3) / 2)
    assert figures["crossing_rate"] == 0.25


def test_a_perfect_answer_has_perfect_subtype_figures() -> None:
    subtype = np.arange(8)
    figures = subtype_figures(subtype, one_hot(*subtype))
    assert figures == {"accuracy": 1.0, "macro_recall": 1.0, "macro_auc": 1.0, "weighted_f1": 1.0, "crossing_rate": 0.0}


def test_the_macro_auc_is_the_library_s_own_for_ties_too() -> None:
    random = np.random.default_rng(0)
    subtype, p = random.integers(0, 8, 200), np.round(random.dirichlet(np.ones(8), 200), 2)
    expected = np.mean([roc_auc_score(subtype == one, p[:, one]) for one in range(8)])
    assert subtype_figures(subtype, p)["macro_auc"] == pytest.approx(expected)


def test_a_subtype_without_images_has_no_recall() -> None:
    recalls = subtype_recalls(np.array([0, 0]), one_hot(0, 4))
    assert recalls["A"] == 0.5
    assert np.isnan(recalls["F"])


def test_the_confusion_matrix_has_the_truth_in_its_rows() -> None:
    counts = confusion_matrix(np.array([0, 0, 7]), one_hot(0, 4, 7))
    assert (counts[0, 0], counts[0, 4], counts[7, 7], counts.sum()) == (1, 1, 1, 3)
