"""Text sizes follow the system's font, and the parts that hold text are sized to match."""

import json
import re
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from breakhis_desktop.ui.look.lettering import BODY, HEADING, SMALL, font, line_height, points, scaled, width_in_two_lines, width_of
from breakhis_desktop.ui.look.painting import cut_short, in_two_lines
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.results.column_widths import Width, column_widths, fitted_in_steps
from breakhis_desktop.ui.results.table_columns import TableColumns
from breakhis_desktop.ui.state.result_rows import ResultRows
from breakhis_desktop.ui.state.results import ResultsModel

FIRST_VERSION = {"image": 190, "patient": 92, "magnification": 50, "p_malignant": 112, "decision": 100, "subtype": 144, "review": 146}


@pytest.fixture(params=[9, 13])
def system_points(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[int]:
    """Set the system font to a size in points, and return that size."""
    before = qapp.font()
    qapp.setFont(QFont(before.family(), request.param))
    Theme(qapp)
    yield request.param
    qapp.setFont(before)
    Theme(qapp)


def test_text_has_the_size_of_the_system_font(system_points: int, qapp: QApplication) -> None:
    assert points(BODY) == qapp.font().pointSizeF() == font(BODY).pointSizeF() == system_points
    assert font(SMALL).pointSizeF() < system_points < font(HEADING).pointSizeF()
    assert f"font-size: {float(system_points)}pt" in qapp.styleSheet()
    assert re.search(r"font-size: [\d.]+px", qapp.styleSheet()) is None


def test_lengths_grow_with_the_text_and_never_shrink(system_points: int) -> None:
    assert (scaled(34) == 34) == (system_points == 9)
    assert scaled(34) >= 34
    assert line_height(SMALL) < line_height() < line_height(HEADING)


def test_text_follows_a_system_font_with_a_size_in_pixels_too(qapp: QApplication) -> None:
    before, in_pixels = qapp.font(), QFont(qapp.font())
    in_pixels.setPixelSize(20)
    qapp.setFont(in_pixels)
    try:
        Theme(qapp)
        assert points(BODY) == pytest.approx(20 * 72 / qapp.primaryScreen().logicalDotsPerInch(), abs=0.5)
    finally:
        qapp.setFont(before)
        Theme(qapp)


def test_words_wrap_onto_a_second_line_if_one_line_is_too_narrow(qapp: QApplication) -> None:
    metrics, words = QFontMetrics(font(BODY)), "near threshold, models disagree"
    assert in_two_lines(words, metrics, width_of(words) + 1) == [words]
    halves = in_two_lines(words, metrics, width_in_two_lines(words) + 1)
    assert halves == ["near threshold,", "models disagree"]
    assert in_two_lines(words, metrics, 60)[1].endswith("…")
    assert cut_short("benign", metrics, 200) == "benign"


def test_names_are_shortened_and_then_wrap_before_other_words_wrap() -> None:
    columns = [Width(200, 130, 100, 100, 100), Width(150, 150, 150, 80, 60)]
    assert fitted_in_steps(columns, 400) == [200, 150]
    assert fitted_in_steps(columns, 260) == [110, 150]
    assert fitted_in_steps(columns, 250) == [100, 150]
    assert fitted_in_steps(columns, 200) == [100, 100]
    assert fitted_in_steps(columns, 170) == [100, 70]
    assert fitted_in_steps(columns, 100) == [100, 60]


def test_every_word_fits_into_its_column(system_points: int) -> None:
    widths = column_widths(ResultRows())
    assert widths["decision"].least >= width_of("malignant", bold=True)
    assert widths["subtype"].tight >= width_of("Papillary carcinoma")
    assert widths["subtype"].least >= width_of("carcinoma")
    assert all(width.bare <= width.least <= width.wrapped <= width.tight <= width.usual for width in widths.values())


def test_only_column_widths_chosen_by_the_user_are_saved(qtbot: QtBot) -> None:
    table = QTableView()
    qtbot.addWidget(table)
    table.setModel(ResultsModel(table))
    columns = TableColumns(table)
    assert json.loads(columns.state())["widths"] == {}
    saved = {"order": list(FIRST_VERSION), "hidden": [], "widths": {**FIRST_VERSION, "subtype": 222}}
    columns.restore(json.dumps(saved).encode())
    assert json.loads(columns.state())["widths"] == {"subtype": 222}
