"""The pages of a PDF are drawn, previewed and printed."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PySide6.QtCore import QSizeF, QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from breakhis_desktop.ui.export.pdf_pages import page_image, page_sizes
from breakhis_desktop.ui.export.pdf_preview import PdfPreview
from breakhis_desktop.ui.export.printing import print_pdf
from breakhis_desktop.ui.look.theme import Theme


def pdf(pages: int) -> bytes:
    """Return a PDF whose pages are red in the upper half and blue in the lower half."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    for number in range(pages):
        canvas.setFillColorRGB(1, 0, 0)
        canvas.rect(0, A4[1] / 2, A4[0], A4[1] / 2, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 1)
        canvas.rect(0, 0, A4[0], A4[1] / 2, stroke=0, fill=1)
        canvas.drawString(72, A4[1] / 2, str(number))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def test_a_page_is_drawn_upright_and_in_its_colours() -> None:
    document = pdf(2)
    assert [(round(size.width()), round(size.height())) for size in page_sizes(document)] == [(595, 842)] * 2
    image = page_image(document, 1, 0.5)
    assert (image.width(), image.height()) == pytest.approx((298, 421), abs=1)
    assert image.pixelColor(150, 50) == QColor(255, 0, 0)
    assert image.pixelColor(150, 400) == QColor(0, 0, 255)


def test_every_page_is_printed_and_fills_its_paper(printer: QPrinter, tmp_path: Path) -> None:
    print_pdf(pdf(3), printer)
    printed = (tmp_path / "printed.pdf").read_bytes()
    assert len(page_sizes(printed)) == 3
    image = page_image(printed, 2, 0.5)
    assert image.pixelColor(4, 4).red() > 200
    assert image.pixelColor(image.width() - 5, image.height() - 5).blue() > 200


def test_only_the_chosen_pages_are_printed(printer: QPrinter, tmp_path: Path) -> None:
    printer.setFromTo(2, 3)
    print_pdf(pdf(5), printer)
    assert len(page_sizes((tmp_path / "printed.pdf").read_bytes())) == 2


class RedPages:
    """Draws every page in red and records which pages were requested."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def __call__(self, number: int, finely: float, show: Callable[[QImage], None]) -> None:
        self.asked.append(number)
        image = QImage(round(595 * finely), round(842 * finely), QImage.Format.Format_RGB32)
        image.fill(QColor("red"))
        QTimer.singleShot(0, lambda: show(image))


@pytest.fixture
def preview(qtbot: QtBot, theme: Theme) -> PdfPreview:
    made = PdfPreview(theme)
    qtbot.addWidget(made)
    made.resize(400, 500)
    made.show()
    return made


def test_only_pages_that_come_into_view_are_drawn_and_few_are_kept(qtbot: QtBot, preview: PdfPreview) -> None:
    draw = RedPages()
    preview.show_pages([QSizeF(595, 842)] * 40, draw)
    qtbot.waitUntil(lambda: preview.pages_drawn > 0)
    assert set(draw.asked) <= {0, 1}
    bar = preview.verticalScrollBar()
    for step in range(21):
        bar.setValue(bar.maximum() * step // 20)
        qtbot.waitUntil(lambda: set(preview.visible_pages()) <= set(draw.asked))
    assert 39 in preview.visible_pages()
    qtbot.waitUntil(lambda: preview.pages_drawn <= 8)


@pytest.mark.parametrize(("width", "page"), [(1600, 900), (500, 500 - 2 * 16)])
def test_a_page_is_centred_and_no_wider_than_is_comfortable_to_read(qtbot: QtBot, preview: PdfPreview, width: int, page: int) -> None:
    preview.resize(width + preview.verticalScrollBar().sizeHint().width(), 900)
    preview.show_pages([QSizeF(595, 842)], RedPages())
    qtbot.waitUntil(lambda: preview.pages_drawn > 0)
    picture = preview.viewport().grab().toImage()
    across = [x for x in range(picture.width()) if picture.pixelColor(x, 100) == QColor("red")]
    assert len(across) == pytest.approx(page, abs=4)
    assert across[0] == pytest.approx(picture.width() - 1 - across[-1], abs=2)


def test_a_late_page_of_an_earlier_report_is_not_shown(qtbot: QtBot, preview: PdfPreview) -> None:
    late: list[Callable[[QImage], None]] = []
    preview.show_pages([QSizeF(595, 842)], lambda _number, _finely, show: late.append(show))
    qtbot.waitUntil(lambda: bool(late))
    preview.say("Another report is being made.")
    late[0](QImage(10, 10, QImage.Format.Format_RGB32))
    assert preview.pages_drawn == 0
