"""Writes a bundle (networks, golden images, joint graph and cards); an existing bundle is replaced as a whole or not at all."""

import json
import logging
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.as_json import as_json
from breakhis_desktop.domain.card import (
    BINARY_FILE,
    CARD_FILE,
    FAMILIARITY_FILE,
    GOLDEN_FILE,
    GRAPH_FILE,
    SUBTYPE_FILE,
    ModelCard,
    parse_card,
)
from breakhis_desktop.domain.card_parts import CurveEvidence, FinalTraining
from breakhis_desktop.errors import UserError
from breakhis_desktop.files import absolute, replace_folder, write_atomically
from breakhis_desktop.inference.bundle import Golden, read_card
from breakhis_desktop.wording.message import Message
from training.bundle.card import make_card, renewed_card
from training.bundle.compact import fold_batch_norm, halve_precision, store_halves
from training.bundle.derived import measure_speed, write_joint
from training.bundle.golden import choose_golden, draw_candidates, save_golden
from training.bundle.model_card import MODEL_CARD_FILE, write_model_card
from training.bundle.operating_curve import operating_curve
from training.bundle.out_of_distribution import find_limit, fit_detector
from training.bundle.ranking import rank_recipe
from training.commands import command
from training.data import Dataset
from training.data.splits import final_split
from training.evaluation import Evaluation
from training.experiment.predictions import load_predictions, predictions_file
from training.experiment.protocols import PRIMARY
from training.experiment.recipe import Pretrained, Recipe
from training.fit.train import NETWORK_FILE, RunFolder, run_folder
from training.model.networks import FEATURES, MALIGNANT, SUBTYPE, build_network
from training.model.pretrained import SOURCES, Source
from training.wording import TrainingCode
from training.workspace import Workspace

SYNTHETIC_FIELDS = 40
_TOLERANCE = 1e-4
_NUMBERS = re.compile(r"\[\n[-+.\deE,\s]+\]")
_log = logging.getLogger(__name__)


def export(
    recipe: Recipe, data: Dataset, workspace: Workspace, models: Path, results: Path, *, synthetic_fields: int = SYNTHETIC_FIELDS
) -> None:
    """Write the bundle of a recipe.

    Args:
        recipe: A recipe that was trained on all images and evaluated on all grouped folds.
        data: The images.
        workspace: The workspace with the recipe's runs.
        models: The folder of the bundle; an existing bundle is replaced.
        results: The folder with the predictions.
        synthetic_fields: How many fields are drawn for the choice of golden images.

    Raises:
        UserError: The recipe cannot make a bundle; its final run or its predictions are missing or damaged, or differ in their maximum
            number of epochs; the folder holds something other than a bundle; the written files do not reproduce the network's
            probabilities; or the disk refuses them. An existing bundle is kept; if the disk prevents this, the message says so.
    """
    models = absolute(models)
    _refuse_other_folders(models)
    source = _source_of(recipe)
    split = final_split(data, with_validation=recipe.needs_validation)
    run = run_folder(recipe, data, split, workspace)
    done = run.done
    if done is None:
        raise UserError(Message.of(TrainingCode.NOT_TRAINED_ON_ALL_IMAGES, recipe=recipe.name, command=_final_training(recipe)))
    ranking = rank_recipe(recipe, data, results)
    _refuse_other_training(recipe, done, ranking.own[PRIMARY])
    with replacing(models) as unfinished, _full_precision():
        network = _trained_network(recipe, run)
        _log.info("drawing the images from which golden ones are chosen")
        fold_batch_norm(network)
        halve_precision(network)
        write_networks(network, draw_candidates(synthetic_fields, recipe.input_side), unfinished)
        _log.info("networks and golden images written; deriving %s", GRAPH_FILE)
        derived = write_joint(unfinished)
        _log.info("%s: %s", GRAPH_FILE, measure_speed(unfinished))
        _log.info("measuring how far the held-out images of each fold are from its training images, to find the limit of familiarity")
        limit = find_limit(recipe, data, workspace)
        if limit:
            fit_detector(network, data.images[recipe.input_side]).save(unfinished / FAMILIARITY_FILE)
        else:
            _log.warning("%s", Message.of(TrainingCode.FAMILIARITY_LEFT_OUT, recipe=recipe.name))
        training = FinalTraining(
            images=len(split.train),
            images_that_ended_it=len(split.validation),
            epochs=done["epochs"],
            minutes=done["minutes"],
            precision=done["precision"],
        )
        curve = _curve(recipe, results)
        card = make_card(recipe, data, ranking, unfinished, source=source, training=training, derived=derived, limit=limit, curve=curve)
        for name, text in _cards(card).items():
            (unfinished / name).write_text(text, encoding="utf-8")


def renew_cards(recipe: Recipe, data: Dataset, models: Path, results: Path) -> None:
    """Rewrite both cards of a bundle with what was evaluated after its export; its networks stay as they are.

    Args:
        recipe: The recipe with which the bundle was trained.
        data: The images on which it was trained.
        models: The folder of the bundle.
        results: The folder with the predictions.

    Raises:
        UserError: There is no such bundle, it was made from another recipe, other images or other predictions, or the disk refuses the
            cards.
    """
    card, ranking = read_card(models), rank_recipe(recipe, data, results)
    for name, text in _cards(renewed_card(card, recipe, data, ranking, _curve(recipe, results))).items():
        write_atomically(models / name, text.encode())


