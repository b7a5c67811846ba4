"""Marks drawn beside text: bars for shares and probabilities, and shapes that stand for "malignant", "benign" and "needs review"."""

from enum import Enum, auto
from io import BytesIO

from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable, Image, Paragraph

from breakhis_desktop.domain.taxonomy import Decision
from breakhis_desktop.reporting.pdf.style import LINE, TEXT
from breakhis_desktop.reporting.pdf.text import REGULAR

THUMBNAIL_WIDTH, THUMBNAIL_HEIGHT = 14 * mm, 10.5 * mm
_BAR_HEIGHT, _TICK_HEIGHT = 4.2, 9.0
_MARK_SIZE, _MARK_SHARE, _MARK_GAP = 5.4, 0.6, 3.6


class Shape(Enum):
    """A shape with the same meaning as its colour, for readers who cannot tell the colours apart."""

    TRIANGLE = auto()
    CIRCLE = auto()
    DIAMOND = auto()


SHAPES = {Decision.MALIGNANT: Shape.TRIANGLE, Decision.BENIGN: Shape.CIRCLE}


class Bar(Flowable):
    """A share as a bar, with its figure to the right and, optionally, a threshold as a tick."""

    def __init__(self, share: float, figure: str, colour: Color, figure_width: float, tick: float | None = None) -> None:
        """Set up a bar that fills the width available to it.

        Args:
            share: The filled share of the bar, 0 to 1.
            figure: The text to the right of the bar.
            colour: The colour of the filled part.
            figure_width: The width of the figure, in points.
            tick: The position of the tick, 0 to 1.
        """
        super().__init__()
        self._share, self._figure, self._colour, self._tick = share, figure, colour, tick
        self._figure_width = figure_width

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803 (reportlab's names)
        """Take the full width, and the height of the tick."""
        self.width, self.height = availWidth, _TICK_HEIGHT
        return self.width, self.height

    def draw(self) -> None:
        """Draw background, filled part, tick and figure."""
        canvas, length, middle = self.canv, self.width - self._figure_width, self.height / 2
        radius = _BAR_HEIGHT / 2
        canvas.setFillColor(LINE)
        canvas.roundRect(0, middle - radius, length, _BAR_HEIGHT, radius, stroke=0, fill=1)
        if self._share > 0:
            # A bar shorter than its corner radius would become a lens wider than its share.
            filled = max(self._share * length, 0.8)
            canvas.setFillColor(self._colour)
            canvas.roundRect(0, middle - radius, filled, _BAR_HEIGHT, min(radius, filled / 2), stroke=0, fill=1)
        if self._tick is not None and 0 <= self._tick <= 1:
            canvas.setStrokeColor(TEXT)
            canvas.setLineWidth(0.7)
            canvas.line(self._tick * length, 0, self._tick * length, self.height)
        canvas.setFillColor(TEXT)
        canvas.setFont(REGULAR, 7)
        canvas.drawRightString(self.width, middle - 2.6, self._figure)


class Mark(Flowable):
    """Coloured text, with a shape in the same colour before its first line."""

    def __init__(self, shape: Shape, words: str, style: ParagraphStyle) -> None:
        """Set up a mark.

        Args:
            shape: The shape.
            words: The text, as paragraph markup.
            style: The paragraph style, which also gives the shape its colour.
        """
        super().__init__()
        self._shape, self._style = shape, style
        self._words = Paragraph(words, style)
        self._size = max(_MARK_SIZE, _MARK_SHARE * style.fontSize)
        self._indent = self._size + _MARK_GAP

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803 (reportlab's names)
        """Take the full width, and the height of the text beside the shape."""
        _, self.height = self._words.wrap(availWidth - self._indent, availHeight)
        self.width = availWidth
        return self.width, self.height

    def draw(self) -> None:
        """Draw the shape and the text."""
        self._words.drawOn(self.canv, self._indent, 0)
        # Halfway up the lower-case letters of the first line.
        middle = self.height - self._style.fontSize * 0.72
        self.canv.setFillColor(self._style.textColor)
        if self._shape is Shape.CIRCLE:
            self.canv.circle(self._size / 2, middle, self._size / 2, stroke=0, fill=1)
        else:
            self._draw_polygon(middle)

    def _draw_polygon(self, middle: float) -> None:
        size, half = self._size, self._size / 2
        corners = {
            Shape.TRIANGLE: ((0, middle - half), (size, middle - half), (half, middle + half)),
            Shape.DIAMOND: ((0, middle), (half, middle - half), (size, middle), (half, middle + half)),
        }[self._shape]
        outline = self.canv.beginPath()
        outline.moveTo(*corners[0])
        for corner in corners[1:]:
            outline.lineTo(*corner)
        outline.close()
        self.canv.drawPath(outline, stroke=0, fill=1)


def thumbnail_flowable(jpeg: bytes, most: tuple[float, float] = (THUMBNAIL_WIDTH, THUMBNAIL_HEIGHT)) -> Image:
    """Return a thumbnail at most this wide and high, in points, keeping its aspect ratio."""
    width, height = ImageReader(BytesIO(jpeg)).getSize()
    scale = min(most[0] / width, most[1] / height)
    return Image(BytesIO(jpeg), width * scale, height * scale, hAlign="LEFT")
