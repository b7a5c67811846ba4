"""Recognises a file's format by its first bytes, and determines how closely two decoders must agree on its pixels."""

from pathlib import Path

from PIL import Image

from tests.collections.verdicts import CONVERTED, LOSSLESS, LOSSY, Tolerance

_BEGINNINGS = {
    b"\x89PNG": "PNG",
    b"\xff\xd8": "JPEG",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"II+\0": "TIFF",
    b"MM\0+": "TIFF",
    b"BM": "BMP",
    b"RIFF": "WEBP",
    b"\xff\x4f\xff\x51": "JPEG2000",
    b"\0\0\0\x0cjP": "JPEG2000",
}
_LOSSY_KINDS = frozenset({"JPEG", "WEBP", "JPEG2000"})
_PLAIN_MODES = frozenset({"1", "L", "P", "RGB", "I", "I;16", "I;16B", "I;16L"})


def kind_of(file: Path) -> str:
    """Return the name of a file's format."""
    with file.open("rb") as stream:
        start = stream.read(12)
    return next((kind for beginning, kind in _BEGINNINGS.items() if start.startswith(beginning)), "other")


def tolerance_of(file: Path, kind: str) -> Tolerance:
    """Return how far the pixels of two decoders may differ, given the file's format, compression and colours."""
    try:
        with Image.open(file) as image:
            lossy = kind in _LOSSY_KINDS or str(image.info.get("compression", "")) in {"jpeg", "tiff_jpeg", "webp"}
            plain = image.mode in _PLAIN_MODES and not image.info.get("icc_profile") and not image.has_transparency_data
    except Exception:  # noqa: BLE001 (the readers report what is wrong)
        return LOSSY if kind in _LOSSY_KINDS else LOSSLESS
    return (LOSSY if lossy else LOSSLESS) if plain else CONVERTED
