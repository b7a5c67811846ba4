"""Cuts fields that are larger than the training fields into tiles of the training fields' size, and merges the heat maps of the tiles."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

Box = tuple[int, int, int, int]
"""Left, top, right and bottom in pixels, as in Pillow."""


def tile_boxes(size: tuple[int, int], tile: tuple[int, int]) -> list[Box]:
    """Cover a field with as few evenly spaced tiles as possible, row by row; tiles overlap unless they divide the field exactly.

    Args:
        size: Width and height of the field in pixels.
        tile: Width and height of a tile in pixels; along a side where the field is smaller, the tile shrinks to the field.
    """
    width, height = min(size[0], tile[0]), min(size[1], tile[1])
    return [(x, y, x + width, y + height) for y in _starts(size[1], height) for x in _starts(size[0], width)]


def merge_maps(maps: Sequence[Array], boxes: Sequence[Box], size: tuple[int, int]) -> Array:
    """Merge the heat maps of tiles into one for the field: the mean where tiles overlap, 0 where there is no tile.

    Args:
        maps: One heat map per tile, each classes x rows x columns.
        boxes: The position of each tile; all tiles have the same size.
        size: Width and height of the field in pixels.

    Returns:
        One map, classes x rows x columns, with cells of the same size as in the tiles' maps.
    """
    classes, rows, columns = maps[0].shape
    left, top, right, bottom = boxes[0]
    across, down = columns / (right - left), rows / (bottom - top)
    total = np.zeros((classes, max(rows, round(size[1] * down)), max(columns, round(size[0] * across))), np.float32)
    counts = np.zeros(total.shape[1:], np.float32)
    for one, (x, y, _, _) in zip(maps, boxes, strict=True):
        row, column = min(round(y * down), total.shape[1] - rows), min(round(x * across), total.shape[2] - columns)
        total[:, row : row + rows, column : column + columns] += one
        counts[row : row + rows, column : column + columns] += 1
    return np.asarray(total / np.maximum(counts, 1), dtype=np.float32)


def _starts(length: int, tile: int) -> list[int]:
    count = math.ceil(length / tile)
    return [round(number * (length - tile) / max(count - 1, 1)) for number in range(count)]
