"""The quality gate, which declines readable images that the models should not judge.

Each limit lies a tenth below the least, or a twentieth above the most, that the 1,387 fields which the shipped models were trained on show;
`tests/benchmarks/quality_gate.py` counts what passes on either side, with limits drawn from other patients too.
"""

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from breakhis_desktop.quality.measures import Measures, measure

SMALLEST_SIDE = 112
"""Pixels: a smaller image would have to be enlarged for the models, which invents what they would see."""

MEASURED_SIZE = (160, 160)
"""Width and height at which a picture is measured, whatever the models take, since the limits hold for that size alone."""

GATE_VERSION = 3
"""Raised whenever the same image would get another verdict; version 1 looked at the size alone, version 2 measured at 224 pixels."""

GATE_RULE = (
    f"images below {SMALLEST_SIDE} pixels, blank, blurred, dark, otherwise stained, no micrographs, of an unknown magnification, or unlike "
    "the training images"
)
"""What the gate declines, in words for reports."""


def reason_of_size(size: tuple[int, int]) -> str:
    """Return in one sentence why an image of this width and height should not be judged; empty where it may."""
    if min(size) >= SMALLEST_SIDE:
        return ""
    return f"The image is too small ({size[0]} x {size[1]} pixels); use the original, at least {SMALLEST_SIDE} pixels on each side."


def reason_of_magnification(declared: int | None, known: Collection[int]) -> str:
    """Return in one sentence why a declared magnification should not be judged; empty where it may, or none is declared or known."""
    if declared is None or not known or declared in known:
        return ""
    names = ", ".join(f"{one}X" for one in sorted(known))
    return f"It declares {declared}X, and the models know {names}; use a field at one of those."


def reason_of_distance(distance: float | None) -> str:
    """Return in one sentence why an image this far from the training images should not be judged; empty where it may."""
    if distance is None or distance <= 1:
        return ""
    return f"It is unlike the fields that the models were trained on (distance {distance:.2f}, limit 1); check what it shows."


def reason_of_pixels(pixels: NDArray[np.uint8]) -> str:
    """Return in one sentence why a picture should not be judged; empty where it may.

    Args:
        pixels: height x width x 3, RGB, 0-255, of `MEASURED_SIZE`.
    """
    found = measure(pixels)
    return _reason_of_light(found) or _reason_of_stain(found) or _reason_of_structure(found)


def _reason_of_light(found: Measures) -> str:
    if found.brightness < 129.9:
        return "It is too dark to be a bright-field micrograph; turn the light up, or add fields of H&E sections alone."
    if found.tissue < 0.079:
        return "It is blank or nearly blank glass; move to a field with tissue."
    if found.detail < 6.07:
        return "It is out of focus; focus and take it again."
    return ""


def _reason_of_stain(found: Measures) -> str:
    red, green, blue = found.absorption
    if found.colour < 0.0119:
        return "It has no colour; take it in colour, from a section stained with haematoxylin and eosin."
    if green < 0.489 or red < 0.0305 or blue < 0.0714 or found.green_first < 0.349:
        return "Its colours are not those of haematoxylin and eosin; the models know no other stain."
    return ""


def _reason_of_structure(found: Measures) -> str:
    if found.hues > 0.125 or found.contrast > 62.2 or found.detail > 64.8:
        return "It is no micrograph of a section, by its colours and contrast; add fields of view as they come from the microscope."
    return ""
