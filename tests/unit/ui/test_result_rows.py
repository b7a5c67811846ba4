from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from breakhis_desktop.domain.decision import OperatingPoint, ReviewRule
from breakhis_desktop.domain.identity import Identity
from breakhis_desktop.domain.natural_order import natural_key
from breakhis_desktop.domain.records import ImageRecord, Status
from breakhis_desktop.domain.taxonomy import SUBTYPE_BY_CODE, Decision
from breakhis_desktop.ui.state.result_columns import COLUMNS, Column, Result
from breakhis_desktop.ui.state.result_filter import Lane, ResultFilter
from breakhis_desktop.ui.state.result_rows import ResultRows
from tests.factories.results import RECORDS, judged
from tests.factories.runs import run_info

FACTS = run_info()


@pytest.fixture
def rows() -> ResultRows:
    made = ResultRows()
    made.decide(FACTS.point, FACTS.review_rule)
    made.add(RECORDS[:2])
    made.add(RECORDS[2:])
    return made


def positions(rows: ResultRows, mask: np.ndarray) -> list[int]:
    return [record.position for record, passes in zip(rows.records, mask, strict=True) if passes]


def matching(rows: ResultRows, wanted: ResultFilter) -> list[int]:
    return sorted(positions(rows, rows.matching(wanted)))


@pytest.mark.parametrize("rule", [ReviewRule(0.1), ReviewRule(0.1, 0.3)])
@pytest.mark.parametrize("threshold", [0.0, 0.2, 0.45, 0.5, 0.55, 0.9, 1.0])
def test_the_table_decides_on_each_image_as_the_domain_does(rows: ResultRows, threshold: float, rule: ReviewRule) -> None:
    point = OperatingPoint("chosen", threshold)
    rows.decide(point, rule)
    for row, record in enumerate(RECORDS):
        if record.prediction is None:
            assert not any(mask[row] for mask in (rows.judged, rows.malignant, rows.needs_review))
            continue
        reasons = (*rule.reasons(record.prediction, point), *record.lasting_review_flags)
        assert rows.malignant[row] == (point.decide(record.prediction.p_malignant) is Decision.MALIGNANT)
        assert rows.needs_review[row] == bool(reasons)


def test_lanes_contain_what_their_names_say(rows: ResultRows) -> None:
    assert positions(rows, rows.lane(Lane.ALL)) == [4, 2, 0, 3, 1, 5]
    assert positions(rows, rows.lane(Lane.MALIGNANT)) == [4, 1]
    assert positions(rows, rows.lane(Lane.BENIGN)) == [2, 3]
    assert positions(rows, rows.lane(Lane.REVIEW)) == [2, 3, 1]


@pytest.mark.parametrize("column", COLUMNS, ids=[column.name for column in COLUMNS])
@pytest.mark.parametrize("descending", [False, True])
def test_each_column_sorts_by_what_it_shows_with_empty_cells_last_and_ties_by_position(
    rows: ResultRows, column: Column, descending: bool
) -> None:
    key = column.key(rows)
    ordered = rows.in_order(key, descending=descending).tolist()
    known = [row for row in ordered if not np.isnan(key[row])]
    assert ordered[: len(known)] == known
    texts = [column.text(Result(rows.records[row], FACTS.verdict(rows.records[row]), 0.5)) for row in known]
    if column.name == "magnification":
        assert texts == (["400×", "40×"] if descending else ["40×", "400×"])
    else:
        assert texts == sorted(texts, key=natural_key, reverse=descending)
    for one, other in pairwise(ordered):
        if key[one] == key[other] or (np.isnan(key[one]) and np.isnan(key[other])):
            assert rows.records[one].position < rows.records[other].position


def test_names_and_patients_sort_in_natural_order(rows: ResultRows) -> None:
    names = [f"Case {patient}/field {field}.png" for patient in (3, 12) for field in (2, 10, 1)]
    added = ResultRows()
    added.add(
        ImageRecord(position, Path("/ward") / name, Status.DONE, identity=Identity(Path(name).parent.name))
        for position, name in enumerate(names)
    )
    assert added.patients() == ["Case 3", "Case 12"]
    assert added.in_order(added.name_key(), descending=False).tolist() == [2, 5, 0, 3, 1, 4]
    assert added.in_order(added.patient_key(), descending=True).tolist() == [3, 4, 5, 0, 1, 2]


