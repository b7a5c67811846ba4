"""Resizes a picture to model input, and to the thumbnail in tables, contact sheets and reports."""

from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

PREPROCESSING_VERSION = 1
"""Increase this number whenever a correctly read file would give different pixels; a bundle states the version it was trained with."""

_THUMBNAIL_SIZE = (320, 240)
"""Width and height in pixels: enough for the contact sheet on a screen of twice the usual density."""


def prepare(image: Image.Image, size: tuple[int, int]) -> NDArray[np.uint8]:
    """Resize a picture to a model's input; the aspect ratio is not kept.

    Args:
        image: A picture in mode RGB, as `decode` returns it.
        size: Width and height in pixels.

    Returns:
        An array of height x width x 3, 0-255. A picture that already has this size keeps its pixels.
    """
    return np.asarray(image.resize(size, Image.Resampling.BICUBIC))


def thumbnail(image: Image.Image) -> bytes:
    """Return a JPEG of the picture that fits into 320 x 240 pixels, with the aspect ratio kept to the nearest pixel."""
    width, height = _THUMBNAIL_SIZE
    # If blocks are first averaged, down to twice the final size, this takes a quarter of the time and looks the same.
    few = image.reduce(max(1, min(image.width // (2 * width), image.height // (2 * height))))
    small = few.resize(_size_within(few.size, _THUMBNAIL_SIZE), Image.Resampling.BICUBIC)
    buffer = BytesIO()
    small.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()


def _size_within(size: tuple[int, int], most: tuple[int, int]) -> tuple[int, int]:
    """Return the largest size within `most` that has the same aspect ratio; a side that would round to 0 is one pixel."""
    (width, height), (most_width, most_height) = size, most
    if width / height > most_width / most_height:
        return most_width, max(1, round(height / width * most_width))
    return max(1, round(width / height * most_height)), most_height
