"""Numbers and intervals as sentences and cells have them."""

from collections.abc import Callable

from breakhis_desktop.domain.card_parts import ProtocolMetrics, ShareFigure
from breakhis_desktop.domain.figures import Difference, Evidence, Figure, Recall, SubtypeFigures
from training.evaluation import Evaluation
from training.experiment.protocols import PROTOCOLS

Behind = Evidence | Recall | SubtypeFigures | ProtocolMetrics | Evaluation
"""What tells of how many images and accessions figures are."""

NOTHING = "–"


def number(value: float | None, digits: int = 3) -> str:
    """Write a share as papers do: no nought before the point, a true minus."""
    if value is None:
        return NOTHING
    text = f"{abs(value):.{digits}f}"
    sign = "−" if value < 0 and float(text) else ""
    return sign + text.removeprefix("0")


def signed(value: float | None) -> str:
    """Write a difference with its sign."""
    text = number(value)
    return text if value is None or not text.strip(".0") or text.startswith("−") else f"+{text}"


def figure_text(estimate: Figure | Recall | ShareFigure | None) -> str:
    """Write a figure with its interval: `.850 [.778, .950]`."""
    if estimate is None or estimate.value is None:
        return NOTHING
    return f"{number(estimate.value)}{_interval(estimate, number)}"


def difference_text(difference: Difference | Figure | None) -> str:
    """Write a difference with its interval: `+.034 [+.012, +.057]`."""
    if difference is None or difference.value is None:
        return NOTHING
    return f"{signed(difference.value)}{_interval(difference, signed)}"


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


def _interval(estimate: Figure | Recall | ShareFigure | Difference, write: Callable[[float | None], str]) -> str:
    return "" if estimate.low is None else f" [{write(estimate.low)},\N{NO-BREAK SPACE}{write(estimate.high)}]"
