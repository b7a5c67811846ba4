"""The measures of a picture, compared with numbers worked out by hand and with plain pixel-by-pixel code."""

import math
from statistics import fmean, pstdev

import numpy as np
import pytest
from numpy.typing import NDArray

from breakhis_desktop.quality.measures import measure


def plain(*colour: int) -> NDArray[np.uint8]:
    return np.full((8, 8, 3), colour or 100, np.uint8)


def density(value: int) -> float:
    return -math.log10(max(value, 1) / 255)


def drawn() -> NDArray[np.uint8]:
    """Return a picture of random colours with a part of glass and a black part."""
    picture = np.random.default_rng(0).integers(40, 230, (12, 14, 3)).astype(np.uint8)
    picture[:4, :4] = 240
    picture[8:10, 8:10] = 0
    return picture


def tissue_of(picture: NDArray[np.uint8]) -> list[list[float]]:
    """Return the red, green and blue density of the tissue pixels, from every second pixel of every second row."""
    read = [[density(int(value)) for value in pixel] for row in picture[::2] for pixel in row[::2]]
    return [colours for colours in read if fmean(colours) > 0.08]


def direction(colours: list[float]) -> list[float]:
    length = math.sqrt(sum(one * one for one in colours))
    return [one / length for one in colours]


def test_a_plain_grey_picture_has_no_contrast_or_detail_or_hues_or_colour() -> None:
    found = measure(plain())
    assert (found.brightness, found.contrast, found.detail, found.hues, found.colour) == (100, 0, 0, 0, 0)
    assert (found.tissue, found.green_first) == (1, 1)
    assert found.absorption == pytest.approx([1 / math.sqrt(3)] * 3)


def test_brightness_and_contrast_are_the_mean_and_deviation_of_the_grey_values() -> None:
    picture = drawn()
    grey = [fmean(map(int, pixel)) for row in picture for pixel in row]
    found = measure(picture)
    assert found.brightness == pytest.approx(fmean(grey), rel=1e-5)
    assert found.contrast == pytest.approx(pstdev(grey), rel=1e-5)


def test_detail_is_the_mean_absolute_laplacian_of_the_grey_values() -> None:
    picture = drawn()
    grey = picture.astype(float).mean(axis=2)
    gaps = [
        abs(4 * grey[y, x] - grey[y - 1, x] - grey[y + 1, x] - grey[y, x - 1] - grey[y, x + 1])
        for y in range(1, grey.shape[0] - 1)
        for x in range(1, grey.shape[1] - 1)
    ]
    assert measure(picture).detail == pytest.approx(fmean(gaps), rel=1e-5)


def test_a_pixel_counts_as_tissue_if_its_mean_density_exceeds_8_hundredths() -> None:
    picture = plain(212)
    picture[:2] = 211  # density 0.0822; 212 has 0.0802
    assert measure(picture).tissue == 1
    picture[:2] = 213  # density 0.0782
    assert measure(picture).tissue == 0.75
    assert measure(plain(213)).tissue == 0


def test_the_measures_of_the_tissue_match_a_computation_pixel_by_pixel() -> None:
    picture, found = drawn(), measure(drawn())
    tissue = tissue_of(picture)
    assert found.tissue == pytest.approx(len(tissue) / 42)
    assert found.absorption == pytest.approx(direction([fmean(one) for one in zip(*tissue, strict=True)]), rel=1e-4)
    assert found.colour == pytest.approx(fmean(max(one) - min(one) for one in tissue), rel=1e-4)
    assert found.green_first == pytest.approx(fmean(one[1] + 0.02 >= max(one) for one in tissue))
    assert found.hues == pytest.approx(fmean(pstdev(one) for one in zip(*map(direction, tissue), strict=True)), rel=1e-4)


# A value of 104 absorbs .017 less than a value of 100, and 105 absorbs .0212 less.
@pytest.mark.parametrize(("green", "first"), [(100, 1), (104, 1), (105, 0), (80, 1)])
def test_green_may_absorb_two_hundredths_less_than_another_colour_and_still_count_as_first(green: int, first: int) -> None:
    assert measure(plain(100, green, 120)).green_first == first
    assert measure(plain(120, green, 100)).green_first == first


def test_a_picture_of_nothing_but_glass_is_measured_as_a_whole() -> None:
    found = measure(plain(235, 230, 240))
    assert found.tissue == 0
    assert found.absorption == pytest.approx(direction([density(one) for one in (235, 230, 240)]), rel=1e-4)


def test_a_white_picture_absorbs_no_colour() -> None:
    assert measure(plain(255)).absorption == (0, 0, 0)


def test_black_absorbs_as_much_as_the_darkest_grey() -> None:
    assert measure(plain(0)).absorption == measure(plain(1)).absorption == pytest.approx([1 / math.sqrt(3)] * 3)
    assert measure(plain(0, 1, 1)).colour == 0
    assert measure(plain(255, 1, 255)).colour == pytest.approx(math.log10(255), rel=1e-5)
