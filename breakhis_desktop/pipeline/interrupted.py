"""Runs whose process was gone before they ended: what the next start offers to resume."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from breakhis_desktop.domain.records import ImageRecord, RunInfo, Status
from breakhis_desktop.pipeline.analyse import cancel_rest
from breakhis_desktop.store.queue import load_queue
from breakhis_desktop.store.store import Store
from breakhis_desktop.store.writer import only_writer


@dataclass(frozen=True, slots=True)
class InterruptedRun:
    """A run that was cut off.

    Attributes:
        run_info: What it was made with.
        queued: How many images it has.
        records: The images that have ended.
        thumbnails: Small JPEG copies of these by position.
    """

    run_info: RunInfo
    queued: int
    records: tuple[ImageRecord, ...]
    thumbnails: Mapping[int, bytes]


def interrupted_runs(store_file: Path) -> Iterator[InterruptedRun]:
    """Yield the runs that were cut off and belong to no job of the queue, the newest first; those that were cancelled had an end.

    Raises:
        StoreError: The store cannot be read, or another window or command writes it: what is unfinished may be running there.
    """
    if not store_file.exists():
        return
    with Store(store_file) as store:
        with only_writer(store_file):
            in_queue = {job.run_id for job in load_queue(store_file)}
            runs = [run for run in store.unfinished_runs() if run.run_id not in in_queue]
        for run_info in runs:
            ended = tuple(record for record in store.records(run_info.run_id) if record.status is not Status.CANCELLED)
            yield InterruptedRun(run_info, store.ledger(run_info.run_id).queued, ended, store.thumbnails(run_info.run_id))


def give_up(store_file: Path, run_id: int) -> None:
    """End the rest of a run as cancelled, so that it is not offered again.

    Raises:
        StoreError: The store cannot be written, or another window or command writes it.
    """
    with only_writer(store_file), Store(store_file) as store:
        cancel_rest(store, run_id)
