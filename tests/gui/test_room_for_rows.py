"""The window leaves as much room as it can to the images; controls keep their places, and no text is cut off."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QListView, QWidget
from pytestqt.qtbot import QtBot

from breakhis_desktop.ui.look.lettering import scaled
from breakhis_desktop.ui.results.filter_chips import FilterChip
from breakhis_desktop.ui.shell import window_state
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.heat_choice import HeatMap
from breakhis_desktop.ui.state.job import JobStage
from breakhis_desktop.ui.state.result_filter import Lane, ResultFilter
from breakhis_desktop.ui.viewer.picture import Picture
from tests.conftest import small_field
from tests.factories import there
from tests.factories.operating_points import WithCurve
from tests.factories.windows import STATES, await_painted
from tests.gui.conftest import MakeWindow
from tests.gui.cut_words import cut_words


@pytest.fixture(scope="module")
def fields(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with eighteen fields of two patients and a file that is not a picture."""
    folder = tmp_path_factory.mktemp("Week 46")
    for number in range(18):
        small_field(10 * number).save(folder / f"SOB_M_DC-14-{(2523, 9133)[number % 2]}-100-{number:03}.png")
    (folder / "broken.png").write_bytes(b"no picture")
    return folder


@pytest.fixture
def window(make_window: MakeWindow, fields: Path, qtbot: QtBot) -> MainWindow:
    """Return a window as large as a laptop's screen, with an ended job."""
    made = make_window(lambda _folder, _report_stage: WithCurve())
    made.add([fields])
    made.top.start.click()
    qtbot.waitUntil(lambda: bool(made.jobs.in_stage(JobStage.ENDED)), timeout=20_000)
    made.resize(1280, 800)
    qtbot.waitUntil(lambda: made.detail.image.has_image)
    await_painted(made, qtbot)
    return made


def place_of(part: QWidget, window: MainWindow) -> QRect:
    return QRect(part.mapTo(window, QPoint()), part.size())


def test_a_window_of_1280_by_800_pixels_shows_seventeen_rows(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.table.viewport().height() >= 17 * window.table.rowHeight(0))


def test_a_row_is_34_pixels_high_if_the_text_has_its_usual_size(window: MainWindow) -> None:
    assert window.table.rowHeight(0) == scaled(34)


@pytest.mark.parametrize("height", range(760, 960, 24))
def test_the_summary_of_the_patient_is_shown_entirely_or_not_at_all(window: MainWindow, height: int, qtbot: QtBot) -> None:
    window.resize(1280, height)
    parts = (window.detail._patient_name, window.detail._patient)
    heights = [part.height() for part in parts]
    qtbot.waitUntil(lambda: [part.visibleRegion().boundingRect().height() for part in parts] in (heights, [0, 0]))


@pytest.mark.parametrize("height", [780, 800, 820, 840])
def test_the_summary_of_the_patient_is_shown_entirely_or_not_at_all_once_the_picture_arrives(
    window: MainWindow, height: int, qtbot: QtBot
) -> None:
    window.resize(1280, height)
    window.detail.show_no_image("")
    await_painted(window, qtbot)
    window.detail.show_picture(Picture(QImage(700, 460, QImage.Format.Format_RGB32), {HeatMap.MALIGNANT: QImage()}))
    await_painted(window, qtbot)
    parts = (window.detail._patient_name, window.detail._patient)
    heights = [part.height() for part in parts]
    qtbot.waitUntil(lambda: [part.visibleRegion().boundingRect().height() for part in parts] in (heights, [0, 0]))


def test_search_and_operating_point_take_no_more_room_than_they_need_at_any_width(window: MainWindow, qtbot: QtBot) -> None:
    window.operating_point.bar.threshold_chosen.emit(0.6)
    head = window.area.filter.search.parentWidget()
    for width in (1280, 1024, 1280):
        window.resize(width, 800)
        qtbot.waitUntil(lambda: there(head).height() == there(head).sizeHint().height())


