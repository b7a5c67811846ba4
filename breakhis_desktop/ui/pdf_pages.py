"""The pages of a PDF as pictures."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

POINTS_PER_INCH = 72

# PDFium keeps its state in global variables.
_one_at_a_time = Lock()


def page_sizes(pdf: bytes) -> list[QSizeF]:
    """Return width and height of each page in points."""
    with _opened(pdf) as document:
        return [QSizeF(*document.get_page_size(number)) for number in range(len(document))]


def page_image(pdf: bytes, number: int, pixels_per_point: float) -> QImage:
    """Draw a page, on any thread.

    Args:
        pdf: The whole file.
        number: The page, from 0.
        pixels_per_point: How finely.
    """
    with _opened(pdf) as document:
        page = document[number]
        bitmap = page.render(scale=pixels_per_point, prefer_bgrx=True)
        image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32).copy()
        bitmap.close()
        page.close()
    return image


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    from pypdfium2 import PdfDocument

    with _one_at_a_time:
        document = PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()
