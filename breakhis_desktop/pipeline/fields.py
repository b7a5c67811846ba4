"""Which part of an image is judged at a time: the whole, or tiles as large as the fields that the models were trained on."""

from dataclasses import dataclass

from breakhis_desktop.domain.card_parts import LargeFields
from breakhis_desktop.imaging.tiles import Box, tile_boxes
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message

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
        refusal: Why the image is not judged at all; None where it is.
    """

    boxes: tuple[Box, ...]
    doubts: tuple[Message, ...] = ()
    refusal: Message | None = None


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
        return Layout((whole,), (Message.of(ImageCode.UNKNOWN_SCALE, width=rule.tile[0], height=rule.tile[1]),))
    boxes = tuple(tile_boxes(size, rule.tile))
    if len(boxes) > MOST_TILES:
        return Layout((), refusal=Message.of(ImageCode.TOO_MANY_TILES, count=len(boxes)))
    return Layout(boxes, _of_another_shape(boxes[0], rule.tile))


def _of_another_shape(box: Box, tile: tuple[int, int]) -> tuple[Message, ...]:
    """Return a doubt where tiles are narrower or lower than the trained fields, and so are seen stretched."""
    width, height = box[2] - box[0], box[3] - box[1]
    return () if (width, height) == tile else (Message.of(ImageCode.OTHER_SHAPE, width=width, height=height),)


def _is_beyond(size: tuple[int, int], tile: tuple[int, int]) -> bool:
    wider, higher = size[0] / tile[0], size[1] / tile[1]
    return max(wider, higher) > _LARGER or max(wider / higher, higher / wider) > _LONGER