@pytest.mark.parametrize("language", ["en", "pt"], indirect=True)
def test_a_small_window_has_search_and_operating_point_on_one_line(language: None, window: MainWindow, qtbot: QtBot) -> None:
    window.operating_point.bar.threshold_chosen.emit(0.6)
    window.resize(1024, 700)
    search = window.area.filter.search
    await_painted(window, qtbot)
    qtbot.waitUntil(lambda: there(search.parentWidget()).height() < 2 * search.height())


def test_the_operating_point_is_one_line_until_it_is_unfolded(window: MainWindow, qtbot: QtBot) -> None:
    point = window.operating_point
    assert point.line.isVisible()
    assert not point.bar.isVisible()
    assert "Default, 0.340 · sensitivity 0.95 [0.90, 0.98], specificity 0.60 [0.40, 0.80]" in point.line.text()
    qtbot.mouseClick(point.line, Qt.MouseButton.LeftButton)
    assert point.bar.isVisible()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window.table, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert not point.bar.isVisible()


def test_an_unfolded_operating_point_is_still_unfolded_after_a_restart(window: MainWindow, make_window: MakeWindow) -> None:
    window.operating_point.line.click()
    window.close()
    assert make_window().operating_point.line.isChecked()


@pytest.mark.parametrize("language", ["en", "pt"], indirect=True)
@pytest.mark.parametrize("unfolded", [False, True])
def test_no_word_about_the_operating_point_is_cut_off_when_the_program_starts(
    language: None, window: MainWindow, make_window: MakeWindow, unfolded: bool, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window_state, "place_on_screens", lambda saved, *_rest: saved)  # the tests' screen is smaller
    window.operating_point.unfolding.setChecked(unfolded)
    window.close()
    again = make_window(lambda _folder, _report_stage: WithCurve())
    qtbot.waitUntil(lambda: len(again.operating_point.bar.presets) == 3, timeout=20_000)
    await_painted(again, qtbot)
    assert again.width() == 1280
    qtbot.waitUntil(lambda: not (cut_words(again.operating_point.bar) + cut_words(again.operating_point.line)))
    assert "sensi" in again.operating_point.line.text()


def test_the_view_switch_stays_in_its_place_in_every_state_and_on_every_page(window: MainWindow, qtbot: QtBot) -> None:
    buttons = list(window.top.views.buttons.values())
    assert len({button.width() for button in buttons}) == 1
    for width in (1280, 1024):
        window.resize(width, 800)
        qtbot.waitUntil(lambda: 16 < place_of(window.top.report, window).left() - place_of(buttons[-1], window).right() < 28)
        before = [place_of(button, window) for button in buttons]
        for state in STATES.values():
            window.top.show_controls(state)
            await_painted(window, qtbot)
            assert [place_of(button, window) for button in buttons] == before
        for button in buttons:
            button.click()
            await_painted(window, qtbot)
            assert [place_of(other, window) for other in buttons] == before


def test_cancel_stays_in_its_place_whether_a_job_waits_or_pauses_or_is_being_cancelled(window: MainWindow, qtbot: QtBot) -> None:
    places = set()
    for name in ("waiting", "pausing", "cancelling"):
        window.top.show_controls(STATES[name])
        await_painted(window, qtbot)
        places.add((window.top.cancel.x(), window.top.cancel.width()))
    assert len(places) == 1


def test_the_menu_buttons_of_the_queue_and_of_the_filter_are_labelled_more_and_filters(window: MainWindow) -> None:
    assert window.queue._more.text() == "More ▾"
    assert window.area.filter.filters.text() == "Filters ▾"


def chips(window: MainWindow) -> list[str]:
    return [chip.text() for chip in window.area.filter.findChildren(FilterChip) if chip.isVisible()]


