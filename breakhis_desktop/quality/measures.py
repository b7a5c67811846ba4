"""What the quality gate looks at, measured on a model input."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_TISSUE_DENSITY = 0.08
"""Mean optical density from which a pixel is tissue and not glass."""

_SMALLEST = 1e-6

_DENSITIES = -np.log10(np.maximum(np.arange(256, dtype=np.float32), 1) / 255)
"""Optical density by grey value."""


@dataclass(frozen=True, slots=True)
class Measures:
    """Figures of a picture at model input size.

    Attributes:
        brightness: The mean of the grey values, 0-255.
        tissue: The share of pixels that are not glass, 0 to 1.
        detail: The mean absolute Laplacian of the grey values, 0-255: how sharp the picture is.
        contrast: The standard deviation of the grey values, 0-255.
        absorption: How the light that tissue takes is spread over red, green and blue: a direction of length 1.
        green_first: The share of tissue that takes green at least as much as red and blue, as haematoxylin and eosin do.
        hues: How much that direction varies over the tissue.
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
    """Measure a picture.

    Args:
        pixels: height x width x 3, RGB, 0-255, at model input size.
    """
    grey = pixels.astype(np.float32) @ np.full(3, 1 / 3, np.float32)
    density = _DENSITIES[pixels[::2, ::2]]  # a quarter of the pixels tells as much of the colours
    is_tissue = density.mean(axis=2) > _TISSUE_DENSITY
    tissue = density[is_tissue] if is_tissue.any() else density.reshape(-1, 3)
    red, green, blue = _direction(tissue.mean(axis=0))
    return Measures(
        brightness=float(grey.mean()),
        tissue=float(is_tissue.mean()),
        detail=_detail(grey),
        contrast=float(grey.std()),
        absorption=(float(red), float(green), float(blue)),
        green_first=float((tissue[:, 1] + 0.02 >= tissue.max(axis=1)).mean()),
        hues=float(_direction(tissue).std(axis=0).mean()),
        colour=float(np.ptp(tissue, axis=1).mean()),
    )


def _direction(density: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(density / np.maximum(np.linalg.norm(density, axis=-1, keepdims=True), _SMALLEST))


def _detail(grey: NDArray[np.float32]) -> float:
    inner = grey[1:-1, 1:-1]
    laplacian = 4 * inner - grey[:-2, 1:-1] - grey[2:, 1:-1] - grey[1:-1, :-2] - grey[1:-1, 2:]
    return float(np.abs(laplacian).mean())
