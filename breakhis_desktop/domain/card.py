"""The card of a model bundle: the schema of `card.json`, its checks, and the values that the program acts on."""

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
"""The protocol whose figures are shown; it never puts a patient into both training and test."""

InputSide = Annotated[int, Meta(ge=1, le=4096)]
"""The width or height of a model input in pixels."""

KerasVersion = Annotated[str, Meta(max_length=100, pattern=r"\A[0-9]{1,4}(\.[0-9]{1,4}){0,3}([.+-]?[a-z][a-z0-9.+-]*)?\Z")]

_LONGEST_TEXT = 500
_MISSING = re.compile(r"Object missing required field `([^`]+)`")
_KEPT_IDS = {"4cfdfc91bc43f75b": "2ad199bd10555799"}
"""For each bundle that keeps its earlier id: the id that `model_id` would compute now, and the earlier id, which stored runs hold."""


@dataclass(frozen=True, kw_only=True)
class ModelCard:
    """All of `card.json`; each field is named as in the JSON.

    Only the fields that the program cannot do without are required. Parts of the JSON that no field declares are ignored.

    Attributes:
        left_out: The network files that this copy of the bundle lacks; if it lacks any, it can run only the derived graph.
        format: `CARD_FORMAT`.
        name: The bundle's name.
        version: The bundle's version.
        created: When the bundle was exported, ISO 8601.
        intended_use: The uses that the bundle was made for.
        not_to_be_used_for: The uses that the bundle was not made for.
        class_order: The subtype codes in the order of the network's outputs.
        input_size: Width and height of a model input in pixels.
        preprocessing_version: The `PREPROCESSING_VERSION` of the pixels that the networks were trained on.
        keras_version: The version of Keras that saved the networks.
        files: SHA-256 of both networks and of the golden images, by file name.
        derived: The files derived from the networks, by file name.
        temperature: The temperature that divides the logits of each network.
        subtypes_within_class: Whether a subtype's probability is its share within its class, multiplied by the class's probability from
            the binary network.
        review: The review rule.
        operating_points: The operating points by name, including `default`.
        operating_curve: The validation figures at every threshold; None if the card has figures for the operating points only.
        familiarity: The out-of-distribution rule; None if the card has none.
        large_fields: How to classify fields larger than the training fields; None if the card does not say.
        gate_limits: The quality gate's limits on pixels; None if the program's own limits apply.
        training_data: The data that the models were trained on.
        training: The training of the networks in the bundle.
        metrics: The validation figures by protocol.
        comparison: Other recipes compared with the bundle's own.
        recipe: The recipe that the networks were trained with.
        random_seed: The seed for initial weights, image order and augmentation.
        recipes_compared: The number of recipes from which the bundle's own was chosen.
        configurations_screened: The number of configurations screened on the same images.
        other_fold_assignments: The protocols with other folds under which the recipe was also evaluated.
        limits: The limits of the models and of their figures, in sentences.
        licence: The bundle's licence.
        backbone: The network that the bundle's networks were fine-tuned from.
        data_citation: The publication to cite for the images.
        ensembles_compared: The number of ensembles evaluated on the same images.
        trials_searched: The number of trials that a search evaluated on some of these images.
        judged: The day on which figures and comparisons were computed, ISO 8601.
        messages: The sentences in some of the card's fields, as message data; see `told`.
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
        """Reject a card that the program cannot act on.

        Raises:
            ClauseError: The card does not name a required file, lacks the default operating point, leaves out required files,
                contains text that cannot be shown, or has an operating curve that no classifier can have.
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
        _ = self.curve  # building the curve checks it

    def _texts_acted_on(self) -> list[str]:
        """Return the texts that the terminal, the store and the report must be able to hold or show exactly as they are."""
        points = self.operating_points
        curve = [self.operating_curve.protocol] if self.operating_curve else []
        protocols = [*(one.protocol for one in points.values()), *curve]
        return [self.name, self.version, self.created, *self.all_hashes.values(), *points, *protocols]

    @property
    def file_hashes(self) -> dict[str, str]:
        """SHA-256 of the networks and the golden images, which every complete bundle has."""
        return {name: self.files[name] for name in (*NETWORK_FILES, GOLDEN_FILE)}

    @property
    def graph_sha256(self) -> str | None:
        """SHA-256 of the graph derived from both networks; None if there is none."""
        return self.derived[GRAPH_FILE].sha256 if GRAPH_FILE in self.derived else None

    @property
    def temperatures(self) -> tuple[float, float]:
        """The temperatures that divide the logits of the binary and the subtype network."""
        return self.temperature.binary, self.temperature.subtype

    @property
    def review_rule(self) -> ReviewRule:
        """When an image needs review."""
        return ReviewRule(self.review.margin, self.operating_points[DEFAULT_POINT].threshold)

    @property
    def magnifications(self) -> tuple[int, ...]:
        """The magnifications that the models were trained on; empty if the card does not say."""
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
        """The validation figures at every threshold; None if the card has no curve."""
        curve = self.operating_curve
        if curve is None:
            return None
        evidence = self._evidence("operating_curve", curve.protocol)
        return OperatingCurve(curve.thresholds, curve.sensitivity.estimates, curve.specificity.estimates, evidence)

    @property
    def primary_metrics(self) -> ProtocolMetrics:
        """The figures on patients that the networks were not trained on; an empty `ProtocolMetrics` if the card has none."""
        return self.metrics.get(PRIMARY_PROTOCOL, ProtocolMetrics())

    def told(self, part: str) -> tuple[Message, ...]:
        """Return the sentences of a part, such as `limits`, as messages; all are plain text unless the card has a message for each."""
        sentences: tuple[str, ...] = getattr(self, part)
        known = self._messages.get(part, ())
        return known if len(known) == len(sentences) else tuple(Message.of(TextCode.TEXT, text=one) for one in sentences)

    @cached_property
    def _messages(self) -> Mapping[str, tuple[Message, ...]]:
        """The messages of each part; a part that this program cannot decode is left out, and its text is used instead."""
        found = {}
        for name, part in (self.messages or {}).items():
            with suppress(ValueError):
                found[name] = tuple(from_data(one, CODES) for one in (part if isinstance(part, list) else [part]))
        return found

    def _evidence(self, part: str, written: str) -> Message:
        return next((one for one in self._messages.get(part, ()) if str(one) == written), Message.of(TextCode.TEXT, text=written))

    @property
    def all_hashes(self) -> dict[str, str]:
        """SHA-256 of the files that the program uses: those of `file_hashes`, and the graph and the familiarity file if there are any."""
        optional = {GRAPH_FILE: self.graph_sha256, FAMILIARITY_FILE: self.familiarity and self.familiarity.sha256}
        return {**self.file_hashes, **{name: digest for name, digest in optional.items() if digest}}

    @property
    def model_id(self) -> str:
        """Sixteen hexadecimal digits that change with everything that affects a result.

        The id covers everything that `earlier_id` covers. If the card names a derived graph, which may run in place of the networks, the id
        also covers that graph and the golden images, which decide whether it runs. The bundle that was shipped before ids covered these
        files keeps its earlier id, because stored runs hold it.
        """
        if self.graph_sha256 is None:
            return self.earlier_id
        found = _id_of([*self._deciding_facts(), self.graph_sha256, self.files[GOLDEN_FILE]])
        return _KEPT_IDS.get(found, found)

    @property
    def earlier_id(self) -> str:
        """The id that earlier versions computed, from the networks and the card's settings for analysis, without the derived graph."""
        return _id_of(self._deciding_facts())

    def made(self, model_id: str, file_hashes: Mapping[str, str]) -> bool:
        """Return whether a run was made with this bundle, judging by the id and the file hashes that the run recorded.

        Args:
            model_id: The recorded id; it may be the bundle's current id or its earlier one.
            file_hashes: The recorded hashes by file name; earlier versions recorded fewer.
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
    """Says why this program cannot use a card."""


def parse_card(content: str) -> ModelCard:
    """Read `card.json`.

    Raises:
        CardError: The text is not a valid card, or this program does not know its format or class order.
    """
    try:
        found = _READER.decode(content)
    except RecursionError:
        raise CardError(Message.of(BundleCode.CARD_NESTED)) from None
    except ValueError:  # including text that cannot be encoded
        raise CardError(Message.of(BundleCode.CARD_NO_JSON)) from None
    try:
        _check_kind(convert(found, _Kind))
        return convert({**found, "subtypes_within_class": found.get("subtypes_within_class") is True}, ModelCard)
    except ValidationError as error:
        raise _card_error(error) from error


def _whole_or_not(literal: str) -> int | float:
    """Parse a number with a decimal point; a whole number becomes an int."""
    number = float(literal)
    return int(number) if number.is_integer() else number


_READER = Decoder(float_hook=_whole_or_not)


@dataclass(frozen=True, slots=True)
class _Kind:
    """The fields to check before the rest of a card is read."""

    format: Annotated[int, Meta(ge=0, le=1000)]
    class_order: tuple[str, ...]


def _check_kind(kind: _Kind) -> None:
    if kind.format != CARD_FORMAT:
        raise CardError(Message.of(BundleCode.CARD_OF_OTHER_FORMAT, found=kind.format, known=CARD_FORMAT))
    if kind.class_order != SUBTYPE_CODES:
        raise CardError(Message.of(BundleCode.CARD_OF_OTHER_ORDER))


def _card_error(error: ValidationError) -> CardError:
    """Return the error with the field's name, the only part of msgspec's English sentence that is used."""
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
