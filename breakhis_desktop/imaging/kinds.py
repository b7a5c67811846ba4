"""Guides each kind of file through Pillow: corrects what Pillow gets wrong, and names unsupported kinds."""

from PIL import Image

from breakhis_desktop.imaging import bmp, jp2, jpeg, png, tiff, tiff_kinds
from breakhis_desktop.imaging.formats import TRUNCATED, not_read
from breakhis_desktop.imaging.jpeg2000 import lacks_tiles
from breakhis_desktop.imaging.jpeg_end import refuse_hole, with_end
from breakhis_desktop.imaging.pdfium import jpeg_2000_pixels
from breakhis_desktop.imaging.png_end import refuse_missing_rows
from breakhis_desktop.imaging.tiff_directory import read_directory
from breakhis_desktop.wording.message import Message

_TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_TIFF_OF_ANOTHER_ORDER = (b"II\0*", b"MM*\0")
_JPEG_2000 = (b"\xff\x4f\xff\x51", b"\0\0\0\x0cjP  \r\n\x87\n")


def readable_by_pillow(data: bytes) -> bytes:
    """Return a file in the form that Pillow reads correctly; most files stay unchanged.

    Raises:
        ImageError: The file is of an unsupported kind.
        ImageRefusedError: The file is a whole slide, too large to be one field, or too costly to decode.
        ValueError: The file is damaged.
    """
    if data.startswith(png.PNG):
        return png.without_odd_metadata(data)
    if data.startswith(_TIFF_OF_ANOTHER_ORDER):
        raise ValueError("its mark contradicts its byte order")  # Other programs reject such a file; Pillow tries to read it.
    if data.startswith(_TIFF):
        return tiff.readable_by_pillow(data)
    if data.startswith(jpeg.JPEG):
        stated = jpeg.frame(data)
        _refuse(jpeg.unread_kind(stated) if stated is not None else None)
        return with_end(jpeg.without_odd_metadata(data), stated)
    if data.startswith(_JPEG_2000):
        found = jp2.channels(data)
        _refuse(jp2.unread_kind(found) if found is not None else None)
        if lacks_tiles(data):
            raise ValueError(TRUNCATED)
        return jp2.without_density(data)
    return data


def corrected(image: Image.Image, data: bytes) -> Image.Image:
    """Return a loaded image with its pixels corrected to what the file means.

    Raises:
        ValueError: Pixels are missing from the file.
    """
    if image.format == "PNG":
        refuse_missing_rows(image, data)
    if image.format in {"JPEG", "MPO"}:
        refuse_hole(image, data)
    if image.format == "JPEG2000":
        found = jp2.channels(data)
        if found is not None and jp2.is_confused(found):
            return jpeg_2000_pixels(data, image.size)
        return image if found is None else jp2.in_order(image, found)
    if image.format == "BMP" and image.mode == "RGBA" and image.getchannel("A").getextrema() == (0, 0):
        return image.convert("RGB")  # Windows and cameras leave this channel empty; Windows and browsers show the picture opaque.
    # Pillow converts grey with premultiplied opacity (La) to LA only.
    return image.convert("LA") if image.mode == "La" else image


def unread_kind(data: bytes) -> Message | None:
    """Name the kind of a file that Pillow does not open; None if the file may be incomplete."""
    if data.startswith(b"BM"):
        return bmp.unread_kind(data)
    page = read_directory(data)
    return tiff_kinds.channels_and_bits(page) if page is not None else None


def is_known(data: bytes) -> bool:
    """Return whether a file begins like one of the supported kinds."""
    return data.startswith((png.PNG, jpeg.JPEG, *_TIFF, *_JPEG_2000)) or bmp.is_bmp(data) or data[8:12] == b"WEBP"


def _refuse(kind: Message | None) -> None:
    if kind:
        raise not_read(kind)
