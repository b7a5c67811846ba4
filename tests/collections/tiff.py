"""Reads the first page of a TIFF with tifffile, in the form that the program promises: upright, 8-bit RGB, on white."""

from pathlib import Path
from typing import Any

import numpy as np
import tifffile
from numpy.typing import NDArray

Values = NDArray[Any]


class NoPictureError(Exception):
    """This reader does not know how to turn the pixels into colours."""


def read_page(file: Path) -> NDArray[np.uint8]:
    """Return the page as height x width x 3."""
    with tifffile.TiffFile(file) as pages:
        page = pages.pages.first
        values = page.asarray()
        if page.planarconfig == 2 and values.ndim == 3:
            values = np.moveaxis(values, 0, -1)
        return np.ascontiguousarray(_upright(_colours(page, _shares(page, values)), int(page.tags.valueof(274, default=1))))


def _shares(page: Any, values: Values) -> Values:
    """Return values from 0 to 1, or indices into the colour map."""
    if page.photometric == 3 or values.dtype.kind == "b":
        return values.astype(np.float64)
    if values.dtype.kind == "f":
        return np.clip(np.nan_to_num(values.astype(np.float64)), 0, 1)
    if values.dtype.kind != "u" or page.bitspersample > 16:
        raise NoPictureError(f"values {values.dtype}")
    shares: Values = values / (2.0**page.bitspersample - 1)
    return shares


def _colours(page: Any, values: Values) -> NDArray[np.uint8]:
    kind = int(page.photometric)
    if values.ndim not in {2, 3}:
        raise NoPictureError(f"{values.ndim} dimensions")
    if kind == 3:
        if values.ndim != 2:
            raise NoPictureError("a colour map, but several channels")
        table = np.asarray(page.colormap, dtype=np.float64)
        table /= 65535 if table.max() > 255 else 255
        return _eight_bits(table.T[values.astype(np.int64)])
    extra = tuple(int(one) for one in page.extrasamples)
    channels = values[..., None] if values.ndim == 2 else values
    bands = channels.shape[2] - len(extra)
    colours = 1 - channels[..., :bands] if kind == 0 else channels[..., :bands]
    if kind == 5 and bands == 4:
        colours = (1 - colours[..., :3]) * (1 - colours[..., 3:])
    elif (kind, bands) not in {(0, 1), (1, 1), (2, 3), (6, 3)}:
        raise NoPictureError(f"photometric {kind} with {bands} bands")
    if kind == 6 and page.compression not in {6, 7}:
        raise NoPictureError("YCbCr that is not JPEG")
    if extra and extra[0] in {1, 2}:
        opacity = channels[..., bands : bands + 1]
        colours = colours + (1 - opacity) if extra[0] == 1 else colours * opacity + (1 - opacity)
    return _eight_bits(np.repeat(colours, 3, axis=2) if colours.shape[2] == 1 else colours)


def _eight_bits(shares: Values) -> NDArray[np.uint8]:
    return np.asarray(np.rint(np.clip(shares, 0, 1) * 255), dtype=np.uint8)


def _upright(values: NDArray[np.uint8], orientation: int) -> NDArray[np.uint8]:
    flips = {2: (0, True), 3: (2, False), 4: (2, True), 5: (3, True), 6: (3, False), 7: (1, True), 8: (1, False)}
    turns, mirrored = flips.get(orientation, (0, False))
    turned = np.rot90(values, turns)
    return turned[:, ::-1] if mirrored else turned
