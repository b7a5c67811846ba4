"""The two pairs of models that the brief puts side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from breakhis_desktop.domain.figures import Difference
from training.comparison.chosen import HEADLINE, PAIRS
from training.comparison.published import PUBLISHED
from training.comparison.runs import EXPECTED_PROTOCOLS, Comparison

_ALSO = {"binary": ("sensitivity_at_half", "specificity_at_sensitivity_95"), "subtype": ("accuracy",)}
_PUBLISHED = {"binary": "sensitivity", "subtype": "macro_recall"}


@dataclass(frozen=True, slots=True)
class Effects:
    """What augmentation changes under a protocol: the difference in each figure."""

    protocol: str
    behind: str
    differences: Sequence[tuple[str, Difference]]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two models, without and with augmentation, and what the brief published about each."""

    task: str
    without: str
    augmented: str
    published_without: float
    published_augmented: float
    effects: Sequence[Effects]


def make_pairs(comparison: Comparison) -> list[Pair]:
    """Compare the models of each pair."""
    return [
        Pair(
            task,
            without,
            augmented,
            PUBLISHED[without][_PUBLISHED[task]],
            PUBLISHED[augmented][_PUBLISHED[task]],
            list(_effects(comparison, task)),
        )
        for task, (without, augmented) in PAIRS.items()
    ]


def _effects(comparison: Comparison, task: str) -> Iterator[Effects]:
    """Yield the effects under each protocol with runs of both recipes."""
    without, augmented = PAIRS[task]
    for protocol in EXPECTED_PROTOCOLS:
        figures = (HEADLINE[task], *_ALSO[task])
        found = ((figure, comparison.difference(augmented, without, protocol, task, figure)) for figure in figures)
        differences = [(figure, one) for figure, one in found if one and one.value is not None]
        if differences:
            yield Effects(protocol, comparison.behind(protocol, task), differences)
