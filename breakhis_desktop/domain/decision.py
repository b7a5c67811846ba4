"""From probabilities to a decision, and to the question whether a human must look."""

from dataclasses import dataclass

from breakhis_desktop.domain.taxonomy import SUBTYPES, Decision, Subtype
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message

NEAR_THRESHOLD = Message.of(ImageCode.NEAR_THRESHOLD)
MODELS_DISAGREE = Message.of(ImageCode.MODELS_DISAGREE)

_ROUNDING = 1e-6
"""How far a probability may lie beyond 0 or 1 by rounding."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval, by a bootstrap over accessions."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """A threshold on the calibrated probability of malignant, with what the validation showed there.

    Attributes:
        name: How users and the command line call it.
        threshold: From 0 to 1; an image is malignant from it upwards.
        sensitivity: The share of malignant images that were called so; None for a threshold that the user chose.
        specificity: The share of benign images that were called so; None for a threshold that the user chose.
        evidence: Under which protocol, and on how many images and accessions; None for a threshold that the user chose.
    """

    name: str
    threshold: float
    sensitivity: Estimate | None = None
    specificity: Estimate | None = None
    evidence: Message | None = None

    def is_same(self, other: "OperatingPoint") -> bool:
        """Tell whether another point has the same name and threshold, whatever the evidence for it."""
        return (self.name, self.threshold) == (other.name, other.threshold)

    def decide(self, p_malignant: float) -> Decision:
        """Call an image malignant from the threshold upwards."""
        return Decision.MALIGNANT if p_malignant >= self.threshold else Decision.BENIGN


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the two models say of one image, as calibrated probabilities from 0 to 1.

    Attributes:
        p_malignant: The probability of malignant, from the binary model.
        p_subtypes: The probability of each subtype in the order of `SUBTYPES`, from the subtype model; they sum to 1.
    """

    p_malignant: float
    p_subtypes: tuple[float, ...]

    def __post_init__(self) -> None:
        """Refuse what is no probability: NaN compares as false everywhere, and so would pass for a benign image.

        Raises:
            ValueError: A value is not a number from 0 to 1, or there are not as many as there are subtypes.
        """
        if len(self.p_subtypes) != len(SUBTYPES) or not all(_is_probability(p) for p in (self.p_malignant, *self.p_subtypes)):
            raise ValueError("a prediction that holds something else than probabilities")

    @property
    def subtype(self) -> Subtype:
        """The most probable subtype."""
        return SUBTYPES[max(range(len(SUBTYPES)), key=self.p_subtypes.__getitem__)]


def _is_probability(value: object) -> bool:
    return isinstance(value, float | int) and -_ROUNDING <= value <= 1 + _ROUNDING


@dataclass(frozen=True, slots=True)
class ReviewRule:
    """When a human must look: near the operating point, or where the two models disagree.

    Attributes:
        margin: Half the width of the band around the threshold, in probability.
    """

    margin: float

    def reasons(self, prediction: Prediction, point: OperatingPoint) -> tuple[Message, ...]:
        """Return why this prediction needs review; empty where it does not."""
        found = []
        if abs(prediction.p_malignant - point.threshold) < self.margin:
            found.append(NEAR_THRESHOLD)
        if prediction.subtype.decision is not point.decide(prediction.p_malignant):
            found.append(MODELS_DISAGREE)
        return tuple(found)
