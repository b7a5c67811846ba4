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


def test_points_with_the_same_name_and_threshold_are_the_same_whatever_the_evidence() -> None:
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


def test_a_probability_exactly_at_the_margin_needs_no_review() -> None:
    rule, halfway = ReviewRule(0.25), OperatingPoint("default", 0.5)  # binary fractions: the distance equals the margin exactly
    assert rule.reasons(Prediction(0.75, DUCTAL), halfway) == ()
    assert rule.reasons(Prediction(0.25, ADENOSIS), halfway) == ()
    assert rule.reasons(Prediction(0.749, DUCTAL), halfway) == (NEAR_THRESHOLD,)
    assert rule.reasons(Prediction(0.251, ADENOSIS), halfway) == (NEAR_THRESHOLD,)


def test_models_that_disagree_need_review() -> None:
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
