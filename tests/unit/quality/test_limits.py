"""Each limit of the quality gate accepts a picture that just meets it, and refuses an otherwise equal picture that just breaks it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from breakhis_desktop.imaging.decode import decode
from breakhis_desktop.imaging.prepare import prepare
from breakhis_desktop.quality.gate import MEASURED_SIZE, SHIPPED_LIMITS, reason_of_pixels
from breakhis_desktop.quality.measures import Measures, measure
from breakhis_desktop.wording.images import ImageCode

Pixels = NDArray[np.uint8]
Paint = Callable[[Pixels, float], Pixels]
"""Changes a picture by an amount from 0 to 1."""

ACROSS, DOWN = np.meshgrid(np.arange(160), np.arange(160))
HALF = (ACROSS // 20 + DOWN // 20) % 2 == 0
"""A mask that covers half of a picture in a chequered pattern."""

LOTS = np.random.default_rng(0).random((160, 160))
NOISE = np.random.default_rng(1).normal(0, 1, (160, 160, 1))


@pytest.fixture(scope="module")
def field(samples: list[Path]) -> Pixels:
    (acini,) = (sample for sample in samples if "packed-acini" in sample.name)
    return prepare(decode(acini.read_bytes()), MEASURED_SIZE)


def densities(pixels: Pixels) -> NDArray[np.float64]:
    return -np.log10(np.maximum(pixels, 1) / 255)


def picture(density: NDArray[np.float64]) -> Pixels:
    light: NDArray[np.float64] = 255 * 10 ** -np.maximum(density, 0)
    return light.clip(0, 255).round().astype(np.uint8)


def darker(pixels: Pixels, strength: float) -> Pixels:
    return (pixels * (1 - strength)).astype(np.uint8)


def emptier(pixels: Pixels, strength: float) -> Pixels:
    glass = np.clip(235 + 4 * NOISE, 0, 255).astype(np.uint8)
    return np.where((strength > LOTS)[..., None], glass, pixels)


def softer(pixels: Pixels, strength: float) -> Pixels:
    return np.asarray(Image.fromarray(pixels).filter(ImageFilter.GaussianBlur(8 * strength)))


def grainier(pixels: Pixels, strength: float) -> Pixels:
    return picture(densities(pixels) * (1 + 1.2 * strength * NOISE))


def more_contrast(pixels: Pixels, strength: float) -> Pixels:
    return picture(densities(pixels) * np.where(HALF, 1 + 1.5 * strength, 1 - strength)[..., None])


def greyer(pixels: Pixels, strength: float) -> Pixels:
    density = densities(pixels)
    return picture(density + strength * (density.mean(axis=2, keepdims=True) - density))


def less_of(colour: int) -> Paint:
    return lambda pixels, strength: picture(densities(pixels) * np.where(np.arange(3) == colour, 1 - strength, 1))


def less_green_in_the_dense_half(pixels: Pixels, strength: float) -> Pixels:
    density = densities(greyer(pixels, 0.7))
    return picture(np.where(HALF[..., None], 0.6 * density, 1.6 * density * (1 + strength * np.array((0.2, -0.8, 0.2)))))


def red_first_in_more_places(pixels: Pixels, strength: float) -> Pixels:
    density = densities(pixels)
    mean = density.mean(axis=2, keepdims=True)
    return picture(np.where((strength > LOTS)[..., None], mean * np.array((1.15, 0.95, 0.9)), density))


def two_stains(pixels: Pixels, strength: float) -> Pixels:
    density = densities(pixels)
    return picture(density * (1 + strength * np.where(HALF[..., None], (0.9, 0, -0.9), (-0.9, 0, 0.9))))


def either_side(field: Pixels, paint: Paint, figure: Callable[[Measures], float], limit: float) -> tuple[Pixels, Pixels]:
    """Return a picture that just meets a limit, and a picture that just breaks it."""
    below = figure(measure(paint(field, 0))) < limit
    kept, broken = 0.0, 1.0
    for _ in range(30):
        middle = (kept + broken) / 2
        if (figure(measure(paint(field, middle))) < limit) is below:
            kept = middle
        else:
            broken = middle
    return paint(field, kept), paint(field, broken)


@pytest.mark.parametrize(
    ("paint", "figure", "limit", "reason"),
    [
        (darker, lambda found: found.brightness, 129.9, "too dark"),
        (emptier, lambda found: found.tissue, 0.079, "blank"),
        (softer, lambda found: found.detail, 6.07, "out of focus"),
        (greyer, lambda found: found.colour, 0.0119, "no colour"),
        (less_of(0), lambda found: found.absorption[0], 0.0305, "not those of haematoxylin and eosin"),
        (less_green_in_the_dense_half, lambda found: found.absorption[1], 0.489, "not those of haematoxylin and eosin"),
        (less_of(2), lambda found: found.absorption[2], 0.0714, "not those of haematoxylin and eosin"),
        (red_first_in_more_places, lambda found: found.green_first, 0.349, "not those of haematoxylin and eosin"),
        (two_stains, lambda found: found.hues, 0.125, "not those of a tissue section"),
        (more_contrast, lambda found: found.contrast, 62.2, "not those of a tissue section"),
        (grainier, lambda found: found.detail, 64.8, "not those of a tissue section"),
    ],
)
def test_a_picture_passes_just_inside_each_limit_and_is_refused_just_outside(
    field: Pixels, paint: Paint, figure: Callable[[Measures], float], limit: float, reason: str
) -> None:
    inside, outside = either_side(field, paint, figure, limit)
    assert figure(measure(inside)) == pytest.approx(limit, rel=0.02)
    assert figure(measure(outside)) == pytest.approx(limit, rel=0.02)
    assert reason_of_pixels(inside) is None
    assert reason in str(reason_of_pixels(outside))


FIELD = Measures(170.0, 0.8, 25.0, 30.0, (0.45, 0.75, 0.45), 0.9, 0.04, 0.1)


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        ("brightness", 129.9),
        ("tissue", 0.079),
        ("detail", 6.07),
        ("detail", 64.8),
        ("colour", 0.0119),
        ("absorption", (0.0305, 0.75, 0.45)),
        ("absorption", (0.45, 0.489, 0.45)),
        ("absorption", (0.45, 0.75, 0.0714)),
        ("green_first", 0.349),
        ("hues", 0.125),
        ("contrast", 62.2),
    ],
)
def test_a_picture_exactly_at_a_limit_passes(
    field: Pixels, monkeypatch: pytest.MonkeyPatch, figure: str, value: float | tuple[float, float, float]
) -> None:
    measured: dict[str, Any] = {figure: value}
    monkeypatch.setattr("breakhis_desktop.quality.gate.measure", lambda _pixels: replace(FIELD, **measured))
    assert reason_of_pixels(field) is None


BROKEN = {
    "least_brightness": (255.0, ImageCode.TOO_DARK),
    "least_tissue": (1.0, ImageCode.BLANK),
    "least_detail": (255.0, ImageCode.BLURRED),
    "least_colour": (10.0, ImageCode.NO_COLOUR),
    "least_red": (1.0, ImageCode.OTHER_STAIN),
    "least_green": (1.0, ImageCode.OTHER_STAIN),
    "least_blue": (1.0, ImageCode.OTHER_STAIN),
    "least_green_first": (1.1, ImageCode.OTHER_STAIN),
    "most_hues": (0.0, ImageCode.NO_MICROGRAPH),
    "most_contrast": (0.0, ImageCode.NO_MICROGRAPH),
    "most_detail": (0.0, ImageCode.NO_MICROGRAPH),
}


@pytest.mark.parametrize("name", BROKEN)
def test_each_limit_can_be_changed(field: Pixels, name: str) -> None:
    limit, code = BROKEN[name]
    reason = reason_of_pixels(field, replace(SHIPPED_LIMITS, **{name: limit}))
    assert reason is not None
    assert reason.code is code
