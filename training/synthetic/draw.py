"""Draws a field: layout, stroma, cells, stains, photograph."""

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from training.synthetic.field import Field
from training.synthetic.nuclei import Nuclei, grow, stain_nuclei
from training.synthetic.stain import absorb, photograph
from training.synthetic.texture import Map, Mask, Shape, cloud, fractal, nearest_two, ramp, sample, scatter, smear, warped
from training.synthetic.tissue import Tissue, lay_out

HEIGHT, WIDTH = 460, 700
_MARGIN = 24  # pixels on each side that are drawn and then cropped, so that structures extend beyond the edge


def draw_field(field: Field, random_seed: int) -> NDArray[np.uint8]:
    """Draw a field; the same field and seed give the same pixels.

    Returns:
        RGB, shape (460, 700, 3), 0-255.
    """
    rng = np.random.default_rng(random_seed)
    shape = (HEIGHT + 2 * _MARGIN, WIDTH + 2 * _MARGIN)
    tissue = lay_out(field, shape, rng)
    vessel, red_cells = _vessels(field, rng, tissue)
    stroma = np.clip(1 - tissue.epithelium - tissue.clear - tissue.mucin - vessel, 0, 1)
    pink, blue = _matrix(field, rng, tissue, stroma)
    density, cover = stain_nuclei(rng, shape, _cells(field, rng, tissue, stroma, vessel), field.nuclear_diameter * field.scale)
    light = absorb(rng, field, blue * (1 - cover) + density, pink * (1 - 0.45 * cover), red_cells)
    whole = photograph(rng, field, light)
    return whole[_MARGIN:-_MARGIN, _MARGIN:-_MARGIN].copy()


def _matrix(field: Field, rng: np.random.Generator, tissue: Tissue, stroma: Map) -> tuple[Map, Map]:
    """Return the eosin and haematoxylin of everything but nuclei."""
    collagen_pink, collagen_blue = _collagen(field, rng, tissue.fibres)
    plasma_pink, plasma_blue = _cytoplasm(field, rng, tissue)
    shape = (stroma.shape[0], stroma.shape[1])
    mucus = tissue.mucin * _mucus(field, rng, shape) if tissue.mucin.any() else tissue.mucin
    near = ndimage.gaussian_filter(tissue.epithelium, 14 * field.scale)
    flakes = np.maximum(fractal(rng, shape, 3 * field.scale, 4) + 3 * near - 2.0, 0)
    secretion = tissue.clear * near * (0.35 * flakes + 0.12 * np.maximum(fractal(rng, shape, 25 * field.scale, 6), 0))
    pink = stroma * collagen_pink + tissue.epithelium * plasma_pink + 0.07 * mucus + secretion
    blue = stroma * collagen_blue + tissue.epithelium * plasma_blue + 0.20 * mucus + 0.4 * secretion
    return pink, blue


def _collagen(field: Field, rng: np.random.Generator, fibres: Map) -> tuple[Map, Map]:
    """Return the eosin and haematoxylin of stroma: dense bundles with cracks, and a web of threads where it is loose."""
    scale, shape = field.scale, (fibres.shape[0], fibres.shape[1])
    strands = smear(fibres, cloud(rng, shape, max(0.55 * scale, 0.6)), 9 * scale)
    bundles = smear(fibres, cloud(rng, shape, 2.4 * scale), 16 * scale)
    patches = fractal(rng, shape, 40 * scale, 4)
    threads = np.exp(-np.abs(smear(fibres + 0.25 * strands, cloud(rng, shape, 1.5 * scale), 5 * scale)) / 0.4)
    loose = ramp(0.8 * patches + 0.5 * bundles + 1.4 - 3.6 * field.collagen, 0.8)
    cracks = 0.9 * ramp(0.9 * patches + 0.7 * bundles + 1.3 * strands - 1.1 - 2.4 * field.collagen, 0.45)
    body = (1 - loose + loose * (0.15 + 1.1 * threads)) * (1 - cracks)
    firm = 0.22 + 0.26 * field.collagen
    pink = firm * body * (1 + 0.11 * strands + 0.15 * bundles + 0.14 * patches + 0.12 * fractal(rng, shape, 2.5 * scale, 3))
    blue = (0.06 + 0.10 * (1 - field.collagen)) * body * (1 + 0.35 * strands + 0.2 * bundles - 0.3 * patches)
    return np.maximum(pink, 0.01), np.maximum(blue, 0)


def _mucus(field: Field, rng: np.random.Generator, shape: Shape) -> Map:
    """Return the strength of mucin: a pale wash, and threads between pores of many sizes."""
    scale = field.scale
    wash = 0.35 + 0.25 * fractal(rng, shape, 25 * scale, 4)
    threads = np.zeros(shape)
    for spacing in (9 * scale, 17 * scale):
        rows, columns = warped(rng, shape, 0.35 * spacing, 0.28 * spacing)
        first, second, _ = nearest_two(scatter(rng, np.ones(shape, dtype=bool), spacing), rows, columns)
        threads += np.exp(-(second - first) / (0.10 * spacing)) * ramp(fractal(rng, shape, 2 * spacing, 3) - 0.1, 0.8)
    return np.asarray(np.maximum(wash + 1.1 * threads, 0.03))


