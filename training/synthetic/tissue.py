"""Layouts: the positions of epithelium, lumens, mucin and stroma, and of the epithelial nuclei."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from training.synthetic.field import Architecture, Field
from training.synthetic.texture import Map, Mask, Shape, cloud, fractal, nearest_two, ramp, sample, scatter, signed_distance, thin, warped


@dataclass(frozen=True, slots=True)
class Tissue:
    """A layout as maps of the canvas; the share not covered by epithelium, clear or mucin is stroma.

    Attributes:
        epithelium: Share of epithelial cytoplasm, 0 to 1.
        clear: Share of empty glass: lumens, clefts and fat, 0 to 1.
        mucin: Share of mucin, 0 to 1.
        fibres: Direction of the stromal fibres in radians.
        nuclei: Row and column of each epithelial nucleus.
        angles: Direction of each epithelial nucleus in radians.
        polar: Whether the nuclei line a basement membrane, as in a gland.
    """

    epithelium: Map
    clear: Map
    mucin: Map
    fibres: Map
    nuclei: Map
    angles: Map
    polar: bool


def lay_out(field: Field, shape: Shape, rng: np.random.Generator) -> Tissue:
    """Lay out a field's tissue on a canvas."""
    return _LAYOUTS[field.architecture](field, shape, rng)


def _fibres(field: Field, rng: np.random.Generator, around: Map) -> Map:
    """Return the direction of fibres that follow a random grain and bend around the regions where `around` is positive."""
    scale = field.scale
    shape = (around.shape[0], around.shape[1])
    grain = rng.uniform(0, np.pi) + 0.5 * cloud(rng, shape, 100 * scale)
    down, across = np.gradient(ndimage.gaussian_filter(around, 5 * scale))
    border = np.arctan2(across, -down)
    weight = np.exp(-np.maximum(-around, 0) / (16 * scale))
    sine = ndimage.gaussian_filter(weight * np.sin(2 * border) + (1 - weight) * np.sin(2 * grain), 6 * scale)
    cosine = ndimage.gaussian_filter(weight * np.cos(2 * border) + (1 - weight) * np.cos(2 * grain), 6 * scale)
    waves = 0.28 * cloud(rng, shape, 11 * scale) + 0.20 * cloud(rng, shape, 4.5 * scale)
    return np.asarray(0.5 * np.arctan2(sine, cosine) + waves)


def _spacing(field: Field) -> float:
    return field.nuclear_diameter * field.scale * (1.25 - 0.5 * field.crowding)


def _rounded(mask: Mask, radius: float) -> Mask:
    return np.asarray(ndimage.gaussian_filter(mask.astype(float), radius) > 0.5)


def _lined(field: Field, rng: np.random.Generator, wall: Map, thickness: Map, *, fibres: Map, clear: Map) -> Tissue:
    """Line a basement membrane with epithelium and its nuclei, and leave a lumen inside.

    Args:
        field: The field.
        rng: The source of randomness.
        wall: Signed distance to the basement membrane in pixels, positive on the side of the epithelium.
        thickness: Height of the epithelium in pixels.
        fibres: Direction of the stromal fibres in radians.
        clear: Share of empty glass outside the epithelium, 0 to 1.
    """
    scale = field.scale
    ragged = thickness * (1 + 0.10 * cloud(rng, wall.shape, 1.6 * scale) + 0.12 * cloud(rng, wall.shape, 9 * scale))
    lumen = ramp(wall - ragged, 0.8 + 0.3 * scale)
    epithelium = ramp(wall, 1.0) * (1 - lumen)
    radius = 0.5 * field.nuclear_diameter * scale
    seat = (wall > 0.9 * radius) & (wall < np.maximum(ragged - 1.1 * radius, 1.6 * radius)) & (lumen < 0.3)
    nuclei = scatter(rng, seat, 0.78 * _spacing(field))
    down, across = np.gradient(ndimage.gaussian_filter(wall, 2 * scale))
    angles = sample(np.arctan2(down, across), nuclei) + rng.normal(0, 0.25, len(nuclei))
    return Tissue(epithelium, np.maximum(lumen, clear), np.zeros_like(wall), fibres, nuclei, angles, polar=True)


