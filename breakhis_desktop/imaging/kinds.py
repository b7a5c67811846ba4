"""The kinds of files on their way through Pillow: put right where it errs, named where they are not read."""

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
    """Return a file as Pillow reads it right; most stay as they are.

    Raises:
        ImageError: The file is of a kind that is not read.
        ImageRefusedError: It is a whole slide, or built as pictures are not.
        ValueError: It is damaged.
    """
    if data.startswith(png.PNG):
        return png.without_odd_metadata(data)
    if data.startswith(_TIFF_OF_ANOTHER_ORDER):
        raise ValueError("its mark contradicts its byte order")  # Pillow alone guesses.
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


def put_right(image: Image.Image, data: bytes) -> Image.Image:
    """Return a loaded image's pixels as its file means them.

    Raises:
        ValueError: The file lacks some.
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
        return image.convert("RGB")  # Windows and cameras leave a channel for opacity empty; to them and to browsers it is opaque.
    # Pillow converts grey with associated opacity to this mode alone.
    return image.convert("LA") if image.mode == "La" else image


def unread_kind(data: bytes) -> Message | None:
    """Name a file that Pillow does not open; None where it is not known to be whole."""
    if data.startswith(b"BM"):
        return bmp.unread_kind(data)
    page = read_directory(data)
    return tiff_kinds.channels_and_bits(page) if page is not None else None


def is_known(data: bytes) -> bool:
    """Tell whether a file begins as one of a kind that is read."""
    return data.startswith((png.PNG, jpeg.JPEG, *_TIFF, *_JPEG_2000)) or bmp.is_bmp(data) or data[8:12] == b"WEBP"


def _refuse(kind: Message | None) -> None:
    if kind:
        raise not_read(kind)
