"""Printing of PDF files."""

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrinter

from breakhis_desktop.errors import UserError
from breakhis_desktop.ui.export.pdf_pages import POINTS_PER_INCH, page_image, page_sizes
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode

_FINEST = 300
"""Maximum dots per inch; a higher resolution would not be visible, but could take a quarter of a gigabyte per page."""


def print_pdf(pdf: bytes, printer: QPrinter) -> None:
    """Print the pages that the user chose, each fitted to its sheet; may be called on any thread.

    Raises:
        UserError: The printer does not accept the document.
    """
    sizes = page_sizes(pdf)
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        raise UserError(Message.of(RunCode.PRINTER_SILENT))
    try:
        for place, number in enumerate(_chosen_pages(printer, len(sizes))):
            if place:
                printer.newPage()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(_target(printer, sizes[number]), page_image(pdf, number, _resolution(printer) / POINTS_PER_INCH))
    finally:
        painter.end()


def _chosen_pages(printer: QPrinter, pages: int) -> range:
    first, last = printer.fromPage() or 1, printer.toPage() or pages
    return range(first - 1, min(last, pages))


def _resolution(printer: QPrinter) -> int:
    return min(printer.resolution(), _FINEST)


def _target(printer: QPrinter, size: QSizeF) -> QRectF:
    """Return the target rectangle of a page: centred on the paper, as large as fits."""
    paper = printer.pageLayout().fullRectPixels(printer.resolution()).toRectF()
    target = QRectF(0, 0, *size.scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio).toTuple())
    target.moveCenter(QRectF(0, 0, paper.width(), paper.height()).center())
    return target
