"""Figures published elsewhere, read from `published.toml`."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

_TABLES = tomllib.loads((Path(__file__).parent / "published.toml").read_text(encoding="utf-8"))

PUBLISHED: Mapping[str, Mapping[str, Any]] = _TABLES["brief"]
"""The recipes of the brief in the order of its tables, with what it published of each."""

REFERENCE_LINES: Sequence[Mapping[str, Any]] = _TABLES["lines"]
"""What the protocol page gives as lines to beat."""

IMAGE_LINES: Mapping[str, Mapping[str, Mapping[str, float]]] = {line["recipe"]: line["image"] for line in REFERENCE_LINES}
"""The same lines on the image split, by the recipe that repeats them and by task."""

AIMS: Sequence[Mapping[str, Any]] = _TABLES["aims"]
"""What the protocol page aims at, for each protocol that it names aims for."""


def label_of(recipe: str) -> str:
    """Return what tables and pictures call a recipe: the brief's name for its own, the name of the file for others."""
    return str(PUBLISHED[recipe]["label"]) if recipe in PUBLISHED else recipe
