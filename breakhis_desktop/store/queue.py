"""The window's queue in the store, restored in the same order at the next start."""

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from breakhis_desktop.domain.identity import as_kept, restored
from breakhis_desktop.domain.queued_job import QueuedJob
from breakhis_desktop.store.checked import INTEGER, TEXT, Form, Row, count, optional, paths_of, read_with, rule_of
from breakhis_desktop.store.connection import store_errors, transaction
from breakhis_desktop.store.database import open_database
from breakhis_desktop.store.locks import ProcessLock, lock_beside
from breakhis_desktop.store.rows import inputs_text

_COLUMNS = {
    "id": INTEGER,
    "roots": TEXT,
    "title": TEXT,
    "gate": INTEGER,
    "identity_rule": TEXT,
    "stage": TEXT,
    "run_id": optional(INTEGER),
}
_SELECT = "SELECT id, roots, title, gate, identity_rule, stage, run_id FROM job ORDER BY place"
_PUT = """
INSERT INTO job (place, id, roots, title, gate, identity_rule, stage, run_id)
VALUES ((SELECT COALESCE(MAX(place) + 1, 0) FROM job), ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET roots = excluded.roots, title = excluded.title, gate = excluded.gate, identity_rule = excluded.identity_rule,
    stage = excluded.stage, run_id = COALESCE(excluded.run_id, run_id)
"""


class QueueOwner:
    """The lock that makes one window the owner of the queue in the store; the system releases the lock when the process ends."""

    def __init__(self, file: Path) -> None:
        """Remember the lock file beside the store, without creating or locking it."""
        self._lock = ProcessLock(lock_beside(Path(os.path.realpath(file)), "queue.lock"))

    def claim(self) -> bool:
        """Become the owner; return False if another window is the owner, or the lock cannot be written."""
        try:
            return self._lock.take()
        except OSError:
            return False

    def release(self) -> None:
        """Let another window become the owner."""
        self._lock.release()


def put_job(connection: sqlite3.Connection, job: QueuedJob) -> None:
    """Write a job, in the caller's transaction: a new job at the end of the queue; an existing job keeps its run if `job` names none."""
    rule = as_kept(job.identity_rule)
    connection.execute(_PUT, (job.job_id, inputs_text(job.inputs), job.title, int(job.gate), rule, job.stage, job.run_id))


def save_queue(file: Path, jobs: Sequence[QueuedJob]) -> None:
    """Replace the queue of a store with these jobs, in this order; the runs of removed jobs stay in the store.

    Raises:
        StoreError: The queue cannot be written.
    """
    with closing(open_database(file)) as connection, store_errors(file), transaction(connection):
        kept = [job.job_id for job in jobs]
        gone = {number for (number,) in connection.execute("SELECT id FROM job")} - set(kept)
        connection.executemany("DELETE FROM job WHERE id = ?", [(number,) for number in gone])
        for job in jobs:
            put_job(connection, job)
        connection.executemany("UPDATE job SET place = ? WHERE id = ?", enumerate(kept))


def load_queue(file: Path) -> list[QueuedJob]:
    """Return the queue of a store, in order.

    Raises:
        StoreError: The queue cannot be read.
    """
    with closing(open_database(file)) as connection, store_errors(file):
        return [_job_of(row) for row in connection.execute(_SELECT)]


@read_with(Form("job", _COLUMNS))
def _job_of(row: Row) -> QueuedJob:
    job_id, inputs, title, gate, rule, stage, run_id = row
    number = None if run_id is None else count(run_id)
    return QueuedJob(count(job_id), paths_of(inputs), title, bool(gate), restored(rule_of(rule)), stage, number)
