"""Whether the patient of a case report is one of the run's, asked before anything is analysed."""

from breakhis_desktop.domain.filenames import printable
from breakhis_desktop.domain.records import ImageRecord, Status
from breakhis_desktop.errors import UserError
from breakhis_desktop.store.store import Store

_MOST_NAMED = 10
"""Patients."""


def check_case(store: Store, run_id: int, patient: str) -> None:
    """Look whether a run has images of the patient who is to be reported, whether they have ended or not.

    Raises:
        UserError: It has none.
    """
    to_go = (ImageRecord(image.position, image.path, Status.CANCELLED, identity=image.identity) for image in store.to_go(run_id))
    patients = sorted({record.patient_id for record in (*store.records(run_id), *to_go)} - {""})
    if patient in patients:
        return
    more = f" and {len(patients) - _MOST_NAMED:,} more" if len(patients) > _MOST_NAMED else ""
    known = f"its patients are {', '.join(map(printable, patients[:_MOST_NAMED]))}{more}. Repeat the call with one of them as --case."
    unknown = "no name or rule says whose its images are. Repeat the call with a rule as --patients."
    raise UserError(f"No image of this run is of the patient {printable(patient)}: {known if patients else unknown}")
