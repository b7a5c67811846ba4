"""What a validation showed: figures with their intervals, as cards and the results of training hold them.

The names of fields are those of the JSON objects. A field with a plain default may be missing there, and is left out where it has its
default; one with a default factory may be missing and is always written.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from msgspec import Meta

from breakhis_desktop.domain.decision import Estimate
from breakhis_desktop.errors import ClauseError
from breakhis_desktop.wording.bundles import BundleCode
from breakhis_desktop.wording.message import Message

Count = Annotated[int, Meta(ge=0, le=10**15)]
Number = Annotated[float, Meta(ge=-1e15, le=1e15)]
"""No number of a card, nor any that a person would read, is larger."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its 95 % interval, by a bootstrap over accessions.

    Attributes:
        value: None where it has no meaning, as the AUC of one class.
        low: The lower end; None without a value, or where too few accessions stand behind it.
        high: The upper end; None where the lower one is.
    """

    value: Number | None
    low: Number | None
    high: Number | None

    def __post_init__(self) -> None:
        """Refuse an interval without both ends or without a value.

        Raises:
            ClauseError: It is one.
        """
        if self.low is not None and (self.value is None or self.high is None):
            raise ClauseError(Message.of(BundleCode.INTERVAL_INCOMPLETE))

    @property
    def estimate(self) -> Estimate | None:
        """The figure where it is known with its interval."""
        if self.value is None or self.low is None or self.high is None:
            return None
        return Estimate(self.value, self.low, self.high)


Figures = Mapping[str, Figure]
"""Figures by name, as `auc` or `macro_recall`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What stands behind figures.

    Attributes:
        entries: How often images were judged; some protocols hold an image out several times.
        images: How many images.
        accessions: Of how many accessions.
        note: Why some figures have no meaning; empty where all have.
    """

    entries: Count | None = None
    images: Count
    accessions: Count
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartFigures(Evidence):
    """The figures of some of the images, as those of a magnification."""

    figures: Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Confusion:
    """How decisions came out, in images or patients."""

    tn: Count
    fp: Count
    fn: Count
    tp: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """What decisions at a threshold showed; the AUC stands with those on raw probabilities alone."""

    auc: Figure | None = None
    sensitivity: Figure
    specificity: Figure
    precision: Figure
    accuracy: Figure
    confusion: Confusion | None

    @property
    def figures(self) -> Figures:
        """The figures by name."""
        ranked = {"auc": self.auc} if self.auc else {}
        named = {"sensitivity": self.sensitivity, "specificity": self.specificity, "precision": self.precision, "accuracy": self.accuracy}
        return {**ranked, **named}


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientRuleFigures:
    """How a rule that makes a patient's probability from those of the images did, at a threshold of its own."""

    auc: Figure
    specificity_at_sensitivity_95: Figure
    sensitivity: Figure
    specificity: Figure
    threshold: Number | None

    @property
    def figures(self) -> Figures:
        """The figures by name."""
        ranked = {"auc": self.auc, "specificity_at_sensitivity_95": self.specificity_at_sensitivity_95}
        return {**ranked, "sensitivity": self.sensitivity, "specificity": self.specificity}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliabilityBin:
    """Images of similar probability: the mean of it, the share of malignant ones among them, and their share of all images."""

    predicted: Number
    observed: Number
    share: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A curve to draw.

    Attributes:
        points: Pairs of x and y.
        default: The pair of the default operating point; None where that is unknown.
        malignant_share: Of a precision-recall curve, the precision of chance; None of others.
    """

    points: tuple[tuple[Number, Number], ...]
    default: tuple[Number, Number] | None
    malignant_share: Number | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BinaryFigures:
    """Benign against malignant.

    Attributes:
        by_image: Ranking, decisions at the default operating point and calibration.
        at_points: The decisions at each operating point.
        at_half: Those of raw probabilities at one half.
        by_patient: As `by_image`, by the rule that the program uses.
        patients: How many there are.
        patient_rules: The rules beside each other.
        by_magnification: As `by_image`, by magnification.
        reliability: How calibrated probabilities compare with what was observed.
        roc: Sensitivity over 1 - specificity; a card leaves it out.
        precision_recall: Precision over recall; a card leaves it out.
        note: Why some figures have no meaning; empty where all have.
    """

    by_image: Figures = field(default_factory=dict)
    at_points: Mapping[str, Decisions] = field(default_factory=dict)
    at_half: Decisions | None = None
    by_patient: Figures = field(default_factory=dict)
    patients: Count | None = None
    patient_rules: Mapping[str, PatientRuleFigures] = field(default_factory=dict)
    by_magnification: Mapping[str, PartFigures] = field(default_factory=dict)
    reliability: tuple[ReliabilityBin, ...] = field(default_factory=tuple)
    roc: Curve | None = None
    precision_recall: Curve | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """The share of a subtype's images that were found, and what stands behind it as in `Evidence`."""

    value: Number | None
    low: Number | None
    high: Number | None
    entries: Count | None = None
    images: Count
    accessions: Count
    note: str = ""

    @property
    def figure(self) -> Figure:
        """The share with its interval."""
        return Figure(self.value, self.low, self.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class SubtypeFigures:
    """The eight subtypes.

    Attributes:
        entries: As in `Evidence`, of the images whose subtype is certain; so are images and accessions.
        images: How many images.
        accessions: Of how many accessions.
        figures: Figures over all subtypes.
        well_covered: The codes of those that enough accessions stand behind.
        recall: By code.
        confusion_matrix: Images by true and by most probable subtype, both in the order of `SUBTYPES`.
        by_magnification: Accuracy and macro recall by magnification.
        note: Why some figures have no meaning; empty where all have.
    """

    entries: Count | None = None
    images: Count = field(default_factory=int)
    accessions: Count = field(default_factory=int)
    figures: Figures = field(default_factory=dict)
    well_covered: tuple[str, ...] = field(default_factory=tuple)
    recall: Mapping[str, Recall] = field(default_factory=dict)
    confusion_matrix: tuple[tuple[Count, ...], ...] = field(default_factory=tuple)
    by_magnification: Mapping[str, PartFigures] = field(default_factory=dict)
    note: str = ""

    @property
    def by_image(self) -> Figures:
        """The figures by image, under the name that those of the binary task bear."""
        return self.figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """The difference of a figure between two recipes, with its paired interval.

    Attributes:
        value: Of the first minus that of the second; None where it has no meaning, and so all others.
        low: The lower end.
        high: The upper end.
        a: The figure of the first.
        b: The figure of the second.
        excludes_zero: Whether the interval does.
    """

    value: Number | None
    low: Number | None
    high: Number | None
    a: Number | None
    b: Number | None
    excludes_zero: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDifferences(Evidence):
    """The differences of two recipes in a task, by the name of the figure."""

    differences: Mapping[str, Difference]