def _solid(field: Field, rng: np.random.Generator, nest: Map, holes: Map, *, clear: Map, mucin: Map, fibres: Map) -> Tissue:
    """Fill nests with disordered cells around holes; both are given as signed distances in pixels, positive inside."""
    radius = 0.5 * field.nuclear_diameter * field.scale
    inside = np.minimum(nest, -holes)
    nuclei = scatter(rng, inside > 0.8 * radius, _spacing(field) * 1.1)
    epithelium = ramp(inside, 1.0)
    outside = np.minimum(1 - epithelium, np.maximum(clear, ramp(holes, 1.2)))
    return Tissue(epithelium, outside, mucin * (1 - epithelium), fibres, nuclei, rng.uniform(0, np.pi, len(nuclei)), polar=False)


def _glands(field: Field, rng: np.random.Generator, region: Mask, size: float, fill: float) -> tuple[Map, Map]:
    """Pack rounded glands into a region; return the signed distance to their edges and the size factor of each pixel's gland."""
    scale, shape = field.scale, region.shape
    rows, columns = warped(rng, (shape[0], shape[1]), 0.35 * size, 0.09 * size)
    seeds = scatter(rng, region, 0.8 * size)
    if len(seeds) < 2:
        return np.full(shape, -99.0), np.ones(shape)
    first, second, index = nearest_two(seeds, rows, columns)
    factor = rng.uniform(0.75, 1.15, len(seeds))[index]
    mask = (second - first > 5 * scale) & (first < fill * size * factor)
    return signed_distance(_rounded(mask, 3 * scale)), factor


def _acini(field: Field, shape: Shape, rng: np.random.Generator) -> Tissue:
    size = field.structure_size * field.scale
    crowded = cloud(rng, shape, 1.6 * size) > -0.7
    wall, factor = _glands(field, rng, crowded, size, 0.52)
    thickness = 1.9 * field.nuclear_diameter * field.scale * (1.85 - factor + 0.25 * cloud(rng, shape, size))
    return _lined(field, rng, wall, thickness, fibres=_fibres(field, rng, wall), clear=np.zeros(shape))


def _tubules(field: Field, shape: Shape, rng: np.random.Generator) -> Tissue:
    size = field.structure_size * field.scale
    wall, _ = _glands(field, rng, np.ones(shape, dtype=bool), size, 0.5)
    thickness = 1.9 * field.nuclear_diameter * field.scale * np.ones(shape)
    return _lined(field, rng, wall, thickness, fibres=_fibres(field, rng, wall), clear=np.zeros(shape))


def _ridges(rng: np.random.Generator, shape: Shape, size: float, kept: float) -> Map:
    """Return the distance in pixels to smooth branching curves about `size` pixels apart, of which a share of `kept` remains."""
    height = cloud(rng, shape, 0.33 * size) + 0.25 * cloud(rng, shape, 0.12 * size)
    gate = cloud(rng, shape, 0.3 * size)
    slope = np.hypot(*np.gradient(height))
    line = (np.abs(height) < 0.8 * slope) & (gate < np.quantile(gate, kept))
    return np.asarray(ndimage.distance_transform_edt(~line))


def _slits(field: Field, shape: Shape, rng: np.random.Generator) -> Tissue:
    scale = field.scale
    size = field.structure_size * scale
    width = scale * np.maximum(3 + 4 * cloud(rng, shape, 0.25 * size), -4)
    thickness = 1.9 * field.nuclear_diameter * scale * np.ones(shape)
    wall = width + thickness - _ridges(rng, shape, size, 0.6)
    return _lined(field, rng, wall, thickness, fibres=_fibres(field, rng, wall), clear=np.zeros(shape))


