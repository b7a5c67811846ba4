"""The limits that the quality gate judges pixels by."""

from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

GreyValue = Annotated[float, Meta(ge=0, le=255)]
Part = Annotated[float, Meta(ge=0, le=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class GateLimits:
    """What a picture must show at least, or may show at most, to be judged; the figures are those of `quality.measures.Measures`.

    Attributes:
        least_brightness: A darker picture is too dark.
        least_tissue: One with less tissue is blank.
        least_detail: One with less detail is out of focus.
        least_colour: One whose colours differ less, in optical density, has none.
        least_red: One whose tissue takes less red, as a part of a direction of length 1, has another stain.
        least_green: The same of green.
        least_blue: The same of blue.
        least_green_first: The same of the share of tissue that takes green first.
        most_hues: One with more hues is no micrograph.
        most_contrast: The same of contrast.
        most_detail: The same of detail.
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
