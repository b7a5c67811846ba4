"""Decision figures, compared with numbers worked out by hand and with scikit-learn."""

import numpy as np
import pytest
from sklearn.metrics import accuracy_score, confusion_matrix, precision_score, recall_score

from breakhis_desktop.evaluation.decisions import DECISION_FIGURES, confusion_counts, decision_figures


def test_decisions_are_counted() -> None:
    malignant, called = np.array([True, True, True, False, False]), np.array([True, True, False, True, False])
    assert confusion_counts(malignant, called) == {"tn": 1, "fp": 1, "fn": 1, "tp": 2}
    figures = decision_figures(malignant, called)
    assert tuple(figures) == DECISION_FIGURES
    assert figures == {
        "sensitivity": pytest.approx(2 / 3),
        "specificity": 0.5,
        "precision": pytest.approx(2 / 3),
        "accuracy": pytest.approx(0.6),
    }


def test_weighted_decision_figures_match_scikit_learn() -> None:
    random = np.random.default_rng(4)
    malignant, called, weights = random.random(80) < 0.6, random.random(80) < 0.5, random.integers(0, 3, (5, 80)).astype(float)
    figures, counts = decision_figures(malignant, called, weights), confusion_counts(malignant, called, weights)
    for row, weight in enumerate(weights):
        assert figures["sensitivity"][row] == pytest.approx(recall_score(malignant, called, sample_weight=weight))
        assert figures["specificity"][row] == pytest.approx(recall_score(~malignant, ~called, sample_weight=weight))
        assert figures["precision"][row] == pytest.approx(precision_score(malignant, called, sample_weight=weight))
        assert figures["accuracy"][row] == pytest.approx(accuracy_score(malignant, called, sample_weight=weight))
        assert [counts[name][row] for name in ("tn", "fp", "fn", "tp")] == list(
            confusion_matrix(malignant, called, sample_weight=weight).flat
        )


def test_precision_is_undefined_if_nothing_was_called_malignant() -> None:
    figures = decision_figures(np.array([True, False]), np.zeros(2, bool))
    assert np.isnan(figures["precision"])
    assert figures["accuracy"] == 0.5