def test_rows_added_later_are_included_in_the_order_of_names(rows: ResultRows) -> None:
    before = rows.in_order(rows.name_key(), descending=False)
    assert [rows.records[row].position for row in before] == [1, 0, 5, 2, 4, 3]
    rows.add([judged(6, "a.png", 0.1, "A"), judged(7, "b.png", 0.1, "A")])
    after = rows.in_order(rows.name_key(), descending=False)
    assert [rows.records[row].position for row in after] == [6, 1, 7, 0, 5, 2, 4, 3]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [0, 1, 2, 3, 4, 5]),
        ("sob_", [2, 4]),
        ("SOB_ 9133", [2]),
        ("14-2523", [4]),
        ("übersicht", [3]),
        ("blank glass", [5]),
        ("unfamiliar", [2]),
        ("nowhere", []),
    ],
)
def test_a_search_looks_for_all_its_words_in_the_name_and_the_patient_and_the_reason_ignoring_case(
    rows: ResultRows, text: str, found: list[int]
) -> None:
    assert matching(rows, ResultFilter(text)) == found


def test_several_filters_narrow_the_result_and_several_values_of_one_filter_widen_it(rows: ResultRows) -> None:
    ductal, adenosis = SUBTYPE_BY_CODE["DC"], SUBTYPE_BY_CODE["A"]
    assert matching(rows, ResultFilter(subtypes=frozenset({ductal, adenosis}))) == [2, 4]
    assert matching(rows, ResultFilter(subtypes=frozenset({ductal, adenosis}), magnifications=frozenset({40}))) == [2]
    assert matching(rows, ResultFilter(statuses=frozenset({Status.FAILED, Status.REFUSED}))) == [0, 5]
    assert matching(rows, ResultFilter(patients=frozenset({"14-2523", "of another job"}))) == [4]
    assert matching(rows, ResultFilter(patients=frozenset({""}))) == [0, 1, 3, 5]
    assert matching(rows, ResultFilter(magnifications=frozenset({0, 400}))) == [0, 1, 3, 4, 5]


def test_images_are_found_by_whether_they_are_reviewed_and_by_the_notes_of_their_reviews(rows: ResultRows) -> None:
    rows.review({2: "Second opinion asked", 5: ""})
    assert matching(rows, ResultFilter(reviewed=True)) == [2, 5]
    assert matching(rows, ResultFilter(reviewed=False)) == [0, 1, 3, 4]
    assert matching(rows, ResultFilter("second OPINION")) == [2]
    rows.add([judged(6, "late.png", 0.1, "A")])
    rows.review({6: ""})
    assert matching(rows, ResultFilter(reviewed=True)) == [6]
    assert matching(rows, ResultFilter("opinion")) == []


def test_the_table_lists_the_values_by_which_it_can_be_filtered(rows: ResultRows) -> None:
    assert [subtype.code for subtype in rows.subtypes()] == ["A", "F", "DC", "LC"]
    assert rows.statuses() == [Status.DONE, Status.FAILED, Status.REFUSED]
    assert rows.magnifications() == [0, 40, 400]
    assert rows.patients() == ["", "14-2523", "14-9133"]


def test_a_table_without_rows_can_be_sorted_and_filtered() -> None:
    rows = ResultRows()
    rows.add([])
    assert [column.key(rows).size for column in COLUMNS] == [0] * len(COLUMNS)
    assert rows.matching(ResultFilter("a", magnifications=frozenset({40}), reviewed=True)).size == 0
    assert (rows.patients(), rows.magnifications(), rows.subtypes()) == ([], [], [])


def images(*paths: str, first: int = 0) -> list[ImageRecord]:
    return [ImageRecord(first + place, Path(path), Status.FAILED) for place, path in enumerate(paths)]


def folders(rows: ResultRows) -> list[str]:
    """Return, for each image, the folder that is shown with it, or an empty text if none is shown."""
    assert [rows.shown_names.forms(record.path)[1][:1] for record in rows.records] == [
        [folder] if folder else [] for folder in (rows.shown_names.repeated_folder(record.path) for record in rows.records)
    ]
    return [rows.shown_names.repeated_folder(record.path) for record in rows.records]


