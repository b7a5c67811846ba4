"""Migrates stores of every version; `python -m tests.unit.store.test_migrations` writes the fixture of the newest version.

The program of each version wrote the fixture of that version, and no fixture is ever written again.
"""

import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from breakhis_desktop.domain.queued_job import QueuedJob
from breakhis_desktop.domain.records import ImageRecord, Status
from breakhis_desktop.domain.review import Review, ReviewAction
from breakhis_desktop.domain.taxonomy import SUBTYPE_BY_CODE, Decision
from breakhis_desktop.errors import StoreError
from breakhis_desktop.store import database
from breakhis_desktop.store.database import open_database
from breakhis_desktop.store.queue import load_queue, put_job
from breakhis_desktop.store.schema import MIGRATIONS
from breakhis_desktop.store.store import Store
from breakhis_desktop.wording.files import FileCode
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message
from tests.factories import said, there
from tests.factories.runs import FILES, done, run_info
from tests.factories.stores import VERSIONS, fixture_of, version_of

MAPS = np.arange(2 * 7 * 14, dtype=np.float32).reshape(2, 7, 14) / np.float32(4)
RECORDS = [done(0), done(1), ImageRecord(2, FILES[2], Status.FAILED, said("gone"))]
REVIEWS = [
    Review(ReviewAction.ACCEPTED, Decision.MALIGNANT, SUBTYPE_BY_CODE["DC"], "", "M. Silva", "2026-01-01T10:05:00+01:00"),
    Review(ReviewAction.OVERRIDDEN, Decision.BENIGN, None, "Regular ducts.", "A. Kaya", "2026-01-01T10:06:00+01:00"),
]
WITHOUT_ENGINE = [replace(record, engine="") for record in RECORDS]
DOUBT = Message.of(ImageCode.TILES_DECLINED, declined=1, tiles=9, reason=Message.of(ImageCode.UNLIKE_TRAINING, distance=1.25))
WITH_MESSAGES = [RECORDS[0], replace(RECORDS[1], review_flags=(DOUBT,)), replace(RECORDS[2], reason=Message.of(FileCode.NOT_THERE))]


def records_of(version: int) -> list[ImageRecord]:
    """Return the records in a version's fixture: before version 4, sentences were text; before version 3, no engine was stored."""
    if version >= 4:
        return WITH_MESSAGES
    return RECORDS if version == 3 else WITHOUT_ENGINE


@pytest.mark.parametrize("version", VERSIONS)
def test_a_store_of_any_version_opens_with_all_its_content(tmp_path: Path, version: int) -> None:
    file = Path(shutil.copy(fixture_of(version), tmp_path))
    assert version_of(file) == version
    with Store(file) as store:
        (run,) = store.runs_over(run_info().inputs)
        assert run == store.run(run.run_id).info()
        rule = run_info().review_rule
        assert run.review_rule == (rule if version >= 6 else replace(rule, found_at=None))
        assert store.run(run.run_id).records() == records_of(version)
        assert store.run(run.run_id).thumbnail(0) == b"jpeg"
        assert store.run(run.run_id).reviews() == ({0: REVIEWS} if version >= 3 else {})
        maps = store.run(run.run_id).heat_maps(0)
        assert (maps is None) if version < 2 else np.array_equal(there(maps), MAPS)
    assert version_of(file) == len(MIGRATIONS)


def test_a_job_queued_by_a_version_that_did_not_guess_the_rule_keeps_official_names(tmp_path: Path) -> None:
    file = Path(shutil.copy(fixture_of(4), tmp_path / "store.sqlite"))
    jobs = [QueuedJob(1, FILES), QueuedJob(2, FILES, identity_rule="folder"), QueuedJob(3, FILES, run_id=1)]
    with closing(sqlite3.connect(file)) as connection, connection:
        for job in jobs:
            put_job(connection, job)
    open_database(file).close()
    assert [job.identity_rule for job in load_queue(file)] == ["official", "folder", ""]


def test_an_older_store_is_copied_before_it_is_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = Path(shutil.copy(fixture_of(1), tmp_path / "store.sqlite"))
    monkeypatch.setattr(database, "MIGRATIONS", (*MIGRATIONS, "ALTER TABLE run ADD COLUMN note TEXT;"))
    open_database(file).close()
    assert version_of(file) == len(MIGRATIONS) + 1
    kept = tmp_path / "store.sqlite.version-1"
    assert version_of(kept) == 1
    with Store(kept) as store:
        assert store.run(store.runs_over(run_info().inputs)[0].run_id).records() == WITHOUT_ENGINE


def test_a_migration_step_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = Path(shutil.copy(fixture_of(1), tmp_path / "store.sqlite"))
    monkeypatch.setattr(database, "MIGRATIONS", (*MIGRATIONS, "ALTER TABLE run ADD COLUMN note TEXT; SELECT nothing_like_it;"))
    with pytest.raises(StoreError, match="cannot be used"):
        open_database(file)
    assert version_of(file) == 1
    with closing(sqlite3.connect(file)) as connection:
        assert "note" not in {row[1] for row in connection.execute("PRAGMA table_info(run)")}


def open_and_close(file: Path) -> None:
    open_database(file).close()


@pytest.mark.parametrize("version", [None, 1])
def test_all_threads_that_open_a_store_at_the_same_time_find_it_up_to_date(tmp_path: Path, version: int | None) -> None:
    for attempt in range(20):
        file = tmp_path / f"{attempt}.sqlite"
        if version:
            shutil.copy(fixture_of(version), file)
        with ThreadPoolExecutor(8) as pool:
            for opened in [pool.submit(open_and_close, file) for _ in range(8)]:
                opened.result()
        assert version_of(file) == len(MIGRATIONS)
        kept = tmp_path / f"{attempt}.sqlite.version-1"
        assert version_of(kept) == 1 if version else not kept.exists()


def test_a_new_store_is_not_copied(tmp_path: Path) -> None:
    open_database(tmp_path / "store.sqlite").close()
    assert [path.name for path in tmp_path.iterdir()] == ["store.sqlite"]


def write_newest() -> None:
    """Write the fixture of the newest version."""
    with Store(fixture_of(len(MIGRATIONS))) as store:
        run_id = store.begin_run(run_info(), FILES)
        store.run(run_id).write(WITH_MESSAGES, {0: b"jpeg"}, {0: MAPS})
        for review in REVIEWS:
            store.run(run_id).add_review(0, review)


if __name__ == "__main__":
    write_newest()