def test_while_only_the_images_of_one_patient_are_shown_a_removable_chip_names_the_patient(window: MainWindow, qtbot: QtBot) -> None:
    window.top.views.buttons["Patients"].click()
    tree = window.overview.patients.tree
    names = [tree.model().index(row, 0).data() for row in range(2)]
    tree.setCurrentIndex(tree.model().index(names.index("14-2523"), 0))
    qtbot.mouseClick(window.overview.patient.images, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: chips(window) == ["Patient: 14-2523 ×"])
    assert window.results.rowCount() == 9
    qtbot.mouseClick(window.area.filter.criteria[0], Qt.MouseButton.LeftButton)
    assert window.results.rowCount() == 19
    qtbot.waitUntil(lambda: chips(window) == [])


def test_delete_removes_the_focused_chip(window: MainWindow, qtbot: QtBot) -> None:
    window.results.set_filter(ResultFilter(reviewed=False, magnifications=frozenset({100})))
    assert [chip.text() for chip in window.area.filter.criteria] == ["Magnification: 100× ×", "Not reviewed ×"]
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.area.filter.criteria[0].setFocus()
    qtbot.keyClick(window.area.filter.criteria[0], Qt.Key.Key_Delete)
    assert [chip.text() for chip in window.area.filter.criteria] == ["Not reviewed ×"]
    assert window.area.filter.filters.hasFocus()


def test_the_chips_of_failed_and_refused_images_are_visible_only_if_there_are_such_images(window: MainWindow) -> None:
    lanes = window.area.filter.chips.chips
    assert (lanes[Lane.FAILED].isVisible(), lanes[Lane.REFUSED].isVisible()) == (True, False)
    lanes[Lane.FAILED].click()
    assert window.results.rowCount() == 1
    assert there(window.table.chosen()).record.path.name == "broken.png"


