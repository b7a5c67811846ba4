"""From images to patients."""

from pathlib import Path

from breakhis_desktop.domain.aggregate import group_by_patient
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
