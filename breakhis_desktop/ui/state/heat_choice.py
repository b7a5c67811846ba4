"""The choice of heat map and its strength, shared by all images."""

from enum import Enum

from PySide6.QtCore import QObject, Signal


class HeatMap(Enum):
    """What is drawn over an image: nothing, or the heat map of one of the two models."""

    NONE = "none"
    MALIGNANT = "malignant"
    SUBTYPE = "subtype"


class HeatChoice(QObject):
    """Holds the heat map and its strength, which all views share.

    Attributes:
        heat_map: The chosen heat map.
        percent: The strength of the heat map in per cent, 0 to 100.
        beside: Whether the larger view shows the image twice, side by side: without and with the heat map.

    Signals:
        changed: The heat map, its strength or its place (over or beside the image) has changed.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin without a heat map; the first `toggle` shows the one for malignancy, weak enough to leave the image visible."""
        super().__init__(parent)
        self.heat_map = HeatMap.NONE
        self.percent = 55
        self.beside = False
        self._last = HeatMap.MALIGNANT
        self._was_off = False

    def choose(self, heat_map: HeatMap) -> None:
        """Choose the heat map."""
        if heat_map is not HeatMap.NONE:
            self._last = heat_map
        if heat_map is not self.heat_map:
            self.heat_map = heat_map
            self.beside = self.beside and heat_map is not HeatMap.NONE
            self.changed.emit()

    def set_percent(self, percent: int) -> None:
        """Set the strength in per cent, 0 to 100."""
        if percent != self.percent:
            self.percent = percent
            self.changed.emit()

    def toggle(self) -> None:
        """Hide the heat map or, if none is shown, show the one chosen last."""
        self.choose(self._last if self.heat_map is HeatMap.NONE else HeatMap.NONE)

    def place_beside(self, *, beside: bool) -> None:
        """Draw the heat map beside the image, or over it again.

        A heat map that is off is switched on to be drawn beside the image, and switched off again afterwards.
        """
        if beside is self.beside:
            return
        if beside:
            self._was_off = self.heat_map is HeatMap.NONE
            self.heat_map = self._last if self._was_off else self.heat_map
        elif self._was_off:
            self.heat_map = HeatMap.NONE
        self.beside = beside
        self.changed.emit()
