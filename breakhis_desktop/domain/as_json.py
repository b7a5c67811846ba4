"""Converts dataclasses to JSON values; `msgspec` reads them back."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any


def as_json(facts: Any) -> Any:
    """Convert dataclasses, mappings and sequences to the dicts, lists and plain values of JSON.

    A field whose value equals its default is left out, but a field with a default factory is always written.
    """
    if is_dataclass(facts):
        values = ((one, getattr(facts, one.name)) for one in fields(facts))
        return {one.name: as_json(value) for one, value in values if value != one.default}
    if isinstance(facts, Mapping):
        return {name: as_json(one) for name, one in facts.items()}
    if isinstance(facts, list | tuple):
        return [as_json(one) for one in facts]
    return facts
