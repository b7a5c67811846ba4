"""The smallest window shows what matters about images that need review."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from breakhis_desktop.ui.results.column_widths import MARK, PADDING
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.job import JobStage
from breakhis_desktop.ui.state.result_columns import COLUMNS
from tests.conftest import small_field
from tests.factories.windows import REVIEW_COLUMN, await_painted, load_doubting
from tests.gui.conftest import MakeWindow
from tests.gui.cut_words import cut_words, drawn_names


@pytest.fixture
def reviews(language: None, make_window: MakeWindow, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """Return a window of the smallest size with four images, each of a different patient; all four need review."""
    folder = tmp_path / "fields"
    folder.mkdir()
    for number, kind in enumerate(("M_DC", "B_TA", "M_PC", "B_F")):
        small_field(60 * number).save(folder / f"SOB_{kind}-14-{9001 + number}-{(40, 100, 200, 400)[number]}-{number:03}.png")
    made = make_window(load_doubting)
    made.add([folder])
    made.top.start.click()
    qtbot.waitUntil(lambda: bool(made.jobs.in_stage(JobStage.ENDED)), timeout=20_000)
    made.resize(1024, 700)
    await_painted(made, qtbot)
    return made


@pytest.mark.parametrize("language", ["en", "pt"], indirect=True)
def test_the_smallest_window_shows_the_review_marks_and_all_names_unshortened_and_in_the_same_form(
    reviews: MainWindow, qtbot: QtBot
) -> None:
    table = reviews.table
    qtbot.waitUntil(lambda: table.columnViewportPosition(REVIEW_COLUMN) + PADDING + MARK <= table.viewport().width())
    names = drawn_names(table)
    assert len(names) == 4
    assert not any("…" in name for name in names)
    assert len({name.endswith(".png") for name in names}) == 1


@pytest.mark.parametrize("language", ["pt"], indirect=True)
def test_the_smallest_window_shows_the_images_of_a_patient_under_unshortened_names(reviews: MainWindow, qtbot: QtBot) -> None:
    reviews.top.views.buttons["Pacientes"].click()
    reviews.overview.patients.tree.expandAll()
    await_painted(reviews, qtbot)
    names = drawn_names(reviews.overview.patients.tree)
    assert len(names) == 4
    assert not any("…" in name for name in names)


@pytest.mark.parametrize("language", ["pt"], indirect=True)
def test_the_smallest_window_in_portuguese_shows_the_whole_title_of_the_review_column(reviews: MainWindow, qtbot: QtBot) -> None:
    table = reviews.table
    title = table.horizontalHeader().fontMetrics().horizontalAdvance(COLUMNS[REVIEW_COLUMN].title)
    qtbot.waitUntil(lambda: table.columnViewportPosition(REVIEW_COLUMN) + PADDING + title <= table.viewport().width())


@pytest.mark.parametrize("language", ["pt"], indirect=True)
def test_in_the_smallest_window_every_column_title_has_room_for_the_sorting_arrow(reviews: MainWindow, qtbot: QtBot) -> None:
    for column in range(len(COLUMNS)):
        reviews.table.sortByColumn(column, Qt.SortOrder.AscendingOrder)
        assert not [cut for cut in cut_words(reviews.table) if "▴" in cut]
