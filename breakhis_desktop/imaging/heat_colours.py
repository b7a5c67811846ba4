"""Turns a model's heat map into a colour overlay on its image."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

FULL_GLOW = 8.0
"""The smallest contribution to a logit that can get the full colour; in a malignant field, the map's strongest cell adds at least this."""

_INFERNO = ((127, 30, 108), (168, 46, 95), (204, 66, 72), (234, 99, 42), (249, 142, 9), (251, 190, 35), (241, 239, 117))
"""Evenly spaced colours from the bright part of the colour map `inferno` (CC0); their lightness rises, so that they also work in grey."""
_OPAQUE = (0, 80, 130, 165, 190, 210, 220)


def heat_overlay(heat_map: NDArray[np.float32], size: tuple[int, int]) -> NDArray[np.uint8]:
    """Return the colour overlay of a heat map, transparent wherever nothing supports the class.

    The strongest cell gets the full colour if it adds at least `FULL_GLOW` to the logit; otherwise the whole overlay is weaker.

    Args:
        heat_map: What each part of the image adds to a logit, rows x columns; values are interpolated between the centres of the cells.
        size: Width and height of the image in pixels.

    Returns:
        Red, green, blue and opacity, height x width x 4, 0-255.
    """
    fine = np.asarray(Image.fromarray(heat_map.astype(np.float32)).resize(size, Image.Resampling.BILINEAR))
    share = np.clip(fine / max(float(heat_map.max()), FULL_GLOW), 0, 1)
    return colours()[np.rint(share * 255).astype(np.uint8)]


def overlay(image: Image.Image, heat_map: NDArray[np.float32], strength: float) -> Image.Image:
    """Blend a heat map over its image.

    Args:
        image: A picture in mode RGB.
        heat_map: What each part of the image adds to a logit, rows x columns.
        strength: How strongly the heat map covers the image, from 0, which leaves the image as it is, to 1.
    """
    layer = Image.fromarray(heat_overlay(heat_map, image.size))
    return Image.composite(layer.convert("RGB"), image, layer.getchannel("A").point(lambda opacity: opacity * strength))


def colours() -> NDArray[np.uint8]:
    """Return 256 colours with their opacity, from transparent to the full colour: 256 x 4, 0-255."""
    channels = (*zip(*_INFERNO, strict=True), _OPAQUE)
    places = np.linspace(0, len(_INFERNO) - 1, 256)
    return np.stack([np.interp(places, range(len(_INFERNO)), channel) for channel in channels], axis=-1).round().astype(np.uint8)
