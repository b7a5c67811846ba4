"""Recipes: everything that defines an experiment, read from `training/recipes/NAME.toml`."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from breakhis_desktop.errors import UserError

RECIPES = Path(__file__).parent / "recipes"
BACKBONES = ("efficientnet_lite0",)


def _between(low: float, high: float) -> Any:
    return field(metadata={"range": (low, high)})


def _one_of(choices: tuple[str, ...]) -> Any:
    return field(metadata={"choices": choices})


@dataclass(frozen=True, slots=True)
class Balance:
    """How far rare classes weigh more in the loss: 0 not at all, 1 until all classes count the same."""

    binary: float = _between(0, 1)
    subtype: float = _between(0, 1)


@dataclass(frozen=True, slots=True)
class HeadStage:
    """Two linear heads on frozen features, over so many of the eight symmetries of each image."""

    symmetries: int = _between(1, 8)
    epochs: int = _between(1, 1000)
    learning_rate: float = _between(1e-7, 1)
    weight_decay: float = _between(0, 1)


@dataclass(frozen=True, slots=True)
class FineTuneStage:
    """The last layers of the backbone and both heads, on images that are varied anew in each epoch.

    Attributes:
        trainable_share: The share of the backbone's layers that learn, counted from its end.
        epochs: How often each image is seen.
        batch_size: Images per step.
        learning_rate: The highest rate, after the warm-up.
        weight_decay: Of AdamW.
        scale: The largest relative change of size.
        shift: The largest shift, as a share of the side.
        stain: The largest relative change of each stain.
        brightness: The largest relative change of brightness.
    """

    trainable_share: float = _between(0, 1)
    epochs: int = _between(1, 1000)
    batch_size: int = _between(1, 1024)
    learning_rate: float = _between(1e-7, 1)
    weight_decay: float = _between(0, 1)
    scale: float = _between(0, 0.9)
    shift: float = _between(0, 0.9)
    stain: float = _between(0, 0.9)
    brightness: float = _between(0, 0.9)


@dataclass(frozen=True, slots=True)
class Recipe:
    """An experiment.

    Attributes:
        name: The name of its file.
        description: What it is, in a sentence.
        balance: The weights of classes.
        head: The first stage.
        backbone: One of `BACKBONES`.
        random_seed: Of initial weights, order and augmentation.
        fine_tune: The second stage, if there is one.
    """

    name: str
    description: str
    balance: Balance
    head: HeadStage
    backbone: str = _one_of(BACKBONES)
    random_seed: int = _between(0, 2**31 - 1)
    fine_tune: FineTuneStage | None = None

    @property
    def sha256(self) -> str:
        """The hash of all that defines the experiment."""
        return hashlib.sha256(repr(sorted(asdict(self).items())).encode()).hexdigest()


_SECTIONS = {"balance": Balance, "head": HeadStage, "fine_tune": FineTuneStage}


def load_recipe(name: str) -> Recipe:
    """Read a recipe by its name, or from a TOML file of the user's own.

    Raises:
        UserError: There is no such recipe, or it has an unknown or missing key or an impossible value.
    """
    file = Path(name) if name.endswith(".toml") else RECIPES / f"{name}.toml"
    if not file.is_file():
        known = ", ".join(sorted(path.stem for path in RECIPES.glob("*.toml")))
        raise UserError(f"There is no recipe {name!r}; choose one of {known}, or give a .toml file.")
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"The recipe {file.name} is not valid TOML ({error}); correct it.") from None
    try:
        return Recipe(**_values(Recipe, {**table, "name": file.stem}, ""))
    except ValueError as error:
        raise UserError(f"The recipe {file.name} {error}; correct it.") from None


def _values(kind: type, table: Mapping[str, Any], section: str) -> dict[str, Any]:
    known = {one.name: one for one in fields(kind)}
    if unknown := sorted(table.keys() - known.keys()):
        raise ValueError(f"has an unknown key {section}{unknown[0]}")
    if missing := [name for name, one in known.items() if name not in table and one.default is MISSING]:
        raise ValueError(f"lacks the key {section}{missing[0]}")
    return {name: _value(table[name], known[name].type, known[name].metadata, f"{section}{name}") for name in table}


def _value(value: Any, kind: Any, rules: Mapping[str, Any], key: str) -> Any:
    if key in _SECTIONS:
        if not isinstance(value, dict):
            raise ValueError(f"needs a section [{key}]")
        return _SECTIONS[key](**_values(_SECTIONS[key], value, f"{key}."))
    accepted = (int, float) if kind is float else kind
    if isinstance(value, bool) or not isinstance(value, accepted):
        raise ValueError(f"gives {key} as {value!r}, which is no {kind.__name__}")  # noqa: TRY004 (told as any other bad value)
    if "choices" in rules and value not in rules["choices"]:
        raise ValueError(f"gives {key} as {value!r}, and it can be {', '.join(rules['choices'])}")
    if "range" in rules and not rules["range"][0] <= value <= rules["range"][1]:
        raise ValueError(f"gives {key} as {value}, and it must lie from {rules['range'][0]} to {rules['range'][1]}")
    return value
