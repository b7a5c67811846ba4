import pytest

from breakhis_desktop.domain.scale import micrometres_per_pixel, round_length


@pytest.mark.parametrize(("magnification", "micrometres"), [(40, 0.49), (100, 0.20), (200, 0.10), (400, 0.05)])
def test_a_breakhis_image_in_its_original_size_has_the_scale_of_its_magnification(magnification: int, micrometres: float) -> None:
    assert micrometres_per_pixel(f"SOB_M_DC-14-2523-{magnification}-001.png", (700, 460)) == micrometres
    assert micrometres_per_pixel(f"SOB_M_DC-14-2523-{magnification}-001.png", (700, 456)) == micrometres


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("SOB_M_DC-14-2523-400-001.png", (224, 224)),
        ("SOB_M_DC-14-2523-400-001.png", (460, 700)),
        ("SOB_M_DC-14-2523-500-001.png", (700, 460)),
        ("camera.png", (700, 460)),
    ],
)
def test_the_scale_is_unknown_for_a_size_or_magnification_or_name_that_breakhis_lacks(name: str, size: tuple[int, int]) -> None:
    assert micrometres_per_pixel(name, size) is None


@pytest.mark.parametrize(
    ("longest", "length"), [(343, 200), (99.9, 50), (100, 100), (19, 10), (5, 5), (4.99, 2), (1.2, 1), (0.7, 0.5), (0.013, 0.01)]
)
def test_a_length_is_rounded_down_to_1_2_or_5_times_a_power_of_ten(longest: float, length: float) -> None:
    assert round_length(longest) == pytest.approx(length)
