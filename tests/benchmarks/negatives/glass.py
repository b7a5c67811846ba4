"""Draws slides without tissue: plain glass, clean or dirty, and glass with nothing but stain on it."""

from collections.abc import Callable, Iterator

import numpy as np
from PIL import Image, ImageDraw, ImageFilter
from scipy import ndimage

from tests.benchmarks.negatives.pictures import Colour, Named, from_array, size_of
from training.synthetic.texture import Map, Shape, cloud, fractal, ramp

LAMPS: tuple[Colour, ...] = ((252, 252, 252), (238, 236, 240), (205, 207, 208), (246, 240, 214), (228, 238, 246), (240, 228, 236))
STAINS: dict[str, Colour] = {
    "eosin": (236, 150, 186),
    "pale-eosin": (243, 208, 222),
    "haematoxylin": (150, 128, 190),
    "pale-haematoxylin": (205, 196, 226),
    "both": (196, 130, 184),
    "orange-eosin": (240, 160, 160),
}
INKS: tuple[Colour, ...] = ((30, 50, 160), (20, 20, 24), (30, 110, 60), (190, 30, 40))
RNG = np.random.Generator


def plain_glass() -> Iterator[Named]:
    """Yield plain glass under each of six lamps, clean and with each of five kinds of dirt."""
    for number, (lamp, (name, dirty)) in enumerate((lamp, dirt) for lamp in LAMPS for dirt in DIRT.items()):
        rng = np.random.default_rng(400 + number)
        width, height = size_of(number)
        yield name, _with_grain(rng, dirty(rng, _lit(rng, (height, width), lamp)))


def stained_glass() -> Iterator[Named]:
    """Yield glass with each of six stains in each of five patterns."""
    for number, (stain, way) in enumerate((stain, way) for stain in STAINS for way in COATS):
        rng = np.random.default_rng(500 + number)
        width, height = size_of(number)
        absorbed = -np.log(np.array(STAINS[stain]) / 250)
        coat = np.maximum(COATS[way](rng, (height, width)), 0)[..., None]
        light = np.asarray(_lit(rng, (height, width), LAMPS[0])) * np.exp(-coat * absorbed)
        yield f"{stain}-{way}", _with_grain(rng, from_array(light))


def _lit(rng: RNG, shape: Shape, lamp: Colour) -> Image.Image:
    """Return a camera's picture of an empty slide: the lamp's light, which is brightest near the middle."""
    rows, columns = np.mgrid[-1 : 1 : shape[0] * 1j, -1 : 1 : shape[1] * 1j] - rng.normal(0, 0.2, 2)[:, None, None]
    falloff = 1 - rng.uniform(0.02, 0.11) * (rows**2 + columns**2)
    return from_array(falloff[..., None] * np.array(lamp))


def _with_grain(rng: RNG, picture: Image.Image) -> Image.Image:
    values = np.asarray(picture.convert("RGB")).astype(float)
    return from_array(values + rng.normal(0, rng.uniform(0.8, 2.0), values.shape))


def _clean(_rng: RNG, glass: Image.Image) -> Image.Image:
    return glass


def _dust(rng: RNG, glass: Image.Image) -> Image.Image:
    """Add two hairs and specks of dust, some of them out of focus."""
    for blur in (0.7, 2.5, 6.0):
        layer, pen = _layer(glass)
        for _ in range(int(rng.integers(4, 22))):
            x, y = rng.uniform(0, glass.width), rng.uniform(0, glass.height)
            radius = rng.uniform(1, 3 + 2 * blur)
            pen.ellipse((x - radius, y - radius * rng.uniform(0.5, 1), x + radius, y + radius), fill=int(rng.uniform(60, 200)))
        if blur < 3:
            pen.line(_wander(rng, glass, 100, 5.0), fill=170, width=2, joint="curve")
        glass = Image.composite(Image.new("RGB", glass.size, (70, 62, 58)), glass, layer.filter(ImageFilter.GaussianBlur(blur)))
    return glass


def _bubbles(rng: RNG, glass: Image.Image) -> Image.Image:
    """Add air bubbles: dark rims with a bright line inside."""
    values = np.asarray(glass).astype(float)
    rows, columns = np.mgrid[: glass.height, : glass.width]
    for _ in range(int(rng.integers(2, 9))):
        radius = rng.uniform(12, 0.35 * glass.height)
        away = radius - np.hypot(rows - rng.uniform(0, glass.height), columns - rng.uniform(0, glass.width))
        width = rng.uniform(2, 3 + 0.05 * radius)
        rim = np.exp(-((away / width - 1) ** 2)) - 0.25 * np.exp(-((away / width - 4) ** 2))
        values *= (1 - rng.uniform(0.4, 0.8) * rim - 0.04 * ramp(away, 3))[..., None]
    return from_array(values)


