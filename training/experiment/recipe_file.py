"""Writes a recipe as a TOML file from which it can be read again."""

import json
from dataclasses import fields, is_dataclass
from typing import Any

from training.experiment.recipe import Recipe


def recipe_toml(recipe: Recipe) -> str:
    """Return a recipe as TOML, without default values and without its name, which is the name of the file."""
    sections = [one.name for one in fields(recipe) if is_dataclass(getattr(recipe, one.name))]
    top = [line for line in _lines(recipe) if line.split(" ", 1)[0] not in {"name", *sections}]
    written = ["\n".join([f"[{name}]", *_lines(getattr(recipe, name))]) for name in sections if _lines(getattr(recipe, name))]
    return "\n\n".join(["\n".join(top), *written]) + "\n"


def _lines(part: Any) -> list[str]:
    return [f"{one.name} = {_value(value)}" for one in fields(part) if (value := getattr(part, one.name)) != one.default]


def _value(value: Any) -> str:
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False, default=str)
