"""Writes the state of training to a checkpoint file, and restores it, so that an interrupted run can resume."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import keras
import numpy as np
from numpy.typing import NDArray

Weights = list[NDArray[Any]]


@dataclass(slots=True)
class TrainingState:
    """The progress of training.

    Attributes:
        identity: What identifies the run; a checkpoint with another identity is not resumed.
        epoch: The number of epochs done.
        history: A row per epoch.
        best: The highest monitored figure so far; None before the first.
        waited: The number of epochs since the best figure.
        seconds: The seconds spent on epochs so far, across interruptions.
        seconds_before: The seconds spent before the first epoch: on pretraining, features and heads.
    """

    identity: dict[str, Any]
    epoch: int = 0
    history: list[dict[str, Any]] = field(default_factory=list)
    best: float | None = None
    waited: int = 0
    seconds: float = 0.0
    seconds_before: float = 0.0


def save_checkpoint(file: Path, network: keras.Model, progress: TrainingState, best_weights: Weights | None) -> None:
    """Write the progress of training, the state of network and optimiser, and the best weights, atomically.

    Raises:
        OSError: The disk is full or cannot be written; the previous checkpoint is kept.
    """
    arrays = {f"state_{number}": np.asarray(one) for number, one in enumerate(_state(network))}
    arrays |= {f"best_{number}": one for number, one in enumerate(best_weights or [])}
    unfinished = file.with_suffix(".part.npz")
    try:
        np.savez(unfinished, allow_pickle=False, progress=json.dumps(asdict(progress)), **arrays)
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


def load_checkpoint(file: Path, network: keras.Model, identity: dict[str, Any]) -> tuple[TrainingState, Weights | None] | None:
    """Restore network and optimiser from a checkpoint.

    Args:
        file: The file that `save_checkpoint` wrote.
        network: The same network, compiled; it is changed in place.
        identity: What identifies the run.

    Returns:
        The progress of training and the best weights so far, if any; None if there is no checkpoint of this run.
    """
    try:
        with file.open("rb") as opened, np.load(opened) as stored:
            progress = TrainingState(**json.loads(str(stored["progress"])))
            state = _numbered(stored, "state")
            best = _numbered(stored, "best")
    except (FileNotFoundError, BadZipFile, KeyError, ValueError, EOFError):
        return None
    if progress.identity != identity:
        return None
    for variable, value in zip(_state(network), state, strict=True):
        variable.assign(value)
    return progress, best or None


def _state(network: keras.Model) -> list[keras.Variable]:
    """Return everything that an epoch changes: weights, statistics, the states of random layers and of the optimiser."""
    return [*network.variables, *network.optimizer.variables]


def _numbered(stored: Any, prefix: str) -> Weights:
    names = [name for name in stored.files if name.startswith(f"{prefix}_")]
    return [stored[f"{prefix}_{number}"] for number in range(len(names))]
