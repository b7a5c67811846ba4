"""Which files are images to this program, by name and by first bytes."""

from enum import Enum, auto
from pathlib import Path

from breakhis_desktop.errors import ImageError

FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "JPEG2000")
IMAGE_SUFFIXES = frozenset(
    {
        *(".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".tif", ".tiff", ".bmp", ".webp"),
        *(".jp2", ".j2k", ".j2c", ".jpf", ".jpx"),
    }
)
WHOLE_SLIDE_SUFFIXES = frozenset(
    {".svs", ".ndpi", ".ndpis", ".mrxs", ".scn", ".vms", ".vmu", ".bif", ".czi", ".vsi", ".qptiff", ".isyntax", ".svslide"}
)
DICOM_SUFFIXES = frozenset({".dcm", ".dicom"})

WHOLE_SLIDE_ADVICE = "Whole-slide file: export fields of view from it as PNG or TIFF, for example with QuPath, and add those."
DICOM_ADVICE = "DICOM file: export the picture from it as PNG or TIFF and add that."


class FileKind(Enum):
    """What a file's name promises."""

    IMAGE = auto()
    WHOLE_SLIDE = auto()
    DICOM = auto()
    OTHER = auto()


def kind_of(path: Path) -> FileKind:
    """Tell from its extension what a file promises to be."""
    suffix = path.suffix.lower()
    if suffix in IMAGE_SUFFIXES:
        return FileKind.IMAGE
    if suffix in WHOLE_SLIDE_SUFFIXES:
        return FileKind.WHOLE_SLIDE
    if suffix in DICOM_SUFFIXES:
        return FileKind.DICOM
    return FileKind.OTHER


def is_dicom(data: bytes) -> bool:
    """Tell whether the bytes are a DICOM file, whatever its name."""
    return data[128:132] == b"DICM"


def not_read(kind: str) -> ImageError:
    """Return what is raised for a file that is whole, and of a kind that this program does not read.

    Args:
        kind: What the file is, such as "TIFF compressed as LERC".
    """
    return ImageError(
        f"The file is a {kind}, which this program does not read; "
        "open it in an image program and save it as RGB with 8 bits, as PNG or TIFF."
    )
