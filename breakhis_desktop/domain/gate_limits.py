"""The quality gate's limits on the measures of a picture."""

from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

GreyValue = Annotated[float, Meta(ge=0, le=255)]
Part = Annotated[float, Meta(ge=0, le=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class GateLimits:
    """The lowest and highest values with which a picture passes the quality gate; `quality.measures.Measures` explains the measures.

    Attributes:
        least_brightness: Below it, the picture is too dark.
        least_tissue: Below it, the picture is blank.
        least_detail: Below it, the picture is out of focus.
        least_colour: An optical density; below it, the picture has no colour.
        least_red: Below this red component of `absorption`, the stain is not haematoxylin and eosin.
        least_green: The same for the green component.
        least_blue: The same for the blue component.
        least_green_first: The same for `green_first`.
        most_hues: Above it, the picture is not a micrograph.
        most_contrast: The same for contrast.
        most_detail: The same for detail.
    """

    least_brightness: GreyValue
    least_tissue: Part
    least_detail: GreyValue
    least_colour: Annotated[float, Meta(ge=0, le=10)]
    least_red: Part
    least_green: Part
    least_blue: Part
    least_green_first: Part
    most_hues: Annotated[float, Meta(ge=0, le=10)]
    most_contrast: GreyValue
    most_detail: Annotated[float, Meta(ge=0, le=1020)]
