"""A scrollable preview of a report's pages, rendered as they come into view."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRect, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from breakhis_desktop.ui.look.lettering import BODY, font
from breakhis_desktop.ui.look.theme import Theme

DrawPage = Callable[[int, float, Callable[[QImage], None]], None]
"""Renders the page of a given number at a resolution in pixels per point, and passes the image to a function."""

_MARGIN = 16
_MOST_WIDTH = 900
"""Greatest width of a page in pixels."""
_KEPT = 8
"""Number of pages to keep in memory; each takes several megabytes."""


class PdfPreview(QAbstractScrollArea):
    """Shows pages at the width of the view or, in a wide view, at a width that is easy to read.

    Attributes:
        words: Sentence shown instead of pages; empty if there is none.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Build an empty preview."""
        super().__init__(parent)
        self.setAccessibleName(self.tr("Preview of the report"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._theme = theme
        self.words = ""
        self._sizes: list[QSizeF] = []
        self._draw: DrawPage | None = None
        self._images: dict[int, QImage] = {}
        self._asked: set[int] = set()
        self._showing = 0
        theme.changed.connect(self.viewport().update)

    def show_pages(self, sizes: list[QSizeF], draw: DrawPage) -> None:
        """Show the pages of a document, keeping the scroll position where possible.

        Args:
            sizes: Width and height of each page in points.
            draw: Called for each page that comes into view.
        """
        self._sizes, self._draw, self.words = sizes, draw, ""
        self._begin_anew()

    def say(self, words: str) -> None:
        """Show a sentence instead of pages."""
        self._sizes, self._draw, self.words = [], None, words
        self._begin_anew()

    @property
    def pages_drawn(self) -> int:
        """Number of rendered pages in memory."""
        return len(self._images)

    def visible_pages(self) -> list[int]:
        """Return the numbers, from 0, of the pages in view."""
        view = self.viewport().rect()
        return [number for number in range(len(self._sizes)) if self._place(number).intersects(view)]

    def sizeHint(self) -> QSize:
        """Return a size at which a page is readable."""
        return QSize(640, 720)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Render the pages again at the new width."""
        super().resizeEvent(event)
        self._begin_anew()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pages in view, and request those not yet rendered."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        tokens = self._theme.tokens
        painter.fillRect(self.viewport().rect(), QColor(tokens.ground))
        for number in self.visible_pages():
            place = self._place(number)
            if number in self._images:
                painter.drawImage(place, self._images[number])
            else:
                painter.fillRect(place, QColor("white"))
                self._ask(number)
            painter.setPen(QColor(tokens.line))
            painter.drawRect(place.adjusted(0, 0, -1, -1))
        if self.words:
            painter.setPen(QColor(tokens.muted))
            painter.setFont(font(BODY))
            room = self.viewport().rect().adjusted(48, 48, -48, -48)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.words)

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802 (Qt's name)
        """Repaint at the new scroll position."""
        self.viewport().update()

    def _begin_anew(self) -> None:
        self._images.clear()
        self._asked.clear()
        self._showing += 1
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, self._height() - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(48)
        self.viewport().update()

    def _height(self) -> int:
        return _MARGIN + sum(self._page_height(size) + _MARGIN for size in self._sizes)

    def _page_width(self) -> int:
        return max(1, min(_MOST_WIDTH, self.viewport().width() - 2 * _MARGIN))

    def _page_height(self, size: QSizeF) -> int:
        return round(self._page_width() * size.height() / size.width())

    def _place(self, number: int) -> QRect:
        above = sum(self._page_height(size) + _MARGIN for size in self._sizes[:number])
        top = _MARGIN + above - self.verticalScrollBar().value()
        left = (self.viewport().width() - self._page_width()) // 2
        return QRect(left, top, self._page_width(), self._page_height(self._sizes[number]))

    def _ask(self, number: int) -> None:
        if self._draw is None or number in self._asked:
            return
        self._asked.add(number)
        showing = self._showing
        pixels_per_point = self._page_width() * self.devicePixelRatioF() / self._sizes[number].width()
        self._draw(number, pixels_per_point, lambda image: self._take(showing, number, image))

    def _take(self, showing: int, number: int, image: Any) -> None:
        if showing != self._showing:
            return
        self._images[number] = image
        self._asked.discard(number)
        visible = self.visible_pages()
        for other in sorted(self._images, key=lambda one: -min(abs(one - page) for page in visible or [0])):
            if len(self._images) > _KEPT and other not in visible:
                del self._images[other]
        self.viewport().update()
