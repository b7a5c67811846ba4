"""Ensembles: the mean of what several recipes said of the same held-out images, named in `training/ensembles/NAME.toml`."""

import hashlib
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.errors import UserError
from training.predictions import Predictions, load_predictions, predictions_file

ENSEMBLES = Path(__file__).parent / "ensembles"
_SMALLEST = 1e-6


@dataclass(frozen=True, slots=True)
class Ensemble:
    """Recipes that judge together.

    Attributes:
        name: The name of its file.
        description: What it is, in a sentence.
        members: The names of the recipes, two or more of the same task.
    """

    name: str
    description: str
    members: tuple[str, ...]


def known_ensembles() -> list[str]:
    """Return the names of the project's ensembles."""
    return sorted(path.stem for path in ENSEMBLES.glob("*.toml"))


def load_ensemble(name: str) -> Ensemble:
    """Read one of the project's ensembles."""
    return Ensemble(name, **tomllib.loads((ENSEMBLES / f"{name}.toml").read_text(encoding="utf-8")))


def average(ensemble: Ensemble, results: Path, protocol: str) -> Predictions:
    """Average what the members said, by the logarithms of their probabilities; every member counts the same.

    Args:
        ensemble: The ensemble.
        results: The folder with the members' predictions.
        protocol: One of `PROTOCOLS`.

    Raises:
        UserError: A member was not evaluated under the protocol, or on other images or folds than the rest.
    """
    files = [predictions_file(results, member, protocol) for member in ensemble.members]
    for member, file in zip(ensemble.members, files, strict=True):
        if not file.is_file():
            raise UserError(
                f"{ensemble.name} is the mean of {', '.join(ensemble.members)}, and {member} has no predictions under the {protocol} "
                f"protocol; run `python -m training train {member} --protocol {protocol}` and `evaluate` first."
            )
    parts = [load_predictions(file) for file in files]
    first = parts[0]
    for other in parts[1:]:
        if not all(np.array_equal(getattr(first, one), getattr(other, one)) for one in ("name", "accession", "split")):
            raise UserError(
                f"{first.facts.recipe} and {other.facts.recipe}, members of {ensemble.name}, were judged on different images or folds; "
                "train and evaluate both on all of the same."
            )
    return replace(
        first,
        facts=replace(first.facts, **_facts(ensemble, parts)),
        binary=_together([one.binary for one in parts]),
        subtypes=_together([one.subtypes for one in parts]),
    )


def _together(said: Sequence[NDArray[np.float32] | None]) -> NDArray[np.float32] | None:
    """Return the geometric mean, scaled to a sum of one: that of the probabilities itself goes with whoever is most certain."""
    known = [one for one in said if one is not None]
    if not known:
        return None
    shares = np.exp(np.mean([np.log(np.clip(_of_classes(one), _SMALLEST, 1)) for one in known], axis=0, dtype=np.float64))
    scaled: NDArray[np.float32] = (shares / shares.sum(axis=1, keepdims=True)).astype(np.float32)
    return scaled[:, 1] if known[0].ndim == 1 else scaled


def _of_classes(said: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.stack([1 - said, said], axis=1) if said.ndim == 1 else said


def _facts(ensemble: Ensemble, parts: Sequence[Predictions]) -> dict[str, Any]:
    """Give what is its own: it costs no training beside that of its members."""
    facts = [one.facts for one in parts]
    return {
        "recipe": ensemble.name,
        "recipe_sha256": hashlib.sha256("".join(one.recipe_sha256 for one in facts).encode()).hexdigest(),
        "description": ensemble.description,
        "epochs": 0,
        "epochs_planned": 0,
        "minutes": 0.0,
        "precision": "/".join(sorted({one.precision for one in facts})),
        "trained": max(one.trained for one in facts),
        "history": [],
    }
