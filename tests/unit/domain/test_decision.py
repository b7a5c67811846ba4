import math
from typing import Any

import pytest

from breakhis_desktop.domain.decision import OperatingPoint, Prediction, ReviewRule
from breakhis_desktop.domain.taxonomy import Decision

POINT = OperatingPoint("default", 0.3)
DUCTAL = (0, 0, 0, 0, 1.0, 0, 0, 0)
ADENOSIS = (1.0, 0, 0, 0, 0, 0, 0, 0)


def test_an_image_at_the_threshold_is_malignant() -> None:
    assert POINT.decide(0.3) is Decision.MALIGNANT
    assert POINT.decide(0.2999) is Decision.BENIGN


def test_the_subtype_is_the_most_probable_one() -> None:
    assert Prediction(0.5, (0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.3, 0.1)).subtype.code == "MC"


def test_a_probability_near_the_threshold_needs_review() -> None:
    assert ReviewRule(0.1).reasons(Prediction(0.35, DUCTAL), POINT) == ("near threshold",)
    assert ReviewRule(0.1).reasons(Prediction(0.45, DUCTAL), POINT) == ()


def test_models_that_disagree_need_review() -> None:
    assert ReviewRule(0.1).reasons(Prediction(0.9, ADENOSIS), POINT) == ("models disagree",)
    assert ReviewRule(0.1).reasons(Prediction(0.05, DUCTAL), POINT) == ("models disagree",)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, -0.1, 1.1, None, "0.5"])
def test_what_is_no_probability_is_no_prediction(value: Any) -> None:
    with pytest.raises(ValueError, match="something else than probabilities"):
        Prediction(value, DUCTAL)
    for place in range(8):
        with pytest.raises(ValueError, match="something else than probabilities"):
            Prediction(0.5, (*DUCTAL[:place], value, *DUCTAL[place + 1 :]))


def test_a_prediction_is_of_all_eight_subtypes() -> None:
    with pytest.raises(ValueError, match="something else than probabilities"):
        Prediction(0.5, (0.5, 0.5))
    assert Prediction(1, DUCTAL) == Prediction(1.0, DUCTAL)
