"""Turns probabilities into a decision, and determines whether a human must review the image."""

from dataclasses import dataclass

from breakhis_desktop.domain.taxonomy import SUBTYPES, Decision, Subtype
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message

NEAR_THRESHOLD = Message.of(ImageCode.NEAR_THRESHOLD)
MODELS_DISAGREE = Message.of(ImageCode.MODELS_DISAGREE)

_ROUNDING = 1e-6
"""How far rounding may push a probability below 0 or above 1."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval, found by a bootstrap over accessions."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """A threshold for the calibrated probability that an image is malignant, with its validation results.

    Attributes:
        name: The name that users see, and type on the command line.
        threshold: From 0 to 1; an image whose probability is at or above it is called malignant.
        sensitivity: The share of malignant images that were classified as malignant; None if not validated at this threshold.
        specificity: The share of benign images that were classified as benign; None if not validated at this threshold.
        evidence: The protocol and the number of images and accessions behind both figures; None if not validated at this threshold.
    """

    name: str
    threshold: float
    sensitivity: Estimate | None = None
    specificity: Estimate | None = None
    evidence: Message | None = None

    def is_same(self, other: "OperatingPoint") -> bool:
        """Return whether another point has the same name and threshold; the evidence may differ."""
        return (self.name, self.threshold) == (other.name, other.threshold)

    def decide(self, p_malignant: float) -> Decision:
        """Return malignant at or above the threshold, else benign."""
        return Decision.MALIGNANT if p_malignant >= self.threshold else Decision.BENIGN


@dataclass(frozen=True, slots=True)
class Prediction:
    """The calibrated probabilities, 0 to 1, that the two models give for one image.

    Attributes:
        p_malignant: The probability that the image is malignant, from the binary model.
        p_subtypes: The probability of each subtype, from the subtype model, in the order of `SUBTYPES`; they sum to 1.
    """

    p_malignant: float
    p_subtypes: tuple[float, ...]

    def __post_init__(self) -> None:
        """Reject values that are not probabilities; NaN, for instance, reaches no threshold, and so would be called benign.

        Raises:
            ValueError: A value is not a number from 0 to 1, or the number of subtype probabilities is wrong.
        """
        if len(self.p_subtypes) != len(SUBTYPES) or not all(_is_probability(p) for p in (self.p_malignant, *self.p_subtypes)):
            raise ValueError("a prediction that holds something other than probabilities")

    @property
    def subtype(self) -> Subtype:
        """The most probable subtype."""
        return SUBTYPES[max(range(len(SUBTYPES)), key=self.p_subtypes.__getitem__)]


def _is_probability(value: object) -> bool:
    return isinstance(value, float | int) and -_ROUNDING <= value <= 1 + _ROUNDING


@dataclass(frozen=True, slots=True)
class ReviewRule:
    """When a human must look at an image: if its probability is near the threshold, or if the two models disagree.

    The margin defines a band of probabilities around the threshold for which it was found. At another threshold, the band is moved: the
    ratio of the odds at each edge to the odds at the threshold stays the same. If a threshold is chosen by the costs of both kinds of
    error, this ratio equals the ratio of the expected costs of the two possible decisions. So the band means the same at every threshold.

    Attributes:
        margin: Half the width of the band, in probability, at the threshold `found_at`.
        found_at: The threshold for which the margin was found; None if the band is equally wide at every threshold, as in runs of earlier
            versions.
    """

    margin: float
    found_at: float | None = None

    def band(self, threshold: float) -> tuple[float, float]:
        """Return the lower and the upper edge of the band around a threshold, both excluded; they may lie below 0 or above 1."""
        if self.found_at is None or threshold == self.found_at:
            return threshold - self.margin, threshold + self.margin
        low, high = self.found_at - self.margin, self.found_at + self.margin
        return _moved(low, self.found_at, threshold), _moved(high, self.found_at, threshold)

    def reasons(self, prediction: Prediction, point: OperatingPoint) -> tuple[Message, ...]:
        """Return why this prediction needs review; empty if it does not."""
        found = []
        low, high = self.band(point.threshold)
        if low < prediction.p_malignant < high:
            found.append(NEAR_THRESHOLD)
        if prediction.subtype.decision is not point.decide(prediction.p_malignant):
            found.append(MODELS_DISAGREE)
        return tuple(found)


def _moved(edge: float, found_at: float, threshold: float) -> float:
    """Move an edge of the band from `found_at` to another threshold, keeping the ratio between the edge's odds and the threshold's odds."""
    if not 0 < edge < 1 or not 0 < found_at < 1:
        return edge
    odds, against = edge * (1 - found_at) * threshold, (1 - edge) * found_at * (1 - threshold)
    return odds / (odds + against)
