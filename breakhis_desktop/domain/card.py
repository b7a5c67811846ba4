"""What a model bundle says of itself: `card.json`, with what the program acts on ready to use."""

import hashlib
import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Annotated, Any

from msgspec import Meta, ValidationError, convert
from msgspec.json import Decoder

from breakhis_desktop.domain.card_parts import (
    Backbone,
    CurveEvidence,
    DerivedFile,
    FinalTraining,
    LargeFields,
    OodRule,
    PointEvidence,
    ProtocolMetrics,
    RecipeComparison,
    RecipeIdentity,
    ReviewEvidence,
    Temperature,
    TrainingData,
)
from breakhis_desktop.domain.decision import OperatingPoint, ReviewRule
from breakhis_desktop.domain.figures import Count
from breakhis_desktop.domain.gate_limits import GateLimits
from breakhis_desktop.domain.operating_curve import OperatingCurve
from breakhis_desktop.domain.taxonomy import SUBTYPE_CODES
from breakhis_desktop.errors import ClauseError
from breakhis_desktop.wording.bundles import BundleCode
from breakhis_desktop.wording.codes import CODES
from breakhis_desktop.wording.message import Message, from_data
from breakhis_desktop.wording.texts import TextCode

CARD_FORMAT = 1
BINARY_FILE = "binary.keras"
SUBTYPE_FILE = "subtype.keras"
GOLDEN_FILE = "golden.npz"
FAMILIARITY_FILE = "familiarity.npz"
GRAPH_FILE = "joint.onnx"
CARD_FILE = "card.json"
NETWORK_FILES = (BINARY_FILE, SUBTYPE_FILE)
DEFAULT_POINT = "default"
PRIMARY_PROTOCOL = "grouped"
"""The protocol whose figures are shown: no patient is in training and test at once."""

InputSide = Annotated[int, Meta(ge=1, le=4096)]
"""Pixels."""

KerasVersion = Annotated[str, Meta(max_length=100, pattern=r"\A[0-9]{1,4}(\.[0-9]{1,4}){0,3}([.+-]?[a-z][a-z0-9.+-]*)?\Z")]

_LONGEST_TEXT = 500
_MISSING = re.compile(r"Object missing required field `([^`]+)`")
_KEPT_IDS = {"4cfdfc91bc43f75b": "2ad199bd10555799"}
"""Bundles that shipped before an id covered the graph: the id that covers it, and the id by which runs and exports know the bundle."""


