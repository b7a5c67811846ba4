"""Fits the heads on frozen features, then the network on images, epoch by epoch."""

import math
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.errors import UserError
from breakhis_desktop.wording.message import Message
from training.experiment.recipe import Augmentation, HeadStage, ImageStage, Loss, Optimisation
from training.fit.checkpoint import TrainingState, load_checkpoint, save_checkpoint
from training.fit.progress import EpochProgress
from training.model.augment import augment
from training.model.batches import EpochBatches
from training.model.hardware import compiled_by_xla
from training.model.losses import losses_of
from training.model.networks import head_network
from training.model.optimisers import make_optimiser
from training.model.targets import Targets
from training.wording import TrainingCode

_HEAD_SEED, _IMAGE_SEED = 1, 2
_PLAIN = Loss()


def compile_network(network: keras.Model, how: Optimisation, count: int, loss: Loss = _PLAIN, *, mixed: bool = False) -> None:
    """Compile a network with equal weight for each task; the batches contain the weights of the images.

    Args:
        network: A network with the outputs of `build_network`.
        how: Optimiser, rate and schedule.
        count: The number of inputs in an epoch, which sets the length of the schedule.
        loss: The options of the cross-entropy: label smoothing and focal exponent.
        mixed: Whether mixup gives an image several subtypes.
    """
    losses = losses_of(network.output, loss, shares=mixed)
    network.compile(make_optimiser(how, count), loss=losses, jit_compile=compiled_by_xla())
    network.optimizer.build(network.trainable_variables)


def fit_heads(
    network: keras.Model,
    features: NDArray[np.float32],
    rows: NDArray[np.intp],
    targets: Targets,
    stage: HeadStage,
    *,
    seed: int,
    title: str,
    loss: Loss = _PLAIN,
) -> None:
    """Fit the heads of a network on frozen features, in place.

    Args:
        network: A network from `build_network` with a backbone.
        features: Symmetries x N x features, on disk.
        rows: The positions among N of the images to learn from, length M.
        targets: The targets of the M images.
        stage: Epochs, symmetries and optimiser.
        seed: The seed of the order.
        title: The title of the run, for progress messages.
        loss: The options of the cross-entropy: label smoothing and focal exponent.

    Raises:
        DivergedError: The loss of an epoch is not finite.
    """
    heads = head_network(network)
    count = stage.symmetries * len(rows)

    def read(positions: NDArray[np.intp], _: np.random.Generator) -> NDArray[np.float32]:
        return np.asarray(features[positions // len(rows), rows[positions % len(rows)]])

    tiled = Targets(
        {name: np.tile(one, (stage.symmetries,) + (1,) * (one.ndim - 1)) for name, one in targets.truth.items()},
        {name: np.tile(one, stage.symmetries) for name, one in targets.weight.items()},
    )
    compile_network(heads, stage, count, loss)
    for epoch in range(stage.epochs):
        batches = EpochBatches(read, tiled, count, stage.batch_size, (_HEAD_SEED, seed, epoch))
        said = EpochProgress(f"{title}, heads", epoch + 1, stage.epochs, len(batches))
        fitted = heads.fit(batches, shuffle=False, verbose=0, callbacks=[said])
        finite(float(fitted.history["loss"][0]))


class DivergedError(UserError):
    """The loss is no longer finite."""


class ImageFit:
    """Fits the network on images: resumes from a checkpoint, stops early by the monitored figure, and keeps the best weights."""

    def __init__(
        self,
        network: keras.Model,
        stage: ImageStage,
        checkpoint: Path,
        identity: dict[str, Any],
        judge: Callable[[], float] | None,
        *,
        title: str,
    ) -> None:
        """Restore the checkpoint of this run, if there is one.

        Args:
            network: The network, compiled; it is changed in place.
            stage: Epochs and patience.
            checkpoint: The file that is written after each epoch.
            identity: What identifies the run.
            judge: Returns the monitored figure of the network in its current state (higher is better); None for no early stopping.
            title: The title of the run, for progress messages.
        """
        self._network, self._stage, self._checkpoint, self._judge, self._title = network, stage, checkpoint, judge, title
        resumed = load_checkpoint(checkpoint, network, identity)
        self.state, self._best_weights = resumed or (TrainingState(identity), None)

    def epochs(
        self, images: NDArray[np.uint8], rows: NDArray[np.intp], targets: Targets, augmentation: Augmentation, seed: int
    ) -> Iterator[TrainingState]:
        """Train until the last epoch, or until `stage.patience` epochs have passed without improvement of the monitored figure.

        Args:
            images: N x side x side x 3, 0-255, on disk.
            rows: The positions of the images to learn from, length M.
            targets: The targets of the M images.
            augmentation: The kinds and strengths of augmentation.
            seed: The seed of order and augmentation.

        Yields:
            The state after each epoch, once its checkpoint is written.
        """

        def read(positions: NDArray[np.intp], random: np.random.Generator) -> NDArray[np.float32]:
            return augment(images[rows[positions]], augmentation, random)

        while self.state.epoch < self._stage.epochs and self.state.waited < self._stage.patience:
            started = time.monotonic()
            seeds = (_IMAGE_SEED, seed, self.state.epoch)
            batches = EpochBatches(read, targets, len(rows), self._stage.batch_size, seeds, mixup=augmentation.mixup)
            said = EpochProgress(self._title, self.state.epoch + 1, self._stage.epochs, len(batches))
            fitted = self._network.fit(batches, shuffle=False, verbose=0, callbacks=[said])
            self._note(finite(float(fitted.history["loss"][0])), started)
            save_checkpoint(self._checkpoint, self._network, self.state, self._best_weights)
            yield self.state
        if self._best_weights is not None:
            self._network.set_weights(self._best_weights)

    def _note(self, loss: float, started: float) -> None:
        state = self.state
        state.epoch += 1
        row: dict[str, Any] = {"epoch": state.epoch, "loss": round(loss, 5)}
        if self._judge is not None:
            figure = float(self._judge())
            row["figure"] = round(figure, 5)
            if state.best is None or figure > state.best:
                state.best, state.waited = figure, 0
                self._best_weights = self._network.get_weights()
            else:
                state.waited += 1
        state.history.append(row)
        state.seconds += time.monotonic() - started


def finite(loss: float) -> float:
    """Return the loss of an epoch if it is finite.

    Raises:
        DivergedError: The loss is not finite.
    """
    if not math.isfinite(loss):
        raise DivergedError(Message.of(TrainingCode.DIVERGED, loss=loss))
    return loss
