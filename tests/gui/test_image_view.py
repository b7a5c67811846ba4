"""How the image view and the heat-map controls are painted and react to the user."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.state.heat_choice import HeatChoice, HeatMap
from breakhis_desktop.ui.viewer.heat_controls import HeatControls
from breakhis_desktop.ui.viewer.image_view import ImageView
from breakhis_desktop.ui.viewer.picture import Picture
from tests.gui.shown_words import painted_words

SIZE = (700, 460)


def chequered_image() -> QImage:
    """Return an image in which every pixel differs from its neighbours."""
    rows, columns = np.mgrid[: SIZE[1], : SIZE[0]]
    pixels = np.stack([columns % 200, rows % 200, (rows + columns) % 2 * 90], axis=-1).astype(np.uint8)
    return QImage(pixels.tobytes(), *SIZE, 3 * SIZE[0], QImage.Format.Format_RGB888).convertToFormat(QImage.Format.Format_RGB32)


def plain(colour: QColor) -> QImage:
    image = QImage(64, 64, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(colour)
    return image


GLOWS = {HeatMap.MALIGNANT: plain(QColor(255, 0, 0, 200)), HeatMap.SUBTYPE: plain(QColor(0, 0, 255, 200))}


@pytest.fixture
def heat() -> HeatChoice:
    choice = HeatChoice()
    choice.choose(HeatMap.NONE)
    return choice


@pytest.fixture
def view(qtbot: QtBot, qapp: QApplication, heat: HeatChoice) -> ImageView:
    """Return a view of 350 x 230 pixels, half as wide and half as high as its picture."""
    shown = ImageView(Theme(qapp), heat)
    qtbot.addWidget(shown)
    shown.resize(350, 230)
    shown.show_picture(Picture(chequered_image(), GLOWS, subtype="Ductal carcinoma", micrometres_per_pixel=0.2))
    shown.show()
    return shown


def drawn(view: ImageView) -> NDArray[np.uint8]:
    """Return the view's pixels as height x width x 3, without the margins where marks are drawn."""
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3)[10:-50, 10:-10].copy()


