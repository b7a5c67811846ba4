import math
from typing import Any

import pytest

from breakhis_desktop.domain.decision import MODELS_DISAGREE, NEAR_THRESHOLD, OperatingPoint, Prediction, ReviewRule
from breakhis_desktop.domain.taxonomy import Decision
from tests.factories import said

POINT = OperatingPoint("default", 0.3)
DUCTAL = (0, 0, 0, 0, 1.0, 0, 0, 0)
ADENOSIS = (1.0, 0, 0, 0, 0, 0, 0, 0)


def test_an_image_at_the_threshold_is_malignant() -> None:
    assert POINT.decide(0.3) is Decision.MALIGNANT
    assert POINT.decide(0.2999) is Decision.BENIGN


def test_operating_points_with_the_same_name_and_threshold_are_the_same_whatever_their_evidence() -> None:
    assert POINT.is_same(OperatingPoint("default", 0.3, evidence=said("grouped folds")))
    assert not POINT.is_same(OperatingPoint("screening", 0.3))
    assert not POINT.is_same(OperatingPoint("default", 0.4))


def test_an_operating_point_has_no_figures_or_evidence_by_default() -> None:
    assert (POINT.sensitivity, POINT.specificity, POINT.evidence) == (None, None, None)


def test_the_subtype_is_the_most_probable_one() -> None:
    assert Prediction(0.5, (0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.3, 0.1)).subtype.code == "MC"


def test_a_probability_near_the_threshold_needs_review() -> None:
    assert ReviewRule(0.1).reasons(Prediction(0.35, DUCTAL), POINT) == (NEAR_THRESHOLD,)
    assert ReviewRule(0.1).reasons(Prediction(0.45, DUCTAL), POINT) == ()


def test_a_probability_exactly_at_the_edge_of_the_margin_needs_no_review() -> None:
    rule, halfway = ReviewRule(0.25), OperatingPoint("default", 0.5)  # binary fractions: the distance equals the margin exactly
    assert rule.reasons(Prediction(0.75, DUCTAL), halfway) == ()
    assert rule.reasons(Prediction(0.25, ADENOSIS), halfway) == ()
    assert rule.reasons(Prediction(0.749, DUCTAL), halfway) == (NEAR_THRESHOLD,)
    assert rule.reasons(Prediction(0.251, ADENOSIS), halfway) == (NEAR_THRESHOLD,)


AT_DEFAULT = ReviewRule(0.21, 0.282)


def odds(p: float) -> float:
    return p / (1 - p)


@pytest.mark.parametrize("threshold", [0.05, 0.154, 0.463, 0.86, 0.99])
def test_the_band_near_the_threshold_spans_the_same_ratios_of_odds_at_every_threshold(threshold: float) -> None:
    for edge, at_default in zip(AT_DEFAULT.band(threshold), (0.282 - 0.21, 0.282 + 0.21), strict=True):
        assert odds(edge) / odds(threshold) == pytest.approx(odds(at_default) / odds(0.282))


def test_the_band_extends_by_the_margin_on_each_side_at_the_default_threshold_and_in_older_runs_at_every_threshold() -> None:
    assert AT_DEFAULT.band(0.282) == (0.282 - 0.21, 0.282 + 0.21)
    assert ReviewRule(0.21).band(0.86) == (0.86 - 0.21, 0.86 + 0.21)


def test_an_image_with_a_probability_close_to_0_or_1_is_near_no_threshold() -> None:
    sure = (Prediction(0.01, ADENOSIS), Prediction(0.999, DUCTAL))
    for threshold in (0.0, 0.05, 0.154, 0.282, 0.5, 0.86, 0.95, 1.0):
        point = OperatingPoint("chosen", threshold)
        for prediction in sure:
            assert NEAR_THRESHOLD not in AT_DEFAULT.reasons(prediction, point)


@pytest.mark.parametrize("rule", [ReviewRule(0.4, 0.3), ReviewRule(0.4, 0.8), ReviewRule(0.2, 0.0), ReviewRule(0.2, 1.0)])
def test_whether_a_band_reaches_0_or_1_does_not_depend_on_the_threshold(rule: ReviewRule) -> None:
    assert rule.found_at is not None
    bands = [rule.band(threshold) for threshold in (0.1, rule.found_at, 0.9)]
    assert len({(low <= 0, high >= 1) for low, high in bands}) == 1


def test_an_image_on_which_the_models_disagree_needs_review() -> None:
    assert ReviewRule(0.1).reasons(Prediction(0.9, ADENOSIS), POINT) == (MODELS_DISAGREE,)
    assert ReviewRule(0.1).reasons(Prediction(0.05, DUCTAL), POINT) == (MODELS_DISAGREE,)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, -0.1, 1.1, None, "0.5"])
def test_a_prediction_refuses_values_that_are_not_probabilities(value: Any) -> None:
    with pytest.raises(ValueError, match="something other than probabilities"):
        Prediction(value, DUCTAL)
    for place in range(8):
        with pytest.raises(ValueError, match="something other than probabilities"):
            Prediction(0.5, (*DUCTAL[:place], value, *DUCTAL[place + 1 :]))


def test_a_prediction_must_cover_all_eight_subtypes() -> None:
    with pytest.raises(ValueError, match="something other than probabilities"):
        Prediction(0.5, (0.5, 0.5))
    assert Prediction(1, DUCTAL) == Prediction(1.0, DUCTAL)