def _fronds(field: Field, shape: Shape, rng: np.random.Generator) -> Tissue:
    scale = field.scale
    size = field.structure_size * scale
    bulges = cloud(rng, shape, 0.3 * size) + 0.3 * cloud(rng, shape, 0.12 * size) > -1.0
    cleft = _ridges(rng, shape, size, 0.8) > scale * (11 + 4 * cloud(rng, shape, 0.15 * size))
    leaf = _rounded(bulges & cleft, 4 * scale)
    edge = signed_distance(leaf)
    thickness = 1.6 * field.nuclear_diameter * scale * np.ones(shape)
    return _lined(field, rng, thickness - edge, thickness, fibres=_fibres(field, rng, edge), clear=np.zeros(shape))


def _papillae(field: Field, shape: Shape, rng: np.random.Generator) -> Tissue:
    scale = field.scale
    size = field.structure_size * scale
    core = _ridges(rng, shape, size, 0.8) - scale * np.maximum(5 + 4 * cloud(rng, shape, 0.2 * size), 1.5)
    layers = field.nuclear_diameter * scale * (2.6 + 0.9 * cloud(rng, shape, 0.15 * size))
    return _lined(
        field, rng, core, np.maximum(layers, field.nuclear_diameter * scale), fibres=_fibres(field, rng, core), clear=np.zeros(shape)
    )


def _clefts(rng: np.random.Generator, nest: Map, width: float) -> Map:
    """Return the share of each pixel that lies in clefts, about `width` pixels wide, where nests have separated from their stroma."""
    gap = width * (cloud(rng, (nest.shape[0], nest.shape[1]), 14 * width) - 0.4)
    return ramp(gap - np.abs(nest + width), 0.9)


def _holes(rng: np.random.Generator, nest: Map, spacing: float, radius: float) -> Map:
    """Return the signed distance to small irregular lumens deep in nests, in pixels."""
    seeds = scatter(rng, nest > 2 * radius, spacing)
    if len(seeds) < 2:
        return np.full(nest.shape, -99.0)
    rows, columns = warped(rng, (nest.shape[0], nest.shape[1]), 0.8 * radius, 0.3 * radius)
    first, _, index = nearest_two(seeds, rows, columns)
    return np.asarray(radius * rng.uniform(0.3, 1.3, len(seeds))[index] - first)


def _nests(field: Field, shape: Shape, rng: np.random.Generator) -> Tissue:
    size = field.structure_size * field.scale
    blobs = fractal(rng, shape, 0.3 * size, 3) > 0.0
    nest = signed_distance(_rounded(blobs, 2.5 * field.scale))
    holes = _holes(rng, nest, 0.9 * size, 7 * field.scale)
    return _solid(
        field, rng, nest, holes, clear=_clefts(rng, nest, 1.6 * field.scale), mucin=np.zeros(shape), fibres=_fibres(field, rng, nest)
    )


def _sheets(field: Field, shape: Shape, rng: np.random.Generator) -> Tissue:
    scale = field.scale
    size = field.structure_size * scale
    blobs = fractal(rng, shape, 0.28 * size, 4) > -0.25
    nest = signed_distance(_rounded(blobs, 4 * scale))
    holes = _holes(rng, nest, 0.33 * size, 26 * scale)
    return _solid(field, rng, nest, holes, clear=_clefts(rng, nest, 3.5 * scale), mucin=np.zeros(shape), fibres=_fibres(field, rng, nest))


