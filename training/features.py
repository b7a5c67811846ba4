"""The pooled features of a frozen backbone, computed once for all images and kept on disk."""

import logging
import time
from pathlib import Path

import keras
import numpy as np
from numpy.typing import NDArray

from training.augment import symmetry
from training.batches import ImageBatches

BATCH = 32

_PART = 2048
"""So many images are held in memory at a time."""

_log = logging.getLogger(__name__)


def features_on_disk(network: keras.Model, images: NDArray[np.uint8], symmetries: int, file: Path) -> NDArray[np.float32]:
    """Return the features of all images, from disk where they were computed before.

    Args:
        network: The part from images to pooled features.
        images: N x side x side x 3, 0-255.
        symmetries: How many of the eight symmetries of each image.
        file: Where the features of these images lie, or will.

    Returns:
        An array on disk of at least symmetries x N x features.
    """
    if file.exists() and (stored := np.load(file, mmap_mode="r")).shape[0] >= symmetries:
        return np.asanyarray(stored)
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(".part")
    _compute(network, images, symmetries, unfinished)
    unfinished.replace(file)
    return np.asanyarray(np.load(file, mmap_mode="r"))


def _compute(network: keras.Model, images: NDArray[np.uint8], symmetries: int, file: Path) -> None:
    features = np.lib.format.open_memmap(file, "w+", np.float32, (symmetries, len(images), network.output.shape[-1]))
    parts = [(number, start) for number in range(symmetries) for start in range(0, len(images), _PART)]
    started = time.monotonic()
    for done, (number, start) in enumerate(parts, start=1):
        views = symmetry(images[start : start + _PART], number)
        features[number, start : start + _PART] = network.predict(ImageBatches(views.__getitem__, len(views), BATCH), verbose=0)
        left = (time.monotonic() - started) / done * (len(parts) - done) / 60
        _log.info("features: part %d of %d, %.1f minutes left", done, len(parts), left)
    features.flush()
