"""Keeps the window's queue from one start to the next, and loads the results of its jobs once they are looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from breakhis_desktop.domain.queued_job import QueuedJob
from breakhis_desktop.domain.records import ImageRecord, Ledger, RunInfo, Status
from breakhis_desktop.store.queue import load_queue, save_queue
from breakhis_desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class RestoredJob:
    """A job of the last start.

    Attributes:
        job: How it was kept.
        run_info: What its run was made with; None where it had not begun.
        ledger: How its images ended; where the run has images left, those that an earlier cancel ended are among them.
    """

    job: QueuedJob
    run_info: RunInfo | None = None
    ledger: Ledger | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """The images of a run that have ended, and small JPEG copies of them by position."""

    records: Sequence[ImageRecord]
    thumbnails: Mapping[int, bytes]


def keep_queue(store_file: Path, jobs: Sequence[QueuedJob]) -> None:
    """Make these jobs, in this order, the queue of the next start.

    Raises:
        StoreError: The store cannot be written.
    """
    save_queue(store_file, jobs)


def restored_jobs(store_file: Path) -> list[RestoredJob]:
    """Return the queue as it was kept, in order, without the images.

    Raises:
        StoreError: The store cannot be read.
    """
    if not store_file.exists():
        return []
    jobs = load_queue(store_file)
    with Store(store_file) as store:
        return [_restored(job, store) for job in jobs]


def load_results(store_file: Path, run_id: int) -> Results:
    """Return what a run has finished; where it has images left, those that an earlier cancel ended are among them.

    Raises:
        StoreError: The store cannot be read.
    """
    with Store(store_file) as store, store.unchanging():
        records, unfinished = store.records(run_id), store.ledger(run_id).to_go
        kept = [record for record in records if record.status is not Status.CANCELLED] if unfinished else records
        return Results(kept, store.thumbnails(run_id))


def _restored(job: QueuedJob, store: Store) -> RestoredJob:
    if job.run_id is None:
        return RestoredJob(job)
    ledger = store.ledger(job.run_id)
    return RestoredJob(job, store.run_info(job.run_id), replace(ledger, cancelled=0) if ledger.to_go else ledger)
