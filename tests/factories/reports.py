"""Reads PDF reports."""

from io import BytesIO
from typing import Any

from pypdf import PdfReader


def fonts_left_out(document: bytes) -> list[str]:
    """Return the fonts that a PDF uses but does not embed."""
    fonts: list[tuple[str, Any]] = []
    for page in PdfReader(BytesIO(document)).pages:
        resources: Any = page["/Resources"]
        fonts += resources["/Font"].items()
    assert fonts
    return [name for name, font in fonts if "/FontFile2" not in font.get_object()["/FontDescriptor"]]
