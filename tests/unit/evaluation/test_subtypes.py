"""Figures of the predicted subtypes, compared with numbers worked out by hand and with scikit-learn."""

import numpy as np
import pytest
from sklearn.metrics import accuracy_score, f1_score, precision_score, recall_score, roc_auc_score
from sklearn.metrics import confusion_matrix as library_matrix

from breakhis_desktop.domain.taxonomy import SUBTYPE_CODES
from breakhis_desktop.evaluation.subtypes import (
    choice_figures,
    condition_on_class,
    confusion_matrix,
    macro_auc,
    macro_recall_over,
    p_malignant_of,
    subtype_figures,
    subtype_recalls,
)


def one_hot(*chosen: int) -> np.ndarray:
    return np.eye(8)[list(chosen)] * 0.9 + 0.0125


def test_the_share_of_a_subtype_in_its_class_is_multiplied_by_the_probability_of_the_class() -> None:
    p = np.array([[0.1, 0.1, 0, 0, 0.6, 0.2, 0, 0], [1, 0, 0, 0, 0, 0, 0, 0]])
    composed = condition_on_class(p, np.array([0.4, 0.9]))
    np.testing.assert_allclose(composed[0], [0.3, 0.3, 0, 0, 0.3, 0.1, 0, 0], atol=1e-9)
    np.testing.assert_allclose(composed[1], [0.1, 0, 0, 0, 0.225, 0.225, 0.225, 0.225], atol=1e-9)


def test_macro_recall_weighs_all_subtypes_present_equally() -> None:
    figures = subtype_figures(np.array([0, 4, 4, 4]), one_hot(0, 4, 4, 1))
    assert figures["accuracy"] == 0.75
    assert figures["macro_recall"] == pytest.approx((1 + 2 / 3) / 2)
    assert figures["crossing_rate"] == 0.25


def test_a_perfect_prediction_has_perfect_subtype_figures() -> None:
    subtype = np.arange(8)
    names = ("accuracy", "macro_recall", "macro_precision", "weighted_f1", "macro_auc")
    assert subtype_figures(subtype, one_hot(*subtype)) == {**dict.fromkeys(names, 1.0), "crossing_rate": 0.0}


@pytest.mark.parametrize("kinds", [8, 3])
def test_weighted_figures_match_scikit_learn_whether_or_not_all_subtypes_are_present(kinds: int) -> None:
    random = np.random.default_rng(0)
    subtype, p = random.integers(0, kinds, 200), np.round(random.dirichlet(np.ones(8), 200), 2)
    weights, chosen, present = random.integers(0, 3, (3, 200)).astype(float), p.argmax(axis=1), np.arange(kinds)
    figures = subtype_figures(subtype, p, weights)
    for row, weight in enumerate(weights):
        options = {"labels": present, "zero_division": 0, "sample_weight": weight}
        assert figures["accuracy"][row] == pytest.approx(accuracy_score(subtype, chosen, sample_weight=weight))
        assert figures["macro_recall"][row] == pytest.approx(recall_score(subtype, chosen, average="macro", **options))
        assert figures["macro_precision"][row] == pytest.approx(precision_score(subtype, chosen, average="macro", **options))
        assert figures["weighted_f1"][row] == pytest.approx(f1_score(subtype, chosen, average="weighted", **options))
        crossed = (subtype >= 4) != (chosen >= 4)
        assert figures["crossing_rate"][row] == pytest.approx((weight * crossed).sum() / weight.sum())
        one_vs_rest = [roc_auc_score(subtype == one, p[:, one], sample_weight=weight) for one in present]
        assert figures["macro_auc"][row] == pytest.approx(np.mean(one_vs_rest))


def test_a_subtype_without_images_has_no_recall_and_does_not_count_in_a_mean() -> None:
    matrix = confusion_matrix(np.array([0, 0]), np.array([0, 4]))
    recalls = subtype_recalls(matrix)
    assert recalls["A"] == 0.5
    assert np.isnan(recalls["F"])
    assert macro_recall_over(matrix, ["A", "F"]) == 0.5
    assert np.isnan(macro_recall_over(matrix, []))


def test_a_subtype_that_was_never_predicted_has_a_precision_of_zero() -> None:
    assert choice_figures(confusion_matrix(np.array([0, 1]), np.array([0, 0])))["macro_precision"] == 0.25


def test_the_confusion_matrix_has_the_truth_in_its_rows() -> None:
    subtype, chosen = np.array([0, 0, 7]), np.array([0, 4, 7])
    counts = confusion_matrix(subtype, chosen)
    assert (counts[0, 0], counts[0, 4], counts[7, 7], counts.sum()) == (1, 1, 1, 3)
    np.testing.assert_array_equal(counts, library_matrix(subtype, chosen, labels=range(8)))


def test_figures_are_undefined_without_images() -> None:
    assert np.isnan(list(subtype_figures(np.empty(0, int), np.empty((0, 8))).values())).all()
    assert np.isnan(macro_auc(np.zeros(3, int), one_hot(0, 1, 2)))


def test_the_probability_of_malignancy_is_the_sum_over_the_malignant_subtypes() -> None:
    p = np.eye(8, dtype=np.float32)
    assert dict(zip(SUBTYPE_CODES, p_malignant_of(p), strict=True)) == {
        "A": 0,
        "F": 0,
        "PT": 0,
        "TA": 0,
        "DC": 1,
        "LC": 1,
        "MC": 1,
        "PC": 1,
    }


def test_recalls_for_many_rows_of_weights_at_once_match_those_computed_row_by_row() -> None:
    random = np.random.default_rng(1)
    subtype, chosen, weights = random.integers(0, 5, 60), random.integers(0, 8, 60), random.integers(0, 3, (2, 9, 60)).astype(float)
    matrix = confusion_matrix(subtype, chosen, weights)
    recalls, over = subtype_recalls(matrix), macro_recall_over(matrix, ["F", "DC"])
    for row in np.ndindex(2, 9):
        alone = confusion_matrix(subtype, chosen, weights[row])
        for code, recall in subtype_recalls(alone).items():
            assert recalls[code][row] == pytest.approx(float(recall), nan_ok=True)
        assert over[row] == pytest.approx(float(macro_recall_over(alone, ["F", "DC"])))
    assert macro_recall_over(matrix, []).shape == (2, 9)


def test_probabilities_in_single_precision_are_summed_in_double() -> None:
    assert p_malignant_of(np.eye(8, dtype=np.float32)).dtype == np.float64
