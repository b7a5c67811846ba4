"""The scale bar and the zoom factor, drawn over an image on a light background in either theme."""

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from breakhis_desktop.domain.scale import round_length
from breakhis_desktop.ui.look.figures import local, percent
from breakhis_desktop.ui.look.lettering import SMALL, font, line_height
from breakhis_desktop.ui.look.theme import LIGHT

_MARGIN = 8.0
_LONGEST = 112.0


def draw_zoom(painter: QPainter, view: QRectF, scale: float, scale_bar: QRectF) -> None:
    """Draw the zoom factor (1: a screen pixel per image pixel) in per cent in the lower right corner, unless the scale bar is there."""
    words = percent(scale)
    painter.setFont(font(SMALL))
    width = painter.fontMetrics().horizontalAdvance(words) + 12
    height = line_height(SMALL) + 4
    box = QRectF(view.right() - _MARGIN - width, view.bottom() - _MARGIN - height, width, height)
    if not box.adjusted(-_MARGIN, 0, 0, 0).intersects(scale_bar):
        _draw_ground(painter, box)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


def draw_scale_bar(painter: QPainter, view: QRectF, micrometres: float) -> tuple[QRectF, str]:
    """Draw a scale bar of a round length in the lower left corner; only its length is written if more words would hide much of the image.

    Args:
        painter: A painter in view units.
        view: The visible part of the image, in view units.
        micrometres: Micrometres per view unit.

    Returns:
        The box that the bar and its text take up, and the text.
    """
    length = round_length(micrometres * min(_LONGEST, view.width() / 3))
    figure = local(f"{length:g}")
    words = QCoreApplication.translate("ImageView", "{length} µm, as published").format(length=figure)
    painter.setFont(font(SMALL))
    if painter.fontMetrics().horizontalAdvance(words) > view.width() / 2:
        words = f"{figure} µm"
    bar, words_width = length / micrometres, painter.fontMetrics().horizontalAdvance(words)
    height = line_height(SMALL) + 13
    box = QRectF(view.left() + _MARGIN, view.bottom() - _MARGIN - height, max(bar, words_width) + 16, height)
    _draw_ground(painter, box)
    left = box.center().x() - bar / 2
    painter.fillRect(QRectF(QPointF(left, box.top() + 6), QPointF(left + bar, box.top() + 9)), QColor(LIGHT.text))
    painter.drawText(box.adjusted(0, 10, 0, 0), Qt.AlignmentFlag.AlignCenter, words)
    return box, words


def _draw_ground(painter: QPainter, box: QRectF) -> None:
    ground = QColor(LIGHT.pane)
    ground.setAlpha(230)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(QColor(LIGHT.text))
