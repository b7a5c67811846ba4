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
