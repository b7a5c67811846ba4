"""Checks that a run has images of the patient to be reported."""

from breakhis_desktop.domain.natural_order import natural_key
from breakhis_desktop.errors import UserError
from breakhis_desktop.files import printable
from breakhis_desktop.store.stored_run import StoredRun
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode

_MOST_NAMED = 10
"""Maximum number of patients that the error message names."""


def check_case(run: StoredRun, patient: str) -> None:
    """Check that a run has images of a patient, finished or not.

    Args:
        run: The run to be reported.
        patient: The id of the patient, or the accession in the official names of the patient's images.

    Raises:
        UserError: The run has no image of this patient.
    """
    images = run.files()
    if any(patient in (image.patient_id, image.accession) for image in images):
        return
    patients = sorted({image.patient_id for image in images} - {""}, key=natural_key)
    if not patients:
        raise UserError(Message.of(RunCode.CASE_WITHOUT_PATIENTS, patient=printable(patient)))
    named, more = tuple(map(printable, patients[:_MOST_NAMED])), len(patients) - _MOST_NAMED
    code = RunCode.CASE_OF_MANY_PATIENTS if more > 0 else RunCode.CASE_OF_OTHER_PATIENT
    raise UserError(Message.of(code, patient=printable(patient), patients=named, more=more))
