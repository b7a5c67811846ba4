"""How the results of images are combined for patients, and those of tiles for large fields."""

from pathlib import Path

import pytest

from breakhis_desktop.domain.aggregate import group_by_patient, mean_prediction, strongest, summarise_patient
from breakhis_desktop.domain.decision import Prediction
from breakhis_desktop.domain.records import ImageRecord, Status
from tests.factories import there


def image(position: int, name: str, p: float | None) -> ImageRecord:
    prediction = None if p is None else Prediction(p, (0.0,) * 7 + (1.0,))
    return ImageRecord(position, Path("/images") / name, Status.DONE if prediction else Status.FAILED, prediction=prediction)


ANNA = ("SOB_M_DC-14-2523-40-001.png", "SOB_M_DC-14-2523-40-002.png", "SOB_M_DC-14-2523-40-003.png")


def test_images_are_grouped_by_accession_across_magnifications() -> None:
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
    assert [[record.position for record in patient.unclassified] for patient in found] == [[], [2], []]
    assert [record.position for record in found[1].all_records] == [1, 0, 2]
    assert found[1].magnifications == {40: 1, 400: 1}
    summary = there(found[1].summary)
    assert (summary.images, summary.malignant_images) == (2, 1)


def test_a_patient_without_a_classified_image_is_left_out_and_unclassified_images_are_listed_by_position() -> None:
    nobody = [image(7, "SOB_B_A-14-9133-40-001.png", None), image(5, "camera 5.png", None), image(4, "camera 4.png", None)]
    (unknown,) = group_by_patient([*nobody, image(6, "camera 6.png", 0.5)], threshold=0.5)
    assert [record.position for record in unknown.all_records] == [6, 4, 5]


def test_a_patient_is_named_by_the_id_of_its_images_or_by_the_accession_that_several_ids_share() -> None:
    slides = [image(0, "SOB_B_A-14-22549AB-100-001.png", 0.9), image(1, "SOB_B_A-14-22549CD-100-001.png", 0.8)]
    named = group_by_patient([*slides, image(2, "SOB_M_DC-14-2523-40-001.png", 0.4), image(3, "camera.png", 0.1)], threshold=0.5)
    assert [patient.patient_id for patient in named] == ["22549", "14-2523", ""]


def test_images_without_a_known_patient_are_listed_together_but_get_no_patient_summary() -> None:
    (unknown,) = group_by_patient([image(0, "camera 1.png", 0.9), image(1, "camera 2.png", 0.99)], threshold=0.5)
    assert [record.position for record in unknown.records] == [1, 0]
    assert (unknown.name, unknown.summary, unknown.is_suspicious) == ("", None, False)


def test_one_malignant_image_makes_a_patient_with_a_benign_mean_suspicious() -> None:
    (patient,) = group_by_patient([image(0, ANNA[0], 0.1), image(1, ANNA[1], 0.6)], threshold=0.5)
    assert (there(patient.summary).is_malignant, patient.is_suspicious) == (False, True)
    (patient,) = group_by_patient([image(0, ANNA[0], 0.6), image(1, ANNA[1], 0.6)], threshold=0.5)
    assert (there(patient.summary).is_malignant, patient.is_suspicious) == (True, False)


def test_a_patient_whose_mean_is_at_or_above_the_threshold_is_malignant() -> None:
    assert summarise_patient([0.25, 0.75], threshold=0.5).is_malignant
    assert not summarise_patient([0.25, 0.74], threshold=0.5).is_malignant


def test_a_patient_summary_gives_the_mean_and_highest_probability_and_the_number_of_malignant_images() -> None:
    found = summarise_patient([0.25, 0.5, 0.75], threshold=0.5)
    assert (found.images, found.mean, found.highest, found.malignant_images, found.threshold) == (3, 0.5, 0.75, 2, 0.5)


def test_a_patient_with_no_malignant_image_is_not_suspicious() -> None:
    (patient,) = group_by_patient([image(0, ANNA[0], 0.1), image(1, ANNA[1], 0.2)], threshold=0.5)
    assert not patient.is_suspicious


def test_images_with_the_same_probability_are_ordered_by_position() -> None:
    (patient,) = group_by_patient([image(number, ANNA[number], 0.5) for number in (2, 0, 1)], threshold=0.5)
    assert [record.position for record in patient.records] == [0, 1, 2]


def test_patients_with_equal_means_are_in_natural_order_and_images_without_a_patient_come_last() -> None:
    names = ("nobody.png", "SOB_M_DC-14-12-40-001.png", "SOB_M_DC-14-3-40-001.png", "SOB_M_DC-14-2-40-001.png")
    found = group_by_patient([image(at, name, 0.5) for at, name in enumerate(names)], threshold=0.5)
    assert [patient.name for patient in found] == ["2", "3", "12", ""]


def test_the_strongest_tiles_decide_and_ties_go_to_the_earlier_tile() -> None:
    p = [0.1, 0.9, 0.5, 0.9, 0.2, 0.3, 0.4, 0.0]
    assert strongest(p, 0.5) == [1, 3, 2, 6]
    assert strongest(p, 1.0) == [1, 3, 2, 6, 5, 4, 0, 7]


@pytest.mark.parametrize(("tiles", "decide"), [(1, 1), (3, 1), (6, 2), (8, 2), (10, 2), (11, 3)])
def test_a_quarter_of_the_tiles_but_at_least_one_decides(tiles: int, decide: int) -> None:
    assert len(strongest([0.5] * tiles, 0.25)) == decide


def test_tile_predictions_are_averaged_probability_by_probability() -> None:
    first, second = Prediction(0.2, (1.0, *(0.0,) * 7)), Prediction(0.6, (0.0, 0.5, 0.5, *(0.0,) * 5))
    mean = mean_prediction([first, second])
    assert mean.p_malignant == pytest.approx(0.4)
    assert mean.p_subtypes == (0.5, 0.25, 0.25, *(0.0,) * 5)
