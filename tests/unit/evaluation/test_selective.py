"""The costs and benefits of a review rule."""

import numpy as np
import pytest

from breakhis_desktop.domain.decision import NEAR_THRESHOLD, OperatingPoint, Prediction, ReviewRule
from breakhis_desktop.evaluation.selective import REVIEW_SHARES, error_rates_of_the_rest, review_figures, sent_to_review


def test_images_are_sent_to_review_by_the_rule_of_the_program() -> None:
    random = np.random.default_rng(6)
    p, threshold, p_subtypes = random.random(300), random.uniform(0.2, 0.5, 300), random.dirichlet(np.ones(8), 300)
    sent = sent_to_review(p, threshold, 0.1, p_subtypes)
    near = sent_to_review(p, threshold, 0.1, None)
    for row in range(300):
        prediction = Prediction(float(p[row]), tuple(p_subtypes[row].tolist()))
        reasons = ReviewRule(0.1).reasons(prediction, OperatingPoint("default", float(threshold[row])))
        assert sent[row] == bool(reasons)
        assert near[row] == (NEAR_THRESHOLD in reasons)


def test_the_error_rate_of_the_rest_excludes_images_sent_to_review() -> None:
    sent, wrong, malignant = (np.array(one, bool) for one in ([1, 0, 0, 0], [1, 1, 0, 0], [1, 0, 1, 0]))
    assert review_figures(sent, wrong, malignant) == {
        "share_sent_to_review": 0.25,
        "error_rate_of_the_rest": pytest.approx(1 / 3),
        "errors_caught": 0.5,
        "missed_cancers_caught": 1.0,
    }
    assert np.isnan(review_figures(np.ones(2, bool), np.zeros(2, bool), np.ones(2, bool))["error_rate_of_the_rest"])


def test_the_least_certain_images_are_sent_to_review_first() -> None:
    sureness, wrong = np.arange(100.0), np.arange(100) < 30
    rates = error_rates_of_the_rest(sureness, wrong)
    np.testing.assert_allclose(rates, np.maximum(0.3 - REVIEW_SHARES, 0) / (1 - REVIEW_SHARES), atol=1e-12)


def test_right_and_wrong_answers_of_equal_certainty_are_sent_to_review_in_proportion_to_their_numbers() -> None:
    wrong = np.array([True] * 3 + [False] * 7)
    np.testing.assert_allclose(error_rates_of_the_rest(np.full(10, 0.5), wrong), 0.3)


def test_each_row_of_weights_has_its_own_curve() -> None:
    random = np.random.default_rng(7)
    sureness, wrong, weights = random.random(50), random.random(50) < 0.3, random.integers(0, 3, (4, 50)).astype(float)
    rates = error_rates_of_the_rest(sureness, wrong, weights)
    for row, weight in enumerate(weights):
        repeated = np.repeat(np.arange(50), weight.astype(int))
        np.testing.assert_allclose(rates[row], error_rates_of_the_rest(sureness[repeated], wrong[repeated]))


def test_images_at_the_threshold_or_the_edge_of_the_margin_are_treated_as_in_the_program() -> None:
    p, benign, malignant = np.array([0.25, 0.5, 0.75]), np.eye(8)[[0] * 3], np.eye(8)[[4] * 3]
    for subtypes in (benign, malignant):
        for margin in (0.0, 0.25, 0.26):
            rule, point = ReviewRule(margin), OperatingPoint("default", 0.5)
            expected = [bool(rule.reasons(Prediction(float(one), tuple(row)), point)) for one, row in zip(p, subtypes, strict=True)]
            assert sent_to_review(p, np.full(3, 0.5), margin, subtypes).tolist() == expected
    assert sent_to_review(p, np.full(3, 0.5), 0.25, None).tolist() == [False, True, False]


def test_errors_that_are_caught_and_errors_among_the_rest_are_counted_separately() -> None:
    sent, wrong, malignant = (np.array(one, bool) for one in ([1, 1, 1, 0, 0, 0, 0], [1, 0, 1, 0, 0, 0, 1], [1, 0, 0, 1, 0, 0, 1]))
    assert review_figures(sent, wrong, malignant) == {
        "share_sent_to_review": pytest.approx(3 / 7),
        "error_rate_of_the_rest": 0.25,
        "errors_caught": pytest.approx(2 / 3),
        "missed_cancers_caught": 0.5,
    }


def test_the_review_shares_run_from_0_to_90_percent_in_steps_of_2() -> None:
    np.testing.assert_allclose(REVIEW_SHARES, np.linspace(0, 0.9, 46))
