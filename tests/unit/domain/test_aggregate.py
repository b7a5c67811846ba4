"""From images to patients."""

from pathlib import Path

import pytest

from breakhis_desktop.domain.aggregate import group_by_patient, mean_prediction, strongest, summarise_patient
from breakhis_desktop.domain.decision import Prediction
from breakhis_desktop.domain.records import ImageRecord, Status


def image(position: int, name: str, p: float | None) -> ImageRecord:
    prediction = None if p is None else Prediction(p, (0.0,) * 7 + (1.0,))
    return ImageRecord(position, Path("/images") / name, Status.DONE if prediction else Status.FAILED, prediction=prediction)


def test_images_are_gathered_by_accession_with_all_magnifications_together() -> None:
    found = group_by_patient(
        [
            image(0, "SOB_M_DC-14-2523-400-001.png", 0.2),
            image(1, "SOB_M_DC-14-2523-40-001.png", 0.4),
            image(2, "SOB_M_DC-14-2523-40-002.png", None),
            image(3, "SOB_B_A-14-22549AB-100-001.png", 0.9),
            image(4, "camera.png", 1.0),
        ],
        threshold=0.35,
    )
    assert [patient.name for patient in found] == ["22549", "2523", ""]
    assert [record.position for record in found[1].records] == [1, 0]
    assert found[1].magnifications == {40: 1, 400: 1}
    assert (found[1].summary.images, found[1].summary.malignant_images) == (2, 1)


def test_a_patient_whose_mean_is_benign_is_suspicious_for_one_malignant_image() -> None:
    (patient,) = group_by_patient([image(0, "a.png", 0.1), image(1, "b.png", 0.6)], threshold=0.5)
    assert (patient.summary.is_malignant, patient.is_suspicious) == (False, True)
    (patient,) = group_by_patient([image(0, "a.png", 0.6), image(1, "b.png", 0.6)], threshold=0.5)
    assert (patient.summary.is_malignant, patient.is_suspicious) == (True, False)


def test_a_patient_is_malignant_from_the_threshold_upwards() -> None:
    assert summarise_patient([0.25, 0.75], threshold=0.5).is_malignant
    assert not summarise_patient([0.25, 0.74], threshold=0.5).is_malignant


def test_a_patient_is_summed_up_by_the_mean_the_highest_and_how_many_are_malignant() -> None:
    found = summarise_patient([0.25, 0.5, 0.75], threshold=0.5)
    assert (found.images, found.mean, found.highest, found.malignant_images, found.threshold) == (3, 0.5, 0.75, 2, 0.5)


def test_a_patient_of_whom_no_image_is_malignant_is_not_suspicious() -> None:
    (patient,) = group_by_patient([image(0, "a.png", 0.1), image(1, "b.png", 0.2)], threshold=0.5)
    assert not patient.is_suspicious


def test_images_of_the_same_probability_stay_in_their_order() -> None:
    (patient,) = group_by_patient([image(number, f"{number}.png", 0.5) for number in (2, 0, 1)], threshold=0.5)
    assert [record.position for record in patient.records] == [0, 1, 2]


def test_patients_of_the_same_mean_stand_in_the_order_of_their_names_and_images_of_nobody_last() -> None:
    names = ("nobody.png", "SOB_M_DC-14-3-40-001.png", "SOB_M_DC-14-2-40-001.png")
    found = group_by_patient([image(at, name, 0.5) for at, name in enumerate(names)], threshold=0.5)
    assert [patient.name for patient in found] == ["2", "3", ""]


def test_the_most_suspicious_tiles_decide_for_a_field_the_first_of_equals_first() -> None:
    p = [0.1, 0.9, 0.5, 0.9, 0.2, 0.3, 0.4, 0.0]
    assert strongest(p, 0.5) == [1, 3, 2, 6]
    assert strongest(p, 1.0) == [1, 3, 2, 6, 5, 4, 0, 7]


@pytest.mark.parametrize(("tiles", "decide"), [(1, 1), (3, 1), (6, 2), (8, 2), (10, 2), (11, 3)])
def test_a_quarter_of_the_tiles_and_at_least_one_decides(tiles: int, decide: int) -> None:
    assert len(strongest([0.5] * tiles, 0.25)) == decide


def test_the_mean_of_tiles_is_taken_probability_by_probability() -> None:
    first, second = Prediction(0.2, (1.0, *(0.0,) * 7)), Prediction(0.6, (0.0, 0.5, 0.5, *(0.0,) * 5))
    mean = mean_prediction([first, second])
    assert mean.p_malignant == pytest.approx(0.4)
    assert mean.p_subtypes == (0.5, 0.25, 0.25, *(0.0,) * 5)
