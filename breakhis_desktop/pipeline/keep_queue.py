"""Keeps the window's queue between starts, and loads a job's results when the user opens them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from breakhis_desktop.domain.identity import as_written
from breakhis_desktop.domain.queued_job import QueuedJob
from breakhis_desktop.domain.records import ImageRecord, Ledger, RunInfo
from breakhis_desktop.store.queue import load_queue, save_queue
from breakhis_desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class RestoredJob:
    """A job restored from the previous start.

    Attributes:
        job: The job as it was saved.
        run_info: The settings of the job's run; None if the run had not started.
        ledger: How the job's images ended.
    """

    job: QueuedJob
    run_info: RunInfo | None = None
    ledger: Ledger | None = None


@dataclass(frozen=True, slots=True)
class PatientCount:
    """What a run's rule found in the images that are done or still to be analysed.

    Attributes:
        rule: The rule, as a user would write it.
        patients: The number of patients.
        unknown: The number of images whose patient the rule does not find.
    """

    rule: str
    patients: int
    unknown: int


def keep_queue(store_file: Path, jobs: Sequence[QueuedJob]) -> None:
    """Save these jobs, in this order, as the queue of the next start.

    Raises:
        StoreError: The store cannot be written.
    """
    save_queue(store_file, jobs)


def restored_jobs(store_file: Path) -> list[RestoredJob]:
    """Return the saved queue in order, without the images.

    Raises:
        StoreError: The store cannot be read.
    """
    if not store_file.exists():
        return []
    jobs = load_queue(store_file)
    with Store(store_file) as store:
        return [_restored(job, store) for job in jobs]


def load_results(store_file: Path, run_id: int) -> Sequence[ImageRecord]:
    """Return the finished images of a run, including those that ended as cancelled.

    Raises:
        StoreError: The store cannot be read.
    """
    with Store(store_file) as store:
        return store.run(run_id).records()


def count_patients(store_file: Path, run_id: int) -> PatientCount:
    """Count the patients of a run's images without reading the results.

    Raises:
        StoreError: The store cannot be read.
    """
    with Store(store_file) as store, store.unchanging():
        run = store.run(run_id)
        rule, images = run.info().identity_rule, run.done_or_to_go()
    patients = [image.patient_id for image in images]
    return PatientCount(as_written(rule), len({*patients} - {""}), patients.count(""))


def _restored(job: QueuedJob, store: Store) -> RestoredJob:
    if job.run_id is None:
        return RestoredJob(job)
    run = store.run(job.run_id)
    return RestoredJob(job, run.info(), run.ledger())