@dataclass(frozen=True, kw_only=True)
class ModelCard:
    """All that `card.json` says; the names of the fields are those of its objects.

    A card needs what the program acts on; what it merely tells may be missing. What other parts it has is not read.

    Attributes:
        left_out: The networks that this copy of the bundle lacks, since the derived graph alone is to be run.
        format: `CARD_FORMAT`.
        name: The bundle's name.
        version: The bundle's version.
        created: When it was exported, ISO 8601.
        intended_use: What it was made for.
        not_to_be_used_for: What it was not made for.
        class_order: The codes of the subtypes in the order of the outputs.
        input_size: Width and height of a model input in pixels.
        preprocessing_version: The `PREPROCESSING_VERSION` of the pixels that it was trained on.
        keras_version: The Keras that saved the networks.
        files: SHA-256 of both networks and of the golden images, by file name.
        derived: What was derived from the networks, by file name.
        temperature: What the logits of each network are divided by.
        subtypes_within_class: Whether a subtype has its probability within its class times that of the class by the binary network.
        review: What asks for review.
        operating_points: By name; `default` is among them.
        operating_curve: What the validation showed at every threshold; None where the card tells of the operating points alone.
        familiarity: What is familiar to the models; None where the card does not say.
        large_fields: How fields beyond the trained size are judged; None where the card does not say.
        gate_limits: What the quality gate judges pixels by; None where the program's own limits hold.
        training_data: What the models learned from.
        training: The training of the networks that ship.
        metrics: The figures by protocol.
        comparison: Other recipes beside the bundle's own.
        recipe: What the networks were trained by.
        random_seed: Of initial weights, order and augmentation.
        recipes_compared: How many recipes the bundle's own was chosen among.
        configurations_screened: How many configurations were screened on the same images.
        other_fold_assignments: The protocols with other folds by which the recipe was judged as well.
        limits: What the figures do not show.
        licence: Of the bundle.
        backbone: What the networks are fine-tuned from.
        data_citation: Whom to cite for the images.
        ensembles_compared: How many ensembles were judged on the same images.
        trials_searched: How many trials a search judged on some of them.
        judged: The day of figures and comparisons, ISO 8601.
        messages: What some parts say, as data; see `told`.
    """

    left_out: tuple[str, ...] = ()
    format: Count
    name: str
    version: str
    created: str
    intended_use: tuple[str, ...] = ()
    not_to_be_used_for: tuple[str, ...] = ()
    class_order: tuple[str, ...]
    input_size: tuple[InputSide, InputSide]
    preprocessing_version: Annotated[int, Meta(ge=0, le=10_000)]
    keras_version: KerasVersion
    files: Mapping[str, str]
    derived: Mapping[str, DerivedFile] = field(default_factory=dict)
    temperature: Temperature
    subtypes_within_class: bool = False
    review: ReviewEvidence
    operating_points: Mapping[str, PointEvidence]
    operating_curve: CurveEvidence | None = None
    familiarity: OodRule | None = None
    large_fields: LargeFields | None = None
    gate_limits: GateLimits | None = None
    training_data: TrainingData = field(default_factory=TrainingData)
    training: FinalTraining | None = None
    metrics: Mapping[str, ProtocolMetrics] = field(default_factory=dict)
    comparison: RecipeComparison | None = None
    recipe: RecipeIdentity | None = None
    random_seed: Count | None = None
    recipes_compared: Count | None = None
    configurations_screened: Count | None = None
    other_fold_assignments: tuple[str, ...] = field(default_factory=tuple)
    limits: tuple[str, ...] = ()
    licence: str = ""
    backbone: Backbone | None = None
    data_citation: str = ""
    ensembles_compared: Count | None = None
    trials_searched: Count | None = None
    judged: str = ""
    messages: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        """Refuse what the program cannot act on.

        Raises:
            ClauseError: A file is not named, the default operating point is missing, a text cannot be shown, or the curve shows what no
                thresholding can.
        """
        missing = [name for name in (*NETWORK_FILES, GOLDEN_FILE) if name not in self.files]
        if missing:
            raise ClauseError(Message.of(BundleCode.CARD_NAMES_NO_FILE, file=missing[0]))
        if DEFAULT_POINT not in self.operating_points:
            raise CardError(Message.of(BundleCode.CARD_WITHOUT_POINT))
        if not set(self.left_out) <= set(NETWORK_FILES) or (self.left_out and self.graph_sha256 is None):
            raise CardError(Message.of(BundleCode.CARD_LEAVES_OUT))
        for text in self._texts_acted_on():
            if not text.isprintable() or len(text) > _LONGEST_TEXT:
                raise ClauseError(Message.of(BundleCode.TEXT_NOT_PRINTABLE))
        _ = self.curve  # it is checked as it is made

    def _texts_acted_on(self) -> list[str]:
        """Return what a terminal, a store and a report have to hold as it is."""
        points = self.operating_points
        curve = [self.operating_curve.protocol] if self.operating_curve else []
        protocols = [*(one.protocol for one in points.values()), *curve]
        return [self.name, self.version, self.created, *self.all_hashes.values(), *points, *protocols]

    @property
    def file_hashes(self) -> dict[str, str]:
        """SHA-256 of each file that a bundle is made of."""
        return {name: self.files[name] for name in (*NETWORK_FILES, GOLDEN_FILE)}

    @property
    def graph_sha256(self) -> str | None:
        """SHA-256 of the graph that was derived from both networks; None where there is none."""
        return self.derived[GRAPH_FILE].sha256 if GRAPH_FILE in self.derived else None

    @property
    def temperatures(self) -> tuple[float, float]:
        """What the logits of the binary and of the subtype network are divided by."""
        return self.temperature.binary, self.temperature.subtype

    @property
    def review_rule(self) -> ReviewRule:
        """What asks for review."""
        return ReviewRule(self.review.margin)

    @property
    def magnifications(self) -> tuple[int, ...]:
        """Those that it was trained on; empty where the card does not say."""
        return tuple(map(int, self.training_data.magnifications))

    @cached_property
    def points(self) -> Mapping[str, OperatingPoint]:
        """The operating points by name."""
        return {
            name: OperatingPoint(
                name, one.threshold, one.sensitivity.estimate, one.specificity.estimate, self._evidence("operating_points", one.protocol)
            )
            for name, one in self.operating_points.items()
        }

    @cached_property
    def curve(self) -> OperatingCurve | None:
        """What the validation showed at every threshold."""
        curve = self.operating_curve
        if curve is None:
            return None
        evidence = self._evidence("operating_curve", curve.protocol)
        return OperatingCurve(curve.thresholds, curve.sensitivity.estimates, curve.specificity.estimates, evidence)

    @property
    def primary_metrics(self) -> ProtocolMetrics:
        """The figures on images of patients that the networks were not trained on; none where the card has none."""
        return self.metrics.get(PRIMARY_PROTOCOL, ProtocolMetrics())

    def told(self, part: str) -> tuple[Message, ...]:
        """Return the sentences of a part, as `limits`; as finished text where the card has them in no other form."""
        sentences: tuple[str, ...] = getattr(self, part)
        known = self._messages.get(part, ())
        return known if len(known) == len(sentences) else tuple(Message.of(TextCode.TEXT, text=one) for one in sentences)

    @cached_property
    def _messages(self) -> Mapping[str, tuple[Message, ...]]:
        """What parts of the card say as data; one that a newer program wrote otherwise is left out, and its text stands for it."""
        found = {}
        for name, part in (self.messages or {}).items():
            with suppress(ValueError):
                found[name] = tuple(from_data(one, CODES) for one in (part if isinstance(part, list) else [part]))
        return found

    def _evidence(self, part: str, written: str) -> Message:
        return next((one for one in self._messages.get(part, ()) if str(one) == written), Message.of(TextCode.TEXT, text=written))

    @property
    def all_hashes(self) -> dict[str, str]:
        """SHA-256 of each file that the card names, those that a bundle may lack among them."""
        optional = {GRAPH_FILE: self.graph_sha256, FAMILIARITY_FILE: self.familiarity and self.familiarity.sha256}
        return {**self.file_hashes, **{name: digest for name, digest in optional.items() if digest}}

    @property
    def model_id(self) -> str:
        """Sixteen digits that change with all that decides.

        That is all of `earlier_id`, and where the card names a joint graph, which may compute in place of the networks, that graph and the
        golden images that choose between the two. The bundle that shipped before ids covered these keeps the id that runs know it by.
        """
        if self.graph_sha256 is None:
            return self.earlier_id
        found = _id_of([*self._deciding_facts(), self.graph_sha256, self.files[GOLDEN_FILE]])
        return _KEPT_IDS.get(found, found)

    @property
    def earlier_id(self) -> str:
        """The id that earlier versions of the program gave: networks, temperatures, preprocessing, and which images are judged how."""
        return _id_of(self._deciding_facts())

    def made(self, model_id: str, file_hashes: Mapping[str, str]) -> bool:
        """Tell whether a run of these models is one of this bundle: with the same id, earlier or later, and the same files.

        Args:
            model_id: The id that the run was begun with.
            file_hashes: The hashes that it noted; earlier versions noted fewer.
        """
        same_files = all(file_hashes.get(name, digest) == digest for name, digest in self.all_hashes.items())
        return same_files and model_id in {self.model_id, self.earlier_id}

    def _deciding_facts(self) -> list[Any]:
        rule, fields = self.familiarity, self.large_fields
        return [
            self.files[BINARY_FILE],
            self.files[SUBTYPE_FILE],
            self.preprocessing_version,
            list(self.input_size),
            list(self.temperatures),
            list(self.magnifications),
            fields and {"tile": list(fields.tile), "strongest_share": fields.strongest_share},
            rule and {"sha256": rule.sha256, "limit": rule.limit},
            *(["subtypes within class"] if self.subtypes_within_class else []),
            *([asdict(self.gate_limits)] if self.gate_limits else []),
        ]


