"""The validation results at every threshold, not only at the preset operating points."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from breakhis_desktop.domain.decision import Estimate, OperatingPoint
from breakhis_desktop.errors import ClauseError
from breakhis_desktop.wording.bundles import BundleCode
from breakhis_desktop.wording.message import Message

CUSTOM_POINT = "custom"
"""The name of the operating point at a threshold that the user chose."""


@dataclass(frozen=True, slots=True)
class OperatingCurve:
    """Sensitivity and specificity over a grid of thresholds.

    Attributes:
        thresholds: From 0 to 1, strictly rising.
        sensitivity: The sensitivity at each threshold; it never rises.
        specificity: The specificity at each threshold; it never falls.
        evidence: The protocol and the number of images and accessions behind the figures.
    """

    thresholds: tuple[float, ...]
    sensitivity: tuple[Estimate, ...]
    specificity: tuple[Estimate, ...]
    evidence: Message

    def __post_init__(self) -> None:
        """Reject curves that no classifier can have.

        Raises:
            ClauseError: The thresholds do not rise from 0 to 1; or a figure has the wrong length, a number outside 0 to 1 or a reversed
                interval, or moves in the wrong direction.
        """
        if (self.thresholds[0], self.thresholds[-1]) != (0, 1) or not _rises(self.thresholds, strictly=True):
            raise ClauseError(Message.of(BundleCode.CURVE_THRESHOLDS))
        sensitivity, specificity = Message.of(BundleCode.CURVE_SENSITIVITY), Message.of(BundleCode.CURVE_SPECIFICITY)
        for figure, figures in ((sensitivity, self.sensitivity[::-1]), (specificity, self.specificity)):
            if len(figures) != len(self.thresholds):
                raise ClauseError(Message.of(BundleCode.CURVE_OF_OTHER_LENGTH, figure=figure))
            if not all(0 <= one.low <= one.high <= 1 and 0 <= one.value <= 1 for one in figures):
                raise ClauseError(Message.of(BundleCode.CURVE_NO_SHARE, figure=figure))
            if not all(_rises(values) for values in zip(*((one.value, one.low, one.high) for one in figures), strict=True)):
                raise ClauseError(Message.of(BundleCode.CURVE_REVERSED, figure=figure))

    def at(self, threshold: float) -> tuple[Estimate, Estimate]:
        """Return sensitivity and specificity at a threshold from 0 to 1, by linear interpolation."""
        right = min(bisect_right(self.thresholds, threshold), len(self.thresholds) - 1)
        below, above = self.thresholds[right - 1], self.thresholds[right]
        share = (threshold - below) / (above - below)
        return _between(self.sensitivity, right, share), _between(self.specificity, right, share)


def custom_point(threshold: float, curve: OperatingCurve | None) -> OperatingPoint:
    """Return the operating point at a threshold that the user chose, with its validation results if there is a curve."""
    if curve is None:
        return OperatingPoint(CUSTOM_POINT, threshold)
    return OperatingPoint(CUSTOM_POINT, threshold, *curve.at(threshold), curve.evidence)


def _rises(values: Sequence[float], *, strictly: bool = False) -> bool:
    return all(one < other or (one == other and not strictly) for one, other in pairwise(values))


def _between(figures: Sequence[Estimate], right: int, share: float) -> Estimate:
    one, other = figures[right - 1], figures[right]
    return Estimate(*(a + share * (b - a) for a, b in ((one.value, other.value), (one.low, other.low), (one.high, other.high))))
