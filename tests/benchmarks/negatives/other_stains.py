"""Draws tissue with other stains or under other microscopes: synthetic fields like the sample images, in colours other than H&E."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from tests.benchmarks.negatives.pictures import LARGE, Named, Picture, size_of
from training.synthetic import PRESETS, Field, draw, vary
from training.synthetic.nuclei import stain_nuclei
from training.synthetic.stain import photograph
from training.synthetic.texture import Map, Shape, cloud, nearest_two, ramp, scatter, smear
from training.synthetic.tissue import lay_out

Light = NDArray[np.float64]
FIELDS_PER_STAIN = 3
MARGIN = 24


@dataclass(frozen=True, slots=True)
class Parts:
    """A synthetic field and its parts; each part is given by its amount at every pixel, from 0 to about 1."""

    rng: np.random.Generator
    field: Field
    nuclei: Map
    cytoplasm: Map
    collagen: Map
    mucus: Map
    red_cells: Map
    fibres: Map

    @property
    def shape(self) -> Shape:
        """Height and width."""
        return self.nuclei.shape[0], self.nuclei.shape[1]

    def patches(self, blur: float) -> Map:
        """Return a map of soft patches, from 0 to 1; `blur` is in micrometres."""
        return ramp(cloud(self.rng, self.shape, blur * self.field.scale), 0.5)

    def threads(self, width: float) -> Map:
        """Return a map of threads along the fibres of the stroma, from 0 to 1; `width` is in micrometres."""
        strands = smear(self.fibres, cloud(self.rng, self.shape, max(width * self.field.scale, 0.6)), 16 * self.field.scale)
        return np.asarray(ramp(strands - 1.1, 0.4) * np.clip(2 * self.collagen, 0, 1))


def other_stains() -> Iterator[Named]:
    """Yield `FIELDS_PER_STAIN` fields of each stain; each field has its own layout."""
    for number, name in enumerate(name for name in STAINS for _ in range(FIELDS_PER_STAIN)):
        rng = np.random.default_rng(600 + number)
        field = vary(PRESETS[number % len(PRESETS)], rng)
        parts = draw_parts(field, rng)
        seen = photograph(rng, field, STAINS[name](parts))[MARGIN:-MARGIN, MARGIN:-MARGIN]
        yield f"{name}-{field.name}", enlarged(Image.fromarray(seen)) if size_of(number) == LARGE else Image.fromarray(seen)


def enlarged(picture: Picture) -> Picture:
    """Enlarge a picture, as if a camera with more pixels had taken it."""
    return picture.resize(LARGE, Image.Resampling.BICUBIC)


def draw_parts(field: Field, rng: np.random.Generator) -> Parts:
    """Lay out a field as for H&E, but keep its parts separate."""
    shape = (draw.HEIGHT + 2 * MARGIN, draw.WIDTH + 2 * MARGIN)
    tissue = lay_out(field, shape, rng)
    vessel, red_cells = draw._vessels(field, rng, tissue)
    stroma = np.clip(1 - tissue.epithelium - tissue.clear - tissue.mucin - vessel, 0, 1)
    collagen = stroma * draw._collagen(field, rng, tissue.fibres)[0]
    cytoplasm = tissue.epithelium * draw._cytoplasm(field, rng, tissue)[0]
    kinds = draw._cells(field, rng, tissue, stroma, vessel)
    nuclei, cover = stain_nuclei(rng, shape, kinds, field.nuclear_diameter * field.scale)
    bare = 1 - 0.6 * cover
    return Parts(rng, field, nuclei, 2 * cytoplasm * bare, 2 * collagen * bare, tissue.mucin, red_cells, tissue.fibres)


def absorbed(*coats: tuple[Map, tuple[float, float, float]]) -> Light:
    """Return the light that passes through stains, each given by its amount and its optical density in red, green and blue."""
    return np.exp(-sum((amount[..., None] * np.array(density) for amount, density in coats), np.zeros(3)))


def glowing(*dyes: tuple[Map, tuple[float, float, float]]) -> Light:
    """Return the partly scattered light of fluorescent dyes on a dark background; each dye is given by its amount and its colour."""
    light = sum((amount[..., None] * np.array(colour) for amount, colour in dyes), np.zeros(3))
    seen: Light = np.clip(0.015 + 0.9 * light + 0.15 * ndimage.gaussian_filter(light, (9, 9, 0)), 0, 1)
    return seen


BLUE = (0.62, 0.48, 0.18)
BROWN = (0.42, 0.85, 1.25)


def _dab_in_nuclei(parts: Parts) -> Light:
    positive = parts.patches(12)
    faint = 0.25 * (parts.cytoplasm + parts.collagen)
    return absorbed((parts.nuclei * positive, BROWN), (parts.nuclei * (1 - positive), BLUE), (faint, (0.30, 0.25, 0.14)))


def _dab_on_cells(parts: Parts) -> Light:
    positive = parts.patches(60)
    faint = 0.2 * parts.collagen + 0.1 * parts.cytoplasm
    return absorbed((parts.cytoplasm * positive, BROWN), (0.8 * parts.nuclei, BLUE), (faint, (0.30, 0.27, 0.18)))


def _trichrome(parts: Parts) -> Light:
    red = parts.cytoplasm + 2 * parts.red_cells
    return absorbed((parts.nuclei, (0.75, 0.85, 0.45)), (red, (0.10, 0.85, 0.60)), (parts.collagen, (0.95, 0.50, 0.12)))


def _periodic_acid_schiff(parts: Parts) -> Light:
    magenta = parts.threads(0.8) + 0.45 * parts.mucus + 0.5 * parts.cytoplasm * parts.patches(20)
    return absorbed((0.8 * parts.nuclei, (0.62, 0.55, 0.15)), (magenta, (0.25, 1.25, 0.45)), (parts.collagen, (0.05, 0.22, 0.08)))


def _giemsa(parts: Parts) -> Light:
    return absorbed(
        (parts.nuclei, (1.10, 0.90, 0.25)), (parts.cytoplasm, (0.75, 0.42, 0.12)), (parts.collagen, (0.35, 0.22, 0.06)),
        (parts.red_cells, (0.15, 0.45, 0.40)),
    )  # fmt: skip


def _papanicolaou(parts: Parts) -> Light:
    orange = parts.patches(45)
    return absorbed(
        (parts.nuclei, (0.95, 0.85, 0.45)), (parts.cytoplasm * orange, (0.04, 0.45, 1.10)),
        (parts.cytoplasm * (1 - orange), (0.75, 0.25, 0.38)), (parts.collagen, (0.50, 0.16, 0.28)),
    )  # fmt: skip


def _silver(parts: Parts) -> Light:
    tan = 0.35 + 0.5 * parts.collagen + 0.4 * parts.cytoplasm
    return absorbed((parts.threads(0.6), (2.2, 2.3, 2.4)), (0.7 * parts.nuclei, (0.55, 0.65, 0.75)), (tan, (0.16, 0.34, 0.60)))


def _oil_red(parts: Parts) -> Light:
    spacing = 7 * parts.field.scale + 3
    places = scatter(parts.rng, parts.cytoplasm + 0.6 * parts.collagen > parts.rng.uniform(0.2, 1.4, parts.shape), spacing)
    rows, columns = np.mgrid[: parts.shape[0], : parts.shape[1]].astype(float)
    away, _, index = nearest_two(places, rows, columns)
    drops = ramp(spacing * parts.rng.uniform(0.15, 0.5, len(places))[index] - away, 1.2)
    pale = 0.3 * (parts.cytoplasm + parts.collagen)
    return absorbed((drops, (0.10, 1.30, 1.45)), (0.7 * parts.nuclei * (1 - drops), BLUE), (pale, (0.20, 0.16, 0.10)))


def _toluidine(parts: Parts) -> Light:
    return absorbed(
        (parts.nuclei, (1.30, 1.00, 0.25)), (parts.cytoplasm, (0.85, 0.50, 0.12)), (parts.collagen, (0.60, 0.32, 0.08)),
        (0.4 * parts.mucus * parts.patches(20), (0.30, 0.80, 0.12)),
    )  # fmt: skip


def _dapi(parts: Parts) -> Light:
    return glowing((0.75 * parts.nuclei, (0.10, 0.25, 1.0)), (0.05 * parts.cytoplasm, (0.0, 0.1, 0.6)))


def _green_fluorescence(parts: Parts) -> Light:
    return glowing((parts.cytoplasm * parts.patches(30), (0.08, 0.9, 0.15)), (0.15 * parts.collagen, (0.05, 0.6, 0.1)))


def _two_fluorescences(parts: Parts) -> Light:
    return glowing((0.7 * parts.nuclei, (0.1, 0.2, 1.0)), (0.9 * parts.threads(0.8) + 0.2 * parts.cytoplasm, (0.9, 0.15, 0.1)))


def _phase_contrast(parts: Parts) -> Light:
    """Draw thickness as grey, with a bright halo around thick parts."""
    thickness = 0.8 * parts.nuclei + 0.5 * parts.cytoplasm + 0.45 * parts.collagen
    halo = ndimage.gaussian_filter(thickness, 3 * parts.field.scale + 2)
    relief = ndimage.gaussian_filter(np.gradient(thickness, axis=1), 0.8)
    grey: Map = np.clip(0.52 - 0.35 * (thickness - halo) + 0.6 * relief, 0, 1)
    return grey[..., None] * np.ones(3)


STAINS: dict[str, Callable[[Parts], Light]] = {
    "dab-nuclei": _dab_in_nuclei,
    "dab-cells": _dab_on_cells,
    "masson-trichrome": _trichrome,
    "periodic-acid-schiff": _periodic_acid_schiff,
    "giemsa": _giemsa,
    "papanicolaou": _papanicolaou,
    "silver": _silver,
    "oil-red": _oil_red,
    "toluidine-blue": _toluidine,
    "dapi": _dapi,
    "green-fluorescence": _green_fluorescence,
    "two-fluorescences": _two_fluorescences,
    "phase-contrast": _phase_contrast,
}
