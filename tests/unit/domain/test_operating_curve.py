import pytest

from breakhis_desktop.domain.decision import Estimate, OperatingPoint
from breakhis_desktop.domain.operating_curve import OperatingCurve, custom_point
from tests.factories import said

FALLING = (Estimate(1.0, 1.0, 1.0), Estimate(0.8, 0.6, 0.9), Estimate(0.0, 0.0, 0.0))
CURVE = OperatingCurve((0.0, 0.5, 1.0), FALLING, FALLING[::-1], said("grouped"))


def test_a_threshold_on_the_grid_has_exactly_the_figures_given_for_it() -> None:
    for threshold, sensitivity, specificity in zip(CURVE.thresholds, CURVE.sensitivity, CURVE.specificity, strict=True):
        assert CURVE.at(threshold) == (sensitivity, specificity)


def test_figures_between_two_thresholds_are_interpolated_linearly() -> None:
    sensitivity, specificity = CURVE.at(0.25)
    assert (sensitivity.value, sensitivity.low, sensitivity.high) == pytest.approx((0.9, 0.8, 0.95))
    assert (specificity.value, specificity.low, specificity.high) == pytest.approx((0.4, 0.3, 0.45))


def test_a_custom_threshold_carries_the_figures_and_evidence_of_the_curve() -> None:
    point = custom_point(0.5, CURVE)
    assert point == OperatingPoint("custom", 0.5, FALLING[1], FALLING[1], said("grouped"))


def test_without_a_curve_a_custom_threshold_has_no_figures() -> None:
    assert custom_point(0.5, None) == OperatingPoint("custom", 0.5)


def test_figures_may_be_equal_at_neighbouring_thresholds() -> None:
    flat = (Estimate(0.5, 0.4, 0.6),) * 3
    assert OperatingCurve(CURVE.thresholds, flat, flat, said("grouped")).at(0.75) == (flat[0], flat[0])


@pytest.mark.parametrize(
    ("thresholds", "sensitivity", "specificity", "words"),
    [
        ((0.0, 0.5, 0.9), FALLING, FALLING[::-1], "rise from 0 to 1"),
        ((0.0, 0.0, 1.0), FALLING, FALLING[::-1], "rise from 0 to 1"),
        (CURVE.thresholds, FALLING[::-1], FALLING[::-1], "sensitivity that changes in the wrong direction as the threshold rises"),
        (CURVE.thresholds, FALLING, FALLING, "specificity that changes in the wrong direction as the threshold rises"),
        (CURVE.thresholds, FALLING[:2], FALLING[::-1], "more or fewer sensitivity values than thresholds"),
        (CURVE.thresholds, (Estimate(1.0, 1.0, 1.2), *FALLING[1:]), FALLING[::-1], "not between 0 and 1"),
        (CURVE.thresholds, (Estimate(1.2, 1.0, 1.0), *FALLING[1:]), FALLING[::-1], "not between 0 and 1"),
        (CURVE.thresholds, (*FALLING[:2], Estimate(0.0, -0.1, 0.0)), FALLING[::-1], "not between 0 and 1"),
        (CURVE.thresholds, (*FALLING[:2], Estimate(-0.1, 0.0, 0.0)), FALLING[::-1], "not between 0 and 1"),
        (CURVE.thresholds, (Estimate(1.2, 1.0, 1.2), *FALLING[1:]), FALLING[::-1], "not between 0 and 1"),
        (CURVE.thresholds, (Estimate(float("nan"), 1.0, 1.0), *FALLING[1:]), FALLING[::-1], "not between 0 and 1"),
        (CURVE.thresholds, (Estimate(1.0, 1.0, 0.9), *FALLING[1:]), FALLING[::-1], "not between 0 and 1"),
    ],
)
def test_an_impossible_curve_is_refused(
    thresholds: tuple[float, ...], sensitivity: tuple[Estimate, ...], specificity: tuple[Estimate, ...], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        OperatingCurve(thresholds, sensitivity, specificity, said("grouped"))
