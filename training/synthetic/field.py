"""Descriptions of synthetic fields, the ten presets that ship, and variations on them."""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

PIXELS_PER_MICROMETRE = 0.0118
"""The scale at a nominal magnification of 1. At 200X, a nucleus of 8 micrometres is 19 pixels wide, as in BreakHis fields."""


class Architecture(StrEnum):
    """The layout of epithelium, lumens and stroma."""

    ACINI = "acini"
    SLITS = "slits"
    FRONDS = "fronds"
    TUBULES = "tubules"
    NESTS = "nests"
    FILES = "files"
    ISLANDS = "islands"
    PAPILLAE = "papillae"
    LOBULE = "lobule"
    SHEETS = "sheets"


@dataclass(frozen=True, slots=True)
class Field:
    """A description of one field; lengths are in micrometres, and values without a unit range from 0 to 1, unless stated otherwise.

    Attributes:
        name: The content of the field, in lower-case words joined by hyphens.
        architecture: The layout.
        magnification: Nominal magnification, 40 to 400.
        structure_size: Typical distance between glands, ducts, nests or fronds.
        nuclear_diameter: Mean diameter of an epithelial nucleus.
        crowding: How densely epithelial nuclei are packed.
        pleomorphism: How much nuclei differ in size and shape.
        chromatin: How dark nuclei are.
        collagen: Density of the stroma, from 0, myxoid, to 1, sclerotic.
        spindle_cells: Density of spindle cells in the stroma.
        lymphocytes: Extent of the lymphocytic infiltrate in the stroma.
        haematoxylin: Strength of the blue stain; about 1.
        eosin: Strength of the pink stain; about 1.
        hue: From -1, bluish and grey, to 1, reddish and vivid.
        blur: Standard deviation of the optical blur in pixels.
    """

    name: str
    architecture: Architecture
    magnification: float
    structure_size: float
    nuclear_diameter: float = 8.0
    crowding: float = 0.5
    pleomorphism: float = 0.2
    chromatin: float = 0.5
    collagen: float = 0.5
    spindle_cells: float = 0.4
    lymphocytes: float = 0.1
    haematoxylin: float = 1.0
    eosin: float = 1.0
    hue: float = 0.0
    blur: float = 0.8

    @property
    def scale(self) -> float:
        """Pixels per micrometre."""
        return self.magnification * PIXELS_PER_MICROMETRE


PRESETS = (
    Field(
        "packed-acini", Architecture.ACINI, 100, 44, 7.5, crowding=0.7, chromatin=0.6, collagen=0.6, lymphocytes=0.15, eosin=1.1, hue=-0.2,
    ),
    Field(
        "slit-ducts-in-pale-stroma", Architecture.SLITS, 100, 150, 7.5, crowding=0.8, chromatin=0.7, collagen=0.15, spindle_cells=0.45,
        eosin=0.75, hue=-0.35,
    ),
    Field(
        "leaf-like-fronds", Architecture.FRONDS, 100, 230, 7.5, crowding=0.8, chromatin=0.6, collagen=0.4, spindle_cells=0.85,
        lymphocytes=0.0, haematoxylin=0.9, eosin=0.9, hue=-0.8,
    ),
    Field(
        "round-tubules", Architecture.TUBULES, 200, 58, 8.0, crowding=0.8, chromatin=0.6, collagen=0.3, haematoxylin=1.1,
        eosin=0.7, hue=0.1, blur=1.0,
    ),
    Field(
        "dark-nests-in-dense-stroma", Architecture.NESTS, 200, 90, 11.0, crowding=0.6, pleomorphism=0.75, chromatin=0.85,
        collagen=0.85, lymphocytes=0.25, haematoxylin=1.1, eosin=1.3, hue=0.6, blur=1.0,
    ),
    Field(
        "single-files-in-collagen", Architecture.FILES, 200, 33, 8.5, crowding=0.6, pleomorphism=0.3, chromatin=0.7,
        collagen=0.55, lymphocytes=0.05, eosin=0.95, hue=0.2, blur=1.1,
    ),
    Field(
        "islands-in-mucin", Architecture.ISLANDS, 100, 130, 8.5, crowding=0.7, pleomorphism=0.35, chromatin=0.6, collagen=0.7,
        eosin=1.3, hue=0.5,
    ),
    Field(
        "papillary-fronds", Architecture.PAPILLAE, 100, 120, 8.5, crowding=0.8, pleomorphism=0.35, chromatin=0.7, eosin=1.2, hue=0.8,
    ),
    Field(
        "lobule-beside-fat", Architecture.LOBULE, 100, 42, 7.0, crowding=0.7, chromatin=0.6, collagen=0.8, lymphocytes=0.0,
        haematoxylin=0.9, eosin=1.5, hue=0.9,
    ),
    Field(
        "cellular-sheets-at-low-power", Architecture.SHEETS, 40, 330, 10.0, crowding=0.7, pleomorphism=0.6, chromatin=0.8,
        collagen=0.7, lymphocytes=0.2, haematoxylin=1.1, eosin=1.2, hue=0.3,
    ),
)  # fmt: skip
"""The ten fields that ship."""

SAMPLE_SEEDS = (102, 123, 134, 142, 154, 163, 171, 184, 192, 202)
"""The random seeds of the presets, in the same order."""


def vary(field: Field, rng: np.random.Generator) -> Field:
    """Return a field of the same architecture with randomly varied parameters."""

    def share(value: float, spread: float) -> float:
        return float(np.clip(value + rng.normal(0, spread), 0, 1))

    def length(value: float, spread: float) -> float:
        return float(value * np.exp(rng.normal(0, spread)))

    return replace(
        field,
        magnification=float(rng.choice([field.magnification, 100, 200])),
        structure_size=length(field.structure_size, 0.25),
        nuclear_diameter=length(field.nuclear_diameter, 0.15),
        crowding=share(field.crowding, 0.2),
        pleomorphism=share(field.pleomorphism, 0.25),
        chromatin=share(field.chromatin, 0.2),
        collagen=share(field.collagen, 0.25),
        spindle_cells=share(field.spindle_cells, 0.25),
        lymphocytes=share(field.lymphocytes, 0.2),
        haematoxylin=length(field.haematoxylin, 0.2),
        eosin=length(field.eosin, 0.2),
        hue=float(np.clip(field.hue + rng.normal(0, 0.4), -1, 1)),
        blur=float(rng.uniform(0.6, 1.2)),
    )
