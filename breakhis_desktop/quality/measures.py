"""The measures of a picture that the quality gate checks."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

_Floats = NDArray[np.float32]

_TISSUE_DENSITY = 0.08
"""The mean optical density above which a pixel is tissue, not glass."""

_SMALLEST = 1e-6

_DENSITIES = -np.log10(np.maximum(np.arange(256, dtype=np.float32), 1) / 255)
"""Optical density by grey value."""


@dataclass(frozen=True, slots=True)
class Measures:
    """Measures of a picture that was resized for the quality gate.

    The measures of tissue are taken over all pixels if there is no tissue.

    Attributes:
        brightness: The mean of the grey values, 0-255.
        tissue: The share of pixels that are not glass, 0 to 1.
        detail: The mean absolute Laplacian of the grey values, 0-255: how sharp the picture is.
        contrast: The standard deviation of the grey values, 0-255.
        absorption: The mean optical density of tissue in red, green and blue, as a vector of length 1.
        green_first: The share of tissue, 0 to 1, that absorbs green most, or almost most, as haematoxylin and eosin do.
        hues: How much the direction of absorption varies over the tissue: the mean of the standard deviations of its components.
        colour: The mean difference between the most and the least absorbed colour of tissue, in optical density.
    """

    brightness: float
    tissue: float
    detail: float
    contrast: float
    absorption: tuple[float, float, float]
    green_first: float
    hues: float
    colour: float


def measure(pixels: NDArray[np.uint8]) -> Measures:
    """Measure a picture, channel by channel, since NumPy is several times slower along an axis of length 3.

    Args:
        pixels: Height x width x 3, RGB, 0-255.
    """
    colours = [np.ascontiguousarray(pixels[..., colour]) for colour in range(3)]
    grey = np.asarray(sum(colour.astype(np.float32) for colour in colours), np.float32) / np.float32(3)
    densities = [_DENSITIES[colour[::2, ::2]].ravel() for colour in colours]  # a quarter of the pixels gives the same colours
    is_tissue = sum(densities) / np.float32(3) > _TISSUE_DENSITY
    tissue = [density[is_tissue] for density in densities] if is_tissue.any() else densities
    most, least = reduce(np.maximum, tissue), reduce(np.minimum, tissue)
    red, green, blue = _directions([np.atleast_1d(density.mean()) for density in tissue])
    return Measures(
        brightness=float(grey.mean()),
        tissue=float(is_tissue.mean()),
        detail=_detail(grey),
        contrast=float(grey.std()),
        absorption=(float(red[0]), float(green[0]), float(blue[0])),
        green_first=float((tissue[1] + 0.02 >= most).mean()),
        hues=float(np.mean([along.std() for along in _directions(tissue)])),
        colour=float((most - least).mean()),
    )


def _directions(densities: Sequence[_Floats]) -> list[_Floats]:
    """Scale the densities of red, green and blue so that they form a vector of length 1 in each pixel."""
    lengths = np.maximum(np.sqrt(sum(density * density for density in densities)), _SMALLEST)
    return [np.asarray(density / lengths, np.float32) for density in densities]


def _detail(grey: _Floats) -> float:
    inner = grey[1:-1, 1:-1]
    laplacian = 4 * inner - grey[:-2, 1:-1] - grey[2:, 1:-1] - grey[1:-1, :-2] - grey[1:-1, 2:]
    return float(np.abs(laplacian).mean())
