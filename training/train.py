"""Runs: a recipe trained once per fold, and once on all images; a run that is complete is not made again."""

import json
import logging
import time
from pathlib import Path

import keras
import numpy as np
from numpy.typing import NDArray

from training.data import Dataset
from training.networks import build_joint, unfreeze
from training.recipe import Recipe
from training.splits import FOLDS
from training.stages import Targets, embed, fine_tune, fit_heads, predict, write_losses
from training.workspace import Workspace

DONE_FILE = "done.json"
NETWORK_FILE = "joint.keras"
PREDICTIONS_FILE = "predictions.npz"

_log = logging.getLogger(__name__)


def train(recipe: Recipe, data: Dataset, workspace: Workspace, held_out: int | None) -> Path:
    """Train a recipe, unless that very run is complete.

    Args:
        recipe: What to train.
        data: All images.
        workspace: Where the run is written: the network, its losses, and for a fold the predictions of the images held out.
        held_out: The fold that takes no part in training; None for the final run on all images.

    Returns:
        The folder of the run.
    """
    folder = workspace.final_run(recipe.name) if held_out is None else workspace.fold_run(recipe.name, held_out)
    if is_complete(folder, recipe, data):
        _log.info("%s, %s: complete already", recipe.name, folder.name)
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    (folder / DONE_FILE).unlink(missing_ok=True)
    started = time.monotonic()
    joint = _fit(recipe, data, np.flatnonzero(data.fold != held_out), folder)
    joint.save(folder / NETWORK_FILE)
    if held_out is not None:
        rows = np.flatnonzero(data.fold == held_out)
        malignant, subtype = predict(joint, data.pixels[rows])
        np.savez(folder / PREDICTIONS_FILE, rows=rows, binary=malignant, subtype=subtype)
    minutes = (time.monotonic() - started) / 60
    facts = {**_identity(recipe, data), "minutes": round(minutes, 2), "keras": keras.version()}
    (folder / DONE_FILE).write_text(json.dumps(facts, indent=2), encoding="utf-8")
    _log.info("%s, %s: done in %.1f minutes", recipe.name, folder.name, minutes)
    return folder


def is_complete(folder: Path, recipe: Recipe, data: Dataset) -> bool:
    """Tell whether a folder holds a finished run of just this recipe on just these images and folds."""
    try:
        facts = json.loads((folder / DONE_FILE).read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return False
    return bool(facts.items() >= _identity(recipe, data).items())


def minutes_of(folder: Path) -> float:
    """Return how long a complete run took."""
    return float(json.loads((folder / DONE_FILE).read_text(encoding="utf-8"))["minutes"])


def out_of_fold(recipe: Recipe, data: Dataset, workspace: Workspace) -> tuple[NDArray[np.float32], NDArray[np.float32]] | None:
    """Pool the predictions that each image got while it was held out.

    Returns:
        Probabilities of malignant (N) and of the subtypes (N x 8) before any temperature; None where a fold was not trained yet.
    """
    folders = [workspace.fold_run(recipe.name, fold) for fold in FOLDS]
    if not all(is_complete(folder, recipe, data) for folder in folders):
        return None
    binary, subtype = np.empty(len(data), np.float32), np.empty((len(data), 8), np.float32)
    for folder in folders:
        with np.load(folder / PREDICTIONS_FILE) as part:
            binary[part["rows"]] = part["binary"]
            subtype[part["rows"]] = part["subtype"]
    return binary, subtype


def _fit(recipe: Recipe, data: Dataset, rows: NDArray[np.intp], folder: Path) -> keras.Model:
    keras.utils.set_random_seed(recipe.random_seed)
    joint = build_joint(recipe.backbone)
    pixels = np.asarray(data.pixels[rows])
    targets = Targets.of(data, rows, recipe.balance)
    _log.info("%s, %s: features of %d images", recipe.name, folder.name, len(rows))
    fit_heads(joint, embed(joint, pixels, recipe.head.symmetries), targets, recipe.head)
    if recipe.fine_tune is None:
        return joint
    unfreeze(joint, recipe.fine_tune.trainable_share)
    losses: list[float] = []
    started = time.monotonic()
    for loss in fine_tune(joint, pixels, targets, recipe.fine_tune, recipe.random_seed):
        losses.append(loss)
        left = (time.monotonic() - started) / len(losses) * (recipe.fine_tune.epochs - len(losses)) / 60
        _log.info(
            "%s, %s: epoch %d of %d, loss %.3f, %.1f minutes left in this run",
            *(recipe.name, folder.name, len(losses), recipe.fine_tune.epochs, loss, left),
        )
        write_losses(losses, folder / "log.csv")
    return joint


def _identity(recipe: Recipe, data: Dataset) -> dict[str, str | int]:
    return {"recipe_sha256": recipe.sha256, "split_sha256": data.split_sha256, "images": len(data)}
