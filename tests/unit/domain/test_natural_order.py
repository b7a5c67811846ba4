"""The natural order of names, in which numbers sort by their value."""

import pytest

from breakhis_desktop.domain.natural_order import natural_key


@pytest.mark.parametrize(
    "names",
    [
        ["Case 3", "Case 12", "Case 15", "Case 21", "Case 22"],
        ["field 1", "field 2", "field 10", "field 11"],
        ["a", "a1", "a2b3", "a2b12", "a10", "b"],
        ["SOB_M_DC-14-2523-40-001", "SOB_M_DC-14-2523-40-002", "SOB_M_DC-14-2523-100-001", "SOB_M_DC-14-22549AB-40-001"],
        ["Álvares 9", "alvares 10", "Zoë"],
        ["", "0", "1", "1.5", "10"],
        ["9" * 300, "1" + "0" * 300],
    ],
)
def test_numbers_in_names_sort_by_value(names: list[str]) -> None:
    assert sorted(names[1::2] + names[::2], key=natural_key) == names


def test_names_that_differ_only_in_capitals_or_leading_zeros_are_always_in_the_same_order() -> None:
    names = ["field 01", "Field 1", "field 1", "FIELD 1"]
    assert sorted(names, key=natural_key) == sorted([*names[2:], *names[:2]], key=natural_key)
    assert sorted(["field 01", "field 2", "field 001"], key=natural_key)[-1] == "field 2"


def test_a_name_with_a_byte_that_is_not_text_can_be_sorted_too() -> None:
    assert sorted(["b\udcff2", "b\udcff10", "a"], key=natural_key) == ["a", "b\udcff2", "b\udcff10"]
