"""Finds the earlier runs in the store, so that the window can open them again."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from breakhis_desktop.domain.records import Ledger, RunInfo
from breakhis_desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class EarlierRun:
    """A run in the store.

    Attributes:
        run_info: The settings of the run.
        ledger: How its images ended.
        reviewed: The number of its images with a review that was not withdrawn.
    """

    run_info: RunInfo
    ledger: Ledger
    reviewed: int


def earlier_runs(store_file: Path) -> list[EarlierRun]:
    """Return every run of the store, newest first.

    Raises:
        StoreError: The store cannot be read.
    """
    if not store_file.exists():
        return []
    with Store(store_file) as store, store.unchanging():
        return _with_counts(store.all_runs(), store)


def latest_run_over(store_file: Path, inputs: Sequence[Path]) -> EarlierRun | None:
    """Return the newest of the runs over exactly these folders and files that have an image done; None if there is none.

    Raises:
        StoreError: The store cannot be read.
    """
    if not store_file.exists():
        return None
    with Store(store_file) as store, store.unchanging():
        done = (run for run in store.runs_over(inputs) if store.run(run.run_id).ledger().done)
        newest = next(done, None)
        return EarlierRun(newest, store.run(newest.run_id).ledger(), store.reviewed_images().get(newest.run_id, 0)) if newest else None


def _with_counts(runs: Sequence[RunInfo], store: Store) -> list[EarlierRun]:
    ledgers, reviewed = store.ledgers(), store.reviewed_images()
    return [EarlierRun(run, ledgers.get(run.run_id, Ledger(0)), reviewed.get(run.run_id, 0)) for run in runs]
