"""The results of `evaluate` and `compare_pairs`, under the field names of the JSON files in `training/results/figures/`."""

from collections.abc import Mapping
from dataclasses import dataclass

from breakhis_desktop.domain.figures import BinaryFigures, Count, Figure, Figures, Number, SubtypeFigures, TaskDifferences


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippedPoint:
    """An operating point: its threshold, fitted on all entries, and its cross-fitted figures.

    Attributes:
        threshold: The threshold on calibrated probabilities; None if there is only one class.
        sensitivity: The sensitivity; each fold is evaluated at a threshold found on the other folds.
        specificity: The specificity; each fold is evaluated at a threshold found on the other folds.
        protocol: The protocol, with the number of images and accessions.
    """

    threshold: Number | None
    sensitivity: Figure
    specificity: Figure
    protocol: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewTrade:
    """The effect of the review rule at a margin, in shares; a share is None if there is nothing to divide by."""

    margin: Number | None
    share_sent_to_review: Number | None
    error_rate_of_the_rest: Number | None
    errors_caught: Number | None
    missed_cancers_caught: Number | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveragePoint:
    """A point of a curve: the share of images sent to review, least confident first, and the error rate of the rest with its interval."""

    share: Number | None
    error_rate: Number | None
    low: Number | None
    high: Number | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFigures:
    """Figures of selective prediction, where a review rule sends some images to a person.

    Attributes:
        margin: The margin of the shipped rule; None if there is only one class or no binary task.
        protocol: The protocol of the figures; empty without the binary task.
        rule: The rule in words; empty without the binary task.
        figures: The rule's cross-fitted figures; None without the binary task.
        trade: The rule's figures at each margin; None without the binary task.
        curves: The error rate of the images that are not reviewed, at each share sent to review, keyed by task.
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

    Fields up to `trained` are as in `TrainingProvenance`.

    Attributes:
        recipe: The name of the recipe.
        recipe_sha256: The hash of everything that defines the recipe.
        description: The recipe in a sentence.
        task: `binary`, `subtype` or `both`.
        protocol: A key of `PROTOCOLS`.
        random_seed: The seed for initial weights, image order and augmentation.
        splits: The number of the protocol's splits that were trained.
        splits_planned: The number of splits that the protocol has.
        epochs: The maximum number of epochs for which the networks were allowed to train.
        epochs_planned: The maximum number of epochs in the recipe.
        minutes: Minutes of training, over all splits.
        precision: `float32`, or the mixed precision that was used.
        split_sha256: The hash of the assignment to the grouped folds.
        trained: The day on which the last split was trained, ISO 8601.
        protocol_label: The protocol's name in tables.
        entries: The number of predictions; some protocols hold an image out several times.
        images: The number of images.
        accessions: The number of accessions.
        note: A note if there are too few accessions for sound figures; else empty.
        binary: The figures of benign against malignant; None without that task.
        operating_points: The operating points, keyed by name; None without the binary task.
        subtype: The figures of the eight subtypes; None without that task.
        temperature: The shipped temperature by task; None if it cannot be fitted.
        review: The figures of selective prediction.
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
        """Return the figures of a task, `binary` or `subtype`; None if the recipe lacks that task."""
        return self.binary if task == "binary" else self.subtype


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedDifferences:
    """The differences between two recipes under a protocol.

    Attributes:
        a: The first recipe.
        b: The recipe that is subtracted.
        protocol: A key of `PROTOCOLS`.
        protocol_label: The protocol's name in tables.
        binary: The binary differences; None if a recipe lacks that task.
        subtype: The subtype differences; None if a recipe lacks that task.
    """

    a: str
    b: str
    protocol: str
    protocol_label: str
    binary: TaskDifferences | None = None
    subtype: TaskDifferences | None = None

    def of(self, task: str) -> TaskDifferences | None:
        """Return the differences in a task, `binary` or `subtype`; None if a recipe lacks that task."""
        return self.binary if task == "binary" else self.subtype