def test_the_first_image_is_shown_without_a_heat_map_and_the_h_key_turns_it_on_and_off(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.table.setFocus()
    seen = [window.detail.heat.heat_map]
    for _ in range(2):
        qtbot.keyClick(window.table, Qt.Key.Key_H)
        seen.append(window.detail.heat.heat_map)
    assert seen == [HeatMap.NONE, HeatMap.MALIGNANT, HeatMap.NONE]


def test_a_window_of_1280_by_800_pixels_shows_the_whole_picture_and_all_subtypes(window: MainWindow, qtbot: QtBot) -> None:
    parts = (window.detail.image, *window.detail._subtypes)
    qtbot.waitUntil(lambda: all(part.visibleRegion().boundingRect().height() == part.height() for part in parts))


def test_the_search_box_shrinks_before_the_line_of_the_operating_point_leaves_out_its_intervals(window: MainWindow, qtbot: QtBot) -> None:
    search, line = window.area.filter.search, window.operating_point.line
    widths, hints = set(), set()
    for width in (1600, 1280, 1200):
        window.resize(width, 800)
        qtbot.waitUntil(lambda: line.geometry().right() + 1 == there(line.parentWidget()).width())
        if "[" in line.text():
            widths.add(search.width())
            hints.add(search.placeholderText())
    assert min(widths) < 200
    assert hints == {"Search file, patient, note…", "Search…"}


def test_the_chips_above_the_results_are_equally_tall(window: MainWindow) -> None:
    bar = window.area.filter
    shown = [chip for chip in (*bar.chips.chips.values(), bar.filters) if chip.isVisible()]
    assert len({chip.height() for chip in shown}) == 1


def test_the_picture_shrinks_so_that_all_subtypes_of_a_reviewed_image_are_visible(window: MainWindow, qtbot: QtBot) -> None:
    window.settings.change(reviewer="A. Reviewer")
    position = there(window.table.chosen()).record.position
    window.detail.review.accept.trigger()
    qtbot.waitUntil(lambda: position in window.results.reviews)
    window.table.choose_position(position)
    qtbot.waitUntil(lambda: "Accepted" in window.detail.review.history_text)
    window.resize(1280, 850)  # an official name, reasons and a review together take six lines
    parts = (window.detail.image, *window.detail._subtypes)
    qtbot.waitUntil(lambda: all(part.visibleRegion().boundingRect().height() == part.height() for part in parts))


def test_the_right_column_shows_the_chosen_patient_or_image_and_is_hidden_on_the_summary(window: MainWindow, qtbot: QtBot) -> None:
    buttons, tree = window.top.views.buttons, window.overview.patients.tree
    chosen = there(window.table.chosen()).record.position
    buttons["Patients"].click()
    assert window.overview.patient.isVisible()
    assert not window.detail.isVisible()
    assert there(window.table.chosen()).record.position == chosen
    tree.expand(tree.currentIndex())
    tree.setCurrentIndex(tree.model().index(1, 0, tree.currentIndex()))
    assert window.detail.isVisible()
    buttons["Summary"].click()
    assert not window.right.isVisible()
    buttons["Table"].click()
    assert window.detail.isVisible()


def test_the_patient_in_the_right_column_follows_the_operating_point(window: MainWindow, qtbot: QtBot) -> None:
    window.top.views.buttons["Patients"].click()
    panel = window.overview.patient
    window.operating_point.bar.threshold_chosen.emit(0.0)
    qtbot.waitUntil(lambda: panel.heading.accessibleName() == "Malignant")
    window.operating_point.bar.threshold_chosen.emit(1.0)
    qtbot.waitUntil(lambda: panel.heading.accessibleName() == "Benign")


def test_a_window_closed_on_the_summary_reopens_with_its_right_column_visible(
    window: MainWindow, make_window: MakeWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window_state, "place_on_screens", lambda saved, *_rest: saved)  # the tests' screen is smaller
    before = window._splitter.sizes()
    for page in ("Summary", "Table", "Summary"):
        window.top.views.buttons[page].click()
        assert window.right.isVisible() is (page == "Table")
        assert window._splitter.sizes()[0] == before[0]
    window.close()
    again = make_window()
    assert again.right.isVisible()
    assert again._splitter.sizes() == before


def test_the_side_columns_keep_their_widths_after_a_visit_to_the_summary(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1920, 1080)
    qtbot.waitUntil(lambda: sum(window._splitter.sizes()) > 1900)
    window._splitter.setSizes([290, 1200, 430])
    assert_summary_keeps_sizes(window, qtbot)


def test_the_side_columns_keep_their_widths_after_the_first_visit_to_the_summary_since_the_program_started(
    window: MainWindow, make_window: MakeWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window_state, "place_on_screens", lambda saved, *_rest: saved)  # the tests' screen is smaller
    window._splitter.setSizes([240, 650, 390])
    window.close()
    again = make_window()
    assert again._splitter.sizes()[2] > 380
    assert_summary_keeps_sizes(again, qtbot)


def assert_summary_keeps_sizes(window: MainWindow, qtbot: QtBot) -> None:
    """Visit the summary, and check that the columns are then as wide as before."""
    before = window._splitter.sizes()
    for page in ("Summary", "Table"):
        window.top.views.buttons[page].click()
        await_painted(window, qtbot)
        window.grab()  # resizes hidden widgets too
    assert window._splitter.sizes() == before


def test_a_right_column_that_the_user_hid_stays_hidden_on_every_page(window: MainWindow) -> None:
    window.right.want(False)
    for button in window.top.views.buttons.values():
        button.click()
        assert not window.right.isVisible()


def test_a_card_of_the_summary_is_no_higher_than_its_content_needs(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1920, 1080)
    window.top.views.buttons["Summary"].click()
    await_painted(window, qtbot)
    card = window.overview.summary._quality
    qtbot.waitUntil(lambda: card.height() == card.heightForWidth(card.width()))


def test_a_card_of_the_queue_is_no_higher_than_its_lines_need(window: MainWindow) -> None:
    jobs = there(window.queue.findChild(QListView))
    line = jobs.fontMetrics().lineSpacing()
    assert jobs.sizeHintForRow(0) < 4 * line + 32
