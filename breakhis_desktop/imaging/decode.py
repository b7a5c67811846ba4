"""Decodes a file to an RGB picture: first page, upright, sRGB, eight bits."""

import ctypes
import logging
import struct
import threading
import warnings
from collections.abc import Callable
from contextlib import nullcontext, suppress
from io import BytesIO

from PIL import Image, ImageCms, ImageFile, UnidentifiedImageError, _imaging

from breakhis_desktop.errors import ImageError, ImageRefusedError
from breakhis_desktop.files import printable
from breakhis_desktop.imaging.depth import Depth, depth_of, eight_bit, full_range, grey_range
from breakhis_desktop.imaging.formats import FORMATS, is_dicom, not_read, other_format
from breakhis_desktop.imaging.kinds import corrected, is_known, readable_by_pillow, unread_kind
from breakhis_desktop.imaging.limits import MeteredBytes, refuse_costly, refuse_large, too_large
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message

_log = logging.getLogger(__name__)

_PROFILE_MODES = {"GRAY": "L", "RGB": "RGB", "CMYK": "CMYK"}
_GREY_MODES = frozenset({"1", "L", "LA", "I", "I;16", "I;16B", "I;16L", "I;16N", "F"})
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SRGB = ImageCms.createProfile("sRGB")
_FREQUENT_ERRORS = {code.value: code for code in (ImageCode.CUT_SHORT, ImageCode.PARTS_MISSING, ImageCode.BROKEN_STREAM)}
_ERRORS_FROM_DAMAGE = (OSError, SyntaxError, ValueError, EOFError, struct.error)
_BAND_PIXELS = 1_000_000
_LARGE_PIXELS = 10_000_000

# Held while a large image is decoded: if all reading threads decoded large images at the same time, memory could run out.
_one_large_image = threading.Lock()

# Pillow warns of unreadable metadata; the pixels do not need it, and nobody would see the warnings of a reading thread.
warnings.filterwarnings("ignore", module=r"PIL\.")

# Without a handler, Pillow's log messages about unreadable metadata go to stderr whenever the program has not set up logging.
logging.getLogger("PIL").addHandler(logging.NullHandler())

# libtiff bypasses Python and writes every fault to stderr, up to once per row; Pillow raises errors for the faults that matter.
with suppress(AttributeError, OSError):
    ctypes.CDLL(_imaging.__file__).TIFFSetErrorHandler(None)


def decode(data: bytes, within: tuple[int, int] | None = None) -> Image.Image:
    """Decode a PNG, JPEG, TIFF, BMP, WebP or JPEG 2000 file.

    Args:
        data: The whole file.
        within: Width and height, in pixels, into which the caller will scale the picture down; None to decode every pixel. To save time, a
            JPEG is decoded at a half, a quarter or an eighth of its size if that is still large enough.

    Returns:
        The first page as an upright picture in mode RGB, sRGB, 0-255. Transparent parts are composited onto white, the colour of glass.
        16-bit values are divided by 257, or by less if a TIFF states that the camera used fewer bits; floating-point values,
        which must lie between 0 and 1, are multiplied by 255. A colour profile that cannot be applied is ignored.

    Raises:
        ImageError: The file is empty, damaged or of an unsupported kind, has more than 16 bits, or needs more memory than there is.
        ImageRefusedError: The file is a whole slide, a DICOM file, too large to be one field, or too costly to decode; or it uses
            fewer bits than it states.
    """
    if not data:
        raise ImageError(Message.of(ImageCode.EMPTY_FILE))
    if is_dicom(data):
        raise ImageRefusedError(Message.of(ImageCode.DICOM))
    refuse_costly(data)
    try:
        data = readable_by_pillow(data)
        with _opened(data) as image:
            refuse_large(image)
            with _one_large_image if image.width * image.height > _LARGE_PIXELS else nullcontext():
                if within is not None:
                    image.draft(None, _largest_within(image.size, within))
                return _pixels(image, data)
    except Image.DecompressionBombError:
        raise too_large() from None
    except MemoryError:
        raise ImageError(Message.of(ImageCode.NO_MEMORY_FOR_IMAGE)) from None
    except ImageError:
        raise
    except _ERRORS_FROM_DAMAGE as error:
        raise _damaged(_first_line(error)) from error
    except Exception as error:
        # Either Pillow failed on unforeseen damage or this is a bug of ours; the log lets a developer tell which.
        _log.error("decoding failed in an unexpected way", exc_info=error)
        raise _damaged(Message.of(ImageCode.NO_STRUCTURE)) from error


