"""Bytes to an RGB picture: first page, upright, in sRGB, eight bits."""

from io import BytesIO

import numpy as np
from PIL import Image, ImageCms, ImageOps, TiffImagePlugin, UnidentifiedImageError

from breakhis_desktop.errors import ImageError, ImageRefusedError
from breakhis_desktop.imaging.formats import DICOM_ADVICE, FORMATS, WHOLE_SLIDE_ADVICE, is_dicom

MAX_PIXELS = 100_000_000
_IMAGE_DESCRIPTION, _PHOTOMETRIC, _WHITE_IS_ZERO = 270, 262, 0
_SIXTEEN_BITS = 65535
_TOO_MANY_BITS = "The image has more than 16 bits in each channel; save it with 8 or 16 bits as PNG or TIFF."
_PROFILE_MODES = {"GRAY": "L", "RGB": "RGB", "CMYK": "CMYK"}
_SIXTEEN_BIT_MODES = frozenset({"I", "I;16", "I;16B", "I;16L", "I;16N"})
_SRGB = ImageCms.createProfile("sRGB")

# Pillow only warns at its own limit; `decode` refuses at ours, before a pixel is read.
Image.MAX_IMAGE_PIXELS = None


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
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as image:
            _refuse_what_is_no_field(image)
            image.load()
            return _to_srgb(ImageOps.exif_transpose(image), white_is_zero=_white_is_zero(image))
    except UnidentifiedImageError:
        raise ImageError("The content is no image that this program reads; save it as PNG, JPEG or TIFF.") from None
    except ImageError:
        raise
    except Exception as error:
        raise ImageError(f"The image is damaged ({_first_words(error)}); copy it again from where it was made.") from error


def _refuse_what_is_no_field(image: Image.Image) -> None:
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        description = str(image.tag_v2.get(_IMAGE_DESCRIPTION, ""))
        if description.startswith("Aperio"):
            raise ImageRefusedError(WHOLE_SLIDE_ADVICE)
    if image.width * image.height > MAX_PIXELS:
        raise ImageRefusedError(
            f"The image has {image.width} x {image.height} pixels, more than one field; export smaller fields of view and add those."
        )


def _white_is_zero(image: Image.Image) -> bool:
    """Tell whether a TIFF runs from white to black; Pillow turns such a file round only where it has eight bits."""
    return isinstance(image, TiffImagePlugin.TiffImageFile) and image.tag_v2.get(_PHOTOMETRIC) == _WHITE_IS_ZERO


def _to_srgb(image: Image.Image, *, white_is_zero: bool) -> Image.Image:
    profile = image.info.get("icc_profile")
    image = _eight_bit(image, white_is_zero=white_is_zero)
    opacity = image.convert("RGBA").getchannel("A") if image.has_transparency_data else None
    colours = _apply_profile(image, profile) if profile else image.convert("RGB")
    if opacity is None:
        return colours
    white = Image.new("RGB", image.size, "white")
    return Image.composite(colours, white, opacity)


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


def _apply_profile(image: Image.Image, profile: bytes) -> Image.Image:
    """Bring a picture's colours from its profile to sRGB; a profile that is broken or of other colours is left aside."""
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        mode = _PROFILE_MODES.get(source.profile.xcolor_space.strip())
        if mode is None or (mode == "CMYK") != (image.mode == "CMYK"):
            return image.convert("RGB")
        converted = ImageCms.profileToProfile(image.convert(mode), source, _SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image.convert("RGB")
    return image.convert("RGB") if converted is None else converted


def _first_words(error: Exception) -> str:
    text = str(error).strip() or type(error).__name__
    return text.splitlines()[0][:120]
