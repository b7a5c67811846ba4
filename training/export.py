"""The only writer of a bundle: both networks, golden images and the card, replaced as a whole or not at all."""

import json
import shutil
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.model_card import BINARY_FILE, CARD_FILE, GOLDEN_FILE, SUBTYPE_FILE, parse_card
from breakhis_desktop.errors import UserError
from training.card import make_card
from training.data import Dataset
from training.golden import Golden, choose_golden, draw_candidates
from training.networks import split_joint
from training.recipe import Recipe
from training.train import NETWORK_FILE, is_complete
from training.workspace import Workspace

SYNTHETIC_FIELDS = 40
_TOLERANCE = 1e-4


def export(recipe: Recipe, data: Dataset, workspace: Workspace, models: Path, synthetic_fields: int = SYNTHETIC_FIELDS) -> None:
    """Write the bundle of a recipe.

    Args:
        recipe: A recipe that was trained on all images and evaluated.
        data: The images.
        workspace: Its runs.
        models: The folder of the bundle; what stood there is replaced.
        synthetic_fields: How many fields are drawn for the choice of golden images.

    Raises:
        UserError: The final run or the evaluation is missing, or the written files do not give the network's probabilities.
    """
    figures = load_evaluation(recipe.name, data, workspace)
    run = workspace.final_run(recipe.name)
    if figures is None or figures["recipe_sha256"] != recipe.sha256 or not is_complete(run, recipe, data):
        raise UserError(
            f"{recipe.name} is not trained on all images and evaluated; run `python -m training train {recipe.name}` and "
            f"`python -m training evaluate {recipe.name}` first."
        )
    joint = keras.saving.load_model(run / NETWORK_FILE, compile=False)
    unfinished = models.with_name(f".{models.name}.part")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    write_networks(joint, draw_candidates(synthetic_fields), unfinished)
    card = make_card(recipe, data, figures, count_evaluated(data, workspace), unfinished)
    text = json.dumps(card, indent=2, ensure_ascii=False) + "\n"
    parse_card(text)
    (unfinished / CARD_FILE).write_text(text, encoding="utf-8")
    _replace(unfinished, models)


def write_networks(joint: keras.Model, candidates: NDArray[np.uint8], folder: Path) -> None:
    """Write both networks of one output each and golden images, and check the files as the program will load them.

    Raises:
        UserError: The files, loaded again, do not give the joint network's probabilities.
    """
    for network, name in zip(split_joint(joint), (BINARY_FILE, SUBTYPE_FILE), strict=True):
        network.save(folder / name)
    binary, subtype = (keras.saving.load_model(folder / name, compile=False, safe_mode=True) for name in (BINARY_FILE, SUBTYPE_FILE))
    golden = choose_golden(candidates, binary, subtype)
    _check(golden, joint)
    golden.save(folder / GOLDEN_FILE)


def load_evaluation(recipe_name: str, data: Dataset, workspace: Workspace) -> dict[str, Any] | None:
    """Return a recipe's figures, or None where it was not evaluated on these images and folds."""
    file = workspace.evaluation_file(recipe_name)
    if not file.exists():
        return None
    figures: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    same = figures["split_sha256"] == data.split_sha256 and figures["images"] == len(data)
    return figures if same else None


def count_evaluated(data: Dataset, workspace: Workspace) -> int:
    """Count the recipes that were evaluated on these images and folds."""
    return sum(load_evaluation(folder.name, data, workspace) is not None for folder in workspace.runs.iterdir())


def _check(golden: Golden, joint: keras.Model) -> None:
    malignant, subtype = joint.predict(golden.images.astype(np.float32), batch_size=len(golden.images), verbose=0)
    off = max(np.abs(malignant[:, 0] - golden.binary).max(), np.abs(subtype - golden.subtype).max())
    if not off <= _TOLERANCE:
        raise UserError(f"The exported files differ from the trained network by {off:.1e}; update Keras and export again.")


def _replace(finished: Path, target: Path) -> None:
    former = target.with_name(f".{target.name}.former")
    shutil.rmtree(former, ignore_errors=True)
    if target.exists():
        target.rename(former)
    finished.rename(target)
    shutil.rmtree(former, ignore_errors=True)
