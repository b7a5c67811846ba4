"""The image in the larger view: shown once, or twice side by side, without and with its heat map."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.state.heat_choice import HeatChoice
from breakhis_desktop.ui.viewer.image_view import ImageView
from breakhis_desktop.ui.viewer.picture import Picture

_GAP = 8


class ImagePair(QWidget):
    """Shows a picture with its heat map and, in side-by-side mode, the plain picture to its left; both zoom and move together.

    Attributes:
        image: The view with the heat map, which has the keyboard focus.
        plain: The view without the heat map.
    """

    def __init__(self, theme: Theme, heat: HeatChoice) -> None:
        """Build two empty views, of which one is shown."""
        super().__init__()
        self._heat = heat
        self._has_maps = False
        self.plain = ImageView(theme, HeatChoice(self), self)
        self.plain.setAccessibleName(self.tr("Chosen image without its heat map"))
        self.plain.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # so that keys always act on the other view
        self.image = ImageView(theme, heat, self)
        self.plain.move_with(self.image)
        for view in (self.plain, self.image):
            view.wheel_zooms = True
        heat.changed.connect(self._arrange)
        self._arrange()

    def show_picture(self, picture: Picture) -> None:
        """Show a picture; if it has no heat maps, it is shown only once."""
        self._has_maps = bool(picture.glows)
        self._arrange()
        self.plain.show_picture(picture)
        self.image.show_picture(picture)

    def show_words(self, words: str) -> None:
        """Show a text instead of a picture."""
        self._has_maps = False
        self._arrange()
        self.plain.show_words(words)
        self.image.show_words(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give both views the same size, because they show the same part of the picture."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        beside = self._heat.beside and self._has_maps
        width = (self.width() - _GAP) // 2 if beside else self.width()
        self.image.setGeometry(QRect(self.width() - width, 0, width, self.height()))
        if beside:
            self.plain.setGeometry(QRect(0, 0, width, self.height()))
        self.plain.setVisible(beside)
