"""Image navigation in the real window."""

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from breakhis_desktop.domain.records import ImageRecord
from breakhis_desktop.errors import UserError
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.heat_choice import HeatMap
from breakhis_desktop.ui.state.results import RESULT_ROLE
from breakhis_desktop.ui.viewer.picture import Picture
from breakhis_desktop.ui.viewer.preview import open_picture
from tests.conftest import small_field
from tests.factories import said, there
from tests.gui.conftest import MakeWindow

RunFolder = Callable[[Path], None]


@pytest.fixture
def image_window(window: MainWindow, run_folder: RunFolder, folder: Path, qtbot: QtBot) -> MainWindow:
    """Return a window that shows the first image of a finished run."""
    run_folder(folder)
    qtbot.waitUntil(lambda: window.detail.image.has_image)
    return window


def picture_of(window: MainWindow) -> Picture:
    shown = window.detail.image._picture
    assert shown is not None
    return shown


def choose_row(window: MainWindow, row: int, qtbot: QtBot) -> Picture:
    with qtbot.waitSignal(window.navigation.picture_shown):
        window.table.selectRow(row)
    return picture_of(window)


def choose(window: MainWindow, name: str, qtbot: QtBot) -> Picture:
    names = [window.results.index(row, 0).data() for row in range(window.results.rowCount())]
    row = names.index(name)
    return picture_of(window) if row == window.table.currentIndex().row() else choose_row(window, row, qtbot)


def place(window: MainWindow) -> str:
    return window.detail._heading._place


def press(qtbot: QtBot, widget: QWidget, key: Qt.Key) -> None:
    widget.window().activateWindow()
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    qtbot.keyClick(widget, key)


def test_a_picture_is_opened_with_the_heat_maps_of_both_models(image_window: MainWindow, qtbot: QtBot) -> None:
    picture = choose(image_window, "SOB_M_DC-14-2523-400-001.png", qtbot)
    assert picture.glows.keys() == {HeatMap.MALIGNANT, HeatMap.SUBTYPE}
    assert all(heat_overlay.size().toTuple() == (512, 336) for heat_overlay in picture.glows.values())
    record = there(image_window.table.chosen()).record
    assert picture.subtype == there(record.prediction).subtype.name
    assert image_window.detail.controls.maps.itemText(2) == picture.subtype


def test_the_heat_maps_of_the_two_models_are_not_mixed_up(image_window: MainWindow, qtbot: QtBot) -> None:
    with sqlite3.connect(image_window.exporter._inputs.store_file) as connection:
        maps = bytes.fromhex("0048" * 4 + "0000" * 4)  # half precision: 8 everywhere for malignant, 0 for the subtype
        connection.execute("UPDATE heat_map SET height = 2, width = 2, maps = ?", [maps])
    connection.close()
    glows = choose_row(image_window, 1, qtbot).glows
    assert glows[HeatMap.MALIGNANT].pixelColor(5, 5).alpha() > 200
    assert glows[HeatMap.SUBTYPE].pixelColor(5, 5).alpha() == 0


def test_the_scale_is_known_only_for_an_image_with_an_official_name(image_window: MainWindow, qtbot: QtBot) -> None:
    assert choose(image_window, "SOB_M_DC-14-2523-400-001.png", qtbot).micrometres_per_pixel == 0.05
    assert choose(image_window, "b.png", qtbot).micrometres_per_pixel is None


def test_images_of_an_older_run_are_shown_with_the_reason_why_there_is_no_heat_map(image_window: MainWindow, qtbot: QtBot) -> None:
    with sqlite3.connect(image_window.exporter._inputs.store_file) as connection:
        connection.execute("DELETE FROM heat_map")
    connection.close()
    choose_row(image_window, 1, qtbot)
    assert not image_window.detail.controls.maps.isEnabled()
    assert "an earlier version of the program" in image_window.detail.controls.maps.toolTip()


def test_a_picture_is_shown_without_heat_maps_if_the_store_cannot_be_read(image_window: MainWindow, tmp_path: Path) -> None:
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"no store" * 1000)
    result = image_window.table.chosen()
    assert result is not None
    picture = open_picture(result.record, broken, 1)
    assert not picture.image.isNull()
    assert not picture.glows
    assert "broken.sqlite" in picture.no_glow


