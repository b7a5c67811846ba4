"""How the store keeps the window's queue."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from breakhis_desktop.domain.identity import Identity
from breakhis_desktop.domain.queued_job import QueuedJob
from breakhis_desktop.domain.records import PendingImage
from breakhis_desktop.store.queue import QueueOwner, load_queue, save_queue
from breakhis_desktop.store.store import Store
from tests.factories.runs import FILES, STRANGE, run_info

CLAIM = """
import sys
from pathlib import Path
from breakhis_desktop.store.queue import QueueOwner
owner = QueueOwner(Path(sys.argv[1]))
print(owner.claim(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite"


def job(number: int) -> QueuedJob:
    return QueuedJob(number, (STRANGE, Path(f"/images/{number}")), f"job {number}", gate=bool(number % 2), identity_rule="folder")


def test_a_queue_is_restored_in_order_whatever_was_stored_before(file: Path) -> None:
    save_queue(file, [job(1), job(2), job(3)])
    save_queue(file, [job(3), replace(job(1), stage="paused"), job(4)])
    assert load_queue(file) == [job(3), replace(job(1), stage="paused"), job(4)]


def test_a_folder_that_was_just_dropped_is_queued_with_default_settings(file: Path) -> None:
    save_queue(file, [QueuedJob(1, (STRANGE,))])
    assert load_queue(file) == [QueuedJob(1, (STRANGE,), title="", gate=True, identity_rule="", stage="queued", run_id=None)]


def test_a_run_is_stored_with_its_job_and_an_older_copy_of_the_queue_does_not_separate_them(file: Path) -> None:
    save_queue(file, [job(1), job(2)])
    with Store(file) as store:
        run_id = store.begin_run(run_info(), FILES, job=replace(job(1), stage="running"))
        store.begin_run(run_info(), FILES, job=job(3))
    save_queue(file, [job(2), job(1), job(3)])
    assert [(kept.job_id, kept.run_id) for kept in load_queue(file)] == [(2, None), (1, run_id), (3, run_id + 1)]


def test_a_job_that_leaves_the_queue_leaves_its_run_in_the_store(file: Path) -> None:
    with Store(file) as store:
        run_id = store.begin_run(run_info(), FILES, job=job(1))
        save_queue(file, [])
        assert load_queue(file) == []
        assert store.run(run_id).info().run_id == run_id


def test_a_run_keeps_the_patients_and_magnifications_that_were_read_when_it_began(file: Path) -> None:
    read = [Identity("Anna", 40), Identity(), Identity(None, 100)]
    with Store(file) as store:
        run_id = store.begin_run(replace(run_info(), identity_rule="folder"), FILES, identities=read)
        assert store.run(run_id).to_go() == [PendingImage(place, *both) for place, both in enumerate(zip(FILES, read, strict=True))]
        assert store.run(run_id).info().identity_rule == "folder"


def test_one_window_owns_the_queue_until_its_process_has_ended(file: Path) -> None:
    command = [sys.executable, "-c", CLAIM, str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        owner = QueueOwner(file)
        assert not owner.claim()
        other.kill()
        other.wait()
    assert owner.claim()
    assert not QueueOwner(file).claim()
    owner.release()
    again = QueueOwner(file)
    assert again.claim()
    again.release()


def test_nobody_owns_the_queue_if_no_lock_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert not QueueOwner(tmp_path / "file" / "store.sqlite").claim()
    assert os.listdir(tmp_path) == ["file"]  # noqa: PTH208 (only names are needed)
