"""The label that an image's name and folders give."""

from pathlib import PurePath

import pytest

from breakhis_desktop.domain.taxonomy import SUBTYPES, Decision, Subtype
from training.data.labels import ContradictoryFoldersError, Label, read_label


def label_of(path: str) -> Label:
    label = read_label(PurePath(path))
    assert label is not None
    return label


def test_an_official_name_states_the_label_and_patient_and_accession_and_magnification() -> None:
    label = label_of("SOB_B_TA-14-3411F-100-007.png")
    assert (label.stratum, label.decision) == ("TA", Decision.BENIGN)
    assert (label.patient_id, label.accession, label.magnification, label.patient_known) == ("14-3411F", "3411", 100, True)


def test_an_official_name_takes_precedence_over_its_folders() -> None:
    label = label_of("benign/adenosis/somebody/40X/SOB_M_LC-14-13412-200-003.jpg")
    assert (label.stratum, label.accession, label.magnification) == ("LC", "13412", 200)


@pytest.mark.parametrize("subtype", SUBTYPES, ids=lambda subtype: subtype.code)
def test_a_folder_names_a_subtype_by_code_or_name_in_any_spelling(subtype: Subtype) -> None:
    code, name = subtype.code, subtype.name
    spellings = {
        code,
        code.lower(),
        name,
        name.upper(),
        name.replace(" ", "_"),
        name.lower().replace(" ", "-"),
        name.replace("tumour", "tumor"),
    }
    assert {label_of(f"{spelling}/p/a.png").subtype for spelling in spellings} == {subtype}
    assert {label_of(f"{spelling}/p/a.png").decision for spelling in spellings} == {subtype.decision}


def test_a_class_folder_leaves_the_subtype_unknown() -> None:
    label = label_of("Malignant/p/a.png")
    assert (label.decision, label.subtype, label.stratum) == (Decision.MALIGNANT, None, "malignant")


def test_a_class_folder_and_a_subtype_folder_that_agree_make_one_label() -> None:
    assert label_of("malignant/SOB/ductal_carcinoma/p/a.png").stratum == "DC"


@pytest.mark.parametrize("path", ["benign/DC/p/a.png", "DC/LC/a.png", "benign/malignant/a.png"])
def test_contradictory_folders_are_an_error(path: str) -> None:
    with pytest.raises(ContradictoryFoldersError):
        read_label(PurePath(path))


@pytest.mark.parametrize("path", ["a.png", "holiday/a.png", "SOB_M_F-14-1-40-001.png", "benignant/a.png"])
def test_a_path_that_names_no_class_has_no_label(path: str) -> None:
    assert read_label(PurePath(path)) is None


@pytest.mark.parametrize(
    ("path", "patient", "magnification"),
    [
        ("DC/Miller/a.png", "Miller", 0),
        ("DC/Miller/left/40X/a.png", "Miller", 40),
        ("DC/100x/Miller/a.png", "Miller", 100),
        ("200X/DC/Miller/a.png", "Miller", 200),
        ("DC/Miller/20X/a.png", "Miller", 0),
        ("malignant/SOB/ductal carcinoma/Miller/a.png", "Miller", 0),
    ],
)
def test_the_folder_below_the_class_folder_names_the_patient(path: str, patient: str, magnification: int) -> None:
    label = label_of(path)
    assert (label.patient_id, label.accession, label.magnification, label.patient_known) == (patient, patient, magnification, True)


def test_an_image_directly_in_its_class_folder_counts_as_a_separate_patient() -> None:
    one, other = label_of("benign/a.png"), label_of("malignant/40X/a.png")
    assert not one.patient_known
    assert not other.patient_known
    assert one.accession != other.accession


def test_a_patient_name_that_is_not_utf8_is_escaped() -> None:
    assert label_of("DC/M\udcfcller/a.png").patient_id == "M\\xfcller"


def test_two_unicode_forms_of_a_patients_folder_are_one_patient() -> None:
    one, other = label_of("DC/Jo\xe3o/a.png"), label_of("DC/Joa\u0303o/b.png")
    assert (one.patient_id, one.accession) == (other.patient_id, other.accession)
