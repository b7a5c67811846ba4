"""Which heat map is laid over images, and how strongly; it holds for all images that are looked at."""

from enum import Enum

from PySide6.QtCore import QObject, Signal


class HeatMap(Enum):
    """What is laid over an image: nothing, or what a model's class was found by."""

    NONE = "none"
    MALIGNANT = "malignant"
    SUBTYPE = "subtype"


class HeatChoice(QObject):
    """The choice that all views share.

    Signals:
        changed: Another heat map, or another strength.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin with the map of malignant, at which the image still shows well."""
        super().__init__(parent)
        self.heat_map = HeatMap.MALIGNANT
        self.percent = 55
        self._last = self.heat_map

    def choose(self, heat_map: HeatMap) -> None:
        """Lay another map over images."""
        if heat_map is not HeatMap.NONE:
            self._last = heat_map
        if heat_map is not self.heat_map:
            self.heat_map = heat_map
            self.changed.emit()

    def set_percent(self, percent: int) -> None:
        """Lay it over images more or less strongly, from 0 to 100."""
        if percent != self.percent:
            self.percent = percent
            self.changed.emit()

    def toggle(self) -> None:
        """Take the map away, or bring back the last."""
        self.choose(self._last if self.heat_map is HeatMap.NONE else HeatMap.NONE)
