"""Which part of an image is judged at a time: the whole, or tiles as large as the fields that the models were trained on."""

from dataclasses import dataclass

from breakhis_desktop.domain.model_card import LargeFields
from breakhis_desktop.imaging.tiles import Box, tile_boxes

MOST_TILES = 100

_LARGER = 1.5
_LONGER = 2.0
"""From how many times the trained size, and the trained aspect, a field is well beyond it."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How an image is judged.

    Attributes:
        boxes: The parts that are judged, one where it is the whole.
        doubts: What a human must know of that.
    """

    boxes: tuple[Box, ...]
    doubts: tuple[str, ...] = ()


def lay_out(size: tuple[int, int], magnification: int | None, rule: LargeFields | None) -> Layout:
    """Choose the parts of an image.

    Args:
        size: Width and height in pixels.
        magnification: What is declared; None where nothing is.
        rule: The models' own; None where they have none.
    """
    whole = (0, 0, *size)
    if rule is None or not _is_beyond(size, rule.tile):
        return Layout((whole,))
    if magnification is None:
        return Layout((whole,), (f"larger or longer than the fields of {rule.tile[0]} x {rule.tile[1]} pixels, at an unknown scale",))
    return Layout(tuple(tile_boxes(size, rule.tile)))


def _is_beyond(size: tuple[int, int], tile: tuple[int, int]) -> bool:
    wider, higher = size[0] / tile[0], size[1] / tile[1]
    return max(wider, higher) > _LARGER or max(wider / higher, higher / wider) > _LONGER
