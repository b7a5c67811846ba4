"""Which heat map is drawn over images, and how strongly; all images share the choice."""

from enum import Enum

from PySide6.QtCore import QObject, Signal


class HeatMap(Enum):
    """What is drawn over an image: nothing, or the heat map of one of the two models."""

    NONE = "none"
    MALIGNANT = "malignant"
    SUBTYPE = "subtype"


class HeatChoice(QObject):
    """The heat map and its strength, shared by all views.

    Signals:
        changed: The heat map or its strength has changed.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin without a heat map; `toggle` first shows the map for malignant, at a strength that leaves the image visible."""
        super().__init__(parent)
        self.heat_map = HeatMap.NONE
        self.percent = 55
        self._last = HeatMap.MALIGNANT

    def choose(self, heat_map: HeatMap) -> None:
        """Choose the heat map."""
        if heat_map is not HeatMap.NONE:
            self._last = heat_map
        if heat_map is not self.heat_map:
            self.heat_map = heat_map
            self.changed.emit()

    def set_percent(self, percent: int) -> None:
        """Set the strength in per cent, 0 to 100."""
        if percent != self.percent:
            self.percent = percent
            self.changed.emit()

    def toggle(self) -> None:
        """Hide the heat map, or show the last map again."""
        self.choose(self._last if self.heat_map is HeatMap.NONE else HeatMap.NONE)
