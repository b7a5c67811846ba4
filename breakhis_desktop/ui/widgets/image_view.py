"""The chosen image, as large as its place allows."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from breakhis_desktop.ui.theme import SMALL_PIXELS, Theme, font


class ImageView(QWidget):
    """Shows one picture, aspect kept, or a word in its place."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self.setAccessibleName("Chosen image")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._theme = theme
        self._image = QImage()
        self._words = ""
        theme.changed.connect(self.update)

    def show_image(self, image: QImage) -> None:
        """Show a picture."""
        self._image, self._words = image, ""
        self.updateGeometry()
        self.update()

    def show_words(self, words: str) -> None:
        """Show a word instead of a picture."""
        self._image, self._words = QImage(), words
        self.updateGeometry()
        self.update()

    @property
    def has_image(self) -> bool:
        """Whether a picture is shown."""
        return not self._image.isNull()

    def hasHeightForWidth(self) -> bool:
        """Return that the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height that the picture needs, within reason."""
        aspect = self._image.height() / self._image.width() if self.has_image else 0.66
        return int(width * min(aspect, 0.85))

    def sizeHint(self) -> QSize:
        """Return a size to begin with."""
        return QSize(320, self.heightForWidth(320))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture with rounded corners, or the word on a quiet ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        frame = self._frame()
        outline = QPainterPath()
        outline.addRoundedRect(frame, 6, 6)
        painter.setClipPath(outline)
        if self.has_image:
            ratio = self.devicePixelRatioF()
            size = (frame.size() * ratio).toSize()
            scaled = self._image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
            painter.drawImage(frame, scaled)
            return
        tokens = self._theme.tokens
        painter.fillRect(frame, QColor(tokens.track))
        painter.setFont(font(SMALL_PIXELS + 1))
        painter.setPen(QColor(tokens.muted))
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._words)

    def _frame(self) -> QRectF:
        place = QRectF(self.rect())
        if not self.has_image:
            return place
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF((place.width() - size.width()) / 2, 0, size.width(), size.height())
