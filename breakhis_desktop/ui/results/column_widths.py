"""Widths of the columns of the results table, derived from their texts."""

from collections.abc import Collection, Sequence
from itertools import pairwise
from math import ceil
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from breakhis_desktop.domain.decision import MODELS_DISAGREE, NEAR_THRESHOLD
from breakhis_desktop.domain.taxonomy import SUBTYPES, Decision
from breakhis_desktop.ui.look.figures import decimal
from breakhis_desktop.ui.look.lettering import NOTE, SORT_ARROWS, font, scaled, widest, width_in_two_lines, width_of
from breakhis_desktop.ui.look.painting import whole_forms, width_of_halves
from breakhis_desktop.ui.look.words import localised, localised_together
from breakhis_desktop.ui.state.result_columns import COLUMNS
from breakhis_desktop.ui.state.result_rows import ResultRows
from breakhis_desktop.ui.state.shown_names import ShownNames

PADDING = 8
MARK, AFTER_MARK = 9, 5
BEFORE_FIGURE = 12
THUMBNAIL = (34, 24)
_BAR = (26, 44, 96)
"""Minimum, usual and greatest width of a probability bar, in pixels."""
_NAME = (60, 170, 300, 420)
"""Widths in pixels: the minimum for any name; then the maxima for a name on two lines, a shortened name on one line, and a whole name."""
_NAME_BESIDE_MARKS = 96
"""Greatest width in pixels at which names lose only their suffix when the marks of reviews need room; wider names are shortened."""
_FOLDER = 110
"""Least width in pixels of a folder below a name; a shorter folder takes less."""
_PATIENT = (130, 220)
"""Greatest width in pixels of a patient's name on two lines, and of a patient's name on one line."""
_LAST = COLUMNS[-1].name


class Width(NamedTuple):
    """The widths of a column, in pixels.

    Attributes:
        usual: Width with unwrapped text.
        tight: Width with a shortened file name and a shorter probability bar.
        wrapped: Width with file names wrapped onto two lines.
        least: Width with all texts of several words wrapped onto two lines.
        bare: Width with the marks of reviews but without their words. If there are such marks, names make room for them by losing their
            common suffix or by being shortened. The title fits only without the arrow that marks sorting.
    """

    usual: int
    tight: int
    wrapped: int
    least: int
    bare: int


def column_widths(rows: ResultRows) -> dict[str, Width]:
    """Return the widths that each column needs for these images, keyed by the column's name."""
    figure = BEFORE_FIGURE + width_of(decimal(1.0, 2))
    subtypes = [localised(subtype.name) for subtype in SUBTYPES]
    frame, names = THUMBNAIL[0] + PADDING, name_widths(rows.shown_names, rows.longest_names, has_folder=rows.shows_folders)
    has_reviews = bool((rows.needs_review | rows.reviewed).any())
    content = {
        "image": tuple(frame + width for width in (*names[:3], names[2], names[3 if has_reviews else 2])),
        "patient": _patient_widths(rows.longest_patients),
        "magnification": (width_of("400×"),) * 5,
        "p_malignant": (_BAR[1] + figure, *(_BAR[0] + figure,) * 4),
        "decision": (MARK + AFTER_MARK + widest(map(localised, Decision), bold=True),) * 5,
        "subtype": (*(widest(subtypes),) * 3, *(max(map(width_in_two_lines, subtypes)),) * 2),
        "review": _review_widths() if has_reviews else (0,) * 5,
    }
    return {column.name: _widths(content[column.name], column.title) for column in COLUMNS}


def one_line_widths(rows: ResultRows) -> dict[str, int]:
    """Return, for the columns of patients and subtypes, the width at which no text wraps."""
    contents = {"patient": widest(rows.longest_patients), "subtype": widest(localised(subtype.name) for subtype in SUBTYPES)}
    return {name: content + 2 * PADDING for name, content in contents.items()}


def name_widths(shown: ShownNames, longest: Sequence[str], *, has_folder: bool) -> tuple[int, int, int, int]:
    """Return four widths for names, in pixels: whole on one line, shortened on one line, whole on two lines, without suffix on two lines.

    On two lines, names are shortened if they are too long.

    Args:
        shown: How names are shown.
        longest: The longest names.
        has_folder: Whether the second line of a name shows the folder.
    """
    forms = [shown.name_forms(name) for name in longest]
    folders = [shown.folder_forms(folder) for folder in shown.longest_folders] if has_folder else []
    folder, short_folder = (widest((names[place] for names in folders), NOTE) for place in (0, -1))
    whole, short = widest(names[0] for names in forms), widest(whole_forms(names)[-1] for names in forms)
    minimum, *maxima = map(scaled, _NAME)
    below = min(scaled(_FOLDER), short_folder)
    least, bare = (
        max(minimum, min(maxima[0], max(min(short, lines), below)))
        for lines in ((widest(names[-1] for names in forms),) * 2 if has_folder else _widths_on_two_lines(forms, maxima[0]))
    )
    return max(least, min(maxima[2], max(whole, folder))), max(least, min(maxima[1], max(short, short_folder))), least, bare


