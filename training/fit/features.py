"""Computes the pooled features of a frozen backbone, once for all images, and keeps them on disk."""

import logging
import secrets
import time
from pathlib import Path

import keras
import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.progress import duration_words
from training.fit.predict import BATCH
from training.model.augment import symmetry
from training.model.batches import ImageBatches

_PART = 2048
"""The number of images in memory at a time."""

_log = logging.getLogger(__name__)


def features_on_disk(network: keras.Model, images: NDArray[np.uint8], symmetries: int, file: Path) -> NDArray[np.float32]:
    """Return the features of all images, from disk if they were computed before.

    Args:
        network: The part of the network from images to pooled features.
        images: N x side x side x 3, 0-255.
        symmetries: The number of symmetries of each image, 1 to 8.
        file: The file of these features, which may not exist yet.

    Returns:
        An array on disk, symmetries x N x features; it may hold more symmetries than requested.

    Raises:
        OSError: The features cannot be written to disk.
    """
    stored = _stored(file)
    if stored is None or stored.shape[0] < symmetries:
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_suffix(f".{secrets.token_hex(4)}.part")
        try:
            _compute(network, images, symmetries, unfinished)
            unfinished.replace(file)
        finally:
            unfinished.unlink(missing_ok=True)
        stored = np.load(file, mmap_mode="r")
    return np.asanyarray(stored)


def _stored(file: Path) -> NDArray[np.float32] | None:
    """Open features that were computed before; None if the file is missing or damaged."""
    try:
        stored: NDArray[np.float32] = np.load(file, mmap_mode="r")
    except (FileNotFoundError, ValueError, EOFError):
        return None
    return stored


def _compute(network: keras.Model, images: NDArray[np.uint8], symmetries: int, file: Path) -> None:
    """Compute the features and write them as a stream, since a full disk under a memory map kills the process."""
    parts = [(number, start) for number in range(symmetries) for start in range(0, len(images), _PART)]
    shape = (symmetries, len(images), network.output.shape[-1])
    started = time.monotonic()
    with file.open("wb") as stream:
        np.lib.format.write_array_header_1_0(stream, {"descr": "<f4", "fortran_order": False, "shape": shape})
        for done, (number, start) in enumerate(parts, start=1):
            views = symmetry(images[start : start + _PART], number)
            features = network.predict(ImageBatches(views.__getitem__, len(views), BATCH), verbose=0)
            stream.write(features.astype("<f4").tobytes())
            left = (time.monotonic() - started) / done * (len(parts) - done)
            _log.info("features: part %d of %d, %s left", done, len(parts), duration_words(left))
