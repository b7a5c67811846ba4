"""The layout of the window at common screen sizes."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QDialogButtonBox, QListView, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from breakhis_desktop.ui.queue.identity_dialog import IdentityDialog
from breakhis_desktop.ui.results.column_widths import MARK, PADDING, column_widths
from breakhis_desktop.ui.review.override import OverrideDialog
from breakhis_desktop.ui.shell.main_window import MainWindow
from tests.factories import there
from tests.factories.windows import REVIEW_COLUMN, await_painted, await_reviewed, in_dialog
from tests.gui.cut_words import drawn_names

RunFolder = Callable[[Path], None]

MARGIN = 8
"""Pixels above the first line of the review history, and below the last."""


def test_the_list_of_jobs_is_hidden_while_the_queue_is_empty(window: MainWindow, folder: Path) -> None:
    jobs = there(window.queue.findChild(QListView))
    assert not jobs.isVisible()
    window.add([folder])
    assert jobs.isVisible()


def test_all_buttons_in_the_top_bar_are_equally_tall(window: MainWindow, qtbot: QtBot) -> None:
    shown = [button for button in window.top.findChildren(QAbstractButton) if button.isVisible()]
    assert len(shown) > 6
    assert {button.height() for button in shown} == {30}


def test_the_decision_on_a_patient_is_visible_without_scrolling(
    window: MainWindow, run_folder: RunFolder, folder: Path, qtbot: QtBot
) -> None:
    window.resize(1280, 800)
    run_folder(folder)
    window.top.views.buttons["Patients"].click()
    tree = window.overview.patients.tree
    assert tree.model().headerData(5, Qt.Orientation.Horizontal) == "Decision"
    qtbot.waitUntil(lambda: 0 < tree.columnViewportPosition(5) + tree.columnWidth(5) <= tree.viewport().width())
    qtbot.waitUntil(lambda: tree.horizontalScrollBar().maximum() == 0)


def test_the_heat_map_box_does_not_grow_with_the_name_of_a_subtype(window: MainWindow, run_folder: RunFolder, folder: Path) -> None:
    run_folder(folder)
    maps = there(window.detail.findChild(QComboBox))
    before = maps.sizeHint().width()
    maps.setItemText(2, "Mucinous carcinoma of unusual length")
    assert maps.sizeHint().width() == before


@pytest.mark.parametrize("kind", [QDialogButtonBox.StandardButton.Ok, QDialogButtonBox.StandardButton.Cancel])
def test_the_buttons_of_the_identity_dialog_have_no_system_icons(kind: QDialogButtonBox.StandardButton, folder: Path, qtbot: QtBot) -> None:
    dialog = IdentityDialog([folder], "")
    qtbot.addWidget(dialog)
    assert there(dialog.findChild(QDialogButtonBox)).button(kind).icon().isNull()
    dialog.reject()


@pytest.fixture
def official(folder: Path) -> Path:
    """Return the folder after giving its images official names, so that every column has content."""
    for number, image in enumerate(sorted(folder.iterdir())):
        image.rename(folder / f"SOB_M_DC-14-{9001 + number}-100-{number:03}.png")
    return folder


def test_a_window_1280_pixels_wide_shows_every_column_of_the_table(
    window: MainWindow, run_folder: RunFolder, official: Path, qtbot: QtBot
) -> None:
    run_folder(official)
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: window.table.horizontalScrollBar().maximum() == 0)
    assert not any(window.table.isColumnHidden(column) for column in range(7))
    window.resize(1600, 800)
    qtbot.waitUntil(lambda: window.table.columnWidth(REVIEW_COLUMN) >= column_widths(window.results.rows)["review"].usual)


def test_the_smallest_window_shows_the_decision_on_an_image(
    window: MainWindow, run_folder: RunFolder, official: Path, qtbot: QtBot
) -> None:
    run_folder(official)
    window.resize(1024, 700)
    table = window.table
    qtbot.waitUntil(lambda: table.columnViewportPosition(4) + table.columnWidth(4) <= table.viewport().width())


def test_without_reviews_no_name_in_the_smallest_window_is_both_shortened_and_split_into_two_lines(
    window: MainWindow, run_folder: RunFolder, official: Path, qtbot: QtBot
) -> None:
    run_folder(official)
    window.resize(1024, 700)
    await_painted(window, qtbot)
    qtbot.waitUntil(lambda: not any("…" in name and " " in name for name in drawn_names(window.table)))


def test_the_smallest_window_shows_the_mark_of_a_review(doubting_window: MainWindow, qtbot: QtBot) -> None:
    doubting_window.resize(1024, 700)
    table = doubting_window.table
    qtbot.waitUntil(lambda: table.columnViewportPosition(REVIEW_COLUMN) + PADDING + MARK <= table.viewport().width())


def test_the_smallest_window_shows_the_heat_map_legend_and_the_probability(
    window: MainWindow, run_folder: RunFolder, official: Path, qtbot: QtBot
) -> None:
    run_folder(official)
    window.detail.heat.toggle()
    window.resize(1024, 700)
    parts: tuple[QWidget, ...] = (window.detail.controls.legend, window.detail._binary)
    qtbot.waitUntil(lambda: all(part.visibleRegion().boundingRect().height() == part.height() for part in parts))


def test_a_quiet_link_is_at_most_three_pixels_wider_than_its_words(window: MainWindow, run_folder: RunFolder, folder: Path) -> None:
    run_folder(folder)
    window.operating_point.bar.threshold_chosen.emit(0.6)
    window.banner.warn("")
    links = (window.overview.patients.identity, window.operating_point.bar.back, window.detail.enlarge)
    for link in (*links, window.banner._dismiss, window.queue._remove):
        link.ensurePolished()
        assert link.sizeHint().width() - link.fontMetrics().horizontalAdvance(link.text()) <= 3  # two of padding, one of rounding


def test_a_review_with_a_long_reason_leaves_room_for_every_subtype(doubting_window: MainWindow, qtbot: QtBot) -> None:
    window = doubting_window
    window.resize(1280, 800)
    window.settings.change(reviewer="Ana")
    rows = range(window.results.rowCount())
    official = next(row for row in rows if window.results.index(row, 0).data().startswith("SOB"))
    window.table.selectRow(official)
    in_dialog(OverrideDialog, answer_with_a_long_reason)
    window.detail.review.override.trigger()
    await_reviewed(window, qtbot, 1)
    window.table.selectRow(official)
    qtbot.waitUntil(lambda: "myoepithelial" in window.detail.review.history_text)
    qtbot.waitUntil(lambda: all(bar.visibleRegion().boundingRect().height() == bar.height() for bar in window.detail._subtypes))
    line = window.fontMetrics().lineSpacing()
    assert window.detail.review.history_height > 2 * line
    assert (window.detail.review.history_height - 2 * MARGIN) % line == 0


def test_in_a_low_window_each_subtype_is_shown_in_full_or_not_at_all(doubting_window: MainWindow, qtbot: QtBot) -> None:
    window = doubting_window
    window.settings.change(reviewer="Ana")
    in_dialog(OverrideDialog, partial(answer_with_a_long_reason, times=3))
    window.detail.review.override.trigger()
    await_reviewed(window, qtbot, 1)
    window.table.selectRow(0)
    qtbot.waitUntil(lambda: "myoepithelial" in window.detail.review.history_text)
    bars = window.detail._subtypes
    for height in range(700, 721, 5):
        window.resize(1024, height)
        await_painted(window, qtbot)
        qtbot.waitUntil(lambda: all(bar.visibleRegion().boundingRect().height() in (0, bar.height()) for bar in bars))
        assert bars[0].visibleRegion().boundingRect().height() == bars[0].height()


def test_in_a_high_window_the_whole_review_history_is_shown_together_with_the_summary_of_the_patient(
    doubting_window: MainWindow, qtbot: QtBot
) -> None:
    window = doubting_window
    window.resize(1920, 1080)
    window.settings.change(reviewer="Ana")
    rows = range(window.results.rowCount())
    official = next(row for row in rows if window.results.index(row, 0).data().startswith("SOB"))
    window.table.selectRow(official)
    in_dialog(OverrideDialog, partial(answer_with_a_long_reason, times=7))
    window.detail.review.override.trigger()
    await_reviewed(window, qtbot, 1)
    window.table.selectRow(official)
    history, patient = window.detail.review._history, window.detail._patient
    qtbot.waitUntil(lambda: "myoepithelial" in history.text)
    qtbot.waitUntil(lambda: window.detail.review.history_height > 6 * window.fontMetrics().lineSpacing())
    qtbot.waitUntil(lambda: history.verticalScrollBar().maximum() == 0)
    qtbot.waitUntil(lambda: patient.visibleRegion().boundingRect().height() == patient.height())


def test_the_name_of_an_image_has_a_line_of_its_own_above_its_magnification_and_size(
    window: MainWindow, run_folder: RunFolder, official: Path
) -> None:
    run_folder(official)
    name, details = window.detail._caption.text().replace("\u200b", "").split("\n")
    assert name == there(window.table.chosen()).record.path.name
    assert details == "100× · 700\u00a0×\u00a0460"


def answer_with_a_long_reason(dialog: OverrideDialog, times: int = 1) -> None:
    dialog.reason.setPlainText(" ".join(["The nests have a myoepithelial layer; adenosis."] * times))
    dialog.accept()


@pytest.mark.parametrize("name", ["SOB_M_DC-14-22549AB-400-031.png", f"{'x' * 120}.png"])
def test_a_long_file_name_does_not_widen_the_right_column(window: MainWindow, run_folder: RunFolder, folder: Path, name: str) -> None:
    (folder / "b.png").rename(folder / name)
    run_folder(folder)
    window.resize(1024, 700)
    row = next(row for row in range(window.results.rowCount()) if window.results.index(row, 0).data() == name)
    window.table.selectRow(row)
    scroll = next(area for area in window.detail.findChildren(QScrollArea) if area.isAncestorOf(window.detail.image))
    content = there(scroll.widget())
    there(content.layout()).activate()
    assert content.minimumSizeHint().width() <= scroll.viewport().width()


def test_before_the_first_image_the_right_column_has_no_empty_frame(window: MainWindow, run_folder: RunFolder, folder: Path) -> None:
    assert not window.detail.image.isVisible()
    run_folder(folder)
    assert window.detail.image.isVisible()