def _opened(data: bytes) -> ImageFile.ImageFile:
    try:
        return Image.open(MeteredBytes(data), formats=FORMATS)
    except (UnidentifiedImageError, OSError) as error:
        kind = unread_kind(data) or other_format(data)
        if kind:
            raise not_read(kind) from None
        if not is_known(data):
            raise ImageError(Message.of(ImageCode.NO_IMAGE)) from None
        if isinstance(error, UnidentifiedImageError):
            raise _damaged(Message.of(ImageCode.NO_STRUCTURE)) from None
        raise


def _largest_within(size: tuple[int, int], within: tuple[int, int]) -> tuple[int, int]:
    """Return the size, rounded down, to which a picture must be scaled down to fit within another size."""
    scale = min(1.0, within[0] / size[0], within[1] / size[1])
    return max(1, int(size[0] * scale)), max(1, int(size[1] * scale))


def _pixels(image: ImageFile.ImageFile, data: bytes) -> Image.Image:
    depth = depth_of(image)
    image.load()
    loaded = corrected(image, data)
    depth = grey_range(loaded, depth)
    return _to_srgb(_upright(full_range(loaded, depth, data)), depth)


def _upright(image: Image.Image) -> Image.Image:
    """Apply the EXIF orientation; Pillow's own function fails on metadata that holds a density written as text."""
    try:
        turn = _TURNS.get(image.getexif().get(_ORIENTATION, 1))
    except (SyntaxError, ValueError, TypeError, LookupError, OSError, struct.error):
        return image  # the metadata is unreadable
    return image if turn is None else image.transpose(turn)


def _to_srgb(image: Image.Image, depth: Depth) -> Image.Image:
    """Convert to sRGB in horizontal bands, since whole intermediate pictures would need more memory; a plain RGB picture is only copied."""
    if image.mode == "RGB" and not image.has_transparency_data and not image.info.get("icc_profile"):
        return image.copy()
    to_colours = _colour_change(image)
    result = Image.new("RGB", image.size)
    rows = max(_BAND_PIXELS // image.width, 1)
    for top in range(0, image.height, rows):
        band = eight_bit(image.crop((0, top, image.width, min(top + rows, image.height))), depth)
        result.paste(_on_white(band, to_colours(band)), (0, top))
    return result


def _on_white(band: Image.Image, colours: Image.Image) -> Image.Image:
    if not band.has_transparency_data:
        return colours
    opacity = band.convert("RGBA").getchannel("A")
    return Image.composite(colours, Image.new("RGB", band.size, "white"), opacity)


def _colour_change(image: Image.Image) -> Callable[[Image.Image], Image.Image]:
    """Return the conversion of a band from the image's profile to sRGB; a profile that is broken or does not fit the mode is ignored."""
    profile = image.info.get("icc_profile")
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile or b""))
        mode = _PROFILE_MODES.get(source.profile.xcolor_space.strip())
        if mode is None or (mode == "CMYK") != (image.mode == "CMYK") or (mode == "L" and image.mode not in _GREY_MODES):
            return _plain
        transform = ImageCms.buildTransform(source, _SRGB, mode, "RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return _plain
    return lambda band: transform.apply(band.convert(mode))


def _plain(band: Image.Image) -> Image.Image:
    return band.convert("RGB")


def _damaged(how: Message | str) -> ImageError:
    return ImageError(Message.of(ImageCode.DAMAGED, error=how))


def _first_line(error: Exception) -> Message | str:
    """Return the first line of a library's error, or a message for one of Pillow's most frequent errors."""
    text = (str(error).strip() or type(error).__name__).splitlines()[0]
    code = _FREQUENT_ERRORS.get(text)
    return Message.of(code) if code else printable(text[:120])
