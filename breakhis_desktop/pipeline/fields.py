"""Which part of an image is judged at a time: the whole, or tiles as large as the fields that the models were trained on."""

from dataclasses import dataclass

from breakhis_desktop.domain.model_card import LargeFields
from breakhis_desktop.imaging.tiles import Box, tile_boxes

MOST_TILES = 64
"""As many as a camera of 20 million pixels gives."""

_LARGER = 1.5
_LONGER = 2.0
"""From how many times the trained size, and the trained aspect, a field is well beyond it."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How an image is judged.

    Attributes:
        boxes: The parts that are judged, one where it is the whole.
        doubts: What a human must know of that.
        refusal: Why the image is not judged at all, in one sentence; empty where it is.
    """

    boxes: tuple[Box, ...]
    doubts: tuple[str, ...] = ()
    refusal: str = ""


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
    boxes = tuple(tile_boxes(size, rule.tile))
    if len(boxes) > MOST_TILES:
        return Layout(
            (), refusal=f"The field would take {len(boxes)} tiles, more than one field; export smaller fields of view and add those."
        )
    return Layout(boxes, _of_another_shape(boxes[0], rule.tile))


def _of_another_shape(box: Box, tile: tuple[int, int]) -> tuple[str, ...]:
    """Return a doubt where tiles are narrower or lower than the trained fields, and so are seen stretched."""
    width, height = box[2] - box[0], box[3] - box[1]
    return () if (width, height) == tile else (f"judged in parts of {width} x {height} pixels, of another shape than the trained fields",)


def _is_beyond(size: tuple[int, int], tile: tuple[int, int]) -> bool:
    wider, higher = size[0] / tile[0], size[1] / tile[1]
    return max(wider, higher) > _LARGER or max(wider / higher, higher / wider) > _LONGER
