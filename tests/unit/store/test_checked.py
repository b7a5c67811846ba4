"""A row of the store is checked before it is converted."""

import pytest

from breakhis_desktop.store.checked import INTEGER, TEXT, Form, OddValueError, Row, number, optional, read_with


@pytest.fixture
def note() -> Form:
    return Form("note", {"page": INTEGER, "text": TEXT, "by": optional(TEXT)})


@pytest.mark.parametrize("row", [(1, "a", "b"), (1, "a", None)])
def test_a_row_whose_values_have_the_right_types_passes(note: Form, row: Row) -> None:
    note.check(row)
    note.check(row)


@pytest.mark.parametrize(
    ("row", "column"), [(("1", "a", None), "page"), ((1, None, "b"), "text"), ((1, "a", 2), "by"), ((1, "a", b""), "by")]
)
def test_a_row_with_a_value_of_the_wrong_type_is_refused_every_time_and_its_table_and_column_are_named(
    note: Form, row: Row, column: str
) -> None:
    for _ in range(2):
        with pytest.raises(OddValueError, match=rf"^note\.{column}$"):
            note.check(row)


def test_the_error_for_an_unreadable_row_names_its_table_unless_the_reader_gave_a_more_specific_error(note: Form) -> None:
    @read_with(note)
    def read(row: Row) -> int:
        page, text, by = row
        if by is not None:
            raise OddValueError("note.by")
        return int(page) + int(text)

    assert read((1, "2", None)) == 3
    with pytest.raises(OddValueError, match=r"^note$"):
        read((1, "two", None))
    with pytest.raises(OddValueError, match=r"^note\.by$"):
        read((1, "2", "A. Kaya"))


def test_a_number_may_lie_at_the_ends_of_its_range_but_not_beyond() -> None:
    assert [number(value, 0, 1) for value in (0, 0.5, 1)] == [0, 0.5, 1]
    for value in (-0.01, 1.01, float("nan"), float("inf"), "0.5", None):
        with pytest.raises(ValueError, match="no such number"):
            number(value, 0, 1)
