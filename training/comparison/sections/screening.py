"""The configurations that were screened besides the recipes, and what the screening showed."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from breakhis_desktop.domain.figures import Figure
from training.comparison.chosen import REFERENCE

Row = Mapping[str, str]

_MOST_VIEWS = "8"
_FIGURES = ("auc", "specificity_at_sensitivity_95", "macro_recall")
_COMPARED = ("auc", "macro_recall")
_BASE, _FROZEN = "base", "screened_frozen"


@dataclass(frozen=True, slots=True)
class Configuration:
    """A screened way to train, with its figures and its differences from another way; None for a figure that was not compared."""

    name: str
    change: str
    figures: Mapping[str, Figure | None]
    differences: Mapping[str, Figure | None]


@dataclass(frozen=True, slots=True)
class Shown:
    """The configurations that were shown to be better, or worse, than their base in a figure."""

    figure: str
    better: bool
    configurations: Sequence[Configuration]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of change: the configurations tried, whether any of them can be compared with a base, and what that comparison showed."""

    title: str
    names: Sequence[str]
    has_base: bool
    shown: Sequence[Shown]


@dataclass(frozen=True, slots=True)
class BetterInBoth:
    """The configurations that beat a rival in both tasks, out of `judged` configurations that use one view of each image."""

    names: Sequence[str]
    judged: int


@dataclass(frozen=True, slots=True)
class Screening:
    """The screening.

    Attributes:
        names: How many configurations and combinations it has.
        kinds: What was tried and shown for each kind of change.
        better_than_reference: The configurations that beat the reference.
        better_than_frozen: The configurations that beat the frozen features of the same screening.
        trained: The configurations that were trained, each compared with the base of the same network.
        made: The combinations of configurations, which needed no training, each compared with the reference.
    """

    names: int
    kinds: Sequence[Kind]
    better_than_reference: BetterInBoth
    better_than_frozen: BetterInBoth
    trained: Sequence[Configuration]
    made: Sequence[Configuration]


def read_screening(results: Path) -> list[Row]:
    """Return the rows of `screening.csv`; empty if nothing was screened."""
    file = results / "screening.csv"
    if not file.is_file():
        return []
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def make_screening(rows: Sequence[Row]) -> Screening | None:
    """Find what the screening showed; None if there was none."""
    if not rows:
        return None
    kinds = list(dict.fromkeys(row["kind"] for row in rows))
    averaged = [row for row in rows if row["views"] == _MOST_VIEWS]
    trained = sorted((row for row in averaged if row["gpu_seconds"]), key=lambda row: kinds.index(row["kind"]))
    found = (_kind(kind, [row for row in trained if row["kind"] == kind]) for kind in kinds)
    return Screening(
        names=len({row["name"] for row in rows}),
        kinds=[kind for kind in found if kind.names],
        better_than_reference=_better_in_both(rows, REFERENCE),
        better_than_frozen=_better_in_both(rows, _FROZEN),
        trained=[_configuration(row, _BASE) for row in trained],
        made=[_configuration(row, REFERENCE) for row in averaged if not row["gpu_seconds"]],
    )


def _kind(title: str, rows: Sequence[Row]) -> Kind:
    compared = [row for row in rows if row[f"auc_minus_{_BASE}"] and row["name"].partition("/")[2] != _BASE]
    return Kind(title, [row["name"] for row in rows], bool(compared), list(_shown(compared)))


def _shown(rows: Iterable[Row]) -> Iterator[Shown]:
    configurations = [_configuration(row, _BASE) for row in rows]
    for figure in _COMPARED:
        differences = [(one, one.differences[figure]) for one in configurations]
        better = [one for one, difference in differences if difference and (difference.low or 0) > 0]
        worse = [one for one, difference in differences if difference and (difference.high or 0) < 0]
        yield from [Shown(figure, is_better, found) for is_better, found in ((True, better), (False, worse)) if found]


def _better_in_both(rows: Sequence[Row], other: str) -> BetterInBoth:
    single = [row for row in rows if row["views"] == "1"]
    better = [row["name"] for row in single if all(float(row[f"{figure}_minus_{other}_low"]) > 0 for figure in _COMPARED)]
    return BetterInBoth(better, len(single))


def _configuration(row: Row, other: str) -> Configuration:
    return Configuration(
        row["name"],
        row["change"],
        {name: _figure(row, name) for name in _FIGURES},
        {name: _figure(row, f"{name}_minus_{other}") for name in _COMPARED},
    )


def _figure(row: Row, name: str) -> Figure | None:
    numbers = [row[f"{name}{end}"] for end in ("", "_low", "_high")]
    return Figure(*map(float, numbers)) if numbers[0] else None
