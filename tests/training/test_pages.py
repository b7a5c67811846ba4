"""The filters with which templates write numbers and tables."""

from training.pages.filters import aligned, count


def test_a_count_is_written_with_its_noun() -> None:
    assert [count(1, "group"), count(2, "group"), count(2, "file or folder", "files or folders")] == [
        "1 group",
        "2 groups",
        "2 files or folders",
    ]
    assert count(1_387) == "1,387"


def test_table_columns_are_padded_and_counts_are_right_aligned() -> None:
    table = "| name | images |\n| --- | ---: |\n| a \\| b | 1,387 |\n| longer name | 9 |\n| | |\n"
    assert aligned(table).splitlines() == [
        "| name        | images |",
        "| ----------- | -----: |",
        "| a \\| b      |  1,387 |",
        "| longer name |      9 |",
        "|             |        |",
    ]
