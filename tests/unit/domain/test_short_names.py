"""Short forms of names, without the parts that all names share but with those that distinguish one name from another."""

from itertools import product

import pytest

from breakhis_desktop.domain.short_names import ShortNames

AREAS = [f"campo de exploração área {number:02}.png" for number in range(20)]


def short_names(names: list[str], *, of_files: bool = True) -> ShortNames:
    made = ShortNames(of_files=of_files)
    made.add(names)
    return made


def forms(names: list[str], name: str) -> list[str]:
    return short_names(names).forms(name)


def test_the_words_that_all_names_share_are_dropped_and_the_number_stays() -> None:
    assert forms(AREAS, AREAS[7]) == [AREAS[7], "campo de exploração área 07", "…07"]


def test_a_number_that_all_names_share_is_dropped_and_the_running_number_stays() -> None:
    names = [f"IMG_{number}_100x.png" for number in range(1000, 1040)]
    assert forms(names, "IMG_1004_100x.png") == ["IMG_1004_100x.png", "IMG_1004_100x", "…1004_100x", "…1004…"]


def test_a_number_that_tells_names_apart_stays_even_if_all_names_have_the_same_number_in_another_place() -> None:
    names = [f"Case 1 field {field} zone {zone}.png" for field, zone in product(range(1, 6), range(1, 4))]
    assert forms(names, "Case 1 field 1 zone 2.png")[-1] == "…1…2"


@pytest.mark.parametrize("odd", ["broken.png", "field.gif"])
def test_an_unusual_name_keeps_its_start_and_changes_no_other_short_form(odd: str) -> None:
    assert forms([*AREAS, odd], AREAS[7])[-1] == "…07"
    assert forms([*AREAS, odd], odd)[-1].startswith(odd[:5])


def test_a_part_that_most_names_share_is_dropped_unless_two_names_differ_only_in_that_part() -> None:
    odd = ["vidro.png", "broken.png"]
    assert forms([*AREAS[:5], *odd], AREAS[2])[-1] == "…02"
    names = [name for number in range(8) for name in (f"case_{number}.png", f"case_old_{number}.png", f"case_old_{number}_b.png")]
    assert len({forms(names, name)[-1] for name in names}) == len(names)


def test_a_part_of_an_official_name_stays_unless_all_names_in_the_job_have_it() -> None:
    names = [
        f"SOB_{kind}-14-{patient}-{size}-{field:03}.png"
        for kind, patient, size, field in product(("M_DC", "B_TA"), ("2523", "22549AB"), (40, 400), range(1, 5))
    ]
    assert forms(names, "SOB_M_DC-14-22549AB-400-003.png")[-2:] == ["…M_DC-14-22549AB-400-003", "…M_DC…22549AB-400-003"]


def test_the_short_forms_of_the_names_of_a_job_stay_different() -> None:
    names = [
        f"{kind} scan {row}x{column} of {number:04}_final.tif"
        for kind, row, column, number in product(("tumor", "normal"), range(3), range(3), (7, 70, 700))
    ]
    assert len({forms(names, name)[-1] for name in names}) == len(names)


def test_a_suffix_that_tells_two_files_apart_stays() -> None:
    assert forms(["a 1.png", "a 1.jpg"], "a 1.jpg")[-1].endswith("jpg")


@pytest.mark.parametrize("names", [[], ["scan 1.png"], ["scan.png", "scan 2.png"]])
def test_a_name_without_a_part_that_distinguishes_it_is_not_shortened(names: list[str]) -> None:
    assert forms(names, "scan.png")[-1].startswith("scan")


def test_a_dot_in_a_folder_name_does_not_begin_a_file_suffix() -> None:
    folders = [f"Ward/Case {number}.2" for number in range(4)]
    assert short_names(folders, of_files=False).forms("Ward/Case 3.2") == ["Ward/Case 3.2", "…3.2", "…3…"]


LARGE = {
    "case and field": [f"case_{case}_{field}_{zone}.png" for case in range(400) for field in (1, 2) for zone in (1, 2)],
    "words in either order": [f"{number}_{sides}.png" for number in range(500) for sides in ("L_R", "R_L")],
    "words in either order before the number": [f"{stains}_{number}.png" for stains in ("HE_IHC", "IHC_HE") for number in range(500)],
    "punctuation": [f"{case}{number}.png" for number in range(600) for case in ("Case-1 ", "Case 1-")],
    "channels": [f"{number:04}_ch{channel}_z{level}.png" for number in range(300) for channel in (1, 2) for level in (1, 2)],
    "rows and columns": [f"slide{number}_r{row}_c{column}.tif" for number in range(40) for row in range(1, 6) for column in range(1, 6)],
    "a suffix on only one of two files": [name for number in range(600) for name in (f"field {number}.png", f"field {number}")],
    "a name like a short form": [*(f"field_{number}.png" for number in range(600)), "…7", "…8.png"],
}


@pytest.mark.parametrize("names", LARGE.values(), ids=LARGE.keys())
def test_no_two_names_of_a_large_job_share_a_form(names: list[str]) -> None:
    made = short_names(names)
    owners: dict[str, set[str]] = {}
    for name in names:
        for form in made.forms(name):
            owners.setdefault(form, set()).add(name)
    assert [several for several in owners.values() if len(several) > 1] == []


@pytest.mark.parametrize("count", [100, 300])
def test_equal_numbers_in_different_places_are_told_apart(count: int) -> None:
    names = [f"{number:04}_ch{channel}_z{level}.png" for number in range(count) for channel in (1, 2) for level in (1, 2)]
    assert [forms(names, name)[-1] for name in names[:4]] == ["0000…1…1", "0000…1…2", "0000…2…1", "0000…2…2"]


def test_a_number_stays_if_even_one_name_has_another_number_in_its_place() -> None:
    names = [f"IMG_{number}_100x.png" for number in range(5000)]
    assert forms(names, names[7])[-1] == "…7…"
    assert forms([*names, "IMG_8_400x.png"], names[7])[-1] == "…7_100…"


def test_a_number_that_begins_to_vary_stays_from_then_on() -> None:
    made = short_names([f"case 1 field {number}.png" for number in range(1000)])
    assert made.forms("case 1 field 3.png")[-1] == "…3"
    assert made.add(["case 2 field 3.png"])
    assert [made.forms(f"case {case} field 3.png")[-1] for case in (1, 2)] == ["…1…3", "…2…3"]


def test_an_earlier_name_gives_up_a_short_form_that_a_later_name_would_share() -> None:
    made = short_names([f"Case-1 {number}.png" for number in range(1000)])
    assert made.forms("Case-1 5.png")[-1] == "…5"
    assert made.add(["Case 1-5.png"])
    assert made.forms("Case-1 5.png")[-1] == "Case-1 5"
    assert made.forms("Case-1 6.png")[-1] == "…6"
