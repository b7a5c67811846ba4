"""The protocols by which recipes are evaluated, with their names in cards, logs and result pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

PRIMARY = "grouped"
"""The protocol whose figures hold for unseen patients, and by which recipes are chosen."""

REGROUPED = ("regrouped_1", "regrouped_2")
"""Protocols with other assignments of accessions to folds, which played no part in any choice."""


@dataclass(frozen=True, slots=True)
class Protocol:
    """The texts about a protocol; `training.data.splits` has its splits.

    Attributes:
        label: The name in cards and logs.
        words: The name on the page of results.
        meaning: What the protocol is, and what its figures mean.
        card: The introduction to its figures in a model card.
    """

    label: str
    words: str
    meaning: str
    card: str


def _regrouped(number: int) -> Protocol:
    return Protocol(
        label=f"grouped by other folds, {number}",
        words=f"other grouped folds, {number}",
        meaning="five folds by accession, assigned anew; no recipe was chosen by their figures, so they show how much too good others are",
        card=f"Unseen patients by other folds ({number}), which played no part in the choice of the recipe.",
    )


PROTOCOLS: Mapping[str, Protocol] = MappingProxyType(
    {
        PRIMARY: Protocol(
            label="grouped",
            words="grouped folds",
            meaning="five folds by accession; every image is judged by a network that saw no image of its patient: what an unseen patient "
            "can expect",
            card="Unseen patients: five folds by accession. These are the figures to go by.",
        ),
        **{name: _regrouped(number) for number, name in enumerate(REGROUPED, start=1)},
        "official": Protocol(
            label="official (half honest)",
            words="official folds (leaks through accessions)",
            meaning="the authors' five folds, cut to the images at hand. For comparison with papers; sections of one patient are in "
            "both the training and the test part",
            card="The authors' own folds, for comparison with papers; patients leak through accessions.",
        ),
        "image": Protocol(
            label="image (leaky)",
            words="image split (leaky)",
            meaning="the brief's own split, image by image. A replication of the brief; patients of the test part are known from training",
            card="The split by image of the brief (the experiments on which the project was founded), for comparison with it: **leaky**, "
            "patients of the test part are known from training.",
        ),
    }
)
"""All protocols by name, in the order of tables."""
