"""Edge cases of the rules by which folders, patterns and tables give the patients and magnifications of a job."""

from pathlib import Path

import pytest

from breakhis_desktop.domain.identity import (
    FOLDER,
    LONGEST_PATTERN,
    OFFICIAL,
    PATTERN,
    TABLE,
    Identity,
    OfficialNames,
    ParentFolder,
    Pattern,
    as_written,
    read_magnification,
)
from breakhis_desktop.errors import UserError
from tests.factories.identities import read, table


def test_rules_are_spelled_as_on_the_command_line_and_in_older_stores() -> None:
    assert (OFFICIAL, FOLDER, PATTERN, TABLE) == ("official", "folder", "pattern:", "csv:")
    assert (OfficialNames().text, ParentFolder().text, Pattern("{patient}").text) == ("", "folder", "pattern:{patient}")
    assert as_written("folder") == "folder"


def test_the_name_of_a_patient_is_cut_to_64_characters() -> None:
    assert ParentFolder().identify(Path("/", "p" * 64, "a.png")).patient_id == "p" * 64
    assert ParentFolder().identify(Path("/", "p" * 64 + "q", "a.png")).patient_id == "p" * 64


def test_the_searched_part_of_a_path_may_have_128_characters_for_each_name_in_it() -> None:
    assert read("(?P<patient>b)", f"/a/{'a' * 127}b.png") == ("b", None)
    assert read("(?P<patient>b)/a", f"/{'a' * 250}b/aaaa.png") == ("b", None)
    assert read("(?P<patient>b)/a", f"/{'a' * 250}b/aaaaa.png") == (None, None)


def test_a_pattern_may_have_at_most_200_characters() -> None:
    letters = "c" * (LONGEST_PATTERN - len("(?P<patient>b)[]"))
    assert read(f"(?P<patient>b)[{letters}]", "/a/bc.png") == ("b", None)
    with pytest.raises(UserError, match="1 to 200 characters"):
        Pattern(f"(?P<patient>b)[{letters}c]")


@pytest.mark.parametrize("repeat", ["*", "+", "{2,}", "{,99}"])
def test_a_pattern_may_have_four_open_repetitions_but_not_five(repeat: str) -> None:
    assert read("(?P<patient>a)" + f"x{repeat}" * 4, "/a/axxxxxxxx.png") == ("a", None)
    with pytest.raises(UserError, match="more than 4 open repetitions"):
        Pattern("(?P<patient>a)" + f"x{repeat}" * 5)


def test_the_first_line_of_a_table_determines_its_delimiter() -> None:
    assert table("file,patient\na;b;c;d.png,P1\n").identify(Path("/a;b;c;d.png")).patient_id == "P1"
    assert table("file\tpatient\na,b.png\tP1\n").identify(Path("/a,b.png")).patient_id == "P1"


def test_a_table_may_give_only_the_magnification() -> None:
    assert table("file,magnification\na.png,400\n").identify(Path("/a.png")) == Identity(None, 400)


def test_column_names_may_have_capitals_and_surrounding_spaces() -> None:
    assert table(" File , Patient\na.png,P1\n").identify(Path("/a.png")).patient_id == "P1"


def test_a_row_without_a_file_is_ignored() -> None:
    assert table("file,patient\n,P1\n  ,P2\na.png,P3\n").identities.keys() == {"a.png"}


def test_a_cell_may_span_several_lines() -> None:
    assert table('file,patient\na.png,"P\r\n1"\n').identify(Path("/a.png")).patient_id == "P\\u000d\\u000a1"


@pytest.mark.parametrize(("written", "read_as"), [("400", 400), (" 400x ", 400), ("9999X", 9999), ("40 \u00d7", 40), ("", None)])
def test_a_magnification_is_read_as_people_write_it(written: str, read_as: int | None) -> None:
    assert table(f"file,magnification\na.png,{written}\n").identify(Path("/a.png")).magnification == read_as


@pytest.mark.parametrize("written", ["0", "10000"])
def test_an_impossible_magnification_is_refused(written: str) -> None:
    with pytest.raises(UserError, match=f"the magnification {written}; write a number such as 400"):
        table(f"file,magnification\na.png,{written}\n")


def test_a_slash_in_a_negated_character_class_does_not_count_as_a_folder() -> None:
    assert read(r"(?P<patient>[^/]+)_\d+", "/batch_2023/anna_1.png") == ("anna", None)
    assert read(r"(?P<patient>[^]/\\]+)_\d+", "/batch_2023/bert_2.png") == ("bert", None)
    assert read(r"(?P<patient>[^\/]+)\/[^/]+_(?P<magnification>\d+)", "/batch/anna/f_40.png") == ("anna", 40)


def test_a_slash_outside_a_negated_character_class_counts_as_a_folder() -> None:
    assert read(r"\[(?P<patient>[^/]+)/\d+", "/batch/[anna/1.png") == ("anna", None)
    assert read(r"(?P<patient>[a-z]+)[/\\]\d+", "/batch/anna/1.png") == ("anna", None)
    assert read("[x]/{patient}", "/batch/[x]/anna.png") == ("anna", None)


@pytest.mark.parametrize("name", ["..png", "...png", ".png", "a.", "a..png"])
def test_a_name_with_dots_in_unusual_places_is_read_like_any_other(name: str) -> None:
    assert read("(?P<patient>.*)", f"/a/{name}") == (Path(name).stem, None)


def test_an_empty_pattern_is_reported_as_empty() -> None:
    with pytest.raises(UserError, match="The pattern is empty"):
        Pattern("")


@pytest.mark.parametrize(("written", "meant"), [("400.000", 400), ("400,0", 400), ("40.000", 40), ("4.0", 4), ("4.00", 4), ("1.0000", 1)])
def test_decimals_that_are_all_zero_are_ignored(written: str, meant: int) -> None:
    assert read_magnification(written) == meant


@pytest.mark.parametrize("written", ["1,000", "1.000", "1.000X", "x2,000"])
def test_a_number_with_an_ambiguous_decimal_or_thousands_separator_is_refused_as_a_magnification(written: str) -> None:
    assert read_magnification(written) is None
    with pytest.raises(UserError, match="write a number such as 400, or leave it empty"):
        table(f"file;patient;magnification\na.png;P1;{written}\n")
