"""Runs that were not finished when their process ended; the next start of the program offers to resume them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from breakhis_desktop.domain.records import ImageRecord, RunInfo, Status
from breakhis_desktop.pipeline.analyse import cancel_rest
from breakhis_desktop.store.queue import load_queue
from breakhis_desktop.store.store import Store
from breakhis_desktop.store.writer import only_writer


@dataclass(frozen=True, slots=True)
class InterruptedRun:
    """An interrupted run.

    Attributes:
        run_info: The settings of the run.
        queued: The number of the run's images.
        records: The finished images, whether classified, refused, failed or skipped.
    """

    run_info: RunInfo
    queued: int
    records: tuple[ImageRecord, ...]


def interrupted_runs(store_file: Path) -> Iterator[InterruptedRun]:
    """Yield the interrupted runs that belong to no queued job, newest first; cancelled runs do not count as interrupted.

    Raises:
        StoreError: The store cannot be read, or another window or command is writing to it, so that its run would look interrupted.
    """
    if not store_file.exists():
        return
    with Store(store_file) as store:
        with only_writer(store_file):
            in_queue = {job.run_id for job in load_queue(store_file)}
            runs = [run for run in store.unfinished_runs() if run.run_id not in in_queue]
        for run_info in runs:
            run = store.run(run_info.run_id)
            ended = tuple(record for record in run.records() if record.status is not Status.CANCELLED)
            yield InterruptedRun(run_info, run.ledger().queued, ended)


def take_back(store_file: Path, run_id: int) -> None:
    """Undo `give_up`: the images that it cancelled wait for analysis once more.

    Raises:
        StoreError: The store cannot be written, or another window or command is writing to it.
    """
    with only_writer(store_file), Store(store_file) as store:
        store.run(run_id).reopen()


def give_up(store_file: Path, run_id: int) -> None:
    """End the remaining images of a run as `cancel_rest` does, so that the run is not offered again.

    Raises:
        StoreError: The store cannot be written, or another window or command is writing to it.
    """
    with only_writer(store_file), Store(store_file) as store:
        cancel_rest(store.run(run_id))
