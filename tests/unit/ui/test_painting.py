"""Text that is too wide for its place is cut short."""

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics
from PySide6.QtWidgets import QApplication

from breakhis_desktop.ui.look.painting import broken_at_dots, cut_short, in_two_lines

NAME = "synthetic-06-single-files-in-collagen.png"


@pytest.mark.parametrize("family", ["Noto Sans", "DejaVu Sans"])
def test_cut_text_is_never_wider_than_the_space_for_it(qapp: QApplication, family: str) -> None:
    if family not in QFontDatabase.families():
        pytest.skip(f"{family} is not installed")
    metrics = QFontMetrics(QFont(family, 9))
    for width in range(20, metrics.horizontalAdvance(NAME)):
        assert metrics.horizontalAdvance(cut_short(NAME, metrics, width)) <= width


def test_no_line_begins_or_ends_with_the_dot_that_separates_its_parts(qapp: QApplication) -> None:
    metrics = QFontMetrics(QFont("", 9))
    status, magnifications = "✓\u00a040\u00a0done · 1\u00a0failed · 1\u00a0refused", "40×\u00a02 · 100×\u00a01 · 200×\u00a02 · 400×\u00a02"
    for width in range(40, metrics.horizontalAdvance(magnifications) + 20):
        lines = broken_at_dots(status, metrics, width).split("\n")
        assert " · ".join(lines) == status
        for line in (*lines, *in_two_lines(magnifications, metrics, width)):
            assert line == line.strip(" ·")
