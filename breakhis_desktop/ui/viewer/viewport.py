"""The geometry of an image in its view: zoom and pan."""

import math

from PySide6.QtCore import QPointF, QRectF, QSizeF

MOST_SCALE = 32.0


class Viewport:
    """The position of an image in a view; lengths are in the widget's units, and the zoom is in screen pixels per image pixel.

    Attributes:
        scale: Screen pixels per image pixel, along one side.
        fits: Whether the image is fitted to the view, and stays so when the view is resized.
    """

    def __init__(self) -> None:
        """Begin without an image."""
        self.scale = 1.0
        self.fits = True
        self._image = QSizeF()
        self._view = QSizeF()
        self._ratio = 1.0
        self._origin = QPointF()

    def show(self, image: QSizeF) -> None:
        """Set the image's size in pixels, and fit it to the view."""
        self._image = image
        self.fit()

    def resize(self, view: QSizeF, ratio: float) -> None:
        """Set the view's size and its screen pixels per unit.

        Unless the image is fitted, the part of it in the middle of the view stays there, as far as the edges of the image allow.
        """
        in_middle = self.image_point(self._middle)
        self._view, self._ratio = view, ratio
        if self.fits:
            self.fit()
        else:
            self._place(self._middle - in_middle * self._length)

    @property
    def fit_scale(self) -> float:
        """The zoom at which the image just fits the view."""
        if self._image.isEmpty() or self._view.isEmpty():
            return 1.0
        across, down = self._view.width() / self._image.width(), self._view.height() / self._image.height()
        return min(across, down) * self._ratio

    def fit(self) -> None:
        """Show the whole image, as large as the view allows."""
        self.zoom_to(self.fit_scale, QPointF())

    def zoom_to(self, scale: float, anchor: QPointF) -> None:
        """Zoom within limits; the image point under the anchor (a point of the view) stays in place."""
        least = min(self.fit_scale, 1.0)
        under = self.image_point(anchor)
        self.scale = min(max(scale, least), MOST_SCALE)
        self.fits = math.isclose(self.scale, self.fit_scale)
        self._place(anchor - under * self._length)

    def pan(self, shift: QPointF) -> None:
        """Move the image, but only as far as its edges allow."""
        self._place(self._origin + shift)

    @property
    def can_pan(self) -> bool:
        """Whether the image is larger than the view."""
        size = self._image * self._length
        return size.width() > self._view.width() + 0.5 or size.height() > self._view.height() + 0.5

    def image_point(self, point: QPointF) -> QPointF:
        """Return the image point, in image pixels, at a point of the view."""
        return (point - self._origin) / self._length

    def frame(self) -> QRectF:
        """Return the image's rectangle in the view, aligned to whole screen pixels."""
        ratio, size = self._ratio, self._image * self.scale
        left, top = round(self._origin.x() * ratio), round(self._origin.y() * ratio)
        return QRectF(left / ratio, top / ratio, round(size.width()) / ratio, round(size.height()) / ratio)

    @property
    def _middle(self) -> QPointF:
        return QPointF(self._view.width() / 2, self._view.height() / 2)

    @property
    def _length(self) -> float:
        return self.scale / self._ratio

    def _place(self, origin: QPointF) -> None:
        size = self._image * self._length
        self._origin = QPointF(
            _within(origin.x(), size.width(), self._view.width()), _within(origin.y(), size.height(), self._view.height())
        )


def _within(start: float, length: float, room: float) -> float:
    """Return where an image begins along one axis, limited so that it fills the view; an image shorter than the view is centred."""
    return (room - length) / 2 if length <= room else min(max(start, room - length), 0.0)
