"""Figures published elsewhere, read from `published.toml`."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

_TABLES = tomllib.loads((Path(__file__).parent / "published.toml").read_text(encoding="utf-8"))

PUBLISHED: Mapping[str, Mapping[str, Any]] = _TABLES["brief"]
"""The recipes of the brief from which the project started, in the order of the brief's tables, each with its published figures."""

REFERENCE_LINES: Sequence[Mapping[str, Any]] = _TABLES["lines"]
"""The reference lines (in RESULTS.md also "lines to beat"): baseline figures, measured once on the project's images with a logistic
regression on frozen ImageNet features."""

IMAGE_LINES: Mapping[str, Mapping[str, Mapping[str, float]]] = {line["recipe"]: line["image"] for line in REFERENCE_LINES}
"""The figures of the reference lines on the image split, keyed by the recipe that reproduces the line and then by task."""

AIMS: Sequence[Mapping[str, Any]] = _TABLES["aims"]
"""The figures that the project aimed to reach, for each protocol that has such aims."""


def label_of(recipe: str) -> str:
    """Return the name of a recipe in tables and charts: the brief's own for a recipe of the brief, else that of the recipe's file."""
    return str(PUBLISHED[recipe]["label"]) if recipe in PUBLISHED else recipe
