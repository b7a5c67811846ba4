"""Draws noise and test patterns, which have no natural structure."""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.negatives.pictures import Named, from_array, size_of
from training.synthetic.texture import Shape, cloud, fractal

Pixels = NDArray[np.float64]

BARS = ((255, 255, 255), (255, 255, 0), (0, 255, 255), (0, 255, 0), (255, 0, 255), (255, 0, 0), (0, 0, 255), (0, 0, 0))
PINK, PURPLE = np.array([225.0, 150.0, 190.0]), np.array([110.0, 60.0, 140.0])


def noise() -> Iterator[Named]:
    """Yield three pictures of each pattern."""
    for number, (name, draw) in enumerate(pattern for pattern in PATTERNS.items() for _ in range(3)):
        width, height = size_of(number)
        yield name, from_array(draw(np.random.default_rng(300 + number), (height, width)))


def _white(rng: np.random.Generator, shape: Shape) -> Pixels:
    return rng.uniform(0, 255, (*shape, 1)).repeat(3, axis=2)


def _coloured(rng: np.random.Generator, shape: Shape) -> Pixels:
    return rng.normal(rng.uniform(60, 200, 3), rng.uniform(20, 60), (*shape, 3))


def _salt_and_pepper(rng: np.random.Generator, shape: Shape) -> Pixels:
    value = rng.uniform(0, 1, (*shape, 1))
    amount = rng.uniform(0.05, 0.4)
    return np.where(value < amount, 0.0, np.where(value > 1 - amount, 255.0, rng.uniform(90, 200))).repeat(3, axis=2)


def _blotches(rng: np.random.Generator, shape: Shape) -> Pixels:
    blur = rng.uniform(3, 40)
    return np.stack([128 + 55 * cloud(rng, shape, blur) for _ in range(3)], axis=2)


def _pink(rng: np.random.Generator, shape: Shape) -> Pixels:
    """Draw noise whose power falls with frequency."""
    rows, columns = np.fft.fftfreq(shape[0])[:, None], np.fft.rfftfreq(shape[1])[None, :]
    frequency = np.maximum(np.hypot(rows, columns), 1 / max(shape))
    plane = np.fft.irfft2(np.fft.rfft2(rng.standard_normal(shape)) / frequency, s=shape)
    grey: Pixels = 128 + 50 * plane / plane.std()
    return grey[..., None].repeat(3, axis=2)


def _between(one: Pixels, other: Pixels, share: Pixels) -> Pixels:
    """Mix two colours, given the share of the second."""
    mixed: Pixels = (1 - share) * one + share * other
    return mixed


def _in_the_colours_of_tissue(rng: np.random.Generator, shape: Shape) -> Pixels:
    share = np.clip(0.4 + 0.35 * fractal(rng, shape, rng.uniform(4, 40), 5), 0, 1)[..., None]
    return _between(PINK, PURPLE, share) + rng.normal(0, 3, (*shape, 3))


def _grains_in_the_colours_of_tissue(rng: np.random.Generator, shape: Shape) -> Pixels:
    share = rng.uniform(0, 1, (*shape, 1))
    return _between(PINK, PURPLE, share)


def _bars(rng: np.random.Generator, shape: Shape) -> Pixels:
    colours = np.array(BARS, dtype=float)[rng.permutation(len(BARS))]
    return np.broadcast_to(colours[np.arange(shape[1]) * len(BARS) // shape[1]], (*shape, 3))


def _gradient(rng: np.random.Generator, shape: Shape) -> Pixels:
    angle = rng.uniform(0, 2 * np.pi)
    rows, columns = np.mgrid[-1 : 1 : shape[0] * 1j, -1 : 1 : shape[1] * 1j]
    share = (0.5 + 0.35 * (rows * np.sin(angle) + columns * np.cos(angle)))[..., None]
    return _between(rng.uniform(0, 255, 3), rng.uniform(0, 255, 3), 1 - share)


def _chequers(rng: np.random.Generator, shape: Shape) -> Pixels:
    side = int(rng.integers(8, 80))
    rows, columns = np.mgrid[: shape[0], : shape[1]] // side
    return np.where(((rows + columns) % 2 == 0)[..., None], rng.uniform(0, 120, 3), rng.uniform(130, 255, 3))


def _one_colour(rng: np.random.Generator, shape: Shape) -> Pixels:
    return np.broadcast_to(rng.uniform(0, 255, 3), (*shape, 3))


def _interference(rng: np.random.Generator, shape: Shape) -> Pixels:
    rows, columns = np.mgrid[: shape[0], : shape[1]]
    rings = np.hypot(rows - rng.uniform(0, shape[0]), columns - rng.uniform(0, shape[1]))
    waves = np.sin(rings / rng.uniform(3, 14)) + np.sin((rows + columns) / rng.uniform(4, 30))
    colours: Pixels = 128 + 60 * waves[..., None] * rng.uniform(0.3, 1, 3)
    return colours


PATTERNS: dict[str, Callable[[np.random.Generator, Shape], Pixels]] = {
    "white": _white,
    "coloured": _coloured,
    "salt-and-pepper": _salt_and_pepper,
    "blotches": _blotches,
    "pink": _pink,
    "tissue-colours": _in_the_colours_of_tissue,
    "tissue-colour-grains": _grains_in_the_colours_of_tissue,
    "bars": _bars,
    "gradient": _gradient,
    "chequers": _chequers,
    "one-colour": _one_colour,
    "interference": _interference,
}
