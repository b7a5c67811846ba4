"""Draws nuclei: their sizes, their shapes and their haematoxylin."""

from dataclasses import dataclass

import numpy as np

from training.synthetic.texture import Map, cloud, fractal


@dataclass(frozen=True, slots=True)
class Nuclei:
    """Nuclei of one kind; every array has one entry per nucleus, and lengths are in pixels.

    Attributes:
        places: Row and column of the centre, shape (nuclei, 2).
        angles: Direction of the long axis in radians.
        lengths: Half of the long axis.
        widths: Half of the short axis.
        darkness: Optical density in haematoxylin.
        openness: From 0, dense chromatin, to 1, a pale nucleus with a dark rim.
    """

    places: Map
    angles: Map
    lengths: Map
    widths: Map
    darkness: Map
    openness: Map


def grow(
    rng: np.random.Generator, places: Map, angles: Map, *, diameter: float, elongation: float, variety: float, darkness: float
) -> Nuclei:
    """Create nuclei with random sizes and shapes.

    Args:
        rng: The source of randomness.
        places: Row and column of each nucleus.
        angles: Direction of each nucleus in radians.
        diameter: Mean diameter in pixels.
        elongation: Mean ratio of length to width.
        variety: How much the nuclei differ, 0 to 1.
        darkness: Mean optical density in haematoxylin.
    """
    count = len(places)
    radius = 0.5 * diameter * np.exp(rng.normal(0, 0.10 + 0.27 * variety, count))
    stretch = np.sqrt(elongation) * np.exp(rng.normal(0, 0.10 + 0.10 * variety, count))
    dark = darkness * np.exp(rng.normal(0, 0.16 + 0.14 * variety, count))
    openness = np.clip(rng.normal(0.85 - 0.5 * darkness, 0.22, count), 0, 1)
    return Nuclei(places, angles, radius * stretch, radius / stretch, dark, openness)


def stain_nuclei(rng: np.random.Generator, shape: tuple[int, int], kinds: list[Nuclei], diameter: float) -> tuple[Map, Map]:
    """Draw nuclei with rims, chromatin clumps and irregular outlines.

    Args:
        rng: The source of randomness.
        shape: Height and width of the canvas in pixels.
        kinds: The nuclei, kind by kind.
        diameter: The typical diameter in pixels, which sets the grain of the chromatin.

    Returns:
        The optical density in haematoxylin, and the share of each pixel that a nucleus covers.
    """
    density, cover = np.zeros(shape), np.zeros(shape)
    outline = 0.75 * cloud(rng, shape, 0.2 * diameter) + 0.5 * cloud(rng, shape, 0.42 * diameter)
    chromatin = fractal(rng, shape, max(0.075 * diameter, 0.6), 2)
    for nuclei in kinds:
        focus = rng.uniform(0.7, 1.9, len(nuclei.places))
        for number in range(len(nuclei.places)):
            _stain_one(density, cover, nuclei, number, outline=outline, chromatin=chromatin, focus=float(focus[number]))
    return density, cover


def _stain_one(density: Map, cover: Map, nuclei: Nuclei, number: int, *, outline: Map, chromatin: Map, focus: float) -> None:
    """Add one nucleus; where two overlap, part of the weaker density is added to the stronger."""
    row, column = nuclei.places[number]
    length, width = nuclei.lengths[number], nuclei.widths[number]
    reach = int(1.4 * length + 4)
    top, left = max(int(row) - reach, 0), max(int(column) - reach, 0)
    window = (slice(top, max(int(row) + reach, 0)), slice(left, max(int(column) + reach, 0)))
    height, breadth = density[window].shape
    down, across = np.ogrid[top - row : top - row + height - 0.5, left - column : left - column + breadth - 0.5]
    sine, cosine = np.sin(nuclei.angles[number]), np.cos(nuclei.angles[number])
    along, aside = (across * cosine + down * sine) / length, (down * cosine - across * sine) / width
    radius = np.sqrt(along**2 + aside**2) * (1 + 0.11 * outline[window])
    body = 0.5 + 0.5 * np.tanh((1 - radius) * width / focus)
    openness = nuclei.openness[number]
    rim = np.exp(-(((radius - 0.88) / 0.16) ** 2))
    filling = 1 - 0.55 * openness + 0.6 * openness * rim + (0.14 + 0.16 * openness) * chromatin[window]
    added = nuclei.darkness[number] * body * np.maximum(filling, 0.12)
    density[window] = np.maximum(density[window], added) + 0.35 * np.minimum(density[window], added)
    cover[window] = np.maximum(cover[window], body)
