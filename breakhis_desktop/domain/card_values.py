"""The values of a card as JSON gives them, each checked to be of its kind before the program acts on it or shows it."""

import math
from collections.abc import Mapping
from typing import Any

from breakhis_desktop.errors import ClauseError
from breakhis_desktop.wording.bundles import BundleCode
from breakhis_desktop.wording.message import Message

_LONGEST_TEXT = 500
_LONGEST_TOLD = 40
_LARGEST = 1e15
"""No number of a card, nor any that a person would read, is as large."""

_NUMBER = Message.of(BundleCode.KIND_NUMBER)

_FIGURES = (("binary", "by_image"), ("binary", "by_patient"), ("subtype", "figures"), ("subtype", "recall"))
"""Where the metrics of a protocol hold figures with intervals that are shown and printed."""


def number(value: Any, kind: Message = _NUMBER) -> float:
    """Return a number of JSON, neither text nor true or false.

    Raises:
        ClauseError: It is something else, or not finite; so all functions here.
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not -_LARGEST < value < _LARGEST:
        raise misplaced(value, kind)
    return float(value)


def positive(value: Any, least: float, most: float) -> float:
    """Return a number above 0, within the bounds between which it can be computed with."""
    kind = Message.of(BundleCode.KIND_POSITIVE)
    found = number(value, kind)
    if not least <= found <= most:
        raise misplaced(value, kind)
    return found


def share(value: Any) -> float:
    """Return a number from 0 to 1."""
    kind = Message.of(BundleCode.KIND_SHARE)
    found = number(value, kind)
    if not 0 <= found <= 1:
        raise misplaced(value, kind)
    return found


def whole(value: Any, least: int, most: int) -> int:
    """Return a whole number within bounds."""
    kind = Message.of(BundleCode.KIND_WHOLE, least=least, most=most)
    found = number(value, kind)
    if not (found.is_integer() and least <= found <= most):
        raise misplaced(value, kind)
    return int(found)


def text(value: Any) -> str:
    """Return a text that a terminal, a store and a report can hold as it is."""
    if not isinstance(value, str) or not value.isprintable() or len(value) > _LONGEST_TEXT:
        raise misplaced(value, Message.of(BundleCode.KIND_TEXT))
    return value


def mapping(value: Any) -> Mapping[str, Any]:
    """Return a JSON object."""
    if not isinstance(value, Mapping):
        raise misplaced(value, Message.of(BundleCode.KIND_OBJECT))
    return value


def check_told(card: Mapping[str, Any]) -> None:
    """Check what a card merely tells: figures and counts that window and reports show, and that all of it can be written down."""
    _check_writable(card)
    metrics = mapping(card.get("metrics", {}))
    for protocol in metrics.values():
        for task, group in _FIGURES:
            for figure in mapping(mapping(mapping(protocol).get(task, {})).get(group, {})).values():
                _check_figure(figure)
    data = mapping(card.get("training_data", {}))
    _check_counts({name: data[name] for name in ("images", "patients", "accessions") if name in data})
    _check_counts(mapping(data.get("magnifications", {})))
    for subtype in mapping(data.get("subtypes", {})).values():
        _check_counts({name: mapping(subtype)[name] for name in ("images", "accessions")})


def _check_writable(value: Any) -> None:
    if isinstance(value, str):
        value.encode()  # what is half of a character cannot be stored or exported
    elif isinstance(value, Mapping):
        for name, one in value.items():
            _check_writable(name)
            _check_writable(one)
    elif isinstance(value, list):
        for one in value:
            _check_writable(one)
    elif value is not None and not isinstance(value, bool):
        number(value)


def _check_figure(figure: Any) -> None:
    if isinstance(figure, Mapping) and figure.get("low") is not None:
        for name in ("value", "low", "high"):
            number(figure[name])


def _check_counts(counts: Mapping[str, Any]) -> None:
    for count in counts.values():
        whole(count, 0, int(_LARGEST))


def misplaced(value: Any, kind: Message) -> ClauseError:
    """Return the error for a value where another kind belongs; a long one is cut."""
    return ClauseError(Message.of(BundleCode.VALUE_MISPLACED, found=_told(value), kind=kind))


def _told(value: Any) -> Message | str:
    match value:
        case list():
            return Message.of(BundleCode.KIND_LIST)
        case Mapping():
            return Message.of(BundleCode.KIND_OBJECT)
    told = ascii(str(value) if isinstance(value, float) and not math.isfinite(value) else value)
    return told if len(told) <= _LONGEST_TOLD else f"{told[:_LONGEST_TOLD]}…"
