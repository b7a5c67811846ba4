"""Limits on the cost of one field: its pixels, its sides, and the work that the structure of its file gives a decoder."""

from io import BytesIO

from PIL import Image, TiffImagePlugin

from breakhis_desktop.errors import ImageRefusedError
from breakhis_desktop.imaging.jpeg import MOST_SEGMENTS, scans_and_segments
from breakhis_desktop.imaging.jpeg2000 import is_costly
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message

MAX_PIXELS = 50_000_000
"""The most pixels that an image may have, more than any camera takes of a field.

Decoding them takes 1.2 GB for JPEG 2000, 0.8 GB for WebP and 0.6 GB for other formats.
"""

MAX_SIDE = 32_768
"""The most pixels along a side of an image; some decoders buffer a whole row, and take time that grows with the square of its length."""

_MOST_READS = 300_000
_MOST_SCANS = 100
_LONGEST_JPEG_HEADERS = 16_000_000
_IMAGE_SIDES, _TILE_SIDES = (256, 257), (322, 323)
_JPEG = b"\xff\xd8\xff"
_JPEG_2000 = (b"\xff\x4f\xff\x51", b"\0\0\0\x0cjP  \r\n\x87\n")

# Pillow itself refuses more than twice `MAX_IMAGE_PIXELS`. This matters for WebP, whose memory it allocates before `refuse_large` runs.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS // 2


class MeteredBytes(BytesIO):
    """A file in memory that limits how often and how much is read: a hostile file can have masses of tiny parts, or repeat one part."""

    def __init__(self, data: bytes) -> None:
        """Hold the whole file and set the limits."""
        super().__init__(data)
        self._reads_left = _MOST_READS
        self._bytes_left = 4 * len(data) + 2**24

    def read(self, size: int | None = -1, /) -> bytes:
        """Read up to `size` bytes.

        Raises:
            ImageRefusedError: A limit is exceeded.
        """
        data = super().read(size)
        self._reads_left -= 1
        self._bytes_left -= len(data)
        if min(self._reads_left, self._bytes_left) < 0:
            raise too_costly()
        return data


def too_large() -> ImageRefusedError:
    """Return the error for an image with too many pixels, or too many along one side."""
    return ImageRefusedError(Message.of(ImageCode.TOO_MANY_PIXELS, megapixels=MAX_PIXELS // 1_000_000, side=MAX_SIDE))


def too_costly() -> ImageRefusedError:
    """Return the error for a file whose structure no real picture has."""
    return ImageRefusedError(Message.of(ImageCode.TOO_COSTLY))


def refuse_costly(data: bytes) -> None:
    """Refuse a file with a costly structure, before anything decodes it.

    Raises:
        ImageRefusedError: Decoding would take too much time or memory.
    """
    costly = False
    if data.startswith(_JPEG):
        scans, count, length = scans_and_segments(data, _MOST_SCANS)
        costly = scans > _MOST_SCANS or count > MOST_SEGMENTS or length > _LONGEST_JPEG_HEADERS
    elif data.startswith(_JPEG_2000):
        costly = is_costly(data, MAX_PIXELS)
    if costly:
        raise too_costly()


def refuse_large(image: Image.Image) -> None:
    """Refuse a large image after it was opened, before a pixel is decoded.

    Raises:
        ImageRefusedError: The image has too many pixels, too many along one side, or tiles that are padded to too many pixels.
    """
    if image.width * image.height > MAX_PIXELS or max(image.size) > MAX_SIDE:
        raise too_large()
    if isinstance(image, TiffImagePlugin.TiffImageFile) and _padded_pixels(image) > 2 * MAX_PIXELS:
        raise too_costly()


def _padded_pixels(image: TiffImagePlugin.TiffImageFile) -> int:
    """Return the number of pixels in all tiles of a TIFF, before it is rotated; tiles may be far larger than the image."""
    pixels = 1
    for whole, tag in zip(_IMAGE_SIDES, _TILE_SIDES, strict=True):
        side, tile = int(image.tag_v2[whole]), image.tag_v2.get(tag, 1)
        tile = tile if isinstance(tile, int) and tile > 0 else 1
        pixels *= -(-side // tile) * tile
    return pixels