class CardError(ClauseError):
    """The text is no card that this program reads."""


def parse_card(content: str) -> ModelCard:
    """Read `card.json`.

    Raises:
        CardError: The text is no card, or one of a format or class order that this program does not know.
    """
    try:
        found = _READER.decode(content)
    except RecursionError:
        raise CardError(Message.of(BundleCode.CARD_NESTED)) from None
    except ValueError:  # among them those of text that cannot be encoded
        raise CardError(Message.of(BundleCode.CARD_NO_JSON)) from None
    try:
        _check_kind(convert(found, _Kind))
        return convert({**found, "subtypes_within_class": found.get("subtypes_within_class") is True}, ModelCard)
    except ValidationError as error:
        raise _card_error(error) from error


def _whole_or_not(literal: str) -> int | float:
    """Read a number that has a point: a whole one may have one."""
    number = float(literal)
    return int(number) if number.is_integer() else number


_READER = Decoder(float_hook=_whole_or_not)


@dataclass(frozen=True, slots=True)
class _Kind:
    """What has to be known before the rest of a card is read."""

    format: Annotated[int, Meta(ge=0, le=1000)]
    class_order: tuple[str, ...]


def _check_kind(kind: _Kind) -> None:
    if kind.format != CARD_FORMAT:
        raise CardError(Message.of(BundleCode.CARD_OF_OTHER_FORMAT, found=kind.format, known=CARD_FORMAT))
    if kind.class_order != SUBTYPE_CODES:
        raise CardError(Message.of(BundleCode.CARD_OF_OTHER_ORDER))


def _card_error(error: ValidationError) -> CardError:
    """Return what is wrong, and in which field; of what msgspec says, which is English, only the field is taken."""
    match error.__cause__:
        case CardError() as cause:
            return cause
        case ClauseError() as cause:
            return CardError(Message.of(BundleCode.CARD_GARBLED_THERE, what=cause.message))
    place = str(error).partition(" - at `$")[2].strip(".`")
    if missing := _MISSING.match(str(error)):
        return CardError(Message.of(BundleCode.CARD_LACKS_FIELD, field=".".join(filter(None, (place, missing[1])))))
    return CardError(Message.of(BundleCode.CARD_FIELD_INVALID, field=place) if place else Message.of(BundleCode.CARD_NO_JSON))


def _id_of(facts: list[Any]) -> str:
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:16]