def _cytoplasm(field: Field, rng: np.random.Generator, tissue: Tissue) -> tuple[Map, Map]:
    """Return the eosin and haematoxylin of epithelium: granular, each cell in its own shade, some cells torn apart."""
    scale = field.scale
    shape = (tissue.epithelium.shape[0], tissue.epithelium.shape[1])
    grain = fractal(rng, shape, 1.1 * scale, 2) + 0.8 * fractal(rng, shape, 5 * scale, 2)
    shade, border = np.zeros(shape), np.zeros(shape)
    if len(tissue.nuclei) > 1:
        rows, columns = warped(rng, shape, 2.5 * scale, 1.1 * scale)
        first, second, index = nearest_two(tissue.nuclei, rows, columns)
        shade = rng.normal(0, 1, len(tissue.nuclei))[index]
        torn = fractal(rng, shape, 14 * scale, 3) - (1.6 if tissue.polar else 0.8)
        border = 0.85 * ramp(scale * (1.0 + 1.3 * torn) - (second - first), 0.7 * scale) * ramp(torn + 0.5, 0.5)
    patches = cloud(rng, shape, 30 * scale)
    pink = (0.30 + 0.04 * shade + 0.04 * grain + 0.04 * patches) * (1 - border)
    blue = (0.16 + 0.16 * field.chromatin + 0.03 * shade + 0.03 * grain) * (1 - border)
    return np.maximum(pink, 0), np.maximum(blue, 0)


def _vessels(field: Field, rng: np.random.Generator, tissue: Tissue) -> tuple[Map, Map]:
    """Return the lumens of small vessels in the stroma, and the red cells in them."""
    scale, shape = field.scale, (tissue.clear.shape[0], tissue.clear.shape[1])
    taken = ndimage.maximum_filter((tissue.epithelium + tissue.clear + tissue.mucin > 0.3).astype(np.uint8), int(14 * scale) | 1)
    places = scatter(rng, taken == 0, 110 * scale)
    lumen = np.full(shape, -9.0)
    rows, columns = np.mgrid[: shape[0], : shape[1]] + 1.5 * scale * cloud(rng, shape, 6 * scale)
    for row, column in places[: 1 + int(3 * rng.random() / scale)]:
        angle = tissue.fibres[int(row), int(column)]
        along = (columns - column) * np.cos(angle) + (rows - row) * np.sin(angle)
        aside = (rows - row) * np.cos(angle) - (columns - column) * np.sin(angle)
        width = scale * rng.uniform(3, 7)
        lumen = np.maximum(lumen, width - np.hypot(along / rng.uniform(1.2, 4), aside))
    inside = ramp(lumen, 1.0)
    return inside, inside * _red_cells(rng, lumen > 1.5 * scale, 5.5 * scale)


def _red_cells(rng: np.random.Generator, seat: Mask, diameter: float) -> Map:
    """Return the strength of red cells within a mask."""
    places = scatter(rng, seat, 0.85 * diameter)
    if len(places) < 2:
        return np.zeros(seat.shape)
    rows, columns = np.mgrid[: seat.shape[0], : seat.shape[1]] + 0.1 * diameter * cloud(rng, (seat.shape[0], seat.shape[1]), diameter)
    first, _, index = nearest_two(places, rows, columns)
    return np.asarray(0.5 * ramp(0.46 * diameter - first, 0.12 * diameter) * rng.uniform(0.6, 1.2, len(places))[index])


def _cells(field: Field, rng: np.random.Generator, tissue: Tissue, stroma: Map, vessel: Map) -> list[Nuclei]:
    """Return all nuclei: spindle cells, glandular borders, vessel linings, epithelium, lymphocytes."""
    unit = field.scale
    dark = 0.6 + 0.55 * field.chromatin
    epithelium = grow(
        rng, tissue.nuclei, tissue.angles, diameter=field.nuclear_diameter * unit, elongation=1.6 if tissue.polar else 1.2,
        variety=field.pleomorphism, darkness=dark,
    )  # fmt: skip
    sparse = ramp(cloud(rng, (stroma.shape[0], stroma.shape[1]), 20 * unit) + 2.2 * field.spindle_cells - 0.6, 0.6)
    spindles = scatter(rng, (stroma > 0.9) & (rng.random(stroma.shape) < sparse), unit * (17 - 11 * field.spindle_cells))
    spindle = _spindle(rng, tissue, spindles, unit)
    sheath = ndimage.gaussian_filter(tissue.epithelium, 1.5 * unit)
    border = _spindle(rng, tissue, scatter(rng, (sheath > 0.25) & (sheath < 0.5) & (stroma > 0.4), 9 * unit), unit)
    wall = scatter(rng, (vessel > 0.15) & (vessel < 0.5), 8 * unit)
    lining = _spindle(rng, tissue, wall, unit)
    swarm = cloud(rng, (stroma.shape[0], stroma.shape[1]), 30 * unit) + 2.6 * field.lymphocytes - 2.3
    seat = (stroma > 0.7) & (rng.random(stroma.shape) < ramp(swarm, 0.4))
    places = scatter(rng, seat, 5.3 * unit)
    lymphocytes = grow(
        rng, places, rng.uniform(0, np.pi, len(places)), diameter=6.0 * unit, elongation=1.15, variety=0.3, darkness=1.15
    )  # fmt: skip
    return [spindle, border, lining, epithelium, lymphocytes]


def _spindle(rng: np.random.Generator, tissue: Tissue, places: Map, unit: float) -> Nuclei:
    angles = sample(tissue.fibres, places) + rng.normal(0, 0.2, len(places))
    return grow(rng, places, angles, diameter=5.4 * unit, elongation=3.4, variety=0.7, darkness=0.85)
