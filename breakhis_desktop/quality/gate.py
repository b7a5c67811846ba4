"""The quality gate, which refuses readable images that the models should not classify."""

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.domain.gate_limits import GateLimits
from breakhis_desktop.quality.measures import Measures, measure
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message

SMALLEST_SIDE = 112
"""Minimum width and height in pixels; a smaller image would have to be enlarged for the models, which would then see invented detail."""

MEASURED_SIZE = (160, 160)
"""Width and height at which a picture is measured, whatever the models' input size, since the limits hold for this size only."""

SHIPPED_LIMITS = GateLimits(
    least_brightness=129.9,
    least_tissue=0.079,
    least_detail=6.07,
    least_colour=0.0119,
    least_red=0.0305,
    least_green=0.489,
    least_blue=0.0714,
    least_green_first=0.349,
    most_hues=0.125,
    most_contrast=62.2,
    most_detail=64.8,
)
"""The limits for a bundle that states none.

Each limit lies 10 % below the lowest or 5 % above the highest value in the 1,387 fields on which the shipped models were trained.
`tests/benchmarks/quality_gate.py` counts the images that pass and fail, also with limits drawn from other patients.
"""

GATE_VERSION = 3
"""Increase this number if an image could get a different verdict. Version 1 checked only the size; version 2 measured at 224 pixels."""

GATE_RULE = (
    f"images that are less than {SMALLEST_SIDE} pixels wide or high, blank, blurred, dark, differently stained, not micrographs, taken at "
    "a magnification that the models were not trained on, or unlike the training images"
)
"""What the gate refuses, in words for reports."""


def reason_of_size(size: tuple[int, int]) -> Message | None:
    """Return why an image of this width and height is refused; None if it passes."""
    if min(size) >= SMALLEST_SIDE:
        return None
    return Message.of(ImageCode.TOO_SMALL, width=size[0], height=size[1], least=SMALLEST_SIDE)


def reason_of_magnification(declared: int | None, known: Collection[int]) -> Message | None:
    """Return why an image of this magnification is refused; None if it passes, has no declared magnification, or the models know none."""
    if declared is None or not known or declared in known:
        return None
    return Message.of(ImageCode.UNKNOWN_MAGNIFICATION, declared=declared, known=tuple(f"{one}×" for one in sorted(known)))


def reason_of_distance(distance: float | None) -> Message | None:
    """Return why an image with this out-of-distribution score is refused; None if it passes or has no score."""
    if distance is None or distance <= 1:
        return None
    return Message.of(ImageCode.UNLIKE_TRAINING, distance=distance)


def reason_of_pixels(pixels: NDArray[np.uint8], limits: GateLimits = SHIPPED_LIMITS) -> Message | None:
    """Return why a picture is refused; None if it passes.

    Args:
        pixels: Height x width x 3, RGB, 0-255, of `MEASURED_SIZE`.
        limits: The bundle's limits.
    """
    found = measure(pixels)
    code = _fault_of_light(found, limits) or _fault_of_stain(found, limits) or _fault_of_structure(found, limits)
    return Message.of(code) if code else None


def _fault_of_light(found: Measures, limits: GateLimits) -> ImageCode | None:
    if found.brightness < limits.least_brightness:
        return ImageCode.TOO_DARK
    if found.tissue < limits.least_tissue:
        return ImageCode.BLANK
    if found.detail < limits.least_detail:
        return ImageCode.BLURRED
    return None


def _fault_of_stain(found: Measures, limits: GateLimits) -> ImageCode | None:
    red, green, blue = found.absorption
    if found.colour < limits.least_colour:
        return ImageCode.NO_COLOUR
    if red < limits.least_red or green < limits.least_green or blue < limits.least_blue or found.green_first < limits.least_green_first:
        return ImageCode.OTHER_STAIN
    return None


def _fault_of_structure(found: Measures, limits: GateLimits) -> ImageCode | None:
    if found.hues > limits.most_hues or found.contrast > limits.most_contrast or found.detail > limits.most_detail:
        return ImageCode.NO_MICROGRAPH
    return None
