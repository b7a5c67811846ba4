"""The parts of `card.json`; the names of their fields are those of the JSON objects."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from msgspec import Meta

from breakhis_desktop.domain.decision import Estimate
from breakhis_desktop.domain.figures import BinaryFigures, Count, Figures, Number, SubtypeFigures, TaskDifferences
from breakhis_desktop.errors import ClauseError
from breakhis_desktop.wording.bundles import BundleCode
from breakhis_desktop.wording.message import Message

Share = Annotated[float, Meta(ge=0, le=1)]
DividingTemperature = Annotated[float, Meta(ge=0.03, le=1000)]
"""Beyond these, dividing a logit by it leaves the range of a float."""

Limit = Annotated[float, Meta(ge=1e-6, le=1e6)]
TileSide = Annotated[int, Meta(ge=100, le=30_000)]
"""Pixels."""

Magnification = Annotated[str, Meta(pattern=r"\A[1-9][0-9]{0,4}\Z")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Temperature:
    """What the logits of each network are divided by."""

    binary: DividingTemperature
    subtype: DividingTemperature


@dataclass(frozen=True, slots=True)
class ShareFigure:
    """A share with its 95 % interval."""

    value: Share
    low: Share
    high: Share

    def __post_init__(self) -> None:
        """Refuse an interval that ends before it begins.

        Raises:
            ClauseError: It does.
        """
        if self.low > self.high:
            raise ClauseError(Message.of(BundleCode.INTERVAL_REVERSED))

    @property
    def estimate(self) -> Estimate:
        """The same as the program computes with it."""
        return Estimate(self.value, self.low, self.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class PointEvidence:
    """An operating point: its threshold, what the validation showed there, and under which protocol."""

    threshold: Share
    sensitivity: ShareFigure
    specificity: ShareFigure
    protocol: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveColumns:
    """A figure at each threshold of a curve."""

    value: tuple[Number, ...]
    low: tuple[Number, ...]
    high: tuple[Number, ...]

    @property
    def estimates(self) -> tuple[Estimate, ...]:
        """One for each threshold.

        Raises:
            ValueError: The columns are of different lengths.
        """
        return tuple(Estimate(*one) for one in zip(self.value, self.low, self.high, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveEvidence:
    """What the validation showed at every threshold, and by which rule and protocol."""

    protocol: str
    rule: str = ""
    thresholds: Annotated[tuple[Number, ...], Meta(min_length=1)]
    sensitivity: CurveColumns
    specificity: CurveColumns


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewEvidence:
    """The review rule that ships, and what it achieved.

    Attributes:
        margin: Half the width of the band around the threshold, in probability.
        protocol: How the figures were found.
        rule: The rule in words.
        figures: The share sent to review, the errors caught, and so on.
    """

    margin: Share
    protocol: str = ""
    rule: str = ""
    figures: Figures = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LargeFields:
    """How a field beyond the trained size is judged where its magnification is declared.

    Attributes:
        tile: Width and height in pixels of the fields that the models were trained on; one tile is as large.
        strongest_share: The share of the tiles, those with the highest probability of malignant, whose mean decides.
        rule: The same in words.
    """

    tile: tuple[TileSide, TileSide]
    strongest_share: Share
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OodRule:
    """Which images are familiar to the models.

    Attributes:
        file: The file that holds what the training images span in feature space.
        sha256: Its hash.
        limit: The share of an image's features outside of that, beyond which it is refused.
        components: The dimensions of that space.
        rule: The rule in words.
        protocol: How the limit was found.
        images: On how many images.
        refused_share: The share of these that it refuses.
    """

    file: str = ""
    sha256: str
    limit: Limit
    components: Count | None = None
    rule: str = ""
    protocol: str = ""
    images: Count | None = None
    refused_share: Share | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphInput:
    """The input of a graph: its name, shape (None for any number) and range of values."""

    name: str
    shape: tuple[Count | None, ...]
    range: tuple[Count, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedFile:
    """A file that was derived from the networks.

    Attributes:
        sha256: Its hash.
        format: As `ONNX`.
        opset: The version of its operators.
        precision: As `float32`.
        input: What it takes.
        outputs: The shape of each output, by name.
        largest_difference_from_keras: On the golden images, by output: in probability, and in features as a share of the largest.
    """

    sha256: str
    format: str = ""
    opset: Count | None = None
    precision: str = ""
    input: GraphInput | None = None
    outputs: Mapping[str, tuple[Count | None, ...]] | None = None
    largest_difference_from_keras: Mapping[str, Number] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """How many images of how many accessions."""

    images: Count
    accessions: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingData:
    """What the models learned from.

    Attributes:
        name: Of the data set.
        images: How many.
        patients: Of how many.
        accessions: Of how many.
        magnifications: Images by magnification.
        subtypes: Images and accessions by subtype.
        left_out_of_subtypes: Which images were, and why.
        split_sha256: The hash of the assignment to folds.
    """

    name: str | None = None
    images: Count | None = None
    patients: Count | None = None
    accessions: Count | None = None
    magnifications: Mapping[Magnification, Count] = field(default_factory=dict)
    subtypes: Mapping[str, Extent] = field(default_factory=dict)
    left_out_of_subtypes: str = ""
    split_sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalTraining:
    """The training of the networks that ship, on all images.

    Attributes:
        images: How many were learned from.
        images_that_ended_it: How many others ended the training.
        epochs: How often each was seen at most.
        minutes: How long it took.
        precision: As `float32`.
    """

    images: Count
    images_that_ended_it: Count
    epochs: Count
    minutes: Number
    precision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolMetrics:
    """The figures under a protocol, and what was trained for them.

    Attributes:
        protocol_label: What tables call the protocol.
        entries: How often images were judged.
        images: How many images.
        accessions: Of how many accessions.
        splits: How many of the protocol's splits were trained.
        splits_planned: How many it has.
        epochs: The most that a network was given.
        epochs_planned: The most that the recipe names.
        precision: As `float32`.
        trained: The day, ISO 8601.
        binary: Benign against malignant; None where that was not judged.
        subtype: The eight subtypes; None where they were not judged.
    """

    protocol_label: str = ""
    entries: Count | None = None
    images: Count = field(default_factory=int)
    accessions: Count = field(default_factory=int)
    splits: Count = field(default_factory=int)
    splits_planned: Count = field(default_factory=int)
    epochs: Count = field(default_factory=int)
    epochs_planned: Count = field(default_factory=int)
    precision: str = ""
    trained: str = ""
    binary: BinaryFigures | None = None
    subtype: SubtypeFigures | None = None

    def of(self, task: str) -> BinaryFigures | SubtypeFigures | None:
        """Return the figures of a task, `binary` or `subtype`; None where it was not judged."""
        return self.binary if task == "binary" else self.subtype


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedRecipe:
    """Another recipe, judged on the same images; without figures where it was not run.

    Attributes:
        description: What it is, in a sentence.
        task: `binary`, `subtype` or `both`.
        images: How many images.
        accessions: Of how many accessions.
        epochs: The most that a network was given; None where it was not run.
        epochs_planned: The most that the recipe names.
        splits: How many of the protocol's splits were trained.
        splits_planned: How many it has.
        stale: Whether the recipe was changed since.
        failure: Why a part is missing; None where nothing failed, and empty where the card does not say.
        status: All of it in words.
        binary: Some figures by image.
        subtype: Some figures by image.
        differences: The bundle's recipe minus this one, by task.
    """

    description: str = ""
    task: str
    images: Count | None = None
    accessions: Count | None = None
    epochs: Count | None = None
    epochs_planned: Count | None = None
    splits: Count | None = None
    splits_planned: Count | None = None
    stale: bool | None = None
    failure: str | None = ""
    status: str
    binary: Figures | None = None
    subtype: Figures | None = None
    differences: Mapping[str, TaskDifferences] | None = None

    def of(self, task: str) -> Figures | None:
        """Return the figures of a task, `binary` or `subtype`; None where there are none."""
        return self.binary if task == "binary" else self.subtype


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipeComparison:
    """Other recipes beside the bundle's own: under which protocol, what differences mean, and each by its name."""

    protocol: str
    differences: str
    recipes: Mapping[str, ComparedRecipe]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipeIdentity:
    """What the networks were trained by."""

    name: str
    description: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Backbone:
    """What the networks are fine-tuned from."""

    name: str
    licence: str
    source: str
