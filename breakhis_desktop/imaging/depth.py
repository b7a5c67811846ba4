"""Scales samples of more than 8 bits to 0-255, by the number of bits in use. Source: TIFF 6.0, MaxSampleValue."""

import sys
from dataclasses import dataclass, replace
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile, TiffImagePlugin

from breakhis_desktop.errors import ImageError, ImageRefusedError
from breakhis_desktop.imaging.formats import FORMATS
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message

_SIXTEEN_BITS = 65535
_GREY_MODES = frozenset({"I", "I;16", "I;16B", "I;16L", "I;16N"})
_BITS, _PHOTOMETRIC, _LARGEST_VALUE, _PLANES = 258, 262, 281, 284
_WHITE_IS_ZERO, _SEPARATE = 0, 2
_STATED_BY_CAMERAS = frozenset(2**bits - 1 for bits in range(8, 16))
_LEAST_REFUSED_BITS, _MOST_REFUSED_BITS = 8, 14
_OTHER_BYTE = {"RGB;16L": "RGB;16B", "RGB;16B": "RGB;16L", "RGB;16N": "RGB;16B" if sys.byteorder == "little" else "RGB;16L"}
"""Pillow's raw modes that take the upper byte of each sample, each with the mode that takes the lower byte instead."""


@dataclass(frozen=True, slots=True)
class Depth:
    """The range of an opened image's samples.

    Attributes:
        largest: The largest sample value, for grey and for 16-bit colour.
        white_is_zero: Whether 0 is white; Pillow inverts such a TIFF only if it has at most eight bits.
        layout: Pillow's raw mode for 16-bit colour; empty if the image has none.
    """

    largest: int
    white_is_zero: bool
    layout: str


def depth_of(image: ImageFile.ImageFile) -> Depth:
    """Read the sample range that an opened image states; must be called before the pixels are loaded."""
    arguments = image.tile[0].args if image.tile else ""
    layout = str(arguments[0]) if isinstance(arguments, tuple) and arguments else str(arguments)
    layout = layout if ";16" in layout and image.mode not in _GREY_MODES else ""
    if not isinstance(image, TiffImagePlugin.TiffImageFile):
        return Depth(_SIXTEEN_BITS, white_is_zero=False, layout=layout)
    stated = image.tag_v2.get(_LARGEST_VALUE)
    values = set(stated if isinstance(stated, tuple) else (stated,))
    # Any other value states the brightest pixel of the image, as the specification defines this field.
    largest = values.pop() if len(values) == 1 and values <= _STATED_BY_CAMERAS else _SIXTEEN_BITS
    if image.tag_v2.get(_BITS) == (12,):
        largest = 2**12 - 1
    return Depth(largest, white_is_zero=image.tag_v2.get(_PHOTOMETRIC) == _WHITE_IS_ZERO, layout=layout)


def grey_range(image: Image.Image, depth: Depth) -> Depth:
    """Return the range of a loaded 16-bit grey image: the range that the file states, or all 16 bits if a pixel exceeds it.

    Raises:
        ImageRefusedError: Fewer bits are in use than the file states.
    """
    if image.mode not in _GREY_MODES:
        return depth
    brightest = int(np.asarray(image).max(initial=0))
    if depth.largest == _SIXTEEN_BITS and not depth.white_is_zero:
        _refuse_few_bits(brightest)
    return depth if brightest <= depth.largest else replace(depth, largest=_SIXTEEN_BITS)


def full_range(image: Image.Image, depth: Depth, data: bytes) -> Image.Image:
    """Return a loaded image with its 16-bit colours stretched to the full range if the file states that the camera used fewer bits.

    Args:
        image: The image, loaded.
        depth: The range of its samples.
        data: The whole file.

    Raises:
        ImageRefusedError: Fewer bits are in use than the file states.
    """
    if not depth.layout or image.mode == "CMYK":
        return image
    brightest = max(int(band.getextrema()[1]) for band in image.split()[:3])  # type: ignore[arg-type]
    if depth.largest < _SIXTEEN_BITS and depth.layout in _OTHER_BYTE and not _has_planes(image) and brightest <= depth.largest >> 8:
        values = np.asarray(image).astype(np.uint16) << 8 | np.asarray(_lower_bytes(data, _OTHER_BYTE[depth.layout]))
        if values.max(initial=0) <= depth.largest:
            scaled = Image.fromarray(_scaled(values, depth.largest))
            scaled.info = dict(image.info)
            return scaled
    _refuse_few_bits(brightest << 8 | 0xFF)
    return image


def eight_bit(image: Image.Image, depth: Depth) -> Image.Image:
    """Reduce integer or floating-point grey to eight bits; return any other image unchanged.

    Raises:
        ImageError: The image has more than 16 bits, negative values, or floating-point values outside 0 to 1.
    """
    if image.mode in _GREY_MODES:
        return _eight_bit_grey(image, depth)
    if image.mode == "F":
        fractions = np.nan_to_num(np.asarray(image, dtype=np.float64), posinf=2.0)
        if fractions.min(initial=0) < 0 or fractions.max(initial=0) > 1:
            raise ImageError(Message.of(ImageCode.TOO_MANY_BITS))
        return Image.fromarray(((1 - fractions if depth.white_is_zero else fractions) * 255 + 0.5).astype(np.uint8))
    return image


def _eight_bit_grey(image: Image.Image, depth: Depth) -> Image.Image:
    values = np.asarray(image).astype(np.int64)
    if values.min(initial=0) < 0 or values.max(initial=0) > _SIXTEEN_BITS:
        raise ImageError(Message.of(ImageCode.TOO_MANY_BITS))
    grey = Image.fromarray(_scaled(depth.largest - values if depth.white_is_zero else values, depth.largest))
    transparent = image.info.get("transparency")
    if not isinstance(transparent, int):
        return grey
    return Image.merge("LA", (grey, Image.fromarray(np.where(values == transparent, 0, 255).astype(np.uint8))))


def _scaled(values: NDArray[np.integer], largest: int) -> NDArray[np.uint8]:
    return (values / (largest / 255) + 0.5).astype(np.uint8)


def _lower_bytes(data: bytes, layout: str) -> Image.Image:
    """Decode a file again for the lower byte of each sample, since Pillow has no mode for 16-bit colour."""
    with Image.open(BytesIO(data), formats=FORMATS) as image:
        image.tile = [tile._replace(args=(layout, *(tile.args or ())[1:])) for tile in image.tile]
        return image.copy()


def _has_planes(image: Image.Image) -> bool:
    return isinstance(image, TiffImagePlugin.TiffImageFile) and image.tag_v2.get(_PLANES) == _SEPARATE


def _refuse_few_bits(largest: int) -> None:
    """Refuse an image whose camera used fewer bits than the file states, because the quality gate would wrongly call it too dark.

    Raises:
        ImageRefusedError: The largest value has 8 to 14 bits.
    """
    bits = largest.bit_length()
    if _LEAST_REFUSED_BITS <= bits <= _MOST_REFUSED_BITS:
        raise ImageRefusedError(Message.of(ImageCode.FEW_BITS, bits=bits))
