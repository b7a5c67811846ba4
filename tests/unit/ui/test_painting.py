"""Text that is too wide for its place is cut short."""

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics
from PySide6.QtWidgets import QApplication

from breakhis_desktop.ui.look.painting import cut_short

NAME = "synthetic-06-single-files-in-collagen.png"


@pytest.mark.parametrize("family", ["Noto Sans", "DejaVu Sans"])
def test_cut_text_is_never_wider_than_the_space_for_it(qapp: QApplication, family: str) -> None:
    if family not in QFontDatabase.families():
        pytest.skip(f"{family} is not installed")
    metrics = QFontMetrics(QFont(family, 9))
    for width in range(20, metrics.horizontalAdvance(NAME)):
        assert metrics.horizontalAdvance(cut_short(NAME, metrics, width)) <= width
