"""How a job's rule reads the patient and magnification of an image."""

import os
import re
import time
import unicodedata
from pathlib import Path
from typing import Literal

import pytest

from breakhis_desktop.domain.identity import (
    Combined,
    Identity,
    OfficialNames,
    ParentFolder,
    Pattern,
    Table,
    WrittenMagnification,
    as_kept,
    as_written,
    parts_of,
    restored,
    tables_of,
    with_magnification,
    without_magnification,
)
from breakhis_desktop.domain.records import ImageRecord, Status
from breakhis_desktop.errors import UserError
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode
from tests.factories.identities import read, table

OFFICIAL = Path("/fields/SOB_M_DC-14-22549AB-400-031.png")


def record(path: Path, identity: Identity) -> ImageRecord:
    return ImageRecord(0, path, Status.DONE, identity=identity)


def test_an_official_name_gives_patient_and_accession_and_magnification() -> None:
    found = record(OFFICIAL, OfficialNames().identify(OFFICIAL))
    assert (found.patient_id, found.accession, found.magnification) == ("14-22549AB", "22549", 400)


def test_the_folder_gives_the_patient_and_an_official_name_still_gives_the_magnification() -> None:
    found = record(OFFICIAL, ParentFolder().identify(OFFICIAL))
    assert (found.patient_id, found.accession, found.magnification) == ("fields", "", 400)


@pytest.mark.parametrize("named", ["100x", "100X", "100×"])
def test_a_folder_named_after_a_magnification_gives_it_and_the_folder_above_gives_the_patient(named: str) -> None:
    assert ParentFolder().identify(Path(f"/ward/Case 12/{named}/field 3.png")) == Identity("Case 12", 100)


@pytest.mark.parametrize("name", ["12", "1004", "100", "X1", "X100", "x40", "3x", "12X", "1024x768"])
def test_a_folder_whose_name_does_not_clearly_state_a_magnification_is_taken_for_a_patient(name: str) -> None:
    assert ParentFolder().identify(Path(f"/ward/{name}/field 3.png")) == Identity(name)


@pytest.mark.parametrize(
    ("path", "magnification"),
    [
        ("Case 12/IMG_1004_100x.png", 100),
        ("Case 12/x400 field 3.png", 400),
        ("Case 12/40X.png", 40),
        ("Case 12 200×/field 3.png", 200),
        ("Case 12/100x/field 3.png", 100),
        ("Case 100x/field 400x.png", 400),
        ("Case 12/100x to 400x.png", None),
        ("Case 12/1024x768.png", None),
        ("Case 12/field 100.png", None),
        ("Case 12/0.5x.png", None),
        ("Case 12/Max40 40xy.png", None),
    ],
)
def test_a_magnification_is_read_only_if_a_file_or_folder_name_states_it_unambiguously(path: str, magnification: int | None) -> None:
    assert WrittenMagnification().identify(Path("/ward") / path) == Identity(None, magnification)


def test_combined_rules_are_applied_from_the_last_to_the_first() -> None:
    both = Combined((ParentFolder(), WrittenMagnification()))
    assert both.text == "folder,magnification"
    assert both.identify(Path("/ward/Case 12/IMG_1004_100x.png")) == Identity("Case 12", 100)
    listed = Combined((ParentFolder(), WrittenMagnification(), table("file,patient\na 40x.png,P1\n")))
    assert listed.identify(Path("/ward/Case 12/a 40x.png")) == Identity("P1", 40)
    assert listed.identify(Path("/ward/Case 12/b 40x.png")) == Identity("Case 12", 40)


def test_a_combined_rule_is_split_into_its_single_rules() -> None:
    assert parts_of("folder") == ("folder",)
    assert parts_of("folder,magnification") == ("folder", "magnification")
    assert parts_of("folder,pattern:folder,{patient}") == ("folder", "pattern:folder,{patient}")
    assert parts_of("csv:/folder,a.csv") == ("csv:/folder,a.csv",)


