"""A classifier with several operating points and an operating curve."""

from dataclasses import replace

from breakhis_desktop.domain.card_parts import CurveColumns, CurveEvidence, PointEvidence, ShareFigure
from tests.conftest import CARD, FakeClassifier

EVIDENCE = "grouped, cross-fitted; 1,387 images of 50 accessions"
FALLING = tuple(1 - step / 100 for step in range(101))
RISING = tuple(step / 100 for step in range(101))
CURVE = CurveEvidence(
    protocol="grouped, temperature cross-fitted",
    thresholds=RISING,
    sensitivity=CurveColumns(value=FALLING, low=tuple(value / 2 for value in FALLING), high=(1.0,) * 101),
    specificity=CurveColumns(value=RISING, low=tuple(value / 2 for value in RISING), high=(1.0,) * 101),
)
POINTS = {
    name: PointEvidence(
        threshold=threshold, sensitivity=ShareFigure(0.95, 0.9, 0.98), specificity=ShareFigure(0.6, 0.4, 0.8), protocol=EVIDENCE
    )
    for name, threshold in (("screening", 0.2), ("default", 0.34), ("balanced", 0.5))
}


class WithCurve(FakeClassifier):
    """A classifier whose card has three operating points and a curve over all thresholds."""

    card = replace(CARD, operating_points=POINTS, operating_curve=CURVE)