def _widths_on_two_lines(forms: Sequence[Sequence[str]], most: int) -> tuple[int, int]:
    """Return two widths at which names fit on two lines: whole, or shortened if they need more than `most`; and without a common suffix."""
    metrics = QFontMetrics(font(NOTE))
    whole = max((width_of_halves(names[0], metrics) for names in forms), default=0)
    plain = max((width_of_halves(_unshortened(names)[-1], metrics) for names in forms), default=0)
    short = max((min(width_of_halves(name, metrics) for name in names) for names in forms), default=0)
    least = whole if whole <= most else short
    return least, plain if plain <= min(least, scaled(_NAME_BESIDE_MARKS)) else short


def _unshortened(forms: Sequence[str]) -> list[str]:
    """Return the forms of a name that leave out at most its suffix."""
    return [forms[0], *(form for form in forms[1:] if "…" not in form)]


def _patient_widths(longest: Sequence[str]) -> tuple[int, ...]:
    usual = min(scaled(_PATIENT[1]), widest(longest))
    least = min(scaled(_PATIENT[0]), max(map(width_in_two_lines, longest), default=0))
    return *(usual,) * 3, *(min(usual, least),) * 2


def _review_widths() -> tuple[int, ...]:
    reasons = [localised(reason) for reason in (NEAR_THRESHOLD, MODELS_DISAGREE)]
    both = width_in_two_lines(localised_together((NEAR_THRESHOLD, MODELS_DISAGREE)), NOTE)
    one_line, two_lines = max(both, widest(reasons, NOTE)), max(both, *(width_in_two_lines(reason, NOTE) for reason in reasons))
    return *(MARK + AFTER_MARK + one_line,) * 3, MARK + AFTER_MARK + two_lines, 0


def _widths(contents: Sequence[int], title: str) -> Width:
    """Return the widths of a column that fits its content and its title."""
    *before, bare = contents
    with_arrow = (max(content, sorted_title_width(title)) + 2 * PADDING + 2 for content in before)
    return Width._make([*with_arrow, max(bare, title_width(title)) + 2 * PADDING])


def sorted_title_width(title: str) -> int:
    """Return the width of a column's title with the arrow that marks sorting."""
    return title_width(title + SORT_ARROWS[Qt.SortOrder.DescendingOrder])


def title_width(title: str) -> int:
    """Return the width of a column's title; Qt's header rounds the text size, which widens the title by up to a twentieth."""
    return ceil(1.07 * width_of(title, NOTE, bold=True))


def fitted(widths: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Shrink widths towards a total, each in proportion to its surplus over its least width."""
    spare = [max(0, width - smallest) for width, smallest in zip(widths, least, strict=True)]
    share = min(1.0, max(0, sum(widths) - room) / max(1, sum(spare)))
    return [width - ceil(share * part) for width, part in zip(widths, spare, strict=True)]


def fitted_in_steps(widths: Sequence[Sequence[int]], room: int) -> list[int]:
    """Shrink columns towards a total width, step by step; each column has a width for each step, the widest first."""
    steps = list(zip(*widths, strict=True))
    for wide, narrow in pairwise(steps):
        if sum(narrow) <= room:
            return fitted(wide, narrow, room)
    return list(steps[-1])


def share_spare(widths: dict[str, int], room: int, chosen: Collection[str]) -> None:
    """Widen columns to fill a table: first the probability bar, to its greatest width, then the image column and the last column equally.

    If less than half of the last column is visible, the column before it is widened over the visible part.

    Args:
        widths: The widths of the visible columns by name; changed in place.
        room: The width of the table.
        chosen: The columns whose width the user chose; of these, only the image column may be widened.
    """
    _cover_sliver(widths, room, chosen)
    spare = max(0, room - sum(widths.values()))
    bar = min(spare, _BAR[2] - _BAR[1])
    for name, wider in (("p_malignant", bar), (_LAST, (spare - bar) // 2)):
        if name in widths and name not in chosen:
            widths[name] += wider
    widths["image"] += max(0, room - sum(widths.values()))


def _cover_sliver(widths: dict[str, int], room: int, chosen: Collection[str]) -> None:
    """Widen the column before the last over the visible part of the last column, if that part is too narrow to be read."""
    *shown, last = widths
    visible = room - sum(widths[name] for name in shown)
    if shown and shown[-1] not in chosen and 0 < visible < widths[last] / 2:
        widths[shown[-1]] += visible