@pytest.mark.parametrize(
    ("rule", "joined"),
    [
        ("", "magnification"),
        ("official", "magnification"),
        ("folder", "folder,magnification"),
        ("pattern:{patient}", "magnification,pattern:{patient}"),
        ("folder,csv:/a,b.csv", "folder,magnification,csv:/a,b.csv"),
    ],
)
def test_the_rule_for_written_magnifications_can_be_added_to_another_rule_and_removed_again(rule: str, joined: str) -> None:
    assert with_magnification(rule) == joined
    assert without_magnification(joined) == ("" if rule == "official" else rule)


def test_the_accession_is_kept_if_the_rule_and_the_name_give_the_same_patient() -> None:
    assert record(OFFICIAL, Identity("14-22549AB")).accession == "22549"


def test_a_folder_name_that_is_not_text_gives_a_patient_that_can_be_stored() -> None:
    identity = ParentFolder().identify(Path(os.fsdecode(b"/caf\xe9\nb/a.png")))
    assert identity.patient_id == "caf\\xe9\\u000ab"
    assert identity.patient_id.encode()


@pytest.mark.parametrize(
    ("pattern", "path", "found"),
    [
        ("{patient}_{magnification}x_*", "/a/P12_100x_007.tif", ("P12", 100)),
        ("{patient}_{magnification}x_*", "/a/P12-100x-007.tif", (None, None)),
        ("{patient}/{magnification}x/*", "/data/Anna/40x/007.tif", ("Anna", 40)),
        ("{patient} (*", "/a/P1 (2).png", ("P1", None)),
        (r"(?P<patient>[A-Z]\d+)", "/a/field of B7, again.png", ("B7", None)),
        (r"^(?P<patient>\w+)-(?P<magnification>\d{2,3})$", "/a/x-200.png", ("x", 200)),
        (r"(?P<magnification>\w+)", "/a/large.png", (None, None)),
        ("{patient}", "/a/.png", (".png", None)),
        ("{patient}/*", "a.png", (None, None)),
    ],
)
def test_a_pattern_is_applied_to_the_file_name_and_to_as_many_folders_as_it_has_slashes(
    pattern: str, path: str, found: tuple[str | None, int | None]
) -> None:
    assert read(pattern, path) == found


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("", "The pattern is empty"),
        ("{patient}" + "x" * 200, "must have 1 to 200 characters"),
        ("(?P<patient>", "is not a valid regular expression"),
        (r"\d+", r"names neither the patient nor the magnification; write \{patient\} or \{magnification\} where"),
        ("{patient}_{patient}", r"names \{patient\} twice"),
        ("(?P<patient>(a+)+)$", "repeats a group"),
        (r"(?P<patient>(?:a|a\)){2,})", "repeats a group"),
        ("(?P<patient>.*).*.*.*.*x", "more than 4 open repetitions"),
        ("(?P<patient>" + "(?:a|a)" * 25 + ")$", "too many optional parts"),
        ("(?P<patient>" + "a?" * 34 + ")" + "a" * 34, "too many optional parts"),
        ("(?P<patient>.{0,9}.{0,9}.{0,9}.{0,9}.{0,9}.{0,9}.{0,9})x", "too many optional parts"),
        (r"(?x)(?P<patient>(a+) +)$", "has flags or comments"),
        ("(?P<patient>a)(?#b)", "has flags or comments"),
    ],
)
def test_an_unusable_pattern_is_refused_with_the_reason(pattern: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        Pattern(pattern)


def test_brackets_and_escapes_are_not_mistaken_for_repeated_groups() -> None:
    assert read(r"\)*(?P<patient>[)+*]{2,3}\w)", "/a/)+Z.png") == (")+Z", None)


@pytest.mark.parametrize(
    "pattern",
    [
        "(?P<patient>a*a*a*)b*c",
        "(?P<patient>.*?).*?.*?.*?!",
        "^(?P<patient>.*?).*?.*?.*?!",
        "(?P<patient>" + "a?" * 12 + ")!",
        "(?P<patient>" + "(?:a|a)" * 12 + ")!",
        "{patient}*a*a_{magnification}!",
    ],
)
@pytest.mark.parametrize("length", [60, 75, 100, 128])
def test_an_accepted_pattern_finishes_even_on_the_worst_names(pattern: str, length: int) -> None:
    begun = time.process_time()
    assert read(pattern, f"/a/{'a' * length}.png") == (None, None)
    assert time.process_time() - begun < 20


@pytest.mark.parametrize(
    ("pattern", "name", "found"),
    [
        ("*_{patient}_*_{magnification}x_*", "HE_P12_slide3_400x_007", ("P12", 400)),
        (r"(?P<patient>\w+?)_\w+_(?P<magnification>40|100|200|400)x?_.*", "P12_slide3_400x_007", ("P12", 400)),
        (r"(?i)he_(?P<patient>\w{1,3})", "HE_P12", ("P12", None)),
        ("(?P<patient>[A-Z]\\d+)(?:_(?P<magnification>\\d{2,3}))?", "B7_40", ("B7", 40)),
    ],
)
def test_patterns_that_people_really_write_are_accepted(pattern: str, name: str, found: tuple[str | None, int | None]) -> None:
    assert read(pattern, f"/a/{name}.png") == found


def test_a_name_that_is_too_long_is_not_searched_by_a_pattern() -> None:
    assert read("(?P<patient>a)", f"/a/{'a' * 129}.png") == (None, None)


def test_a_table_entry_with_the_longest_matching_path_wins() -> None:
    rows = table("file;patient;magnification\na.png;P1;40\nsub/a.png;P2;100x\n./b.png;;200\nwindows\\c.png;P3;\n")
    assert rows.identify(Path("/x/a.png")) == Identity("P1", 40)
    assert rows.identify(Path("/x/sub/a.png")) == Identity("P2", 100)
    assert rows.identify(Path("/x/b.png")) == Identity(None, 200)
    assert rows.identify(Path("/windows/c.png")) == Identity("P3", None)
    assert rows.identify(Path("/x/d.png")) == Identity()


def test_a_table_finds_names_however_their_accents_are_encoded() -> None:
    assert table("file,patient\ncafe\u0301.png,P1\n").identify(Path("/caf\u00e9.png")).patient_id == "P1"


@pytest.mark.parametrize("spelling", ["NFC", "NFD"])
def test_every_rule_reads_two_unicode_spellings_of_a_name_as_one_patient(spelling: Literal["NFC", "NFD"]) -> None:
    name = unicodedata.normalize(spelling, "João")
    path = Path(f"/{name}/{name}_400x.png")
    rules = (
        ParentFolder(),
        Pattern("{patient}_{magnification}x"),
        Pattern(f"(?P<patient>{unicodedata.normalize('NFC', 'João')})"),
        Pattern(f"(?P<patient>{unicodedata.normalize('NFD', 'João')})"),
        table(f"file,patient\n{name}_400x.png,{name}\n"),
    )
    assert {rule.identify(path).patient_id for rule in rules} == {"Jo\xe3o"}


def test_a_patient_stored_in_decomposed_letters_is_still_the_same_patient() -> None:
    assert Identity("Joa\u0303o") == Identity("Jo\xe3o")


@pytest.mark.parametrize("written", ["400", " 400 ", "400.0", "400,0", "400x", "400X", "400 x", "x400", "X400", "×400", "400×", "400.00"])
def test_a_magnification_is_read_as_people_and_spreadsheets_write_it(written: str) -> None:
    assert table(f'file,magnification\na.png,"{written}"\n').identify(Path("/a.png")).magnification == 400


@pytest.mark.parametrize("written", ["", "  ", "nan", "NaN", "NA", "n/a", "None", "null"])
def test_a_cell_that_is_empty_or_says_na_means_no_magnification(written: str) -> None:
    assert table(f"file,patient,magnification\na.png,P1,{written}\n").identify(Path("/a.png")) == Identity("P1", None)


@pytest.mark.parametrize("written", ["high", "40.5", "0", "40000", "-40", "1e400", "40/0.75"])
def test_an_unreadable_magnification_is_reported(written: str) -> None:
    with pytest.raises(UserError, match=r"it gives a\.png the magnification .*; write a number such as 400, or leave it empty"):
        table(f"file,patient,magnification\na.png,P1,{written}\n")


def test_a_table_with_a_million_columns_is_read_quickly() -> None:
    wide = f"file,patient,magnification{',' * 1_000_000}\n" + "".join(f"{number}.png,P{number},400\n" for number in range(1000))
    begun = time.process_time()
    assert table(wide).identify(Path("/7.png")) == Identity("P7", 400)
    assert time.process_time() - begun < 20


def test_tables_with_different_content_have_different_hashes() -> None:
    first, second = table("file,patient\na.png,P1\n"), table("file,patient\na.png,P2\n")
    assert first.text != second.text
    assert re.fullmatch(r"csv:/tables/a\.csv \([0-9a-f]{12}\)", first.text)


def test_a_stored_rule_is_shown_as_the_user_wrote_it() -> None:
    assert as_written(Table.of_csv("/tables/a (1).csv", b"file,patient\n").text) == "csv:/tables/a (1).csv"
    assert as_written("csv:/tables/a (1).csv") == "csv:/tables/a (1).csv"
    assert as_written("pattern:{patient} (0123456789ab)") == "pattern:{patient} (0123456789ab)"


ODD_TABLES = (
    "/t/a (0123456789ab)",
    "/t/a\u200cb.csv",
    "/t/a\udcff.csv",
    "/t/\\xff.csv",
    r"C:\u200c\\u005c.csv",
    "/t/\U000e0001\n\\.csv",
    "/t/e\u0301",
)


@pytest.mark.parametrize("file", ODD_TABLES)
def test_a_stored_rule_leads_to_its_table_whatever_the_name_of_the_file(file: str) -> None:
    kept = Table.of_csv(file, b"file,patient\n").text
    assert kept.encode().decode().isprintable()
    assert tables_of(as_written(kept)) == [Path(file)]
    assert as_kept(f"csv:{file}").isprintable()
    assert tables_of(restored(as_kept(f"csv:{file}"))) == [Path(file)]
    assert tables_of(as_written(f"folder,{kept}")) == tables_of(restored(as_kept(f"folder,csv:{file}"))) == [Path(file)]


@pytest.mark.parametrize("file", [r"C:\users\u12\xf.CSV", r"C:\Uploads\x7f\a.csv", "/t/a b.csv", r"/t/\U00110000.csv"])
def test_a_rule_without_odd_characters_is_stored_unchanged(file: str) -> None:
    assert as_kept(f"csv:{file}") == f"csv:{file}" == restored(f"csv:{file}")


def test_only_a_table_rule_refers_to_a_file() -> None:
    assert [tables_of(rule) for rule in ("", "folder", "pattern:csv:{patient}", "csv:")] == [[]] * 4


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "must name the column 'file', and 'patient' or 'magnification' or both"),
        (b"file,name\na.png,P1\n", "must name the column 'file'"),
        (b"file,patient\na.png,P1\na.png,P2\n", r"two different entries for a\.png"),
        (b"file,patient\ncaf\xe9.png,P1\n", "is not UTF-8 text"),
        (b'file,patient\n"a.png,P1\n', "cannot be used"),
    ],
)
def test_an_unusable_table_is_refused_with_the_reason(data: bytes, said: str) -> None:
    with pytest.raises(UserError, match=said):
        Table.of_csv("/tables/a.csv", data)


def test_the_message_about_an_unusable_table_contains_the_specific_error() -> None:
    with pytest.raises(UserError) as refusal:
        table("file,magnification\na.png,much\n")
    what = Message.of(RunCode.TABLE_ODD_MAGNIFICATION, file="a.png", value="much")
    assert refusal.value.message == Message.of(RunCode.TABLE_UNUSABLE, file="/tables/a.csv", error=what)


def test_a_truncated_row_gives_no_patient_or_magnification() -> None:
    assert table("file,patient,magnification\na.png\n").identify(Path("/a.png")) == Identity()


@pytest.mark.parametrize("pattern", ["{patient}\udcff*", "(?P<patient>\ud800)", "{patient}\0"])
def test_a_pattern_that_cannot_be_stored_is_refused(pattern: str) -> None:
    with pytest.raises(UserError, match=r"^The pattern contains a byte that is not text; write \* in its place\.$"):
        Pattern(pattern)


def test_a_star_matches_a_byte_that_is_not_text() -> None:
    assert Pattern("{patient}_*x").identify(Path("/a/P1_\udcffx.png")) == Identity("P1")