def write_networks(network: keras.Model, candidates: NDArray[np.uint8], folder: Path) -> None:
    """Split a network with two outputs into two networks with one output each, and write them and their golden images.

    The written files are loaded in the way the program loads them, and their probabilities are compared with those of the network.

    Args:
        network: A network from `build_network` with a backbone and both outputs; its dropout, which only training uses, is left out.
        candidates: Images to choose the golden ones from, N x side x side x 3, 0-255.
        folder: Where the files are written.

    Raises:
        UserError: The files, loaded again, do not reproduce the network's probabilities.
    """
    pooled = network.get_layer(FEATURES).output
    for name, file in ((MALIGNANT, BINARY_FILE), (SUBTYPE, SUBTYPE_FILE)):
        keras.Model(network.input, network.get_layer(name)(pooled), name=file.partition(".")[0]).save(folder / file)
        store_halves(folder / file)
    binary, subtype = (keras.saving.load_model(folder / file, compile=False, safe_mode=True) for file in (BINARY_FILE, SUBTYPE_FILE))
    golden = choose_golden(candidates, binary, subtype)
    _check(golden, network)
    save_golden(golden, folder / GOLDEN_FILE)


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Yield a folder to fill, and replace the target with it unless something fails.

    Raises:
        UserError: The disk refuses the folder; the message says whether the former target is kept.
    """
    unfinished, former = (target.with_name(f".{target.name}.{word}") for word in ("part", "former"))
    try:
        if former.exists() and not target.exists():  # an export was interrupted between the two steps of the replacement
            former.rename(target)
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        yield unfinished
        shutil.rmtree(former, ignore_errors=True)
        replace_folder(unfinished, target, former)
    except OSError as error:
        kept = Message.of(TrainingCode.FORMER_BUNDLE_KEPT if target.exists() else TrainingCode.NO_BUNDLE_LEFT)
        why = error.strerror or str(error)
        raise UserError(Message.of(TrainingCode.BUNDLE_NOT_WRITTEN, folder=target, error=why, kept=kept)) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _refuse_other_folders(target: Path) -> None:
    """Refuse to replace a file, or a folder with contents other than a bundle, because they would be lost."""
    if target.is_file() or (target.is_dir() and any(target.iterdir()) and not (target / CARD_FILE).is_file()):
        raise UserError(Message.of(TrainingCode.NO_BUNDLE_REPLACED, folder=target))


def _source_of(recipe: Recipe) -> Source:
    if not isinstance(recipe.network, Pretrained) or not recipe.makes_bundle:
        raise UserError(Message.of(TrainingCode.MAKES_NO_BUNDLE, recipe=recipe.name))
    return SOURCES[recipe.network.backbone]


def _refuse_other_training(recipe: Recipe, done: Mapping[str, Any], judged: Evaluation) -> None:
    """Refuse a final network whose limit of epochs differs from that of the folds' networks, which determined its thresholds."""
    if done["epochs"] != judged.epochs:
        raise UserError(Message.of(TrainingCode.EPOCHS_DIFFER, recipe=recipe.name, final=done["epochs"], folds=judged.epochs))


def _trained_network(recipe: Recipe, run: RunFolder) -> keras.Model:
    """Build the recipe's network anew and load the trained weights, so that nothing else from the training gets into the bundle."""
    network, file = build_network(recipe, random_weights=True), run.path / NETWORK_FILE
    try:
        network.load_weights(file)
    except (ValueError, OSError, KeyError):
        raise UserError(Message.of(TrainingCode.NETWORK_DAMAGED, file=file, command=_final_training(recipe))) from None
    return network


def _final_training(recipe: Recipe) -> Message:
    return command("train", recipe.name, "--final")


@contextmanager
def _full_precision() -> Iterator[None]:
    former = keras.mixed_precision.global_policy()
    keras.mixed_precision.set_global_policy("float32")
    try:
        yield
    finally:
        keras.mixed_precision.set_global_policy(former)


def _check(golden: Golden, network: keras.Model) -> None:
    given = network.predict(golden.images.astype(np.float32), batch_size=len(golden.images), verbose=0)
    # NumPy's maximum over all differences keeps NaN, which Python's max of two numbers could drop
    off = np.abs(np.column_stack([given[MALIGNANT][:, 0] - golden.binary, given[SUBTYPE] - golden.subtype])).max()
    if not off <= _TOLERANCE:
        raise UserError(Message.of(TrainingCode.EXPORT_DIFFERS, difference=float(off)))


def _curve(recipe: Recipe, results: Path) -> CurveEvidence | None:
    return operating_curve(load_predictions(predictions_file(results, recipe.name, PRIMARY)))


def _cards(card: ModelCard) -> dict[str, str]:
    """Return the card for the program and the card for people, keyed by file name."""
    lines = json.dumps(as_json(card), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    text = _NUMBERS.sub(lambda numbers: re.sub(r"\s+", " ", numbers[0]).replace("[ ", "[").replace(" ]", "]"), lines)
    return {CARD_FILE: text, MODEL_CARD_FILE: write_model_card(parse_card(text))}
