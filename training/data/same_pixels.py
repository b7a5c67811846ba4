"""Finds images with the same pixels: copies if their labels agree, contradictions if they do not."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from training.data.index import PreparedImage

CONTRADICTORY_ACCESSIONS = frozenset({"13412"})
"""Accessions whose images BreakHis contains under two subtypes; they are used in the binary task but left out of the subtype task."""

Group = tuple[PreparedImage, ...]


@dataclass(frozen=True, slots=True)
class SamePixels:
    """Groups of two or more images with the same pixels.

    Attributes:
        duplicates: Groups whose labels agree where they are known.
        other_subtype: Groups of one class whose subtypes differ.
        other_class: Groups labelled both benign and malignant.
    """

    duplicates: tuple[Group, ...]
    other_subtype: tuple[Group, ...]
    other_class: tuple[Group, ...]

    @property
    def contradictory_accessions(self) -> frozenset[str]:
        """The accessions whose subtypes cannot be trusted, including `CONTRADICTORY_ACCESSIONS`."""
        return CONTRADICTORY_ACCESSIONS.union(image.label.accession for group in self.other_subtype for image in group)

    @property
    def unusable(self) -> frozenset[str]:
        """The paths of the images whose class cannot be trusted."""
        return frozenset(image.path for group in self.other_class for image in group)


def find_same_pixels(images: Sequence[PreparedImage]) -> SamePixels:
    """Group images by their pixels, and sort the groups by whether their labels agree."""
    groups: defaultdict[str, list[PreparedImage]] = defaultdict(list)
    for image in images:
        groups[image.pixels_sha256].append(image)
    several = [tuple(group) for group in groups.values() if len(group) > 1]
    return SamePixels(
        duplicates=tuple(group for group in several if _classes(group) == 1 and _subtypes(group) <= 1),
        other_subtype=tuple(group for group in several if _classes(group) == 1 and _subtypes(group) > 1),
        other_class=tuple(group for group in several if _classes(group) > 1),
    )


def _classes(group: Group) -> int:
    return len({image.label.decision for image in group})


def _subtypes(group: Group) -> int:
    return len({image.label.subtype for image in group if image.label.subtype})
