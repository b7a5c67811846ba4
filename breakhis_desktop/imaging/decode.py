"""Bytes to an RGB picture: first page, upright, in sRGB, eight bits."""

from io import BytesIO

import numpy as np
from PIL import Image, ImageCms, ImageOps, TiffImagePlugin, UnidentifiedImageError

from breakhis_desktop.errors import ImageError, ImageRefusedError
from breakhis_desktop.imaging.formats import DICOM_ADVICE, FORMATS, WHOLE_SLIDE_ADVICE, is_dicom

MAX_PIXELS = 100_000_000
_IMAGE_DESCRIPTION = 270
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
        values are divided by 257; a colour profile that cannot be applied is left aside.

    Raises:
        ImageError: The file is empty, damaged or of another kind.
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
            return _to_srgb(ImageOps.exif_transpose(image))
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


def _to_srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    image = _eight_bit(image)
    if image.has_transparency_data:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image).convert("RGB")
    elif image.mode not in {"RGB", "L", "CMYK"}:
        image = image.convert("RGB")
    if profile:
        image = _apply_profile(image, profile)
    return image.convert("RGB")


def _eight_bit(image: Image.Image) -> Image.Image:
    if image.mode in _SIXTEEN_BIT_MODES:
        values = np.asarray(image).astype(np.int64).clip(0, 65535)
        return Image.fromarray((values / 257 + 0.5).astype(np.uint8))
    if image.mode == "F":
        values = np.nan_to_num(np.asarray(image, dtype=np.float64))
        scale = 255 if values.max(initial=0) <= 1 else 1
        return Image.fromarray((values * scale + 0.5).clip(0, 255).astype(np.uint8))
    return image


def _apply_profile(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, _SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return image if converted is None else converted


def _first_words(error: Exception) -> str:
    text = str(error).strip() or type(error).__name__
    return text.splitlines()[0][:120]
