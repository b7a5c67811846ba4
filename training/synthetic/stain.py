"""Turns stains into a photograph: Beer-Lambert absorption, lamp, optics and camera."""

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from training.synthetic.field import Field
from training.synthetic.texture import Map, cloud, fractal

# Optical density per unit of stain in red, green and blue: at hue -1 and at hue +1.
_HAEMATOXYLIN = (np.array([0.74, 0.74, 0.44]), np.array([0.53, 0.82, 0.36]))
_EOSIN = (np.array([0.30, 0.78, 0.32]), np.array([0.07, 0.88, 0.34]))
_DIM, _BRIGHT = np.array([212, 223, 218]), np.array([254, 243, 252])  # The colour of empty glass at hue -1 and +1.
_RED_CELLS = np.array([0.16, 0.98, 0.62])


def absorb(rng: np.random.Generator, field: Field, haematoxylin: Map, eosin: Map, red_cells: Map) -> NDArray[np.float64]:
    """Return the share of light that passes the stains, 0 to 1, shape (height, width, 3)."""
    share = 0.5 + 0.5 * field.hue
    tint = rng.normal(0, 0.03, 3)
    blue = field.haematoxylin * (_HAEMATOXYLIN[0] * (1 - share) + _HAEMATOXYLIN[1] * share)
    pink = field.eosin * (_EOSIN[0] * (1 - share) + _EOSIN[1] * share + tint)
    density = haematoxylin[..., None] * blue + eosin[..., None] * pink + red_cells[..., None] * _RED_CELLS
    return np.asarray(np.exp(-np.maximum(density, 0)))


def photograph(rng: np.random.Generator, field: Field, light: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Return the photograph, with uneven light, blur with colour fringes, sharpening and noise; uint8, same shape."""
    shape = light.shape[:2]
    rows, columns = np.mgrid[-1 : 1 : shape[0] * 1j, -1 : 1 : shape[1] * 1j]
    offset = rng.normal(0, 0.3, 2)
    lamp = 1 - 0.07 * ((rows - offset[0]) ** 2 + (columns - offset[1]) ** 2) * rng.uniform(0.3, 1.3)
    white = (1 - 0.5 * (1 + field.hue)) * _DIM + 0.5 * (1 + field.hue) * _BRIGHT + rng.normal(0, 3, 3)
    seen = np.empty_like(light)
    for channel, spread in enumerate((1.1, 0.95, 1.2)):
        plane = ndimage.gaussian_filter(light[..., channel], field.blur * spread)
        plane += 0.45 * (plane - ndimage.gaussian_filter(plane, 1.8))
        seen[..., channel] = plane * lamp * white[channel]
    grain = 1.6 * cloud(rng, (shape[0], shape[1]), 0.6)[..., None] + rng.normal(0, 1.1, seen.shape)
    dust = 1.2 * fractal(rng, (shape[0], shape[1]), 40, 3)[..., None]
    return np.clip(np.rint(seen + grain * np.sqrt(seen / 200 + 0.1) + dust), 0, 255).astype(np.uint8)
