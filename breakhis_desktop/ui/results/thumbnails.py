"""Drawing of thumbnails."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPixmap, QPixmapCache

from breakhis_desktop.ui.state.result_columns import Result


def draw_thumbnail(painter: QPainter, frame: QRectF, result: Result, ground: QColor, radius: float) -> None:
    """Fill a rounded frame with the middle of a thumbnail, or with the background colour if there is none."""
    outline = QPainterPath()
    outline.addRoundedRect(frame, radius, radius)
    painter.fillPath(outline, ground)
    picture = _pixmap(result)
    if not picture.isNull():
        painter.save()
        painter.setClipPath(outline)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(frame, picture, _middle(picture, frame.width() / frame.height()))
        painter.restore()


def _pixmap(result: Result) -> QPixmap:
    picture = QPixmap()
    key = f"thumbnail {hash(result.thumbnail)}"
    if result.thumbnail and not QPixmapCache.find(key, picture):
        picture.loadFromData(result.thumbnail)
        QPixmapCache.insert(key, picture)
    return picture


def _middle(picture: QPixmap, aspect: float) -> QRectF:
    """Return the largest centred part of a picture with a given aspect ratio (width / height)."""
    width = min(picture.width(), picture.height() * aspect)
    height = width / aspect
    return QRectF((picture.width() - width) / 2, (picture.height() - height) / 2, width, height)
