"""The quality gate, which declines readable images that the models should not judge."""

from PIL import Image

SMALLEST_SIDE = 112
"""Pixels, half of the models' input: below it, most of what a model would see is invented by enlarging."""

GATE_RULE = f"declines images of less than {SMALLEST_SIDE} pixels on a side, and looks at nothing else"
"""What the gate does, in words for reports."""


def reason_to_refuse(image: Image.Image) -> str:
    """Return in one sentence why the models should not judge this picture; empty where they may."""
    if min(image.size) < SMALLEST_SIDE:
        found = f"{image.width} x {image.height}"
        return f"The image is too small ({found} pixels); use the original, at least {SMALLEST_SIDE} pixels on each side."
    return ""
