"""What a view needs to show an image."""

from dataclasses import dataclass, field

from PySide6.QtGui import QImage

from breakhis_desktop.ui.state.heat_choice import HeatMap


@dataclass(frozen=True, slots=True)
class Picture:
    """An image with its heat maps.

    Attributes:
        image: The image as the models saw it.
        glows: The colours to lay over it, by map; none where the store has no heat maps.
        no_glow: Why there are no heat maps, in one sentence; empty where there are.
        subtype: The favoured subtype, which one of the maps is of; empty where there is none.
        micrometres_per_pixel: Its scale; None where that is not known.
    """

    image: QImage
    glows: dict[HeatMap, QImage] = field(default_factory=dict)
    no_glow: str = ""
    subtype: str = ""
    micrometres_per_pixel: float | None = None
