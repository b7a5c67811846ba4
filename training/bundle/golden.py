"""Golden images: synthetic fields with the probabilities that a bundle must reproduce wherever it is loaded."""

from pathlib import Path

import keras
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from breakhis_desktop.imaging.prepare import prepare
from breakhis_desktop.inference.bundle import Golden
from training.synthetic import PRESETS, draw_field, vary

GOLDEN_COUNT = 12

_RANDOM_SEED = 7
_SPREAD = np.linspace(0.05, 0.95, GOLDEN_COUNT)
_REPEATED_SUBTYPE = 0.04
"""The penalty on a candidate, in units of probability, for each chosen image whose most probable subtype is the same."""


def save_golden(golden: Golden, file: Path) -> None:
    """Write the golden file of a bundle."""
    np.savez_compressed(file, images=golden.images, binary=golden.binary, subtype=golden.subtype)


def draw_candidates(fields: int, side: int) -> NDArray[np.uint8]:
    """Draw varied synthetic fields of every kind, and return each field whole and in quarters.

    Args:
        fields: How many fields to draw.
        side: Width and height of a model input in pixels.

    Returns:
        Model inputs, (5 * `fields`) x side x side x 3, 0-255.
    """
    random = np.random.default_rng(_RANDOM_SEED)
    drawn = (draw_field(vary(PRESETS[number % len(PRESETS)], random), number) for number in range(fields))
    return np.stack([prepare(picture, (side, side)) for pixels in drawn for picture in _whole_and_quarters(Image.fromarray(pixels))])


def outputs(network: keras.Model, images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return a network's raw outputs for N images, N x the number of outputs."""
    return np.asarray(network.predict(images.astype(np.float32), batch_size=GOLDEN_COUNT, verbose=0), dtype=np.float32)


def choose_golden(candidates: NDArray[np.uint8], binary: keras.Model, subtype: keras.Model) -> Golden:
    """Choose images with probabilities of malignancy as near as possible to even steps from .05 to .95, and with varied subtypes.

    Args:
        candidates: More images than are needed, N x height x width x 3, 0-255.
        binary: The binary network of the bundle.
        subtype: The subtype network of the bundle.
    """
    malignant = outputs(binary, candidates)[:, 0].astype(np.float64)
    favoured = outputs(subtype, candidates).argmax(axis=1)
    chosen: list[int] = []
    for aim in _SPREAD:
        repeats = np.bincount(favoured[chosen], minlength=int(favoured.max()) + 1)[favoured]
        cost = np.abs(malignant - aim) + _REPEATED_SUBTYPE * repeats
        cost[chosen] = np.inf
        chosen.append(int(cost.argmin()))
    images = candidates[chosen]
    return Golden(images, outputs(binary, images)[:, 0], outputs(subtype, images))


def _whole_and_quarters(field: Image.Image) -> list[Image.Image]:
    width, height = field.width // 2, field.height // 2
    corners = [(x, y) for x in (0, width) for y in (0, height)]
    return [field, *(field.crop((x, y, x + width, y + height)) for x, y in corners)]