def _islands(field: Field, shape: Shape, rng: np.random.Generator) -> Tissue:
    scale = field.scale
    size = field.structure_size * scale
    septum = scale * (7 + 5 * cloud(rng, shape, 0.3 * size)) - _ridges(rng, shape, 1.9 * size, 0.8)
    blobs = (fractal(rng, shape, 0.22 * size, 2) > 0.75) & (septum < -12 * scale)
    nest = signed_distance(_rounded(blobs, 6 * scale))
    holes = _holes(rng, nest, 0.3 * size, 8 * scale)
    return _solid(
        field, rng, nest, holes, clear=_clefts(rng, nest, 1.6 * scale), mucin=ramp(-septum, 1.5 * scale), fibres=_fibres(field, rng, septum)
    )


def _files(field: Field, shape: Shape, rng: np.random.Generator) -> Tissue:
    """Walk along the fibres from random starts, and place a cell at each step."""
    fibres = _fibres(field, rng, np.full(shape, -1e3))
    step = field.nuclear_diameter * field.scale * (1.75 - 0.5 * field.crowding)
    starts = scatter(rng, cloud(rng, shape, 40 * field.scale) > -0.9, field.structure_size * field.scale)
    walkers, points = starts, [starts]
    for _ in range(9):
        walkers = walkers[rng.random(len(walkers)) < 0.88]
        heading = sample(fibres, walkers) + rng.normal(0, 0.15, len(walkers))
        walkers = walkers + step * rng.uniform(0.85, 1.25, (len(walkers), 1)) * np.column_stack([np.sin(heading), np.cos(heading)])
        points.append(walkers)
    nuclei = thin(np.concatenate(points), 0.75 * step)
    rows, columns = warped(rng, shape, 2 * field.scale, 0.8 * field.scale)
    first, _, _ = nearest_two(nuclei, rows, columns)
    body = 0.72 * field.nuclear_diameter * field.scale - first
    halo = ramp(field.scale * (1.3 * cloud(rng, shape, 8 * field.scale) - 0.3) - np.abs(body + field.scale), 0.8)
    angles = sample(fibres, nuclei) + rng.normal(0, 0.4, len(nuclei))
    return Tissue(ramp(body, 1.2), halo * ramp(-body, 1.0), np.zeros(shape), fibres, nuclei, angles, polar=False)


def _lobule(field: Field, shape: Shape, rng: np.random.Generator) -> Tissue:
    scale = field.scale
    size = field.structure_size * scale
    place = cloud(rng, shape, 75 * scale)
    wall, factor = _glands(field, rng, place > 0.75, size, 0.5)
    thickness = 1.9 * field.nuclear_diameter * scale * (1.85 - factor)
    return _lined(field, rng, wall, thickness, fibres=_fibres(field, rng, wall), clear=_fat(field, rng, place < -0.35))


def _fat(field: Field, rng: np.random.Generator, region: Mask) -> Map:
    """Return the share of each pixel that is empty glass inside fat cells, which thin membranes separate."""
    scale = field.scale
    shape = (region.shape[0], region.shape[1])
    seeds = scatter(rng, np.ones(shape, dtype=bool), 48 * scale)
    rows, columns = warped(rng, shape, 25 * scale, 5 * scale)
    first, second, index = nearest_two(seeds, rows, columns)
    belongs = sample(region, seeds)[index]
    room = np.minimum(0.6 * (second - first) - 1.6 * scale * (1 + 0.3 * cloud(rng, shape, 9 * scale)), 40 * scale - first)
    return ramp(ndimage.gaussian_filter(np.where(belongs, room, -3 * scale), 1.8 * scale), 0.7)


_LAYOUTS: dict[Architecture, Callable[[Field, Shape, np.random.Generator], Tissue]] = {
    Architecture.ACINI: _acini,
    Architecture.SLITS: _slits,
    Architecture.FRONDS: _fronds,
    Architecture.TUBULES: _tubules,
    Architecture.NESTS: _nests,
    Architecture.FILES: _files,
    Architecture.ISLANDS: _islands,
    Architecture.PAPILLAE: _papillae,
    Architecture.LOBULE: _lobule,
    Architecture.SHEETS: _sheets,
}
