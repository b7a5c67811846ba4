import pytest

from breakhis_desktop.domain.decision import Estimate, OperatingPoint
from breakhis_desktop.domain.operating_curve import OperatingCurve, custom_point
from tests.factories import said

FALLING = (Estimate(1.0, 1.0, 1.0), Estimate(0.8, 0.6, 0.9), Estimate(0.0, 0.0, 0.0))
CURVE = OperatingCurve((0.0, 0.5, 1.0), FALLING, FALLING[::-1], said("grouped"))


def test_a_threshold_of_the_grid_has_the_figures_that_stand_there() -> None:
    for threshold, sensitivity, specificity in zip(CURVE.thresholds, CURVE.sensitivity, CURVE.specificity, strict=True):
        assert CURVE.at(threshold) == (sensitivity, specificity)


def test_between_two_thresholds_the_figures_lie_on_a_straight_line() -> None:
    sensitivity, specificity = CURVE.at(0.25)
    assert (sensitivity.value, sensitivity.low, sensitivity.high) == pytest.approx((0.9, 0.8, 0.95))
    assert (specificity.value, specificity.low, specificity.high) == pytest.approx((0.4, 0.3, 0.45))


def test_a_threshold_that_a_user_chose_carries_the_evidence_of_the_curve() -> None:
    point = custom_point(0.5, CURVE)
    assert point == OperatingPoint("custom", 0.5, FALLING[1], FALLING[1], said("grouped"))


def test_without_a_curve_nothing_is_claimed_of_a_threshold_that_a_user_chose() -> None:
    assert custom_point(0.5, None) == OperatingPoint("custom", 0.5)


def test_figures_may_stay_the_same_from_one_threshold_to_the_next() -> None:
    flat = (Estimate(0.5, 0.4, 0.6),) * 3
    assert OperatingCurve(CURVE.thresholds, flat, flat, said("grouped")).at(0.75) == (flat[0], flat[0])


@pytest.mark.parametrize(
    ("thresholds", "sensitivity", "specificity", "words"),
    [
        ((0.0, 0.5, 0.9), FALLING, FALLING[::-1], "rise from 0 to 1"),
        ((0.0, 0.0, 1.0), FALLING, FALLING[::-1], "rise from 0 to 1"),
        (CURVE.thresholds, FALLING[::-1], FALLING[::-1], "sensitivity that goes the wrong way"),
        (CURVE.thresholds, FALLING, FALLING, "specificity that goes the wrong way"),
        (CURVE.thresholds, FALLING[:2], FALLING[::-1], "a different number"),
        (CURVE.thresholds, (Estimate(1.0, 1.0, 1.2), *FALLING[1:]), FALLING[::-1], "not a share"),
        (CURVE.thresholds, (Estimate(1.2, 1.0, 1.0), *FALLING[1:]), FALLING[::-1], "not a share"),
        (CURVE.thresholds, (*FALLING[:2], Estimate(0.0, -0.1, 0.0)), FALLING[::-1], "not a share"),
        (CURVE.thresholds, (*FALLING[:2], Estimate(-0.1, 0.0, 0.0)), FALLING[::-1], "not a share"),
        (CURVE.thresholds, (Estimate(1.2, 1.0, 1.2), *FALLING[1:]), FALLING[::-1], "not a share"),
        (CURVE.thresholds, (Estimate(float("nan"), 1.0, 1.0), *FALLING[1:]), FALLING[::-1], "not a share"),
        (CURVE.thresholds, (Estimate(1.0, 1.0, 0.9), *FALLING[1:]), FALLING[::-1], "not a share"),
    ],
)
def test_what_no_thresholding_can_show_is_refused(
    thresholds: tuple[float, ...], sensitivity: tuple[Estimate, ...], specificity: tuple[Estimate, ...], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        OperatingCurve(thresholds, sensitivity, specificity, said("grouped"))
