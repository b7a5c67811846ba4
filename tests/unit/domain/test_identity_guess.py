"""The rule that the program guesses for reading a job's patients and magnifications."""

from pathlib import Path

import pytest

from breakhis_desktop.domain.identity_guess import Guess, guess_identity
from tests.factories.identities import table

ROOT = Path("/ward")


def guess(*names: str, **tables: str) -> Guess:
    found = {ROOT / f"{name}.csv": table(text) for name, text in tables.items()}
    return guess_identity([ROOT / name for name in names], [ROOT], found)


def test_official_names_are_read_without_a_rule() -> None:
    names = ("SOB_M_DC-14-2523-40-001.png", "SOB_M_DC-14-2523-100-001.png", "SOB_B_A-14-22549AB-40-001.png", "notes.png")
    assert guess(*names) == Guess("", 2, 1)


def test_official_names_in_folders_of_their_slides_are_read_without_a_rule() -> None:
    folders = "BreaKHis_v1/histology_slides/breast/{}/SOB/{}/{}/40X"
    benign = folders.format("benign", "adenosis", "SOB_B_A_14-22549AB")
    malignant = folders.format("malignant", "ductal_carcinoma", "SOB_M_DC_14-2523")
    assert guess(f"{benign}/SOB_B_A-14-22549AB-40-001.png", f"{malignant}/SOB_M_DC-14-2523-40-001.png") == Guess("", 2, 0)


def test_each_folder_inside_the_added_folder_is_one_patient() -> None:
    assert guess("Case 12/field 3.jpg", "Case 12/field 4.jpg", "Case 3/field 3.jpg") == Guess("folder", 2, 0)


def test_patients_from_folders_and_magnifications_from_names_are_read_together() -> None:
    assert guess("Case 12/IMG_1004_100x.png", "Case 3/IMG_1005_400x.png") == Guess("folder,magnification", 2, 0)


def test_folders_named_after_magnifications_inside_the_folders_of_patients_are_not_patients() -> None:
    assert guess("Case 12/100x/1.png", "Case 12/400x/1.png", "Case 3/100x/1.png") == Guess("folder,magnification", 2, 0)


def test_the_patient_is_unknown_if_there_are_only_folders_named_after_magnifications() -> None:
    assert guess("100x/1.png", "400x/1.png") == Guess("magnification", 0, 2)


def test_the_power_of_a_lens_is_not_taken_for_a_magnification() -> None:
    assert guess("Case 12/10x.png", "Case 3/40x.png") == Guess("folder", 2, 0)


def test_the_patient_is_unknown_if_all_images_lie_in_the_added_folder_itself() -> None:
    assert guess("IMG_1.png", "IMG_2.png") == Guess("", 0, 2)


def test_the_patient_is_unknown_if_all_images_lie_in_a_single_subfolder() -> None:
    assert guess("images/IMG_1.png", "images/IMG_2.png") == Guess("", 0, 2)


SORTED = [
    ("benign", "malignant"),
    ("Ductal_carcinoma", "Adenosis"),
    ("train", "test"),
    ("cancer", "other"),
    ("fold1", "fold2"),
    ("HE", "IHC"),
]


@pytest.mark.parametrize("folders", SORTED)
def test_folders_that_sort_images_by_class_or_stain_or_set_are_not_patients(folders: tuple[str, str]) -> None:
    assert guess(*(f"{folder}/{number}.png" for number, folder in enumerate(folders))) == Guess("", 0, 2)


@pytest.mark.parametrize("inner", [("left", "right"), ("benign", "malignant")])
def test_the_folders_of_patients_may_be_one_level_above_the_folders_that_contain_the_images(inner: tuple[str, str]) -> None:
    names = [f"Case {case}/{side}/1.png" for case in (3, 12) for side in inner]
    assert guess(*names) == Guess("pattern:{patient}/*/*", 2, 0)


def test_a_table_beside_the_images_takes_precedence_over_names_and_folders() -> None:
    rows = "file,patient\nCase 12/a.png,P1\nCase 3/b.png,P2\n"
    assert guess("Case 12/a.png", "Case 3/b.png", "c.png", patients=rows) == Guess("csv:/ward/patients.csv", 2, 1)


def test_a_table_of_other_images_is_ignored() -> None:
    assert guess("Case 12/a.png", "Case 3/b.png", others="file,patient\nx.png,P1\n") == Guess("folder", 2, 0)


def test_a_table_made_for_the_folder_of_one_patient_is_not_applied_to_images_of_other_patients() -> None:
    images = [ROOT / f"Case {case}" / f"field {field}.png" for case in (1, 2, 3) for field in (1, 2)]
    own = table("file,patient\nfield 1.png,P1\nfield 2.png,P1\n")
    assert guess_identity(images, [ROOT], {ROOT / "Case 1" / "fields.csv": own}) == Guess("folder", 3, 0)
    assert guess_identity(images, [ROOT], {ROOT / "fields.csv": own}) == Guess("folder", 3, 0)


def test_a_table_that_was_queued_with_the_images_may_lie_anywhere() -> None:
    images = [ROOT / "Case 1" / "a.png", ROOT / "Case 2" / "b.png"]
    file = Path("/desk/patients.csv")
    rows = table("file,patient\na.png,P1\nb.png,P2\n")
    assert guess_identity(images, [ROOT, file], {file: rows}) == Guess("csv:/desk/patients.csv", 2, 0)
    assert guess_identity(images, [ROOT], {file: rows}) == Guess("folder", 2, 0)


@pytest.mark.parametrize(
    "names",
    [
        ("Case 1/a.png", "Case 2/b.png", "loose.png"),
        ("P1/HE/a.png", "P2/HE/a.png", "P3/b.png", "P4/c.png"),
        ("P1/100x/a.png", "P2/100x/b.png", "200x/c.png"),
    ],
)
def test_the_folder_that_was_added_is_never_taken_for_a_patient(names: tuple[str, ...]) -> None:
    found = guess(*names)
    assert (found.patients, found.unknown) == (0, len(names))


def test_patients_from_a_table_and_magnifications_from_names_are_read_together() -> None:
    assert guess("a 100x.png", p="file,patient\na 100x.png,P1\n") == Guess("magnification,csv:/ward/p.csv", 1, 0)


def test_nothing_is_guessed_without_images() -> None:
    assert guess() == Guess("", 0, 0)


def test_files_added_one_by_one_from_several_folders_get_the_names_of_their_folders_as_patients() -> None:
    files = [Path("/ward/Case 12/a.png"), Path("/ward/Case 3/a.png")]
    assert guess_identity(files, files, {}) == Guess("folder", 2, 0)