def turn_wheel(widget: QWidget, at: QPointF, notches: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> bool:
    """Turn the wheel over a widget; return whether the widget handled the event itself instead of leaving it to its parent."""
    none, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(at, widget.mapToGlobal(at), QPoint(), QPoint(0, 120 * notches), none, modifiers, phase, False)
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


@pytest.mark.parametrize("without_ctrl", [True, False])
def test_the_wheel_zooms_and_keeps_the_point_under_the_cursor(view: ImageView, without_ctrl: bool) -> None:
    cursor = QPointF(120, 90)
    view.wheel_zooms = without_ctrl
    before = view.viewport.image_point(cursor)
    turn_wheel(view, cursor, 3, Qt.KeyboardModifier.NoModifier if without_ctrl else Qt.KeyboardModifier.ControlModifier)
    assert view.viewport.scale == pytest.approx(0.5 * 1.25**3)
    assert (view.viewport.image_point(cursor) - before).manhattanLength() < 1e-6


def test_scrolling_a_page_changes_neither_zoom_nor_heat_map_under_the_cursor(view: ImageView, heat: HeatChoice, qtbot: QtBot) -> None:
    controls = HeatControls(heat)
    qtbot.addWidget(controls)
    controls.show_picture(Picture(chequered_image(), GLOWS))
    heat.choose(HeatMap.MALIGNANT)
    before = view.viewport.scale, heat.percent, controls.maps.currentIndex()
    for part in (view, controls.strength, controls.maps):
        for notches in (1, -1):
            assert not turn_wheel(part, QPointF(10, 10), notches)
    assert (view.viewport.scale, heat.percent, controls.maps.currentIndex()) == before


def test_the_wheel_does_not_zoom_while_the_view_shows_words(view: ImageView) -> None:
    view.wheel_zooms = True
    view.show_words("Opening…")
    turn_wheel(view, QPointF(50, 50), 1)
    assert view.viewport.scale == 1.0


def test_one_to_one_shows_the_pixels_of_the_image_unchanged(view: ImageView, qtbot: QtBot) -> None:
    qtbot.keyClick(view, Qt.Key.Key_1)
    assert view.viewport.scale == 1.0
    left, top = (round(-value) for value in (view.viewport.frame().x(), view.viewport.frame().y()))
    image = chequered_image().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(SIZE[1], image.bytesPerLine())[:, : 3 * SIZE[0]].reshape(SIZE[1], SIZE[0], 3)
    assert np.array_equal(drawn(view), rows[top + 10 : top + 180, left + 10 : left + 340])


def test_each_pixel_is_a_sharp_square_at_fourfold_zoom(view: ImageView) -> None:
    view.viewport.zoom_to(4, QPointF(0, 0))
    squares = drawn(view)[2:-4, 2:-4]
    rows, columns = squares.shape[0] // 4 * 4, squares.shape[1] // 4 * 4
    assert (squares[:rows, :columns].reshape(rows // 4, 4, columns // 4, 4, 3).std(axis=(1, 3)) == 0).all()


def test_keys_zoom_in_and_out_and_fit(view: ImageView, qtbot: QtBot) -> None:
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.viewport.scale == pytest.approx(0.625)
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    assert view.viewport.scale == pytest.approx(0.625)
    qtbot.keyClick(view, Qt.Key.Key_F)
    assert view.viewport.fits


def test_a_double_click_fits_the_image_to_the_view(view: ImageView, qtbot: QtBot) -> None:
    view.zoom(5)
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton)
    assert view.viewport.fits


def test_dragging_moves_the_image_with_the_cursor(view: ImageView, qtbot: QtBot) -> None:
    view.show_pixels()
    before = view.viewport.image_point(QPointF(100, 100))
    assert view.cursor().shape() is Qt.CursorShape.OpenHandCursor
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    assert view.cursor().shape() is Qt.CursorShape.ClosedHandCursor
    qtbot.mouseMove(view, QPoint(130, 80))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(130, 80))
    assert view.viewport.image_point(QPointF(130, 80)) == before
    qtbot.mouseMove(view, QPoint(10, 10))
    assert view.viewport.image_point(QPointF(130, 80)) == before


def test_shift_and_an_arrow_key_pan_a_zoomed_image(view: ImageView, qtbot: QtBot) -> None:
    view.show_pixels()
    before = view.viewport.frame().topLeft()
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert (view.viewport.frame().topLeft() - before) == QPointF(-64, 0)


def test_arrow_keys_ask_for_other_images_and_the_enter_key_asks_for_the_larger_view(view: ImageView, qtbot: QtBot) -> None:
    for key, step in ((Qt.Key.Key_Right, 1), (Qt.Key.Key_Left, -1)):
        with qtbot.waitSignal(view.step_asked) as asked:
            qtbot.keyClick(view, key)
        assert asked.args == [step]
    with qtbot.waitSignal(view.enlarge_asked):
        qtbot.keyClick(view, Qt.Key.Key_Return)


def test_each_heat_map_colours_the_image_and_at_zero_strength_the_image_is_unchanged(view: ImageView, heat: HeatChoice) -> None:
    bare = drawn(view)
    shown = {}
    for heat_map in (HeatMap.MALIGNANT, HeatMap.SUBTYPE):
        heat.choose(heat_map)
        shown[heat_map] = drawn(view)
    assert shown[HeatMap.MALIGNANT][..., 0].mean() > bare[..., 0].mean() > shown[HeatMap.SUBTYPE][..., 0].mean()
    assert shown[HeatMap.SUBTYPE][..., 2].mean() > bare[..., 2].mean()
    heat.set_percent(0)
    assert np.array_equal(drawn(view), bare)


def test_the_view_has_a_border_in_the_accent_colour_while_it_has_the_focus(view: ImageView, qtbot: QtBot) -> None:
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    accent = view.grab().toImage().pixelColor(175, 1)
    view.clearFocus()
    assert view.grab().toImage().pixelColor(175, 1) != accent
    assert accent.name() == view._theme.tokens.accent


def test_the_scale_bar_follows_the_zoom_and_cites_its_source(view: ImageView, qtbot: QtBot) -> None:
    view.grab()
    centre, at_fit = view._scale_bar.center().toPoint(), view._scale_words
    QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, centre, view.mapToGlobal(centre)))
    assert "Spanhol et al. 2016" in QToolTip.text()
    for _ in range(5):
        qtbot.keyClick(view, Qt.Key.Key_Plus)
    view.grab()
    assert view._scale_words != at_fit
    view.show_picture(Picture(chequered_image()))
    view.grab()
    assert view._scale_bar.isEmpty()


