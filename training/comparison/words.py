"""Numbers and intervals as sentences and cells have them."""

from dataclasses import replace

from breakhis_desktop.domain.card_parts import ProtocolMetrics
from breakhis_desktop.domain.figure_text import DIFFERENCE, PAPER, Measured, interval_text, number_text
from breakhis_desktop.domain.figures import Evidence, Recall, SubtypeFigures
from training.evaluation import Evaluation
from training.experiment.protocols import PROTOCOLS

Behind = Evidence | Recall | SubtypeFigures | ProtocolMetrics | Evaluation
"""What tells of how many images and accessions figures are."""

NOTHING = PAPER.unknown


def number(value: float | None, digits: int = 3) -> str:
    """Write a share as papers do: `.850`."""
    return number_text(value, replace(PAPER, digits=digits))


def figure_text(figure: Measured | None) -> str:
    """Write a figure with its interval: `.850 [.778, .950]`."""
    return interval_text(figure, PAPER)


def difference_text(difference: Measured | None) -> str:
    """Write a difference with its interval: `+.034 [+.012, +.057]`."""
    return interval_text(difference, DIFFERENCE)


def percent(share: float) -> str:
    """Write a share in whole per cent."""
    return f"{100 * share:.0f} %"


def protocol_words(protocol: str) -> str:
    """Name a protocol, and say so where it leaks."""
    return PROTOCOLS[protocol].words


def evidence(part: Behind) -> str:
    """Say what stands behind figures: `1,387 images of 50 accessions`."""
    return f"{part.images:,} images of {part.accessions} accessions"


def joined(names: list[str]) -> str:
    """Write a list: `a, b and c`."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
