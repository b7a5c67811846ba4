"""What a model bundle says of itself, read from and written to `card.json`."""

import hashlib
import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Any

from breakhis_desktop.domain.card_values import check_told, mapping, misplaced, number, positive, share, text, whole
from breakhis_desktop.domain.decision import Estimate, OperatingPoint, ReviewRule
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
JOINT_FILE = "joint.onnx"
CARD_FILE = "card.json"
NETWORK_FILES = (BINARY_FILE, SUBTYPE_FILE)
DEFAULT_POINT = "default"

_SMALLEST_TILE = 100
_LARGEST_TILE = 30_000
_LARGEST_INPUT = 4096
"""Pixels on a side."""

_TEMPERATURES = (0.03, 1000.0)
"""Beyond these, dividing a logit by it leaves the range of a float."""

_LIMITS = (1e-6, 1e6)
_KERAS_VERSION = re.compile(r"\d{1,4}(\.\d{1,4}){0,3}([.+-]?[a-z][a-z0-9.+-]*)?", re.ASCII)
_MAGNIFICATION = re.compile(r"[1-9]\d{0,4}", re.ASCII)

_KEPT_IDS = {"4cfdfc91bc43f75b": "2ad199bd10555799"}
"""Bundles that shipped before an id covered the graph: the id that covers it, and the id by which runs and exports know the bundle."""


@dataclass(frozen=True, slots=True)
class LargeFields:
    """How a field beyond the trained size is judged where its magnification is declared.

    Attributes:
        tile: Width and height in pixels of the fields that the models were trained on; one tile is as large.
        strongest_share: The share of the tiles, those with the highest probability of malignant, whose mean decides.
    """

    tile: tuple[int, int]
    strongest_share: float


@dataclass(frozen=True, slots=True)
class FamiliarityRule:
    """Which images are familiar to the models.

    Attributes:
        sha256: The hash of the file that holds what the training images span in feature space.
        limit: The share of an image's features outside of that, beyond which it is refused.
    """

    sha256: str
    limit: float


@dataclass(frozen=True, slots=True)
class ModelCard:
    """The facts of a card that the program acts on.

    Attributes:
        name: The bundle's name.
        version: The bundle's version.
        created: When it was exported, ISO 8601.
        keras_version: The Keras that saved the networks.
        preprocessing_version: The `PREPROCESSING_VERSION` of the pixels that it was trained on.
        input_size: Width and height of a model input in pixels.
        file_hashes: SHA-256 of each file, by name.
        joint_sha256: SHA-256 of the graph that was derived from both networks; None where there is none.
        temperatures: What the logits of the binary and of the subtype network are divided by.
        points: The operating points by name; `default` is among them.
        review_rule: What asks for review.
        magnifications: Those that it was trained on; empty where the card does not say.
        large_fields: How fields beyond the trained size are judged; None where the card does not say.
        familiarity: What is familiar to the models; None where the card does not say.
        text: The whole card as a mapping, for people to read.
        curve: What the validation showed at every threshold; None where the card tells of the operating points alone.
        subtypes_within_class: Whether a subtype has its probability within its class times that of the class by the binary network.
        left_out: The networks that this copy of the bundle lacks, since the derived graph alone is to be run.
        messages: What some parts of the card say, as data, by the part's name.
    """

    name: str
    version: str
    created: str
    keras_version: str
    preprocessing_version: int
    input_size: tuple[int, int]
    file_hashes: Mapping[str, str]
    joint_sha256: str | None
    temperatures: tuple[float, float]
    points: Mapping[str, OperatingPoint]
    review_rule: ReviewRule
    magnifications: tuple[int, ...]
    large_fields: LargeFields | None
    familiarity: FamiliarityRule | None
    text: Mapping[str, Any]
    curve: OperatingCurve | None = None
    subtypes_within_class: bool = False
    left_out: tuple[str, ...] = ()
    messages: Mapping[str, tuple[Message, ...]] = field(default_factory=dict)

    def told(self, part: str) -> tuple[Message, ...]:
        """Return the sentences of a part of the card; as finished text where the card has them in no other form."""
        texts = self.text.get(part)
        sentences = [texts] if isinstance(texts, str) else [str(one) for one in texts] if isinstance(texts, list) else []
        known = self.messages.get(part, ())
        return known if len(known) == len(sentences) else tuple(Message.of(TextCode.TEXT, text=one) for one in sentences)

    @property
    def all_hashes(self) -> dict[str, str]:
        """SHA-256 of each file that the card names, those that a bundle may lack among them."""
        optional = {JOINT_FILE: self.joint_sha256, FAMILIARITY_FILE: self.familiarity and self.familiarity.sha256}
        return {**self.file_hashes, **{name: digest for name, digest in optional.items() if digest}}

    @property
    def model_id(self) -> str:
        """Sixteen digits that change with all that decides.

        That is all of `earlier_id`, and where the card names a joint graph, which may compute in place of the networks, that graph and the
        golden images that choose between the two. The bundle that shipped before ids covered these keeps the id that runs know it by.
        """
        if self.joint_sha256 is None:
            return self.earlier_id
        found = _id_of([*self._deciding_facts(), self.joint_sha256, self.file_hashes[GOLDEN_FILE]])
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
        return [
            self.file_hashes[BINARY_FILE],
            self.file_hashes[SUBTYPE_FILE],
            self.preprocessing_version,
            list(self.input_size),
            list(self.temperatures),
            list(self.magnifications),
            self.large_fields and asdict(self.large_fields),
            self.familiarity and asdict(self.familiarity),
            *(["subtypes within class"] if self.subtypes_within_class else []),
        ]


