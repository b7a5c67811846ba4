"""Thumbnails of the images that are in view."""

from collections.abc import Mapping
from itertools import count

from PySide6.QtCore import QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPixmap, QPixmapCache

_KEPT = 256
"""Number of thumbnails to keep in memory; more than a screen shows."""
_CACHE_KIB = 64 * 1024
"""Memory in KiB for copies of thumbnails scaled to the size at which they are drawn."""


class Thumbnails(QObject):
    """Draws the thumbnails of the run that is shown, and asks for thumbnails that are missing.

    Signals:
        wanted: The positions in the run of the images whose thumbnails are missing; the answer goes to `take`.
        changed: There are more thumbnails to draw.
    """

    wanted = Signal(object)
    changed = Signal()
    _runs = count()

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin without thumbnails."""
        super().__init__(parent)
        QPixmapCache.setCacheLimit(max(QPixmapCache.cacheLimit(), _CACHE_KIB))
        self._images: dict[int, QImage] = {}
        self._without: set[int] = set()
        self._missing: dict[int, None] = {}
        self._run = next(self._runs)
        self._asking = QTimer(self, singleShot=True, interval=0)
        self._asking.timeout.connect(self._ask)

    def forget(self) -> None:
        """Forget all thumbnails, because another run is shown."""
        self._images.clear()
        self._without.clear()
        self._missing.clear()
        self._run = next(self._runs)

    def take(self, found: Mapping[int, QImage]) -> None:
        """Take thumbnails keyed by position in the run; a null image means that there is no thumbnail."""
        self._without.update(position for position, image in found.items() if image.isNull())
        self._images.update((position, image) for position, image in found.items() if not image.isNull())
        for position in list(self._images)[:-_KEPT]:
            del self._images[position]
        self.changed.emit()

    def draw(self, painter: QPainter, frame: QRectF, position: int, ground: QColor, radius: float) -> None:
        """Fill a rounded frame with the middle of an image's thumbnail or, if there is no thumbnail, with the background colour."""
        outline = QPainterPath()
        outline.addRoundedRect(frame, radius, radius)
        painter.fillPath(outline, ground)
        picture = self._picture(position, (frame.size() * painter.device().devicePixelRatioF()).toSize())
        if not picture.isNull():
            painter.save()
            painter.setClipPath(outline)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(frame, picture, QRectF(picture.rect()))
            painter.restore()

    def _picture(self, position: int, size: QSize) -> QPixmap:
        """Return a thumbnail, scaled to the size of its frame in screen pixels; a null picture if there is none."""
        picture, key = QPixmap(), f"thumbnail {self._run} {position} {size.width()}x{size.height()}"
        if QPixmapCache.find(key, picture):
            return picture
        image = self._images.get(position)
        if image is None and position not in self._without:
            self._missing[position] = None
            self._asking.start()
        elif image is not None:
            picture = QPixmap.fromImage(_filling(image, size))
            QPixmapCache.insert(key, picture)
        return picture

    def _ask(self) -> None:
        missing, self._missing = list(self._missing)[-_KEPT:], {}
        if missing:
            self.wanted.emit(missing)


def _filling(image: QImage, size: QSize) -> QImage:
    """Return the middle of an image, scaled to fill a size."""
    scaled = image.scaled(size, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation)
    left, top = (scaled.width() - size.width()) // 2, (scaled.height() - size.height()) // 2
    return scaled.copy(left, top, size.width(), size.height())
