"""An image prepared for display."""

from dataclasses import dataclass, field

from PySide6.QtGui import QImage

from breakhis_desktop.ui.state.heat_choice import HeatMap


@dataclass(frozen=True, slots=True)
class Picture:
    """An image with its heat maps.

    Attributes:
        image: The image, decoded as for the models.
        glows: The colour overlay of each heat map; empty if the image has no heat maps.
        no_glow: Sentence that says why there are no heat maps; empty if there are heat maps.
        subtype: The most probable subtype, to which the subtype heat map refers; empty if there is none.
        micrometres_per_pixel: The scale of the image; None if unknown.
    """

    image: QImage
    glows: dict[HeatMap, QImage] = field(default_factory=dict)
    no_glow: str = ""
    subtype: str = ""
    micrometres_per_pixel: float | None = None