class CardError(ClauseError):
    """The text is no card that this program reads."""


def parse_card(content: str) -> ModelCard:
    """Read `card.json`.

    Raises:
        CardError: The text is no card, or one of a format or class order that this program does not know.
    """
    try:
        card = mapping(json.loads(content))
        if card["format"] != CARD_FORMAT:
            found = whole(card["format"], 0, 1000)
            raise CardError(Message.of(BundleCode.CARD_OF_OTHER_FORMAT, found=found, known=CARD_FORMAT))
        if card["class_order"] != list(SUBTYPE_CODES):
            raise CardError(Message.of(BundleCode.CARD_OF_OTHER_ORDER))
        read = _card_of(card)
        check_told(card)
    except json.JSONDecodeError:
        raise CardError(Message.of(BundleCode.CARD_NO_JSON)) from None
    except RecursionError:
        raise CardError(Message.of(BundleCode.CARD_NESTED)) from None
    except (CardError, MemoryError):
        raise
    except KeyError as error:
        raise _garbled(str(error)) from None
    except ValueError as error:
        raise _garbled(_told(error)) from error
    except Exception as error:  # (whatever a card can be wrong in, it is this card that is wrong)
        raise CardError(Message.of(BundleCode.CARD_GARBLED)) from error
    return read


def _garbled(what: Message | str) -> CardError:
    return CardError(Message.of(BundleCode.CARD_GARBLED_THERE, what=what))


def _told(error: ValueError) -> Message | str:
    """Return what an error says, without what it quotes of a text that cannot be written."""
    match error:
        case ClauseError():
            return error.message
        case UnicodeError():
            return Message.of(BundleCode.TEXT_UNWRITABLE)
    return str(error)


def _id_of(facts: list[Any]) -> str:
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:16]


def _card_of(card: Mapping[str, Any]) -> ModelCard:
    messages = _messages_of(mapping(card.get("messages", {})))
    points = {text(name): _point_of(name, mapping(point), messages) for name, point in mapping(card["operating_points"]).items()}
    if DEFAULT_POINT not in points:
        raise CardError(Message.of(BundleCode.CARD_WITHOUT_POINT))
    joint_sha256 = text(card["derived"][JOINT_FILE]["sha256"]) if JOINT_FILE in mapping(card.get("derived", {})) else None
    width, height = (whole(side, 1, _LARGEST_INPUT) for side in card["input_size"])
    return ModelCard(
        name=text(card["name"]),
        version=text(card["version"]),
        created=text(card["created"]),
        keras_version=_keras_version_of(card["keras_version"]),
        preprocessing_version=whole(card["preprocessing_version"], 0, 10_000),
        input_size=(width, height),
        file_hashes={name: text(card["files"][name]) for name in (*NETWORK_FILES, GOLDEN_FILE)},
        joint_sha256=joint_sha256,
        temperatures=(positive(card["temperature"]["binary"], *_TEMPERATURES), positive(card["temperature"]["subtype"], *_TEMPERATURES)),
        points=points,
        review_rule=ReviewRule(share(card["review"]["margin"])),
        magnifications=_magnifications_of(card),
        large_fields=_large_fields_of(card["large_fields"]) if "large_fields" in card else None,
        familiarity=_familiarity_of(card["familiarity"]) if "familiarity" in card else None,
        text=card,
        curve=_curve_of(card["operating_curve"], messages) if "operating_curve" in card else None,
        subtypes_within_class=card.get("subtypes_within_class", False) is True,
        left_out=_left_out_of(card["left_out"], joint_sha256) if "left_out" in card else (),
        messages=messages,
    )


