"""The window's queue is restored with its runs, and the patients of a run are counted without reading its results."""

from dataclasses import replace
from pathlib import Path

import pytest

from breakhis_desktop.domain.identity import Identity
from breakhis_desktop.domain.queued_job import QueuedJob
from breakhis_desktop.domain.records import ImageRecord, RunInfo, Status
from breakhis_desktop.errors import StoreError
from breakhis_desktop.pipeline.keep_queue import count_patients, keep_queue, load_results, restored_jobs
from breakhis_desktop.store.store import Store
from tests.factories.runs import FILES, done, run_info


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite"


@pytest.fixture
def run(file: Path) -> RunInfo:
    """Begin a run over `FILES`, the first of which is done and the second skipped, and return the settings of the run."""
    with Store(file) as store:
        begun = store.run(store.begin_run(run_info(), FILES))
        begun.write([done(0), ImageRecord(1, FILES[1], Status.SKIPPED)])
        return begun.info()


def test_without_a_store_the_queue_is_empty_and_no_store_is_made(file: Path) -> None:
    assert restored_jobs(file) == []
    assert not file.exists()


def test_a_kept_queue_is_restored_in_order_and_each_job_that_has_begun_comes_with_its_run(file: Path, run: RunInfo) -> None:
    jobs = [QueuedJob(2, (Path("/images"),), run_id=run.run_id), QueuedJob(1, (Path("/others"),))]
    keep_queue(file, jobs)
    begun, waiting = restored_jobs(file)
    assert (begun.job, waiting.job) == tuple(jobs)
    assert begun.run_info == run
    assert begun.ledger is not None
    assert (begun.ledger.queued, begun.ledger.done, begun.ledger.skipped) == (3, 1, 1)
    assert (waiting.run_info, waiting.ledger) == (None, None)


def test_the_results_of_a_run_are_its_images_that_have_ended(file: Path, run: RunInfo) -> None:
    assert [record.position for record in load_results(file, run.run_id)] == [0, 1]


def test_results_that_cannot_be_read_are_reported(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="Check that its folder exists"):
        load_results(tmp_path / "absent" / "store.sqlite", 1)


def test_patients_are_counted_among_the_images_that_are_done_or_to_go(file: Path) -> None:
    patients = ("Ada", "Ada", "Grace", "", "", "Mary")
    files = [Path(f"/images/{number}.png") for number in range(len(patients))]
    with Store(file) as store:
        rule = replace(run_info(), identity_rule="csv:/tables/patients.csv (0123456789ab)")
        run = store.run(store.begin_run(rule, files, identities=[Identity(patient, None) for patient in patients]))
        run.write([replace(done(0), path=files[0], identity=Identity("Ada", None))])
        run.write([ImageRecord(5, files[5], Status.SKIPPED, identity=Identity("Mary", None))])
    counted = count_patients(file, run.run_id)
    assert (counted.patients, counted.unknown) == (2, 2)
    assert counted.rule == "csv:/tables/patients.csv"
