"""Trains a recipe on a split; resumes an interrupted run, and skips a complete one."""

import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.progress import duration_words
from breakhis_desktop.errors import UserError
from breakhis_desktop.wording.message import Message
from training.data import Dataset
from training.data.splits import FINAL, Split
from training.disk import disk_errors
from training.experiment.recipe import HeadStage, ImageStage, Pretrained, Pretraining, Recipe
from training.fit.checkpoint import TrainingState
from training.fit.contrastive import pretrain
from training.fit.features import features_on_disk
from training.fit.fit import ImageFit, compile_network, fit_heads
from training.fit.predict import monitored_figure, predict
from training.fit.run_log import forget_log, write_log
from training.model.hardware import device_scope, set_precision
from training.model.networks import BACKBONE, build_network, feature_network, unfreeze, weights_sha256
from training.model.targets import targets_of, training_rows
from training.wording import TrainingCode
from training.workspace import Workspace

DONE_FILE = "done.json"
NETWORK_FILE = "network.keras"
PREDICTIONS_FILE = "predictions.npz"
CHECKPOINT_FILE = "checkpoint.npz"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Budget:
    """Limits and hardware options of a training.

    Attributes:
        epochs: The maximum number of epochs on images; None for the recipe's number.
        precision: One of `PRECISIONS`; None for the default of the machine.
        devices: Names of TensorFlow devices that share the work; None for all GPUs.
    """

    epochs: int | None = None
    precision: str | None = None
    devices: tuple[str, ...] | None = None

    def epochs_of(self, recipe: Recipe) -> int:
        """Return the maximum number of epochs on images; 0 for a recipe that trains on features only."""
        if recipe.images is None:
            return 0
        return recipe.images.epochs if self.epochs is None else min(self.epochs, recipe.images.epochs)

    def is_met_by(self, done: Mapping[str, Any], recipe: Recipe) -> bool:
        """Return whether a complete run was allowed at least as many epochs as this budget, in the requested precision."""
        return done["epochs"] >= self.epochs_of(recipe) and self.precision in (None, done["precision"])

    def cut(self, recipe: Recipe) -> Recipe:
        """Return the recipe with its epochs limited to the budget."""
        return replace(recipe, images=replace(recipe.images, epochs=self.epochs_of(recipe))) if recipe.images else recipe


@dataclass(frozen=True, slots=True)
class RunFolder:
    """The folder of a run.

    Attributes:
        title: The recipe and the split, for log messages.
        path: The path of the folder.
        identity: The hashes of the recipe and of the images, labels and split, which identify the run.
    """

    title: str
    path: Path
    identity: dict[str, Any]

    @property
    def done(self) -> dict[str, Any] | None:
        """The facts recorded when the run was completed; None if it is incomplete, or if the folder holds another run."""
        try:
            facts: dict[str, Any] = json.loads((self.path / DONE_FILE).read_text(encoding="utf-8"))
        except (FileNotFoundError, json.JSONDecodeError):
            return None
        return facts if facts.items() >= self.identity.items() else None

    def predictions(self) -> dict[str, NDArray[Any]]:
        """Return the positions of the test images as `rows`, and their outputs `malignant` and `subtype`, if the task has them."""
        with np.load(self.path / PREDICTIONS_FILE) as stored:
            return dict(stored)


def run_folder(recipe: Recipe, data: Dataset, split: Split, workspace: Workspace) -> RunFolder:
    """Return the folder of a run, whether or not it exists yet."""
    rows = sha256()
    for part in (split.train, split.validation, split.test):
        rows.update(part.astype(np.int64).tobytes())
        for facts in (data.pixels_sha256, data.malignant, data.subtype, data.subtype_known):
            rows.update(facts[part].tobytes())
    identity = {"recipe_sha256": recipe.sha256, "rows_sha256": rows.hexdigest()}
    return RunFolder(f"{recipe.name}, {split.name}", workspace.run(recipe.name, split.name), identity)


