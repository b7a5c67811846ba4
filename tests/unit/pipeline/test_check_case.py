"""If a run has no image of the requested patient, the error names the patients of the run."""

from pathlib import Path

import pytest

from breakhis_desktop.domain.identity import UNREAD, Identity
from breakhis_desktop.domain.records import ImageRecord, Status
from breakhis_desktop.errors import UserError
from breakhis_desktop.pipeline.check_case import check_case
from breakhis_desktop.store.store import Store
from breakhis_desktop.store.stored_run import StoredRun
from breakhis_desktop.wording.runs import RunCode
from tests.factories import tells
from tests.factories.runs import run_info


def run_of(store: Store, *patients: str) -> StoredRun:
    """Begin a run with one image of each patient, in which only the first image has ended."""
    files = [Path(f"/images/{number}.png") for number in range(len(patients))]
    ended = [ImageRecord(0, files[0], Status.SKIPPED)]
    return store.run(store.begin_run(run_info(), files, ended, [Identity(patient, None) for patient in patients]))


@pytest.mark.parametrize("patient", ["Ada", "Grace"])
def test_a_patient_with_a_finished_or_pending_image_is_accepted(store: Store, patient: str) -> None:
    check_case(run_of(store, "Ada", "Grace"), patient)


def test_an_accession_stands_for_the_ids_of_its_patient(store: Store) -> None:
    names = ("SOB_B_TA-14-9003A-100-001.png", "SOB_B_TA-14-9003B-100-001.png")
    run = store.run(store.begin_run(run_info(), [Path("/images", name) for name in names], [], [UNREAD] * 2))
    check_case(run, "14-9003A")
    check_case(run, "9003")
    with pytest.raises(UserError, check=tells(RunCode.CASE_OF_OTHER_PATIENT, patient="900", patients=("14-9003A", "14-9003B"))):
        check_case(run, "900")


def test_a_run_without_patients_is_reported_as_such(store: Store) -> None:
    with pytest.raises(UserError, check=tells(RunCode.CASE_WITHOUT_PATIENTS, patient="Ada")):
        check_case(run_of(store, "", ""), "Ada")


def test_patients_are_named_in_natural_order(store: Store) -> None:
    with pytest.raises(UserError, check=tells(RunCode.CASE_OF_OTHER_PATIENT, patient="Ada", patients=("Case 2", "Case 10"))):
        check_case(run_of(store, "Case 10", "Case 2"), "Ada")


def test_up_to_ten_patients_are_named_in_order(store: Store) -> None:
    patients = [f"P{number}" for number in range(9, -1, -1)]
    with pytest.raises(UserError, check=tells(RunCode.CASE_OF_OTHER_PATIENT, patient="Ada", patients=tuple(sorted(patients)))):
        check_case(run_of(store, "", *patients, "P5"), "Ada")


def test_ten_patients_are_named_and_the_others_are_counted_if_there_are_more_than_ten(store: Store) -> None:
    patients = [f"P{number:02}" for number in range(11)]
    with pytest.raises(UserError, check=tells(RunCode.CASE_OF_MANY_PATIENTS, patients=tuple(patients[:10]), more=1)):
        check_case(run_of(store, *patients), "Ada")
