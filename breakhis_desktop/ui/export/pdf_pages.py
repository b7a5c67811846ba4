"""The pages of a PDF as Qt images."""

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

from breakhis_desktop.imaging.pdfium import opened_pdf

POINTS_PER_INCH = 72


def page_sizes(pdf: bytes) -> list[QSizeF]:
    """Return the width and height of each page in points."""
    with opened_pdf(pdf) as document:
        return [QSizeF(*document.get_page_size(number)) for number in range(len(document))]


def page_image(pdf: bytes, number: int, pixels_per_point: float) -> QImage:
    """Render a page; may be called on any thread.

    Args:
        pdf: Content of the PDF file.
        number: Page number, from 0.
        pixels_per_point: Resolution.
    """
    with opened_pdf(pdf) as document:
        page = document[number]
        bitmap = page.render(scale=pixels_per_point, prefer_bgrx=True)
        image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32).copy()
        bitmap.close()
        page.close()
    return image