def train(recipe: Recipe, data: Dataset, split: Split, workspace: Workspace, budget: Budget) -> RunFolder:
    """Train a recipe on a split, unless the run is complete already.

    Args:
        recipe: The recipe to train.
        data: All images.
        split: The images for training, for early stopping and for testing.
        workspace: Where the run is written: its log, the predictions on the test images and, if a bundle may need it, the network.
        budget: The limits; a complete run with fewer epochs or in another precision is trained again.

    Returns:
        The folder of the run.

    Raises:
        UserError: The images do not fit the recipe, the backbone cannot be loaded, training diverges, or the disk is full; the last
            checkpoint is kept.
    """
    folder = run_folder(recipe, data, split, workspace)
    if folder.done and budget.is_met_by(folder.done, recipe):
        _log.info("%s: complete already", folder.title)
        return folder
    training = _Training(budget.cut(recipe), data, split, workspace, folder)
    with disk_errors(Message.of(TrainingCode.THE_RUN, run=folder.title), folder.path, TrainingCode.RUN_GOES_ON):
        training.complete(budget)
    return folder


class _Training:
    """One attempt at a run, new or resumed, from building the network to writing the outcome."""

    def __init__(self, recipe: Recipe, data: Dataset, split: Split, workspace: Workspace, folder: RunFolder) -> None:
        self._recipe, self._data, self._split, self._workspace, self._folder = recipe, data, split, workspace, folder
        self._rows = training_rows(recipe, data, split.train)
        self._targets = targets_of(recipe, data, self._rows)
        self._checkpoint = folder.path / CHECKPOINT_FILE
        self._started = time.monotonic()
        self._earlier_seconds = 0.0
        self._history: list[dict[str, Any]] = []

    def complete(self, budget: Budget) -> None:
        """Train, write the outcome and finally mark the run as done."""
        folder = self._folder.path
        folder.mkdir(parents=True, exist_ok=True)
        (folder / DONE_FILE).unlink(missing_ok=True)
        precision = set_precision(budget.precision)
        with device_scope(budget.devices):
            network = self._fit()
        self._write_outcome(network)
        facts = {**self._facts(), "precision": precision, "keras": keras.version(), "trained": datetime.now(UTC).date().isoformat()}
        (folder / DONE_FILE).write_text(json.dumps({**self._folder.identity, **facts}, indent=2), encoding="utf-8")
        self._checkpoint.unlink(missing_ok=True)
        _log.info("%s: done in %.1f minutes", self._folder.title, facts["minutes"])

    def _fit(self) -> keras.Model:
        """Build the network and train it through the stages of the recipe."""
        keras.utils.set_random_seed(self._recipe.random_seed)
        recipe = self._recipe
        network = build_network(recipe)
        on_images = self._resumed(network, recipe.images) if recipe.images else None
        if isinstance(recipe.network, Pretrained) and recipe.head and not (on_images and on_images.state.epoch):
            if recipe.pretraining:
                network.get_layer(BACKBONE).set_weights(self._pretrain(recipe.pretraining))
            self._fit_heads(network, recipe.network, recipe.head)
        if on_images and recipe.images:
            self._fit_on_images(on_images, recipe.images)
        return network

    def _facts(self) -> dict[str, Any]:
        """Return the training's minutes, epochs and history."""
        seconds = self._earlier_seconds + time.monotonic() - self._started
        epochs = self._recipe.images.epochs if self._recipe.images else 0
        return {"minutes": round(seconds / 60, 2), "epochs": epochs, "history": self._history}

    def _pretrain(self, stage: Pretraining) -> list[NDArray[np.float32]]:
        recipe, network = self._recipe, build_network(self._recipe)
        return pretrain(
            network, self._images, self._split.train, stage, recipe.augmentation, seed=recipe.random_seed, title=self._folder.title
        )

    def _fit_heads(self, network: keras.Model, facts: Pretrained, stage: HeadStage) -> None:
        encoder = feature_network(network)
        cut = (facts.backbone, facts.last_layer, facts.input_side)
        file = self._workspace.features_file(*cut, weights_sha256(encoder), self._data.images_sha256)
        features = features_on_disk(encoder, self._images, stage.symmetries, file)
        _log.info("%s: heads on the features of %d images", self._folder.title, len(self._rows))
        recipe, title = self._recipe, self._folder.title
        fit_heads(network, features, self._rows, self._targets, stage, seed=recipe.random_seed, title=title, loss=recipe.loss)
        if recipe.pretraining:  # no other run can use the features of a backbone that was pretrained in this run
            del features
            file.unlink(missing_ok=True)

    def _resumed(self, network: keras.Model, stage: ImageStage) -> ImageFit:
        """Prepare the fit on images, and restore the network from the checkpoint of this run, if there is one."""
        unfreeze(network, stage.trainable_share)
        compile_network(network, stage, len(self._rows), self._recipe.loss, mixed=self._recipe.augmentation.mixup > 0)
        identity = {**self._folder.identity, "epochs": stage.epochs, "precision": keras.mixed_precision.global_policy().name}
        fit = ImageFit(network, stage, self._checkpoint, identity, self._judge(network, stage), title=self._folder.title)
        self._earlier_seconds, self._history = fit.state.seconds_before + fit.state.seconds, fit.state.history
        if fit.state.epoch:
            _log.info("%s: resumed after epoch %d", self._folder.title, fit.state.epoch)
        else:
            forget_log(self._folder.path)
        return fit

    def _fit_on_images(self, fit: ImageFit, stage: ImageStage) -> None:
        if not fit.state.epoch:
            fit.state.seconds_before = time.monotonic() - self._started
        for state in fit.epochs(self._images, self._rows, self._targets, self._recipe.augmentation, self._recipe.random_seed):
            self._report(state, stage)

    def _judge(self, network: keras.Model, stage: ImageStage) -> Callable[[], float] | None:
        if stage.monitor is None:
            return None
        monitor, rows, views = stage.monitor, self._split.validation, self._recipe.views
        if self._recipe.task == "subtype":
            rows = rows[self._data.subtype_known[rows]]
        malignant, subtype = self._data.malignant[rows], self._data.subtype[rows]
        if not len(rows) or len(set(malignant)) < 2:
            raise UserError(Message.of(TrainingCode.VALIDATION_OF_ONE_CLASS, run=self._folder.title))
        return lambda: monitored_figure(monitor, predict(network, self._images, rows, views), malignant, subtype)

    def _report(self, state: TrainingState, stage: ImageStage) -> None:
        write_log(state.history, self._folder.path)
        row = state.history[-1]
        shown = f", {stage.monitor} {row['figure']:.3f}" if "figure" in row else ""
        left = duration_words(state.seconds / state.epoch * (stage.epochs - state.epoch))
        said = (self._folder.title, state.epoch, stage.epochs, row["loss"], shown, left)
        _log.info("%s: epoch %d of %d done, loss %.3f%s, at most %s left", *said)

    def _write_outcome(self, network: keras.Model) -> None:
        """Write the predictions on the test images, and the network if a bundle may need it."""
        scored, folder = self._split.test, self._folder.path
        if self._split.name == FINAL or self._recipe.makes_bundle:
            uncompiled = keras.Model(network.input, network.output, name=network.name)  # Keras can open it without the project's losses
            uncompiled.save(folder / NETWORK_FILE)
        if len(scored):
            np.savez(
                folder / PREDICTIONS_FILE, allow_pickle=False, rows=scored, **predict(network, self._images, scored, self._recipe.views)
            )

    @property
    def _images(self) -> NDArray[np.uint8]:
        return self._data.images[self._recipe.input_side]
