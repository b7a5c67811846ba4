"""Batches, read from arrays on disk when needed; order and augmentation depend only on the seeds, which include the epoch."""

import math
from collections.abc import Callable
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from training.model.mixup import mix
from training.model.targets import Targets

ReadInputs = Callable[[NDArray[np.intp], np.random.Generator], NDArray[np.float32]]

_QUEUED_BATCHES = 4
_WORKERS = 2
"""With one worker, Keras reads through tf.data, whose autotuner delays the end of an epoch by 10 to 40 seconds."""


class EpochBatches(keras.utils.PyDataset):
    """The batches of one epoch, in an order drawn for that epoch."""

    def __init__(
        self, read: ReadInputs, targets: Targets, count: int, batch_size: int, seeds: tuple[int, ...], *, mixup: float = 0.0
    ) -> None:
        """Draw the order.

        Args:
            read: Returns the model inputs at some positions, augmented with the random generator.
            targets: The targets of all positions.
            count: The number of positions.
            batch_size: The size of a batch; the last may be smaller.
            seeds: The seeds of order and augmentation, including the number of the epoch.
            mixup: Both parameters of the beta distribution from which an image's share in its own mix is drawn; 0 for no mixup.
        """
        super().__init__(workers=_WORKERS, max_queue_size=_QUEUED_BATCHES)
        self._read, self._targets = read, targets
        self._batch_size, self._seeds, self._mixup = batch_size, seeds, mixup
        self._order = np.random.default_rng(seeds).permutation(count)

    def __len__(self) -> int:
        """Return the number of batches."""
        return math.ceil(len(self._order) / self._batch_size)

    def __getitem__(self, number: int) -> tuple[NDArray[np.float32], Any, Any]:
        """Return the inputs, truth and weights of a batch."""
        positions = self._order[number * self._batch_size : (number + 1) * self._batch_size]
        random = np.random.default_rng((*self._seeds, number))
        batch = self._read(positions, random), *self._targets.batch(positions)
        return mix(*batch, self._mixup, random) if self._mixup else batch


class ImageBatches(keras.utils.PyDataset):
    """Batches of images in order and without augmentation, for predictions."""

    def __init__(self, read: Callable[[slice], NDArray[np.uint8]], count: int, batch_size: int) -> None:
        """Store the source of the images.

        Args:
            read: Returns the images at some positions, 0-255.
            count: The number of positions.
            batch_size: The size of a batch; the last may be smaller.
        """
        super().__init__(workers=_WORKERS, max_queue_size=_QUEUED_BATCHES)
        self._read, self._count, self._batch_size = read, count, batch_size

    def __len__(self) -> int:
        """Return the number of batches."""
        return math.ceil(self._count / self._batch_size)

    def __getitem__(self, number: int) -> tuple[NDArray[np.float32]]:
        """Return the images of a batch."""
        return (self._read(slice(number * self._batch_size, (number + 1) * self._batch_size)).astype(np.float32),)
