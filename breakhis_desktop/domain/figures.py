"""Validation figures with their intervals, in cards and in the results of training.

Each field is named as in the JSON. A field with a default or a default factory may be missing from the JSON. When figures are written, a
field whose value equals its default is left out, but a field with a default factory is always written.
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
"""A number outside this range is refused; no sensible figure is so large."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its 95 % interval, found by a bootstrap over accessions.

    Attributes:
        value: The figure; None if it is undefined, like the AUC of a single class.
        low: The lower end of the interval; None if there is no value or there are too few accessions.
        high: The upper end of the interval; None if `low` is None.
    """

    value: Number | None
    low: Number | None
    high: Number | None

    def __post_init__(self) -> None:
        """Reject an incomplete interval.

        Raises:
            ClauseError: There is a lower end, but no value or no upper end.
        """
        if self.low is not None and (self.value is None or self.high is None):
            raise ClauseError(Message.of(BundleCode.INTERVAL_INCOMPLETE))

    @property
    def estimate(self) -> Estimate | None:
        """The figure with its interval; None if either is unknown."""
        if self.value is None or self.low is None or self.high is None:
            return None
        return Estimate(self.value, self.low, self.high)


Figures = Mapping[str, Figure]
"""Figures by name, such as `auc` or `macro_recall`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The amount of data behind figures.

    Attributes:
        entries: The number of predictions; some protocols hold an image out several times.
        images: The number of images.
        accessions: The number of accessions.
        note: Why some figures are undefined; empty if all are defined.
    """

    entries: Count | None = None
    images: Count
    accessions: Count
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartFigures(Evidence):
    """The figures of a subset of the images, such as a magnification."""

    figures: Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Confusion:
    """The numbers of true and false negatives and positives, in images or in patients."""

    tn: Count
    fp: Count
    fn: Count
    tp: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """The figures of decisions at a threshold; the AUC is included only if the decisions use raw probabilities."""

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
    """The figures of a rule that combines image probabilities into a patient's probability, at the rule's own threshold."""

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
    """Images of similar probability: their mean probability, the share of malignant images among them, and their share of all images."""

    predicted: Number
    observed: Number
    share: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A curve to draw.

    Attributes:
        points: Pairs of x and y.
        default: The pair at the default operating point; None if unknown.
        malignant_share: For a precision-recall curve, the share of malignant images, which is the precision of guessing; None for other
            curves.
    """

    points: tuple[tuple[Number, Number], ...]
    default: tuple[Number, Number] | None
    malignant_share: Number | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BinaryFigures:
    """The figures of benign against malignant.

    Attributes:
        by_image: The figures of ranking, of decisions at the default operating point, and of calibration.
        at_points: The decisions at each operating point.
        at_half: The decisions on raw probabilities at a threshold of one half.
        by_patient: The same figures as in `by_image`, computed over patients with the program's own patient rule.
        patients: The number of patients.
        patient_rules: The figures of every patient rule.
        by_magnification: The same figures as in `by_image`, for the images of each magnification.
        reliability: Calibrated probabilities against observed shares.
        roc: The ROC curve: sensitivity plotted against 1 - specificity; not in a card.
        precision_recall: Precision plotted against recall; not in a card.
        note: Why some figures are undefined; empty if all are defined.
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
    """The share of a subtype's images that were recognised, with the counts of `Evidence`."""

    value: Number | None
    low: Number | None
    high: Number | None
    entries: Count | None = None
    images: Count
    accessions: Count
    note: str = ""

    @property
    def figure(self) -> Figure:
        """The recall with its interval."""
        return Figure(self.value, self.low, self.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class SubtypeFigures:
    """The figures of the eight subtypes, on images whose subtype is certain.

    Attributes:
        entries: The number of predictions; some protocols hold an image out several times.
        images: The number of images.
        accessions: The number of accessions.
        figures: Figures over all subtypes.
        well_covered: The codes of the subtypes with enough accessions.
        recall: Recall by subtype code.
        confusion_matrix: Counts by true and by most probable subtype, both in the order of `SUBTYPES`.
        by_magnification: Accuracy and macro recall on the images of each magnification.
        note: Why some figures are undefined; empty if all are defined.
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
        """The figures computed over images, under the same name as in the binary task."""
        return self.figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """The difference of a figure between two recipes, with its paired interval.

    Attributes:
        value: The first recipe's figure minus the second's; None if undefined.
        low: The lower end of the interval; None if undefined.
        high: The upper end of the interval; None if undefined.
        a: The first recipe's figure; None if undefined.
        b: The second recipe's figure; None if undefined.
        excludes_zero: Whether the interval excludes zero.
    """

    value: Number | None
    low: Number | None
    high: Number | None
    a: Number | None
    b: Number | None
    excludes_zero: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDifferences(Evidence):
    """The differences between two recipes in a task, by the figure's name."""

    differences: Mapping[str, Difference]
