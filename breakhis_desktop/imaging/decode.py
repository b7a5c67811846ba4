"""Bytes to an RGB picture: first page, upright, in sRGB, eight bits."""

import ctypes
import logging
import threading
import warnings
from collections.abc import Callable
from contextlib import nullcontext, suppress
from io import BytesIO

import numpy as np
from PIL import Image, ImageCms, ImageOps, TiffImagePlugin, UnidentifiedImageError, _imaging

from breakhis_desktop.domain.filenames import printable
from breakhis_desktop.errors import ImageError, ImageRefusedError
from breakhis_desktop.imaging.formats import DICOM_ADVICE, FORMATS, WHOLE_SLIDE_ADVICE, is_dicom
from breakhis_desktop.imaging.limits import MeteredBytes, refuse_costly, refuse_large, too_large

_IMAGE_DESCRIPTION, _PHOTOMETRIC, _WHITE_IS_ZERO = 270, 262, 0
_SIXTEEN_BITS = 65535
_TOO_MANY_BITS = "The image has more than 16 bits in each channel; save it with 8 or 16 bits as PNG or TIFF."
_PROFILE_MODES = {"GRAY": "L", "RGB": "RGB", "CMYK": "CMYK"}
_SIXTEEN_BIT_MODES = frozenset({"I", "I;16", "I;16B", "I;16L", "I;16N"})
_SRGB = ImageCms.createProfile("sRGB")
_BAND_PIXELS = 1_000_000
_LARGE_PIXELS = 10_000_000

# Many cores would otherwise decode as many large images at once.
_one_large_image = threading.Lock()

# Pillow warns of metadata that it cannot read; the pixels do not need them, and a reading thread has nobody to warn.
warnings.filterwarnings("ignore", module=r"PIL\.")

# Without a handler of its own, Pillow's log of such files would go to stderr where the program has set up no log.
logging.getLogger("PIL").addHandler(logging.NullHandler())

# libtiff writes each fault to stderr itself, past Python and up to once a row; Pillow raises what matters.
with suppress(AttributeError, OSError):
    ctypes.CDLL(_imaging.__file__).TIFFSetErrorHandler(None)


def decode(data: bytes) -> Image.Image:
    """Decode a PNG, JPEG, TIFF, BMP, WebP or JPEG 2000 file.

    Args:
        data: The whole file.

    Returns:
        The first page as an upright picture in mode RGB, sRGB, 0-255. Transparent parts lie on white, as glass does; 16-bit
        values are divided by 257, and floating point runs from 0 to 1; a colour profile that cannot be applied is left aside.

    Raises:
        ImageError: The file is empty, damaged, of another kind or has more than 16 bits.
        ImageRefusedError: The file is a whole slide, a DICOM file or too large to be one field.
    """
    if not data:
        raise ImageError("The file is empty; copy it again from where it was made.")
    if is_dicom(data):
        raise ImageRefusedError(DICOM_ADVICE)
    refuse_costly(data)
    try:
        with Image.open(MeteredBytes(data), formats=FORMATS) as image:
            _refuse_whole_slide(image)
            refuse_large(image, data)
            with _one_large_image if image.width * image.height > _LARGE_PIXELS else nullcontext():
                image.load()
                ImageOps.exif_transpose(image, in_place=True)
                return _to_srgb(image, white_is_zero=_white_is_zero(image))
    except UnidentifiedImageError:
        raise ImageError("The content is no image that this program reads; save it as PNG, JPEG or TIFF.") from None
    except Image.DecompressionBombError:
        raise too_large() from None
    except MemoryError:
        raise ImageError("There is not enough memory for this image; close other programs and add it again.") from None
    except ImageError:
        raise
    except Exception as error:
        raise ImageError(f"The image is damaged ({_first_words(error)}); copy it again from where it was made.") from error


def _refuse_whole_slide(image: Image.Image) -> None:
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        description = str(image.tag_v2.get(_IMAGE_DESCRIPTION, ""))
        if description.startswith("Aperio"):
            raise ImageRefusedError(WHOLE_SLIDE_ADVICE)


def _white_is_zero(image: Image.Image) -> bool:
    """Tell whether a TIFF runs from white to black; Pillow turns such a file round only where it has eight bits."""
    return isinstance(image, TiffImagePlugin.TiffImageFile) and image.tag_v2.get(_PHOTOMETRIC) == _WHITE_IS_ZERO


def _to_srgb(image: Image.Image, *, white_is_zero: bool) -> Image.Image:
    """Convert band by band, since whole pictures in between would multiply the memory; most pictures are in their colours already."""
    if image.mode == "RGB" and not image.has_transparency_data and not image.info.get("icc_profile"):
        return image.copy()
    to_colours = _colour_change(image)
    result = Image.new("RGB", image.size)
    rows = max(_BAND_PIXELS // image.width, 1)
    for top in range(0, image.height, rows):
        band = _eight_bit(image.crop((0, top, image.width, min(top + rows, image.height))), white_is_zero=white_is_zero)
        result.paste(_on_white(band, to_colours(band)), (0, top))
    return result


def _on_white(band: Image.Image, colours: Image.Image) -> Image.Image:
    if not band.has_transparency_data:
        return colours
    opacity = band.convert("RGBA").getchannel("A")
    return Image.composite(colours, Image.new("RGB", band.size, "white"), opacity)


def _eight_bit(image: Image.Image, *, white_is_zero: bool) -> Image.Image:
    if image.mode in _SIXTEEN_BIT_MODES:
        values = np.asarray(image).astype(np.int64)
        if values.min(initial=0) < 0 or values.max(initial=0) > _SIXTEEN_BITS:
            raise ImageError(_TOO_MANY_BITS)
        if white_is_zero:
            values = _SIXTEEN_BITS - values
        return Image.fromarray((values / 257 + 0.5).astype(np.uint8))
    if image.mode == "F":
        fractions = np.nan_to_num(np.asarray(image, dtype=np.float64), posinf=2.0)
        if fractions.min(initial=0) < 0 or fractions.max(initial=0) > 1:
            raise ImageError(_TOO_MANY_BITS)
        return Image.fromarray((fractions * 255 + 0.5).astype(np.uint8))
    return image


def _colour_change(image: Image.Image) -> Callable[[Image.Image], Image.Image]:
    """Return what brings a band's colours from the image's profile to sRGB; a profile that is broken or of other colours is left aside."""
    profile = image.info.get("icc_profile")
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile or b""))
        mode = _PROFILE_MODES.get(source.profile.xcolor_space.strip())
        if mode is None or (mode == "CMYK") != (image.mode == "CMYK"):
            return _plain
        transform = ImageCms.buildTransform(source, _SRGB, mode, "RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return _plain
    return lambda band: transform.apply(band.convert(mode))


def _plain(band: Image.Image) -> Image.Image:
    return band.convert("RGB")


def _first_words(error: Exception) -> str:
    text = str(error).strip() or type(error).__name__
    return printable(text.splitlines()[0][:120])
