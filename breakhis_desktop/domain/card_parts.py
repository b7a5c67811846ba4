"""The parts of `card.json`; each field is named as in the JSON."""

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
"""Outside this range, dividing a logit by the temperature may overflow or underflow a float."""

Limit = Annotated[float, Meta(ge=1e-6, le=1e6)]
TileSide = Annotated[int, Meta(ge=100, le=30_000)]
"""The width or height of a tile in pixels."""

Magnification = Annotated[str, Meta(pattern=r"\A[1-9][0-9]{0,4}\Z")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Temperature:
    """The temperature that divides the logits of each network."""

    binary: DividingTemperature
    subtype: DividingTemperature


@dataclass(frozen=True, slots=True)
class ShareFigure:
    """A share with its 95 % interval."""

    value: Share
    low: Share
    high: Share

    def __post_init__(self) -> None:
        """Reject a reversed interval.

        Raises:
            ClauseError: The interval ends below its start.
        """
        if self.low > self.high:
            raise ClauseError(Message.of(BundleCode.INTERVAL_REVERSED))

    @property
    def estimate(self) -> Estimate:
        """The figure as the program's own type."""
        return Estimate(self.value, self.low, self.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class PointEvidence:
    """An operating point: its threshold, its validation figures and their protocol."""

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
        """The estimate at each threshold.

        Raises:
            ValueError: The columns differ in length.
        """
        return tuple(Estimate(*one) for one in zip(self.value, self.low, self.high, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveEvidence:
    """The validation figures at every threshold, with their rule and protocol."""

    protocol: str
    rule: str = ""
    thresholds: Annotated[tuple[Number, ...], Meta(min_length=1)]
    sensitivity: CurveColumns
    specificity: CurveColumns


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewEvidence:
    """The bundle's review rule and its validation figures.

    Attributes:
        margin: Half the width of the band around the threshold of the default operating point, in probability; see `ReviewRule`.
        protocol: The protocol of the figures.
        rule: The rule in words.
        figures: The share sent to review, the share of errors caught, and so on.
    """

    margin: Share
    protocol: str = ""
    rule: str = ""
    figures: Figures = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LargeFields:
    """How a field that is larger than the training fields is classified if its magnification is declared.

    Attributes:
        tile: Width and height of a tile in pixels, equal to those of the training fields.
        strongest_share: The share of a field's tiles that decide: the most probably malignant tiles, whose mean is the field's result.
        rule: The rule in words.
    """

    tile: tuple[TileSide, TileSide]
    strongest_share: Share
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OodRule:
    """The out-of-distribution rule: which images are refused because they are unlike the training images.

    Attributes:
        file: The file with the subspace that the training images span in feature space.
        sha256: The file's hash.
        limit: The largest share of an image's features that may lie outside that subspace; an image with a larger share is refused.
        components: The number of dimensions of the subspace.
        rule: The rule in words.
        protocol: The protocol under which the limit was found.
        images: The number of images that the limit was found on.
        refused_share: The share of these images that the limit refuses.
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
    """The input of a graph: its name, its shape (None means any size) and its range of values."""

    name: str
    shape: tuple[Count | None, ...]
    range: tuple[Count, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedFile:
    """A file derived from the networks.

    Attributes:
        sha256: The file's hash.
        format: The file format, such as `ONNX`.
        opset: The version of the operator set.
        precision: The numeric precision, such as `float32`.
        input: The graph's input.
        outputs: The shape of each output, by name.
        largest_difference_from_keras: The largest difference on the golden images, by output: an absolute difference for probabilities; for
            features and maps, a share of the largest value.
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
    """The number of images and of their accessions."""

    images: Count
    accessions: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingData:
    """The data that the models were trained on.

    Attributes:
        name: The name of the data set.
        images: The number of images.
        patients: The number of patients.
        accessions: The number of accessions.
        magnifications: The number of images by magnification.
        subtypes: The number of images and accessions by subtype.
        left_out_of_subtypes: Which images the subtype training left out, and why.
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
    """The training of the bundle's networks on the whole data set.

    Attributes:
        images: The number of images trained on.
        images_that_ended_it: The number of images held back for early stopping.
        epochs: The most epochs that a network was trained for.
        minutes: The duration of the training in minutes.
        precision: The numeric precision, such as `float32`.
    """

    images: Count
    images_that_ended_it: Count
    epochs: Count
    minutes: Number
    precision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolMetrics:
    """The figures under a protocol, and the training behind them.

    Attributes:
        protocol_label: The protocol's name in tables.
        entries: The number of predictions; some protocols hold an image out several times.
        images: The number of images.
        accessions: The number of accessions.
        splits: The number of the protocol's splits that were trained.
        splits_planned: The number of splits that the protocol has.
        epochs: The most epochs that a network was trained for.
        epochs_planned: The most epochs that the recipe allows.
        precision: The numeric precision, such as `float32`.
        trained: The day of the training, ISO 8601.
        binary: The figures of benign against malignant; None if not evaluated.
        subtype: The figures of the eight subtypes; None if not evaluated.
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
        """Return the figures of a task, `binary` or `subtype`; None if it was not evaluated."""
        return self.binary if task == "binary" else self.subtype


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedRecipe:
    """Another recipe, evaluated on the same images; it has no figures if it was not run.

    Attributes:
        description: The recipe in a sentence.
        task: `binary`, `subtype` or `both`.
        images: The number of images.
        accessions: The number of accessions.
        epochs: The most epochs that a network was trained for; None if the recipe was not run.
        epochs_planned: The most epochs that the recipe allows.
        splits: The number of the protocol's splits that were trained.
        splits_planned: The number of splits that the protocol has.
        stale: Whether the recipe has changed since it was run.
        failure: Why a part of the recipe's training failed; None if nothing failed, empty if the card does not say.
        status: The state of the recipe in words.
        binary: Selected binary figures, computed over images (not over patients).
        subtype: Selected subtype figures, computed over images (not over patients).
        differences: The figures of the bundle's recipe minus those of this recipe, by task.
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
        """Return the figures of a task, `binary` or `subtype`; None if there are none."""
        return self.binary if task == "binary" else self.subtype


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipeComparison:
    """Other recipes compared with the bundle's own: the protocol, the meaning of the differences, and the recipes by name."""

    protocol: str
    differences: str
    recipes: Mapping[str, ComparedRecipe]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipeIdentity:
    """The recipe that the networks were trained with."""

    name: str
    description: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Backbone:
    """The network that the bundle's networks were fine-tuned from."""

    name: str
    licence: str
    source: str
