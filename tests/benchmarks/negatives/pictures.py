"""Gives the negatives the sizes of camera images, converts arrays to pictures, and cuts parts out of pictures."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Picture = Image.Image
Named = tuple[str, Picture]
Colour = tuple[int, int, int]

SIZE = (700, 460)
LARGE = (1400, 920)


def size_of(number: int) -> tuple[int, int]:
    """Return the size of the picture with this number; every fifth picture is large."""
    return LARGE if number % 5 == 4 else SIZE


def from_array(values: NDArray[np.float64]) -> Picture:
    """Convert values from 0 to 255, shape (height, width, 3), to a picture; other values are clipped."""
    return Image.fromarray(np.clip(np.rint(values), 0, 255).astype(np.uint8))


def cut(picture: Picture, share: float, across: float, down: float, size: tuple[int, int] = SIZE) -> Picture:
    """Cut a part out of a picture and resize it.

    Args:
        picture: The picture to cut from.
        share: Width of the part relative to the widest part that fits.
        across: Horizontal position of the part, from 0 (left) to 1 (right).
        down: Vertical position of the part, from 0 (top) to 1 (bottom).
        size: Width and height of the result.
    """
    scale = share * min(picture.width / size[0], picture.height / size[1])
    width, height = round(scale * size[0]), round(scale * size[1])
    left, top = round(across * (picture.width - width)), round(down * (picture.height - height))
    return picture.crop((left, top, left + width, top + height)).resize(size, Image.Resampling.BICUBIC)
