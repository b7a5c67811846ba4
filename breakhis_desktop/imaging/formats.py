"""Recognises image files, by name and by first bytes."""

from enum import Enum, auto
from pathlib import Path

from breakhis_desktop.endings import DICOM_SUFFIXES, IMAGE_SUFFIXES, WHOLE_SLIDE_SUFFIXES
from breakhis_desktop.errors import ImageError
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message

FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "JPEG2000")

TRUNCATED = ImageCode.CUT_SHORT.value
"""Pillow's own error for a file whose pixels end early."""


class FileKind(Enum):
    """The kind of a file by its extension."""

    IMAGE = auto()
    WHOLE_SLIDE = auto()
    DICOM = auto()
    OTHER = auto()


def kind_of(path: Path) -> FileKind:
    """Return the kind of a file by its extension."""
    suffix = path.suffix.lower()
    if suffix in IMAGE_SUFFIXES:
        return FileKind.IMAGE
    if suffix in WHOLE_SLIDE_SUFFIXES:
        return FileKind.WHOLE_SLIDE
    if suffix in DICOM_SUFFIXES:
        return FileKind.DICOM
    return FileKind.OTHER


LONGEST_START = 132
"""The number of leading bytes that `begins_as_image` needs."""

_STARTS = (
    *(b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"),
    *(b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"),
    *(b"\0\0\0\x0cjP  \r\n", b"\xff\x4f\xff\x51"),
)
_LONGEST_BMP_HEADER = 124


def begins_as_image(start: bytes) -> bool:
    """Return whether the first `LONGEST_START` bytes are those of an image or DICOM file, whatever its name and even if cut short."""
    return (
        start.startswith(_STARTS)
        or (start[:4] == b"RIFF" and start[8:12] == b"WEBP")
        or (start[:2] == b"BM" and len(start) > 18 and int.from_bytes(start[14:18], "little") <= _LONGEST_BMP_HEADER)
        or is_dicom(start)
    )


def is_dicom(data: bytes) -> bool:
    """Return whether the bytes are a DICOM file, whatever its name."""
    return data[128:132] == b"DICM"


_OTHER_STARTS = {b"GIF8": "GIF", b"8BPS": "PSD", b"%PDF": "PDF", b"\0\0\0\x0cJXL ": "JPEG XL"}
_BRANDS = {b"heic": "HEIC", b"heix": "HEIC", b"mif1": "HEIF", b"avif": "AVIF"}


def other_format(data: bytes) -> str:
    """Name the format of a file that the program does not read, by its first bytes, whatever the file's name; empty if unknown."""
    if data[4:8] == b"ftyp":
        return _BRANDS.get(data[8:12], "")
    return next((name for start, name in _OTHER_STARTS.items() if data.startswith(start)), "")


def not_read(kind: Message | str) -> ImageError:
    """Return the error for an intact file of a kind that this program does not read.

    Args:
        kind: The kind, such as "TIFF compressed as LERC" or "GIF".
    """
    return ImageError(Message.of(ImageCode.KIND_NOT_READ, kind=kind))
