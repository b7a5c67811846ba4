"""Zoom and pan as geometry, without a widget."""

import pytest
from PySide6.QtCore import QPointF, QSizeF

from breakhis_desktop.ui.viewer.viewport import MOST_SCALE, Viewport


def make_viewport(view: tuple[float, float] = (350, 230), image: tuple[float, float] = (700, 460), ratio: float = 1.0) -> Viewport:
    viewport = Viewport()
    viewport.resize(QSizeF(*view), ratio)
    viewport.show(QSizeF(*image))
    return viewport


def test_an_image_is_fitted_to_its_view_at_first() -> None:
    viewport = make_viewport()
    assert viewport.scale == 0.5
    assert (viewport.fits, viewport.frame().getRect()) == (True, (0, 0, 350, 230))


def test_an_image_narrower_than_its_view_is_centred() -> None:
    assert make_viewport(view=(400, 230)).frame().getRect() == (25, 0, 350, 230)


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("factor", [1.25, 3.0, 20.0])
def test_zooming_keeps_the_point_under_the_cursor(ratio: float, factor: float) -> None:
    viewport, cursor = make_viewport(ratio=ratio), QPointF(260, 40)
    before = viewport.image_point(cursor)
    viewport.zoom_to(viewport.scale * factor, cursor)
    after = viewport.image_point(cursor)
    assert (after - before).manhattanLength() < 1e-6


@pytest.mark.parametrize(("view", "ratio"), [((350, 230), 2.0), ((500, 180), 1.0), ((300, 300), 1.5)])
def test_a_zoomed_image_keeps_its_middle_when_the_view_or_the_screen_changes(view: tuple[float, float], ratio: float) -> None:
    viewport = make_viewport()
    viewport.zoom_to(8, QPointF(200, 150))
    before = viewport.image_point(QPointF(175, 115))
    viewport.resize(QSizeF(*view), ratio)
    after = viewport.image_point(QPointF(view[0] / 2, view[1] / 2))
    assert (after - before).manhattanLength() < 1e-6
    assert viewport.scale == 8


def test_zooming_in_and_out_again_returns_to_the_fit() -> None:
    viewport = make_viewport()
    viewport.zoom_to(3, QPointF(20, 20))
    assert not viewport.fits
    viewport.zoom_to(0.1, QPointF(300, 200))
    assert (viewport.fits, viewport.frame().getRect()) == (True, (0, 0, 350, 230))


def test_zooming_stops_at_the_largest_scale() -> None:
    viewport = make_viewport()
    viewport.zoom_to(1000, QPointF(5, 5))
    assert viewport.scale == MOST_SCALE


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
def test_one_to_one_puts_each_image_pixel_on_a_whole_screen_pixel(ratio: float) -> None:
    viewport = make_viewport(ratio=ratio)
    viewport.zoom_to(1.0, QPointF(101, 77))
    frame = viewport.frame()
    assert frame.width() * ratio == pytest.approx(700)
    assert frame.left() * ratio == pytest.approx(round(frame.left() * ratio))


def test_the_image_cannot_be_dragged_past_its_edges() -> None:
    viewport = make_viewport()
    viewport.zoom_to(2, QPointF(0, 0))
    viewport.pan(QPointF(500, 500))
    assert viewport.frame().topLeft() == QPointF(0, 0)
    viewport.pan(QPointF(-9999, -9999))
    assert viewport.frame().bottomRight() == QPointF(350, 230)


def test_a_fitted_image_cannot_be_panned() -> None:
    viewport = make_viewport()
    assert not viewport.can_pan
    viewport.pan(QPointF(30, -30))
    assert viewport.frame().getRect() == (0, 0, 350, 230)


def test_a_fitted_image_follows_the_size_of_its_view() -> None:
    viewport = make_viewport()
    viewport.resize(QSizeF(700, 500), 1.0)
    assert viewport.scale == 1.0
    assert viewport.frame().getRect() == (0, 20, 700, 460)


def test_a_zoomed_image_keeps_its_centre_when_the_view_grows() -> None:
    viewport = make_viewport()
    viewport.zoom_to(3, QPointF(200, 100))
    before = viewport.image_point(QPointF(175, 115))
    viewport.resize(QSizeF(450, 330), 1.0)
    assert (viewport.image_point(QPointF(225, 165)) - before).manhattanLength() < 1e-6
    assert viewport.scale == 3


def test_an_image_smaller_than_its_view_can_be_shown_one_to_one() -> None:
    viewport = make_viewport(image=(100, 50))
    assert viewport.scale == 3.5
    viewport.zoom_to(1.0, QPointF(0, 0))
    assert viewport.frame().getRect() == (125, 90, 100, 50)
