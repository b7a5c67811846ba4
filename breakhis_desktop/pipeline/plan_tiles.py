"""How an image is divided for the models: kept whole, or cut into tiles as large as the training fields."""

from dataclasses import dataclass

from breakhis_desktop.domain.card_parts import LargeFields
from breakhis_desktop.imaging.tiles import Box, tile_boxes
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message

MOST_TILES = 64
"""Maximum number of tiles per image: enough for the image of a 20-megapixel camera."""

_LARGER = 1.5
_LONGER = 2.0
"""The factors above which a field counts as large: for its sides and for its aspect ratio, both compared with the training fields."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How an image is divided.

    Attributes:
        boxes: The parts to classify; a single box for the whole image.
        review_flags: What a reviewer must know about the division.
        refusal: Why the image is not classified at all; None if it is.
    """

    boxes: tuple[Box, ...]
    review_flags: tuple[Message, ...] = ()
    refusal: Message | None = None


def plan_tiles(size: tuple[int, int], magnification: int | None, rule: LargeFields | None) -> Layout:
    """Divide an image into tiles if necessary.

    Args:
        size: Width and height in pixels.
        magnification: The declared magnification; None if unknown.
        rule: The models' rule for large fields; None if they have none.
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
    """Flag tiles whose shape differs from that of the training fields, because resizing stretches such tiles."""
    width, height = box[2] - box[0], box[3] - box[1]
    return () if (width, height) == tile else (Message.of(ImageCode.OTHER_SHAPE, width=width, height=height),)


def _is_beyond(size: tuple[int, int], tile: tuple[int, int]) -> bool:
    wider, higher = size[0] / tile[0], size[1] / tile[1]
    return max(wider, higher) > _LARGER or max(wider / higher, higher / wider) > _LONGER