def test_each_image_whose_name_repeats_shows_its_folder_whatever_files_were_skipped() -> None:
    rows = ResultRows()
    rows.add(images("/j/Case 1/field 1.jpg", "/j/Case 2/field 1.jpg", "/j/Case 1/field 2.jpg"))
    rows.add([ImageRecord(20 + place, Path(f"/j/notes {place}.txt"), Status.SKIPPED) for place in range(3)])
    assert folders(rows) == ["Case 1", "Case 2", "", "", "", ""]
    assert rows.shown_names.repeat


def test_skipped_files_with_the_same_name_show_no_folders() -> None:
    rows = ResultRows()
    rows.add(ImageRecord(place, Path(f"/j/Case {place}/Thumbs.db"), Status.SKIPPED) for place in range(3))
    assert folders(rows) == ["", "", ""]
    assert not rows.shown_names.repeat


def test_earlier_images_are_drawn_again_if_a_later_one_changes_how_they_are_shown() -> None:
    rows = ResultRows()
    rows.add(images(*(f"/j/Case 1/field {number}.jpg" for number in range(40))))
    assert not rows.add(images("/j/Case 1/field 40.jpg", first=40))
    assert rows.add(images("/j/Case 1/case 2/field 1.jpg", first=41))
    assert rows.add(images("/j/Case 2/field 2.jpg", first=42))
    assert not rows.add(images("/j/Case 2/field 99.jpg", first=43))
    assert folders(rows)[1:3] == ["Case 1", "Case 1"]
    assert folders(rows)[41:] == [str(Path("Case 1/case 2")), "Case 2", ""]


@pytest.mark.parametrize(
    ("text", "found"), [("ward north", [0]), ("WARD", [0, 1]), ("case 1 south", [1]), ("f 1", [0, 1]), ("ward west", [])]
)
def test_a_search_looks_at_every_part_of_the_folder_that_is_shown(text: str, found: list[int]) -> None:
    rows = ResultRows()
    rows.add(images("/j/Ward north/Case 1/f 1.jpg", "/j/Ward south/Case 1/f 1.jpg"))
    assert folders(rows) == [str(Path(f"Ward {ward}/Case 1")) for ward in ("north", "south")]
    assert matching(rows, ResultFilter(text=text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Case 9", [0, 1]),
        ("case 1", [3]),
        ("case 15 field 9", [2]),
        ("field 9 case 15", [2]),
        ("case 10", [4]),
        ("field case 2", [0, 3]),
        ("field 19", [4]),
        ("9", [0, 1, 2, 4]),
        ('"Case 9"', [0, 1]),
        ("“case 15”", [2]),
    ],
)
def test_a_search_first_looks_for_its_words_side_by_side_and_only_then_for_each_word_alone(text: str, found: list[int]) -> None:
    rows = ResultRows()
    rows.add(images("/j/Case 9/field 2.jpg", "/j/Case_9/field 1.jpg", "/j/Case 15/field 9.jpg", "/j/Case 1/field 2.jpg"))
    rows.add(images("/j/Case 101/field 19.jpg", "/j/Case 101/field 1.jpg", first=4))
    assert [row for row in matching(rows, ResultFilter(text)) if row < 5] == found


def test_a_folder_and_its_subfolder_of_the_same_name_are_told_apart() -> None:
    rows = ResultRows()
    rows.add(images("/j/ward/1.png", "/j/ward/2.png"))
    assert rows.add(images("/j/ward/ward/1.png", first=2))
    assert folders(rows) == [str(Path("j/ward")), "", "ward"]


def test_a_search_takes_account_of_folders_that_are_shown_only_after_more_images_arrive() -> None:
    rows = ResultRows()
    rows.add(images("/j/Ward north/Case 1/f 1.jpg"))
    assert matching(rows, ResultFilter(text="ward")) == []
    rows.add(images("/j/Ward north/Case 2/f 1.jpg", first=1))
    assert matching(rows, ResultFilter(text="ward")) == []
    assert matching(rows, ResultFilter(text="case 2")) == [1]
    rows.add(images("/j/Ward south/Case 1/f 1.jpg", first=2))
    assert matching(rows, ResultFilter(text="ward north")) == [0, 1]