def _edge(rng: RNG, glass: Image.Image) -> Image.Image:
    """Add the edge of a coverslip: a fringed line, with slightly darker glass on one side."""
    angle = rng.uniform(0, np.pi)
    rows, columns = np.mgrid[: glass.height, : glass.width]
    away = (rows - 0.5 * glass.height) * np.cos(angle) + (columns - 0.5 * glass.width) * np.sin(angle) + rng.uniform(-90, 90)
    line = 0.6 * np.exp(-((away / 3) ** 2)) + 0.25 * np.exp(-(((away - 14) / 3) ** 2)) - 0.1 * np.exp(-(((away + 9) / 3) ** 2))
    return from_array(np.asarray(glass) * (1 - line - 0.08 * ramp(away, 2))[..., None])


def _ink(rng: RNG, glass: Image.Image) -> Image.Image:
    """Add thick marks of a felt pen, out of focus."""
    layer, pen = _layer(glass)
    for _ in range(int(rng.integers(1, 4))):
        radius = rng.uniform(15, 50)
        for x, y in _wander(rng, glass, 200, 5.0):
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=235)
    patchy = np.asarray(layer.filter(ImageFilter.GaussianBlur(4))) * (0.82 + 0.08 * fractal(rng, (glass.height, glass.width), 40, 3))
    ink = Image.new("RGB", glass.size, INKS[int(rng.integers(len(INKS)))])
    return Image.composite(ink, glass, Image.fromarray(np.clip(patchy, 0, 255).astype(np.uint8)))


def _scratches(rng: RNG, glass: Image.Image) -> Image.Image:
    """Add straight scratches and a dried smear of mounting medium."""
    layer, pen = _layer(glass)
    for _ in range(int(rng.integers(5, 25))):
        start = rng.uniform(0, glass.size)
        angle, length = rng.normal(0.4, 0.3), rng.uniform(40, 500)
        end = start + length * np.array([np.cos(angle), np.sin(angle)])
        pen.line((*start, *end), fill=int(rng.uniform(40, 140)), width=int(rng.integers(1, 4)))
    marked = Image.composite(Image.new("RGB", glass.size, (90, 90, 90)), glass, layer.filter(ImageFilter.GaussianBlur(0.8)))
    smear = ndimage.gaussian_filter(cloud(rng, (glass.height, glass.width), 6), (2, 60))
    return from_array(np.asarray(marked) * (1 - 0.05 * ramp(smear / smear.std(), 0.5))[..., None])


DIRT: dict[str, Callable[[RNG, Image.Image], Image.Image]] = {
    "clean": _clean,
    "dust": _dust,
    "bubbles": _bubbles,
    "edge": _edge,
    "ink": _ink,
    "scratches": _scratches,
}


def _layer(glass: Image.Image) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    layer = Image.new("L", glass.size)
    return layer, ImageDraw.Draw(layer)


def _wander(rng: RNG, glass: Image.Image, steps: int, stride: float) -> list[tuple[float, float]]:
    """Return the points of a smooth random path."""
    angles = rng.uniform(0, 2 * np.pi) + np.cumsum(rng.normal(0, 0.036 * np.sqrt(stride), steps))
    x = rng.uniform(0, glass.width) + np.cumsum(stride * np.cos(angles))
    y = rng.uniform(0, glass.height) + np.cumsum(stride * np.sin(angles))
    return list(zip(x.tolist(), y.tolist(), strict=True))


def _wash(rng: RNG, shape: Shape) -> Map:
    return 1 + 0.04 * cloud(rng, shape, 90)


def _cloudy(rng: RNG, shape: Shape) -> Map:
    return 0.8 + 0.25 * fractal(rng, shape, 80, 3)


def _streaks(rng: RNG, shape: Shape) -> Map:
    """Draw the streaks that a brush or a tilted slide leaves."""
    streaks = ndimage.gaussian_filter1d(cloud(rng, shape, 3), 70, axis=int(rng.integers(2)))
    even: Map = streaks / streaks.std()
    return 0.8 + 0.22 * even


def _tide(rng: RNG, shape: Shape) -> Map:
    """Draw puddles that have dried from their rims inwards."""
    height = fractal(rng, shape, 110, 2)
    return 0.25 + 0.7 * ramp(height, 0.05) + 0.8 * np.exp(-((height / 0.03) ** 2)) + 0.3 * np.exp(-(((height - 0.5) / 0.04) ** 2))


def _precipitate(rng: RNG, shape: Shape) -> Map:
    """Draw a wash with small grains of stain."""
    grains = np.maximum(cloud(rng, shape, 1.3) - 2.5, 0) * ramp(cloud(rng, shape, 60), 1)
    return 0.8 + 0.05 * cloud(rng, shape, 70) + 3 * grains


COATS: dict[str, Callable[[RNG, Shape], Map]] = {
    "wash": _wash,
    "cloudy": _cloudy,
    "streaks": _streaks,
    "tide-marks": _tide,
    "precipitate": _precipitate,
}
