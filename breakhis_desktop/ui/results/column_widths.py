"""Widths of the columns of the results table, derived from their texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from breakhis_desktop.domain.decision import MODELS_DISAGREE, NEAR_THRESHOLD
from breakhis_desktop.domain.records import Status
from breakhis_desktop.domain.taxonomy import SUBTYPES, Decision
from breakhis_desktop.ui.look.figures import decimal
from breakhis_desktop.ui.look.lettering import NOTE, scaled, widest, width_in_two_lines, width_of
from breakhis_desktop.ui.look.words import localised, localised_together
from breakhis_desktop.ui.state.result_columns import COLUMNS

PADDING = 8
MARK, AFTER_MARK = 9, 5
BEFORE_FIGURE = 12
_BAR = (26, 44)
"""Minimum and usual width of a probability bar, in pixels."""
_NAME = (124, 190)
_LONG_PATIENT = "14-22549AB"


@dataclass(frozen=True, slots=True)
class Width:
    """The widths of a column, in pixels.

    Attributes:
        usual: Width with unwrapped text.
        tight: Width with a shortened file name and a shorter probability bar.
        least: Width with texts of several words wrapped onto two lines.
    """

    usual: int
    tight: int
    least: int


def column_widths() -> dict[str, Width]:
    """Return the widths of each column, by its name."""
    figure = BEFORE_FIGURE + width_of(decimal(1.0, 2))
    subtypes, reasons = (
        [localised(subtype.name) for subtype in SUBTYPES],
        [localised(reason) for reason in (NEAR_THRESHOLD, MODELS_DISAGREE)],
    )
    both = width_in_two_lines(localised_together((NEAR_THRESHOLD, MODELS_DISAGREE)), NOTE)
    decision = MARK + AFTER_MARK + widest(map(localised, Decision), bold=True)
    content = {
        "image": (scaled(_NAME[1]), scaled(_NAME[0]), scaled(_NAME[0])),
        "patient": (width_of(_LONG_PATIENT),) * 3,
        "magnification": (width_of("400×"),) * 3,
        "p_malignant": (_BAR[1] + figure, _BAR[0] + figure, _BAR[0] + figure),
        "decision": (max(decision, widest(map(localised, Status))),) * 3,
        "subtype": (widest(subtypes), widest(subtypes), max(map(width_in_two_lines, subtypes))),
        "review": (*(MARK + AFTER_MARK + max(both, widest(reasons, NOTE)),) * 2, MARK + AFTER_MARK + both),
    }
    return {column.name: Width(*(_beside(width, column.title) for width in content[column.name])) for column in COLUMNS}


def _beside(content: int, title: str) -> int:
    """Return the width of a column that fits its content and its title with the arrow that marks sorting."""
    return max(content, title_width(f"{title} ▾")) + 2 * PADDING + 2


def title_width(title: str) -> int:
    """Return the width of a column's title; Qt's header rounds the text size, which widens the title by up to a twentieth."""
    return ceil(1.07 * width_of(title, NOTE, bold=True))


def fitted(widths: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Shrink widths towards a total, each in proportion to its surplus over its least width."""
    spare = [max(0, width - smallest) for width, smallest in zip(widths, least, strict=True)]
    share = min(1.0, max(0, sum(widths) - room) / max(1, sum(spare)))
    return [width - ceil(share * part) for width, part in zip(widths, spare, strict=True)]


def fitted_in_steps(widths: Sequence[Width], room: int) -> list[int]:
    """Shrink widths towards a total, first by shortening names and bars, then by wrapping texts onto two lines."""
    tight = [width.tight for width in widths]
    if sum(tight) <= room:
        return fitted([width.usual for width in widths], tight, room)
    return fitted(tight, [width.least for width in widths], room)
