"""Words that several sections of the page of results use."""

from collections.abc import Sequence

from breakhis_desktop.domain.card_parts import ProtocolMetrics
from breakhis_desktop.domain.figures import Evidence, Recall, SubtypeFigures
from training.evaluation import Evaluation
from training.experiment.protocols import PROTOCOLS

Behind = Evidence | Recall | SubtypeFigures | ProtocolMetrics | Evaluation
"""Anything that says how many images and accessions its figures come from."""


def protocol_words(protocol: str) -> str:
    """Name a protocol; if patients leak between its parts, the name says so."""
    return PROTOCOLS[protocol].words


def evidence(part: Behind) -> str:
    """Say what figures were computed from: `1,387 images of 50 accessions`."""
    return f"{part.images:,} images of {part.accessions} accessions"


def joined(names: Sequence[str]) -> str:
    """Write a list: `a, b and c`."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
