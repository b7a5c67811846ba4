import numpy as np
import pytest
from PIL import Image

from breakhis_desktop.imaging.heat_colours import FULL_GLOW, heat_overlay, overlay

FIELD = Image.new("RGB", (70, 40), (220, 160, 200))


def spot(rows: int, columns: int, at: tuple[int, int], value: float) -> np.ndarray:
    heat_map = np.zeros((rows, columns), np.float32)
    heat_map[at] = value
    return heat_map


def test_strength_zero_shows_the_plain_image() -> None:
    assert overlay(FIELD, spot(4, 7, (1, 2), 20), 0).tobytes() == FIELD.tobytes()


def test_the_glow_of_a_cell_of_the_heat_map_is_strongest_at_its_centre_and_symmetrical_around_it() -> None:
    opacity = heat_overlay(spot(5, 7, (2, 3), 20), (70, 50))[..., 3]
    top = np.argwhere(opacity == opacity.max()).mean(axis=0)
    assert top.tolist() == [24.5, 34.5]
    assert np.array_equal(opacity, opacity[::-1, ::-1])


def test_the_outermost_cells_of_the_heat_map_reach_the_edge_of_the_image() -> None:
    opacity = heat_overlay(spot(4, 7, (0, 0), 20), (70, 40))[..., 3]
    assert opacity[0, 0] == opacity.max()


@pytest.mark.parametrize("value", [0.0, -9.0])
def test_evidence_against_the_class_does_not_glow(value: float) -> None:
    assert overlay(FIELD, np.full((7, 7), value, np.float32), 1).tobytes() == FIELD.tobytes()


def test_a_stronger_heat_map_glows_more_up_to_a_maximum() -> None:
    weak, full, fuller = (heat_overlay(spot(7, 7, (3, 3), factor * FULL_GLOW), (70, 70))[35, 35] for factor in (0.2, 1, 3))
    assert weak[3] < full[3]
    assert full.tolist() == fuller.tolist()


def test_stronger_places_of_the_heat_map_are_lighter_so_that_they_show_without_colour() -> None:
    ramp = np.linspace(0, 10, 60, dtype=np.float32)[None]
    red, green, blue, _ = heat_overlay(ramp, (60, 1))[0].astype(float).T
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    assert (np.diff(luminance) >= 0).all()


def test_half_the_strength_gives_the_mean_of_the_plain_image_and_the_full_glow() -> None:
    heat_map = np.full((2, 2), 20, np.float32)
    none, half, full = (np.asarray(overlay(FIELD, heat_map, strength))[0, 0].astype(float) for strength in (0, 0.5, 1))
    assert np.abs((none + full) / 2 - half).max() <= 1.5
