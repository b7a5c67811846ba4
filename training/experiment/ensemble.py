"""Ensembles: the mean of several recipes' predictions on the same held-out images, defined in `training/ensembles/NAME.toml`."""

import hashlib
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.errors import UserError
from breakhis_desktop.wording.message import Message
from training.commands import command
from training.experiment.predictions import Predictions, load_predictions, predictions_file
from training.wording import TrainingCode

ENSEMBLES = Path(__file__).parents[1] / "ensembles"
_SMALLEST = 1e-6  # smaller probabilities are raised to this, since 0 has no logarithm


@dataclass(frozen=True, slots=True)
class Ensemble:
    """Recipes whose predictions are averaged.

    Attributes:
        name: The name of the ensemble's file, without extension.
        description: A description in one sentence.
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
    table = tomllib.loads((ENSEMBLES / f"{name}.toml").read_text(encoding="utf-8"))
    return Ensemble(name, table["description"], tuple(table["members"]))


def average(ensemble: Ensemble, results: Path, protocol: str) -> Predictions:
    """Average the members' predictions: the geometric mean of their uncalibrated probabilities.

    Args:
        ensemble: The ensemble.
        results: The folder with the members' predictions.
        protocol: One of `PROTOCOLS`.

    Raises:
        UserError: A member was not evaluated under the protocol, its predictions are damaged, or its images, folds or task differ from
            another member's.
    """
    files = [predictions_file(results, member, protocol) for member in ensemble.members]
    for member, file in zip(ensemble.members, files, strict=True):
        if not file.is_file():
            raise UserError(_not_evaluated(ensemble, member, protocol))
    parts = [load_predictions(file) for file in files]
    for other in parts[1:]:
        _refuse_unlike(ensemble, parts[0], other)
    provenances = [one.provenance for one in parts]
    shortest = min(provenances, key=lambda one: one.epochs / one.epochs_planned if one.epochs_planned else 1)
    return replace(
        parts[0],
        provenance=replace(
            provenances[0],
            recipe=ensemble.name,
            recipe_sha256=identity(ensemble, results, protocol),
            description=ensemble.description,
            epochs=shortest.epochs,
            epochs_planned=shortest.epochs_planned,
            minutes=0.0,
            precision="/".join(sorted({one.precision for one in provenances})),
            trained=max(one.trained for one in provenances),
            history=[],
        ),
        binary=_geometric_mean([one.binary for one in parts if one.binary is not None]),
        subtypes=_geometric_mean([one.subtypes for one in parts if one.subtypes is not None]),
    )


def identity(ensemble: Ensemble, results: Path, protocol: str) -> str:
    """Hash the members and their predictions, to detect outdated averages; empty if a member has no predictions."""
    files = [predictions_file(results, member, protocol) for member in ensemble.members]
    if not all(file.is_file() for file in files):
        return ""
    hashes = [(member, hashlib.sha256(file.read_bytes()).hexdigest()) for member, file in zip(ensemble.members, files, strict=True)]
    return hashlib.sha256(repr(hashes).encode()).hexdigest()


def _not_evaluated(ensemble: Ensemble, member: str, protocol: str) -> Message:
    return Message.of(
        TrainingCode.MEMBER_NOT_EVALUATED,
        ensemble=ensemble.name,
        members=ensemble.members,
        member=member,
        protocol=protocol,
        train=command("train", member, f"--protocol {protocol}"),
        evaluate=command("evaluate", member, f"--protocol {protocol}"),
    )


def _refuse_unlike(ensemble: Ensemble, one: Predictions, other: Predictions) -> None:
    compared = {field.name for field in fields(Predictions)} - {"provenance", "binary", "subtypes"}
    same = all(np.array_equal(getattr(one, name), getattr(other, name)) for name in compared)
    if not same or one.provenance.task != other.provenance.task:
        names = {"one": one.provenance.recipe, "other": other.provenance.recipe, "ensemble": ensemble.name}
        raise UserError(Message.of(TrainingCode.MEMBERS_UNLIKE, **names))


def _geometric_mean(members: Sequence[NDArray[np.float32]]) -> NDArray[np.float32] | None:
    """Return the geometric mean, scaled to sum to 1; unlike the arithmetic mean, it keeps values near 0 and 1 distinct."""
    if not members:
        return None
    shares = np.exp(np.mean([np.log(np.clip(_of_classes(p), _SMALLEST, 1)) for p in members], axis=0, dtype=np.float64))
    scaled: NDArray[np.float32] = (shares / shares.sum(axis=1, keepdims=True)).astype(np.float32)
    return scaled[:, 1] if members[0].ndim == 1 else scaled


def _of_classes(p: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.stack([1 - p, p], axis=1) if p.ndim == 1 else p
