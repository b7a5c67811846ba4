"""A view of an image with zoom, pan, heat map and scale bar."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from breakhis_desktop.ui.look.keys import limit_keys
from breakhis_desktop.ui.look.lettering import NOTE, font
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.state.heat_choice import HeatChoice
from breakhis_desktop.ui.viewer.picture import Picture
from breakhis_desktop.ui.viewer.picture_marks import draw_scale_bar, draw_zoom
from breakhis_desktop.ui.viewer.viewport import Viewport

_STEP = 1.25
"""Zoom factor per wheel notch or key press."""

_PAN = 64
"""Distance in view units by which Shift with an arrow key moves the image."""

_EXACT_FROM = 2.0
"""Zoom from which image pixels are drawn as sharp squares."""

_ARROWS = {
    Qt.Key.Key_Left: QPointF(_PAN, 0),
    Qt.Key.Key_Right: QPointF(-_PAN, 0),
    Qt.Key.Key_Up: QPointF(0, _PAN),
    Qt.Key.Key_Down: QPointF(0, -_PAN),
}


class ImageView(QWidget):
    """Shows a picture in its aspect ratio, or a text in its place.

    Attributes:
        zooms: The commands that zoom, with their keys.
        wheel_zooms: Whether the wheel zooms without Ctrl; if not, the wheel without Ctrl scrolls the surrounding widget.

    Signals:
        step_asked: The user wants the next image (1) or the previous (-1).
        enlarge_asked: The user wants the image in a window of its own.
        moved: The view may show another part of the picture, or none.
    """

    step_asked = Signal(int)
    enlarge_asked = Signal()
    moved = Signal()

    def __init__(self, theme: Theme, heat: HeatChoice, parent: QWidget | None = None) -> None:
        """Build an empty view."""
        super().__init__(parent)
        self.setAccessibleName(self.tr("Chosen image"))
        self.setAccessibleDescription(
            self.tr("Plus and minus zoom, F fits, 1 shows it pixel by pixel, Shift and arrows move it, Left and Right go to other images")
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport = Viewport()
        self._theme = theme
        self._heat = heat
        self._picture: Picture | None = None
        self._shrunk = QImage()
        self._words = ""
        self._scale_bar = QRectF()
        self._scale_words = ""
        self._dragged_from: QPointF | None = None
        self.wheel_zooms = False
        self.zooms = [
            self._action(self.tr("Zoom in"), ("+", "="), lambda: self.zoom(1)),
            self._action(self.tr("Zoom out"), ("-",), lambda: self.zoom(-1)),
            self._action(self.tr("Fit"), ("F",), self.fit),
            self._action(self.tr("1:1"), ("1",), self.show_pixels),
        ]
        theme.changed.connect(self.update)
        heat.changed.connect(self.update)

    def _action(self, text: str, keys: Sequence[str], act: Callable[[], None]) -> QAction:
        action = QAction(text, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.triggered.connect(act)
        limit_keys(action, [self])
        return action

    def show_picture(self, picture: Picture) -> None:
        """Show a picture, fitted to the view."""
        self._picture, self._shrunk = picture, QImage()
        self.viewport.show(QSizeF(picture.image.size()))
        self.updateGeometry()
        self._refresh()

    def show_words(self, words: str) -> None:
        """Show a text instead of a picture."""
        self._picture, self._shrunk, self._words = None, QImage(), words
        self.viewport.show(QSizeF())
        self.updateGeometry()
        self._refresh()

    def move_with(self, other: "ImageView") -> None:
        """Show the same part of the picture as another view of the same size, whichever of the two is moved."""
        self.viewport = other.viewport
        self.moved.connect(other.show_move)
        other.moved.connect(self.show_move)

    @property
    def has_image(self) -> bool:
        """Whether a picture is shown."""
        return self._picture is not None

    def fit(self) -> None:
        """Show the whole image."""
        self.viewport.fit()
        self._refresh()

    def show_pixels(self) -> None:
        """Zoom so that an image pixel fills one screen pixel."""
        self._zoom_to(1.0)

    def zoom(self, steps: float, anchor: QPointF | None = None) -> None:
        """Zoom in by a number of steps (out if negative) around a point of the view, which is the middle if none is given."""
        self._zoom_to(self.viewport.scale * _STEP**steps, anchor)

    def heightForWidth(self, width: int) -> int:
        """Return the height at which the picture fills this width, at most 0.85 of the width."""
        aspect = self._picture.image.height() / self._picture.image.width() if self._picture else 0.66
        return int(width * min(aspect, 0.85))

    def sizeHint(self) -> QSize:
        """Return the initial size."""
        return QSize(320, self.heightForWidth(320))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the image fitted or, if it is not, keep the same point of it in the middle."""
        self._take_room()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the mouse, or leave the wheel to the surrounding widget."""
        if self.has_image and (self.wheel_zooms or event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            self.zoom(event.angleDelta().y() / 120, event.position())
            event.accept()
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to drag the image."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._dragged_from = event.position()
            self._refresh()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the image."""
        if self._dragged_from is not None:
            self.viewport.pan(event.position() - self._dragged_from)
            self._dragged_from = event.position()
            self._refresh()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the drag."""
        self._dragged_from = None
        self._refresh()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show the whole image."""
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the image, go to another image, or enlarge the image, depending on the key."""
        key, shifted = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match key:
            case _ if shifted and key in _ARROWS:
                self.viewport.pan(_ARROWS[Qt.Key(key)])
                self._refresh()
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                self.step_asked.emit(1 if key == Qt.Key.Key_Right else -1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                self.enlarge_asked.emit()
            case _:
                super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Show the source of the scale as a tooltip of the scale bar, and follow changes of the screen's pixel ratio."""
        if event.type() is QEvent.Type.DevicePixelRatioChange and not self.isHidden():
            self._take_room()
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            on_bar = self._scale_bar.contains(event.pos().toPointF())
            source = self.tr(
                "{length}: by the pixel size that the authors of BreakHis state (Spanhol et al. 2016, Table 1). "
                "The authors computed this size instead of measuring it. "
                "Judging by the nuclei, the true pixel size is about 3.3 times as large."
            ).format(length=self._scale_words)
            QToolTip.showText(event.globalPos(), source if on_bar else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture with rounded corners, or the text on a plain background."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        view = QRectF(self.rect())
        seen = self.viewport.frame() & view if self.has_image else view
        outline = QPainterPath()
        outline.addRoundedRect(seen, 6, 6)
        painter.setClipPath(outline)
        if self._picture is None:
            self._draw_words(painter, seen)
        else:
            self._draw_picture(painter, self._picture)
            self._draw_marks(painter, seen, self._picture)
        painter.setClipping(False)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.tokens.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(view.adjusted(1, 1, -1, -1), 6, 6)

    def _draw_words(self, painter: QPainter, box: QRectF) -> None:
        painter.fillRect(box, QColor(self._theme.tokens.track))
        painter.setFont(font(NOTE))
        painter.setPen(QColor(self._theme.tokens.muted))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._words)

    def _draw_picture(self, painter: QPainter, picture: Picture) -> None:
        frame, scale = self.viewport.frame(), self.viewport.scale
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, 1 < scale < _EXACT_FROM)
        painter.drawImage(frame, self._shrink(picture.image, frame) if scale < 1 else picture.image)
        heat_overlay = picture.glows.get(self._heat.heat_map)
        if heat_overlay is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setOpacity(self._heat.percent / 100)
            painter.drawImage(frame, heat_overlay)
            painter.setOpacity(1)

    def _shrink(self, image: QImage, frame: QRectF) -> QImage:
        """Return a copy reduced to screen resolution by averaging pixels; the last copy is cached."""
        size = (frame.size() * self.devicePixelRatioF()).toSize()
        if self._shrunk.size() != size:
            self._shrunk = image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
        return self._shrunk

    def _draw_marks(self, painter: QPainter, seen: QRectF, picture: Picture) -> None:
        self._scale_bar = QRectF()
        if picture.micrometres_per_pixel is not None:
            micrometres = picture.micrometres_per_pixel * self.devicePixelRatioF() / self.viewport.scale
            self._scale_bar, self._scale_words = draw_scale_bar(painter, seen, micrometres)
        draw_zoom(painter, seen, self.viewport.scale, self._scale_bar)

    def _take_room(self) -> None:
        self.viewport.resize(QSizeF(self.size()), self.devicePixelRatioF())
        self._refresh()

    def _zoom_to(self, scale: float, anchor: QPointF | None = None) -> None:
        self.viewport.zoom_to(scale, QRectF(self.rect()).center() if anchor is None else anchor)
        self._refresh()

    def _refresh(self) -> None:
        self.show_move()
        self.moved.emit()

    def show_move(self) -> None:
        """Repaint the view, and show by the cursor whether the picture can be dragged."""
        if not self.viewport.can_pan:
            self.unsetCursor()
        else:
            self.setCursor(Qt.CursorShape.OpenHandCursor if self._dragged_from is None else Qt.CursorShape.ClosedHandCursor)
        self.update()
