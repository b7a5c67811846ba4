"""The eight subtypes, one by one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from breakhis_desktop.domain.figures import Recall, SubtypeFigures
from breakhis_desktop.domain.taxonomy import SUBTYPES, Subtype
from training.comparison.chosen import Chosen

THIN = "too few patients for any claim"


@dataclass(frozen=True, slots=True)
class RecallRow:
    """The recall of a subtype by several recipes; the page takes the number of images and accessions from the first recall."""

    subtype: Subtype
    recalls: Sequence[Recall]
    note: str


@dataclass(frozen=True, slots=True)
class Recalls:
    """The recall of each subtype, by recipe, and the codes of the subtypes with enough accessions."""

    recipes: Sequence[str]
    rows: Sequence[RecallRow]
    well_covered: Sequence[str]


def make_recalls(chosen: Sequence[Chosen]) -> Recalls:
    """Put the recalls of some runs side by side."""
    figures = [one.run.figures.subtype or SubtypeFigures() for one in chosen]
    return Recalls([one.run.recipe for one in chosen], list(_rows(figures)), figures[0].well_covered if figures else ())


def thinness(recall: Recall, code: str, covered: Sequence[str]) -> str:
    """Return the note on a subtype with too few accessions to support a claim; empty if the subtype is well covered."""
    return recall.note or ("" if code in covered else THIN)


def _rows(figures: Sequence[SubtypeFigures]) -> Iterator[RecallRow]:
    for subtype in SUBTYPES if figures else ():
        recalls = [one.recall[subtype.code] for one in figures]
        yield RecallRow(subtype, recalls, thinness(recalls[0], subtype.code, figures[0].well_covered))
