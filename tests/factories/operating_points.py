"""Models that know how well they do at every threshold."""

from dataclasses import replace

from breakhis_desktop.domain.decision import Estimate, OperatingPoint
from breakhis_desktop.domain.operating_curve import OperatingCurve
from tests.conftest import CARD, FakeClassifier
from tests.factories import said

EVIDENCE = "grouped, cross-fitted; 1,387 images of 50 accessions"
FALLING = tuple(Estimate(1 - step / 100, (100 - step) / 200, 1.0) for step in range(101))
RISING = tuple(Estimate(step / 100, step / 200, 1.0) for step in range(101))
CURVE = OperatingCurve(tuple(step / 100 for step in range(101)), FALLING, RISING, said("grouped, temperature cross-fitted"))
POINTS = {
    name: OperatingPoint(name, threshold, Estimate(0.95, 0.9, 0.98), Estimate(0.6, 0.4, 0.8), said(EVIDENCE))
    for name, threshold in (("screening", 0.2), ("default", 0.34), ("balanced", 0.5))
}


class WithCurve(FakeClassifier):
    """Models whose card tells of three operating points and of every threshold."""

    card = replace(CARD, points=POINTS, curve=CURVE)