def test_a_file_that_changed_since_its_run_is_shown_without_a_heat_map(image_window: MainWindow, qtbot: QtBot) -> None:
    changed = Path(image_window.results.index(1, 0).data(RESULT_ROLE).record.path)
    small_field(99).save(changed)
    picture = choose_row(image_window, 1, qtbot)
    assert not picture.image.isNull()
    assert not picture.glows
    assert "the file has changed since the run analysed it" in picture.no_glow


def test_a_refused_image_is_shown_without_a_heat_map(window: MainWindow, run_folder: RunFolder, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    small_field(0).save(folder / "good.png")
    Image.new("RGB", (300, 300), (240, 238, 242)).save(folder / "glass.png")
    run_folder(folder)
    assert "did not classify" in choose(window, "glass.png", qtbot).no_glow
    assert not window.navigation.larger.controls.maps.isEnabled()


def test_a_failed_image_has_no_button_for_the_larger_view(image_window: MainWindow) -> None:
    image_window.table.selectRow(3)
    assert not image_window.detail.image.has_image
    assert not image_window.detail.enlarge.isVisible()


def test_keys_go_to_the_next_and_previous_image_and_stop_at_the_ends(image_window: MainWindow, qtbot: QtBot) -> None:
    assert place(image_window) == "1 of 4"
    for key, expected in ((Qt.Key.Key_P, "1 of 4"), (Qt.Key.Key_N, "2 of 4"), (Qt.Key.Key_N, "3 of 4"), (Qt.Key.Key_P, "2 of 4")):
        press(qtbot, image_window.table, key)
        assert place(image_window) == expected
        assert image_window.table.selectionModel().selectedRows()[0].row() == image_window.table.currentIndex().row()
    image_window.table.selectRow(3)
    image_window.table.step(1)
    assert place(image_window) == "4 of 4"


def test_arrow_keys_in_the_image_go_to_the_next_and_previous_image(image_window: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, image_window.detail.image, Qt.Key.Key_Right)
    assert place(image_window) == "2 of 4"
    press(qtbot, image_window.detail.image, Qt.Key.Key_Left)
    assert place(image_window) == "1 of 4"


def test_letters_typed_into_a_text_box_trigger_no_shortcuts(image_window: MainWindow, qtbot: QtBot) -> None:
    text = QLineEdit(image_window.centralWidget())
    text.show()
    text.setFocus()
    qtbot.waitUntil(text.hasFocus)
    qtbot.keyClicks(text, "hnp")
    assert text.text() == "hnp"
    assert place(image_window) == "1 of 4"
    assert image_window.detail.heat.heat_map is HeatMap.NONE


def test_the_chosen_heat_map_and_strength_are_kept_for_the_next_image(image_window: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, image_window.table, Qt.Key.Key_H)
    assert image_window.detail.controls.maps.currentText() == "Malignant"
    image_window.detail.heat.choose(HeatMap.SUBTYPE)
    image_window.detail.heat.set_percent(80)
    choose_row(image_window, 1, qtbot)
    assert image_window.detail.controls.maps.currentText() == picture_of(image_window).subtype
    assert image_window.detail.controls.strength.value() == 80


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_enter_or_space_opens_the_larger_view_which_shares_the_chosen_image_but_not_the_zoom(
    image_window: MainWindow, qtbot: QtBot, key: Qt.Key
) -> None:
    press(qtbot, image_window.table, key)
    larger = image_window.navigation.larger
    assert larger.isVisible()
    assert larger.image._picture is picture_of(image_window)
    assert larger.windowTitle().startswith(there(image_window.table.chosen()).record.path.name)
    with qtbot.waitSignal(image_window.navigation.picture_shown):
        larger.following.click()
    assert (place(image_window), larger._heading._place) == ("2 of 4", "2 of 4")
    assert larger.image._picture is picture_of(image_window)
    press(qtbot, larger.image, Qt.Key.Key_P)
    assert larger._heading._place == "1 of 4"
    qtbot.waitSignal(image_window.navigation.picture_shown).wait()
    larger._zooms[1].click()
    assert not larger.image.viewport.fits
    assert image_window.detail.image.viewport.fits
    press(qtbot, larger.image, Qt.Key.Key_Escape)
    assert not larger.isVisible()


def test_closing_the_window_closes_the_larger_view(make_window: MakeWindow, image_window: MainWindow) -> None:
    image_window.navigation.enlarge()
    assert image_window.navigation.larger.isVisible()
    image_window.close()
    assert not image_window.navigation.larger.isVisible()


def test_choosing_the_same_image_again_keeps_its_zoom(image_window: MainWindow) -> None:
    image_window.detail.image.zoom(4)
    image_window.table.result_chosen.emit(image_window.table.chosen())
    assert image_window.detail.image.has_image
    assert not image_window.detail.image.viewport.fits


def test_a_picture_stays_visible_until_the_next_picture_is_open(image_window: MainWindow, qtbot: QtBot) -> None:
    first = picture_of(image_window)
    image_window.table.step(1)
    assert picture_of(image_window) is first
    qtbot.waitUntil(lambda: image_window.detail.image.has_image and picture_of(image_window) is not first)


@pytest.mark.parametrize("opens", [True, False])
def test_a_picture_or_error_that_arrives_late_is_not_shown_for_another_image(
    image_window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, opens: bool
) -> None:
    late, picture_of_late = image_window.table.chosen(), picture_of(image_window)
    assert late is not None
    begun, let_go, shown = threading.Event(), threading.Event(), []

    def open_slowly(record: ImageRecord, store_file: Path, run_id: int) -> Picture:
        if record != late.record:
            return open_picture(record, store_file, run_id)
        begun.set()
        assert let_go.wait(timeout=60)
        if opens:
            return picture_of_late
        raise UserError(said("It is not there."))

    choose_row(image_window, 1, qtbot)
    monkeypatch.setattr("breakhis_desktop.ui.shell.image_navigation.open_picture", open_slowly)
    image_window.navigation.picture_shown.connect(lambda: shown.append(picture_of(image_window)))
    image_window.table.selectRow(0)
    assert begun.wait(timeout=60)
    image_window.table.selectRow(2)
    with qtbot.waitSignal(image_window.navigation.picture_shown):
        let_go.set()
    assert len(shown) == 1
    assert shown != [picture_of_late]
    assert picture_of(image_window) is shown[0]


def test_both_views_say_that_a_slow_picture_is_opening(image_window: MainWindow) -> None:
    image_window.navigation._late.timeout.emit()
    assert image_window.detail.image._words == "Opening…"
    assert image_window.navigation.larger.image._words == "Opening…"


def test_a_missing_file_is_looked_for_again_when_its_image_is_chosen_again(image_window: MainWindow, qtbot: QtBot) -> None:
    result = image_window.table.model().index(1, 0).data(Qt.ItemDataRole.UserRole + 1)
    away = result.record.path.with_suffix(".away")
    result.record.path.rename(away)
    image_window.table.step(1)
    qtbot.waitUntil(lambda: "is not there" in image_window.detail.image._words)
    away.rename(result.record.path)
    image_window.table.result_chosen.emit(result)
    qtbot.waitUntil(lambda: image_window.detail.image.has_image)


def test_opening_a_missing_file_raises_a_user_error(image_window: MainWindow, tmp_path: Path) -> None:
    result = image_window.table.chosen()
    assert result is not None
    result.record.path.unlink()
    with pytest.raises(UserError, match="is not there"):
        open_picture(result.record, image_window.exporter._inputs.store_file, 1)


def test_the_larger_view_does_not_open_before_an_image_is_chosen(window: MainWindow, qapp: QApplication) -> None:
    window.navigation.enlarge()
    assert not window.navigation.larger.isVisible()


def test_the_keys_for_the_zoom_work_in_the_table_and_in_the_contact_sheet(image_window: MainWindow, qtbot: QtBot) -> None:
    for view, title in ((image_window.table, "Table"), (image_window.area.sheet, "Contact sheet")):
        image_window.top.views.buttons[title].click()
        press(qtbot, view, Qt.Key.Key_1)
        assert image_window.detail.image.viewport.scale == 1.0
        press(qtbot, view, Qt.Key.Key_F)
        assert image_window.detail.image.viewport.fits


def test_the_menu_shows_whether_the_heat_map_is_on(image_window: MainWindow, qtbot: QtBot) -> None:
    heat = image_window.detail.heat
    for _ in range(2):
        press(qtbot, image_window.table, Qt.Key.Key_H)
        assert image_window.navigation.heat.isChecked() is (heat.heat_map is not HeatMap.NONE)
    image_window.navigation.heat.trigger()
    assert image_window.navigation.heat.isChecked() is (heat.heat_map is not HeatMap.NONE)


def test_the_keys_of_the_larger_view_work_wherever_its_focus_is_and_its_caption_names_the_image(
    image_window: MainWindow, qtbot: QtBot
) -> None:
    choose(image_window, "SOB_M_DC-14-2523-400-001.png", qtbot)
    image_window.navigation.enlarge()
    larger = image_window.navigation.larger
    press(qtbot, larger.following, Qt.Key.Key_1)
    assert larger.image.viewport.scale == 1.0
    assert image_window.detail.image.viewport.fits
    press(qtbot, larger.following, Qt.Key.Key_F)
    assert larger.image.viewport.fits
    assert [button.text() for button in larger._zooms[2:]] == ["Fit (F)", "1:1 (1)"]
    assert larger._caption.text().replace("\u200b", "") == "SOB_M_DC-14-2523-400-001.png · Patient 14-2523 · 400×"


def test_the_s_key_shows_the_image_beside_its_heat_map_and_both_views_zoom_and_move_together(
    image_window: MainWindow, qtbot: QtBot
) -> None:
    larger, heat = image_window.navigation.larger, image_window.detail.heat
    press(qtbot, image_window.table, Qt.Key.Key_S)
    qtbot.waitUntil(larger.image.hasFocus)
    assert (heat.heat_map, larger.plain._heat.heat_map) == (HeatMap.MALIGNANT, HeatMap.NONE)
    assert larger.plain.isVisible()
    assert larger.plain.size() == larger.image.size()
    assert larger.plain.geometry().right() < larger.image.geometry().left()
    qtbot.keyClick(larger.image, Qt.Key.Key_1)
    larger.plain.zoom(2)
    qtbot.keyClick(larger.image, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert larger.plain.viewport.frame() == larger.image.viewport.frame()
    assert not larger.plain.viewport.fits
    larger.resize(larger.width() + 41, larger.height())
    qtbot.waitUntil(lambda: larger.plain.size() == larger.image.size())
    qtbot.keyClick(larger.image, Qt.Key.Key_S)
    assert not larger.plain.isVisible()
    assert heat.heat_map is HeatMap.NONE, "side by side had turned the heat map on, so leaving it turns the heat map off"


def test_the_menu_shows_whether_side_by_side_is_on_and_closing_the_larger_view_turns_it_off(image_window: MainWindow, qtbot: QtBot) -> None:
    heat, larger, beside = image_window.detail.heat, image_window.navigation.larger, image_window.navigation.beside
    heat.choose(HeatMap.SUBTYPE)
    beside.trigger()
    assert beside.isChecked()
    assert heat.beside
    press(qtbot, larger.image, Qt.Key.Key_Escape)
    assert not beside.isChecked()
    assert heat.heat_map is HeatMap.SUBTYPE
    beside.trigger()
    heat.choose(HeatMap.NONE)
    assert not beside.isChecked()
    assert not larger.plain.isVisible()


def test_the_side_by_side_view_is_hidden_for_an_image_without_heat_maps_and_returns_for_the_next(
    image_window: MainWindow, qtbot: QtBot
) -> None:
    larger = image_window.navigation.larger
    image_window.navigation.beside.trigger()
    qtbot.waitUntil(larger.plain.isVisible)
    image_window.table.selectRow(3)
    qtbot.waitUntil(lambda: not larger.image.has_image)
    assert not larger.plain.isVisible()
    choose_row(image_window, 1, qtbot)
    assert larger.plain.isVisible()
    assert larger.plain._picture is larger.image._picture


def test_side_by_side_cannot_be_turned_on_before_an_image_is_chosen(window: MainWindow) -> None:
    window.navigation.beside.trigger()
    assert not window.navigation.beside.isChecked()
    assert not window.navigation.larger.isVisible()