def _messages_of(parts: Mapping[str, Any]) -> dict[str, tuple[Message, ...]]:
    """Read what a card says as data; a part that a newer program wrote otherwise is left out, and its text stands for it."""
    found = {}
    for name, part in parts.items():
        with suppress(ValueError):
            found[name] = tuple(from_data(one, CODES) for one in (part if isinstance(part, list) else [part]))
    return found


def _evidence_of(protocol: Any, messages: Mapping[str, tuple[Message, ...]], part: str) -> Message:
    written = text(protocol)
    return next((one for one in messages.get(part, ()) if str(one) == written), Message.of(TextCode.TEXT, text=written))


def _keras_version_of(value: Any) -> str:
    version = text(value)
    if not _KERAS_VERSION.fullmatch(version):
        raise misplaced(version, Message.of(BundleCode.KIND_KERAS_VERSION))
    return version


def _magnifications_of(card: Mapping[str, Any]) -> tuple[int, ...]:
    names = mapping(mapping(card.get("training_data", {})).get("magnifications", {}))
    if not all(_MAGNIFICATION.fullmatch(name) for name in names):
        raise ClauseError(Message.of(BundleCode.MAGNIFICATION_NOT_WHOLE))
    return tuple(int(name) for name in names)


def _left_out_of(names: Any, joint_sha256: str | None) -> tuple[str, ...]:
    if not isinstance(names, list) or not set(names) <= set(NETWORK_FILES) or joint_sha256 is None:
        raise CardError(Message.of(BundleCode.CARD_LEAVES_OUT))
    return tuple(names)


def _large_fields_of(rule: Mapping[str, Any]) -> LargeFields:
    width, height = (whole(side, 0, _LARGEST_TILE) for side in rule["tile"])
    if min(width, height) < _SMALLEST_TILE:
        raise ClauseError(Message.of(BundleCode.TILES_OF_SIZE, width=width, height=height))
    return LargeFields((width, height), share(rule["strongest_share"]))


def _familiarity_of(rule: Mapping[str, Any]) -> FamiliarityRule:
    return FamiliarityRule(text(rule["sha256"]), positive(rule["limit"], *_LIMITS))


def _point_of(name: str, point: Mapping[str, Any], messages: Mapping[str, tuple[Message, ...]]) -> OperatingPoint:
    return OperatingPoint(
        name=name,
        threshold=share(point["threshold"]),
        sensitivity=_estimate_of(point["sensitivity"]),
        specificity=_estimate_of(point["specificity"]),
        evidence=_evidence_of(point["protocol"], messages, "operating_points"),
    )


def _curve_of(curve: Mapping[str, Any], messages: Mapping[str, tuple[Message, ...]]) -> OperatingCurve:
    sensitivity, specificity = (
        tuple(Estimate(*map(number, one)) for one in zip(*(curve[name][key] for key in ("value", "low", "high")), strict=True))
        for name in ("sensitivity", "specificity")
    )
    return OperatingCurve(
        tuple(map(number, curve["thresholds"])), sensitivity, specificity, _evidence_of(curve["protocol"], messages, "operating_curve")
    )


def _estimate_of(figure: Mapping[str, Any]) -> Estimate:
    estimate = Estimate(share(figure["value"]), share(figure["low"]), share(figure["high"]))
    if estimate.low > estimate.high:
        raise ClauseError(Message.of(BundleCode.INTERVAL_REVERSED))
    return estimate