def test_the_scale_bar_of_a_small_picture_leaves_room_for_the_zoom_factor(view: ImageView) -> None:
    view.grab()
    assert view._scale_words == "20 µm, as published"
    view.resize(160, 105)
    view.grab()
    assert view._scale_words == "20 µm"
    assert view._scale_bar.width() < 160 / 2
    assert "23%" in painted_words(view)


def test_using_the_controls_changes_the_heat_map_choice_and_vice_versa(qtbot: QtBot, heat: HeatChoice) -> None:
    controls = HeatControls(heat)
    qtbot.addWidget(controls)
    controls.show_picture(Picture(chequered_image(), GLOWS, subtype="Ductal carcinoma"))
    assert [controls.maps.itemText(row) for row in range(3)] == ["Off", "Malignant", "Ductal carcinoma"]
    controls.show()
    assert not controls.strength.isVisible()
    controls.maps.setCurrentIndex(2)
    controls.maps.activated.emit(2)
    assert heat.heat_map is HeatMap.SUBTYPE
    assert controls.strength.isVisible()
    assert "not an outline" in controls.legend.text()
    controls.strength.setValue(30)
    assert heat.percent == 30
    heat.choose(HeatMap.NONE)
    assert controls.maps.currentText() == "Off"


def test_without_heat_maps_the_controls_are_disabled_and_say_why(qtbot: QtBot, heat: HeatChoice) -> None:
    controls = HeatControls(heat)
    qtbot.addWidget(controls)
    heat.choose(HeatMap.MALIGNANT)
    controls.show_picture(Picture(chequered_image(), no_glow="No heat map: the models did not classify this image."))
    controls.show()
    assert not controls.maps.isEnabled()
    assert not controls.strength.isVisible()
    assert controls.maps.toolTip() == controls.legend.text() == "No heat map: the models did not classify this image."
    controls.show_none("The file is not there.")
    assert controls.maps.toolTip() == "The file is not there."
    controls.show_picture(Picture(chequered_image(), GLOWS, subtype="Adenosis"))
    assert controls.maps.isEnabled()
    assert "how much each place adds" in controls.maps.toolTip()


def test_before_an_image_is_open_the_controls_are_no_higher_than_with_the_heat_map_off(qtbot: QtBot, heat: HeatChoice) -> None:
    controls = HeatControls(heat)
    qtbot.addWidget(controls)
    controls.show_none("")
    before = controls.sizeHint().height()
    controls.show_picture(Picture(chequered_image(), GLOWS, subtype="Adenosis"))
    assert controls.sizeHint().height() == before


def test_toggling_hides_the_heat_map_and_toggling_again_shows_the_same_one(heat: HeatChoice) -> None:
    heat.choose(HeatMap.SUBTYPE)
    seen = []
    for _ in range(2):
        heat.toggle()
        seen.append(heat.heat_map)
    assert seen == [HeatMap.NONE, HeatMap.SUBTYPE]


def test_the_zoom_in_percent_is_not_shown_where_it_would_lie_under_the_scale_bar(view: ImageView) -> None:
    assert "50%" in painted_words(view)
    view.resize(90, 60)
    words = painted_words(view)
    assert view._scale_words in words
    assert not [word for word in words if word.endswith("%")]
