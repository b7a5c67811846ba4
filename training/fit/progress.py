"""Logs the progress within an epoch: a line every few seconds, with the time left."""

import logging
import time
from typing import Any

import keras

from breakhis_desktop.domain.progress import Progress, duration_words

_SECONDS_BETWEEN_LINES = 10.0
_log = logging.getLogger(__name__)


class EpochProgress(keras.callbacks.Callback):
    """Logs the step within an epoch, and the longest time that the remaining epochs can take."""

    def __init__(self, title: str, epoch: int, epochs: int, steps: int) -> None:
        """Start measuring.

        Args:
            title: The title of the run.
            epoch: The number of the epoch, from 1.
            epochs: The maximum number of epochs.
            steps: The number of steps in an epoch.
        """
        super().__init__()
        self._title, self._epoch, self._epochs, self._steps = title, epoch, epochs, steps
        self._said = time.monotonic()
        self._progress = Progress(self._said)

    def on_train_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:  # noqa: ARG002 (Keras's signature)
        """Log a line if the last one is some seconds old."""
        now = time.monotonic()
        self._progress.update(now, batch + 1)
        left = self._progress.seconds_left((self._epochs - self._epoch + 1) * self._steps - batch - 1)
        if left is not None and now - self._said >= _SECONDS_BETWEEN_LINES:
            place = (self._title, self._epoch, self._epochs, batch + 1, self._steps)
            _log.info("%s: epoch %d of %d, step %d of %d, at most %s left", *place, duration_words(left))
            self._said = now
