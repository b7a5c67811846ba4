"""What `evaluate` and `compare_pairs` return; the names of fields are those of the JSON files in `training/results/figures/`."""

from collections.abc import Mapping
from dataclasses import dataclass

from breakhis_desktop.domain.figures import BinaryFigures, Count, Figure, Figures, Number, SubtypeFigures, TaskDifferences


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippedPoint:
    """An operating point: its threshold, found on all entries, and what decisions showed there, cross-fitted.

    Attributes:
        threshold: On calibrated probabilities; None where there is one class only.
        sensitivity: At the thresholds of the other folds.
        specificity: At the thresholds of the other folds.
        protocol: Under which protocol, and on how many images.
    """

    threshold: Number | None
    sensitivity: Figure
    specificity: Figure
    protocol: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewTrade:
    """What the review rule does at a margin, as shares; None where there is nothing to take a share of."""

    margin: Number | None
    share_sent_to_review: Number | None
    error_rate_of_the_rest: Number | None
    errors_caught: Number | None
    missed_cancers_caught: Number | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveragePoint:
    """The error rate of the rest, with its interval, when a share of the images, the least sure, is sent to review."""

    share: Number | None
    error_rate: Number | None
    low: Number | None
    high: Number | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFigures:
    """Selective use.

    Attributes:
        margin: Of the rule that ships; None where there is none, for want of a class or of the binary task.
        protocol: How the figures were found.
        rule: The rule in words; empty without the binary task, as `figures` and `trade` are.
        figures: What the rule achieves, cross-fitted.
        trade: What it does at each margin.
        curves: Error rates over shares sent to review, by task.
    """

    margin: Number | None = None
    protocol: str = ""
    rule: str = ""
    figures: Figures | None = None
    trade: tuple[ReviewTrade, ...] | None = None
    curves: Mapping[str, tuple[CoveragePoint, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Every figure of a recipe under a protocol.

    Attributes:
        recipe: Its name; this and what follows is as in `TrainingProvenance`.
        recipe_sha256: The hash of all that defines it.
        description: What it is, in a sentence.
        task: `binary`, `subtype` or `both`.
        protocol: One of `PROTOCOLS`.
        random_seed: Of initial weights, order and augmentation.
        splits: How many of the protocol's splits were trained.
        splits_planned: How many the protocol has.
        epochs: The most epochs that each network was given.
        epochs_planned: The most that the recipe names.
        minutes: Of training, over all splits.
        precision: `float32`, or the mixed precision that was used.
        split_sha256: The hash of the assignment to the grouped folds.
        trained: The day on which the last split was trained, ISO 8601.
        protocol_label: What tables call the protocol.
        entries: How often images were judged.
        images: How many images.
        accessions: Of how many accessions.
        note: Why some figures have no meaning; empty where all have.
        binary: Benign against malignant; None where the recipe does not judge that.
        operating_points: By name; None without the binary task.
        subtype: The eight subtypes; None where the recipe does not judge them.
        temperature: What is shipped, by task; None where it cannot be fitted.
        review: Selective use.
    """

    recipe: str
    recipe_sha256: str
    description: str
    task: str
    protocol: str
    random_seed: int
    splits: Count
    splits_planned: Count
    epochs: Count
    epochs_planned: Count
    minutes: Number
    precision: str
    split_sha256: str
    trained: str
    protocol_label: str
    entries: Count | None
    images: Count
    accessions: Count
    note: str = ""
    binary: BinaryFigures | None = None
    operating_points: Mapping[str, ShippedPoint] | None = None
    subtype: SubtypeFigures | None = None
    temperature: Mapping[str, Number | None]
    review: ReviewFigures

    def of(self, task: str) -> BinaryFigures | SubtypeFigures | None:
        """Return the figures of a task, `binary` or `subtype`; None where the recipe does not judge it."""
        return self.binary if task == "binary" else self.subtype


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedDifferences:
    """The differences of two recipes under a protocol.

    Attributes:
        a: The first recipe.
        b: The one that is subtracted.
        protocol: One of `PROTOCOLS`.
        protocol_label: What tables call it.
        binary: None where not both judge that.
        subtype: None where not both judge that.
    """

    a: str
    b: str
    protocol: str
    protocol_label: str
    binary: TaskDifferences | None = None
    subtype: TaskDifferences | None = None

    def of(self, task: str) -> TaskDifferences | None:
        """Return the differences in a task; None where not both recipes judge it."""
        return self.binary if task == "binary" else self.subtype
