"""Spare width goes to columns that can use it; a last column that is mostly out of view is covered by the column before it."""

import pytest

from breakhis_desktop.ui.results.column_widths import share_spare

NEEDED = {"image": 100, "decision": 80, "review": 70, "subtype": 90}


@pytest.mark.parametrize(("room", "review"), [(250, 70), (260, 80), (294, 114), (295, 70), (339, 70)])
def test_if_less_than_half_of_the_last_column_is_visible_the_column_before_it_covers_that_part(room: int, review: int) -> None:
    widths = dict(NEEDED)
    share_spare(widths, room, ())
    assert widths == {**NEEDED, "review": review}


def test_a_column_whose_width_the_user_chose_covers_nothing() -> None:
    widths = dict(NEEDED)
    share_spare(widths, 260, {"review"})
    assert widths == NEEDED


def test_spare_width_goes_first_to_the_probability_bar_and_then_equally_to_the_last_column_and_the_image_column() -> None:
    widths = {"image": 100, "p_malignant": 60, "decision": 80, "review": 70, "subtype": 90}
    share_spare(widths, 400 + 52 + 40, ())
    assert widths == {"image": 120, "p_malignant": 112, "decision": 80, "review": 70, "subtype": 110}
