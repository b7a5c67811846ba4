"""What a model bundle says of itself, read from and written to `card.json`."""

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from breakhis_desktop.domain.decision import Estimate, OperatingPoint, ReviewRule
from breakhis_desktop.domain.operating_curve import OperatingCurve
from breakhis_desktop.domain.taxonomy import SUBTYPE_CODES

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
"""Pixels on a side."""


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

    @property
    def all_hashes(self) -> dict[str, str]:
        """SHA-256 of each file that the card names, those that a bundle may lack among them."""
        optional = {JOINT_FILE: self.joint_sha256, FAMILIARITY_FILE: self.familiarity and self.familiarity.sha256}
        return {**self.file_hashes, **{name: digest for name, digest in optional.items() if digest}}

    @property
    def model_id(self) -> str:
        """Sixteen digits that change with all that decides: networks, temperatures, preprocessing, and which images are judged how."""
        facts = [
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
        return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:16]


class CardError(ValueError):
    """The text is no card that this program reads; the message is a clause that says what is wrong."""


def parse_card(text: str) -> ModelCard:
    """Read `card.json`.

    Raises:
        CardError: The text is no card, or one of a format or class order that this program does not know.
    """
    try:
        card = json.loads(text)
        if card["format"] != CARD_FORMAT:
            raise CardError(f"its card has format {card['format']}, and this program reads format {CARD_FORMAT}")
        if card["class_order"] != list(SUBTYPE_CODES):
            raise CardError("its card names the subtypes in another order")
        return _card_of(card)
    except json.JSONDecodeError:
        raise CardError("its card is no JSON") from None
    except RecursionError:
        raise CardError("its card is nested deeper than any card") from None
    except CardError:
        raise
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise CardError(f"its card lacks or garbles something ({error})") from None


def _card_of(card: Mapping[str, Any]) -> ModelCard:
    points = {str(name): _point_of(name, point) for name, point in card["operating_points"].items()}
    if DEFAULT_POINT not in points:
        raise CardError("its card names no default operating point")
    joint_sha256 = str(card["derived"][JOINT_FILE]["sha256"]) if JOINT_FILE in card.get("derived", {}) else None
    return ModelCard(
        name=str(card["name"]),
        version=str(card["version"]),
        created=str(card["created"]),
        keras_version=str(card["keras_version"]),
        preprocessing_version=int(card["preprocessing_version"]),
        input_size=(int(card["input_size"][0]), int(card["input_size"][1])),
        file_hashes={name: str(card["files"][name]) for name in (*NETWORK_FILES, GOLDEN_FILE)},
        joint_sha256=joint_sha256,
        temperatures=(_positive(card["temperature"]["binary"]), _positive(card["temperature"]["subtype"])),
        points=points,
        review_rule=ReviewRule(_share(card["review"]["margin"])),
        magnifications=tuple(int(one) for one in card.get("training_data", {}).get("magnifications", {})),
        large_fields=_large_fields_of(card["large_fields"]) if "large_fields" in card else None,
        familiarity=_familiarity_of(card["familiarity"]) if "familiarity" in card else None,
        text=card,
        curve=_curve_of(card["operating_curve"]) if "operating_curve" in card else None,
        subtypes_within_class=card.get("subtypes_within_class", False) is True,
        left_out=_left_out_of(card["left_out"], joint_sha256) if "left_out" in card else (),
    )


def _left_out_of(names: Any, joint_sha256: str | None) -> tuple[str, ...]:
    if not set(names) <= set(NETWORK_FILES) or joint_sha256 is None:
        raise CardError("its card leaves out a file that nothing takes the place of")
    return tuple(names)


def _large_fields_of(rule: Mapping[str, Any]) -> LargeFields:
    width, height = (int(side) for side in rule["tile"])
    if min(width, height) < _SMALLEST_TILE:
        raise ValueError(f"tiles of {width} x {height} pixels")
    return LargeFields((width, height), _share(rule["strongest_share"]))


def _familiarity_of(rule: Mapping[str, Any]) -> FamiliarityRule:
    return FamiliarityRule(str(rule["sha256"]), _positive(rule["limit"]))


def _point_of(name: str, point: Mapping[str, Any]) -> OperatingPoint:
    return OperatingPoint(
        name=name,
        threshold=_share(point["threshold"]),
        sensitivity=_estimate_of(point["sensitivity"]),
        specificity=_estimate_of(point["specificity"]),
        evidence=str(point["protocol"]),
    )


def _curve_of(curve: Mapping[str, Any]) -> OperatingCurve:
    sensitivity, specificity = (
        tuple(Estimate(*map(float, one)) for one in zip(*(curve[name][key] for key in ("value", "low", "high")), strict=True))
        for name in ("sensitivity", "specificity")
    )
    return OperatingCurve(tuple(map(float, curve["thresholds"])), sensitivity, specificity, str(curve["protocol"]))


def _positive(value: Any) -> float:
    number = float(value)
    if not 0 < number < math.inf:
        raise ValueError(f"{number} where a positive number belongs")
    return number


def _share(value: Any) -> float:
    number = float(value)
    if not 0 <= number <= 1:
        raise ValueError(f"{number} where a share from 0 to 1 belongs")
    return number


def _estimate_of(figure: Mapping[str, Any]) -> Estimate:
    return Estimate(float(figure["value"]), float(figure["low"]), float(figure["high"]))
