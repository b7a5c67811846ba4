"""Files of other programs are recognised before anything is written to them."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from breakhis_desktop.errors import StoreError
from breakhis_desktop.store import database, journal, origin
from breakhis_desktop.store.database import open_database
from breakhis_desktop.store.origin import APPLICATION_ID
from breakhis_desktop.store.recovery import set_aside_if_damaged
from breakhis_desktop.store.schema import MIGRATIONS
from breakhis_desktop.store.store import Store
from tests.factories.runs import FILES, run_info
from tests.factories.stores import VERSIONS, fixture_of

FOREIGN = {
    "bookmarks, version 0": "CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url TEXT);",
    "version 1 of another program's tables": "CREATE TABLE customer (id INTEGER); PRAGMA user_version = 1;",
    "tables named like a store's": "CREATE TABLE run (id); CREATE TABLE image (id); CREATE TABLE thumbnail (id); PRAGMA user_version = 1;",
    "the tables of a store, without a version": "".join(MIGRATIONS),
    "the tables of a store, without the mark of a store": f"{''.join(MIGRATIONS)} PRAGMA user_version = 4;",
    "no tables, but a version that has tables": f"PRAGMA user_version = {len(MIGRATIONS)};",
    "newer than any unmarked store": "CREATE TABLE customer (id INTEGER); PRAGMA user_version = 99;",
    "a view alone": "CREATE VIEW places AS SELECT 1;",
    "marked by another program, empty": "PRAGMA application_id = 252006674;",
    "marked by another program": f"{MIGRATIONS[0]} PRAGMA user_version = 1; PRAGMA application_id = 252006674;",
}
LEFT_IN_ITS_LOG = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA journal_mode = WAL")
connection.execute("CREATE TABLE moz_places (url TEXT)")
os._exit(0)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite"


def contents(folder: Path) -> dict[str, bytes]:
    """Return the content of all files in a folder, except SQLite's shared-memory file."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith("-shm")}


def mark_of(file: Path) -> int:
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("PRAGMA application_id").fetchone()[0])


@pytest.mark.parametrize("script", FOREIGN.values(), ids=FOREIGN.keys())
def test_a_database_of_another_program_is_refused_and_left_unchanged(file: Path, script: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(script)
    before = contents(file.parent)
    with pytest.raises(StoreError, match="is the database of another program and was left as it is"):
        open_database(file)
    assert set_aside_if_damaged(file) is None
    assert contents(file.parent) == before


def test_the_log_of_another_program_is_not_merged_into_its_database(file: Path) -> None:
    subprocess.run([sys.executable, "-c", LEFT_IN_ITS_LOG, str(file)], check=True)
    before = contents(file.parent)
    assert before.keys() == {"store.sqlite", "store.sqlite-wal"}
    with pytest.raises(StoreError, match="another program"):
        open_database(file)
    assert contents(file.parent) == before


def test_no_file_is_left_beside_a_database_of_another_program_that_uses_a_log(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE moz_places (url TEXT)")
    with pytest.raises(StoreError, match="another program"):
        open_database(file)
    assert [path.name for path in file.parent.iterdir()] == ["store.sqlite"]


def test_the_journal_of_another_program_is_left_for_that_program_to_roll_back(file: Path, tmp_path: Path) -> None:
    cut_off = tmp_path / "cut off" / "store.sqlite"
    cut_off.parent.mkdir()
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE moz_places (url TEXT)")
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO moz_places VALUES (?)", [("x" * 4000,)] * 100)
        for ending in ("", "-journal"):
            shutil.copy(f"{file}{ending}", f"{cut_off}{ending}")
    before = contents(cut_off.parent)
    assert len(before) == 2
    with pytest.raises(StoreError, match="another program"):
        open_database(cut_off)
    assert contents(cut_off.parent) == before


@pytest.mark.parametrize(
    "content", [b"x", b"letters and figures", b"SQLite format 3\0", b"x" * 5000, b"SQLite format 3\0" + b"\xff" * 5000]
)
def test_a_file_that_is_not_a_database_is_refused_and_left_unchanged(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(StoreError, match="is damaged or is not a store"):
        open_database(file)
    assert contents(file.parent) == {"store.sqlite": content}


@pytest.mark.parametrize("ending", ["-journal", "-wal"])
@pytest.mark.parametrize("place", ["new", "empty", "a store"])
@pytest.mark.parametrize("content", ["precious", "p", "a link", "a link that leads nowhere", "a folder"])
def test_a_file_in_place_of_the_journal_or_log_of_a_store_is_reported_and_stays(file: Path, ending: str, place: str, content: str) -> None:
    part = file.with_name(file.name + ending)
    match place:
        case "empty":
            file.touch()
        case "a store":
            Store(file).close()
    match content:
        case "a folder":
            part.mkdir()
        case "a link" | "a link that leads nowhere":
            part.symlink_to(file.with_name("victim"))
        case _:
            part.write_text(content)
    if content == "a link":
        file.with_name("victim").write_text("precious")
    before = {path: path.read_bytes() for path in file.parent.iterdir() if path.is_file() and path != file}
    with pytest.raises(StoreError, match=rf"{part.name} does not belong to the store beside it\. Move it away, or name another store\."):
        open_database(file)
    assert set_aside_if_damaged(file) is None
    assert {path: path.read_bytes() for path in before} == before
    assert os.path.lexists(part)
    assert place != "new" or not file.exists(), "no store is created where it could not be used"


def test_a_name_that_is_too_long_with_the_endings_that_sqlite_adds_is_reported_and_no_file_is_created(tmp_path: Path) -> None:
    for name in ("s" * 248, "s" * 255, "s" * 300):
        with pytest.raises(StoreError, match=r"^The name of the store .* is too long\. Choose a shorter one\.$"):
            open_database(tmp_path / name)
    assert list(tmp_path.iterdir()) == []
    Store(tmp_path / ("s" * 247)).close()


@pytest.mark.parametrize("ending", ["-journal", "-wal"])
@pytest.mark.parametrize("content", [b"", bytes(3), bytes(4096)])
def test_a_journal_or_log_whose_first_write_was_cut_off_does_not_keep_the_store_from_opening(
    file: Path, ending: str, content: bytes
) -> None:
    Store(file).close()
    file.with_name(file.name + ending).write_bytes(content)
    Store(file).close()


def test_a_store_whose_first_page_was_being_written_during_a_power_cut_is_restored(file: Path, tmp_path: Path) -> None:
    torn = tmp_path / "torn.sqlite"
    with Store(file) as store:
        store.begin_run(run_info(), FILES)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN")
        connection.execute("PRAGMA user_version = 2")
        connection.executemany("INSERT INTO thumbnail VALUES (1, ?, ?)", ((place, bytes(4000)) for place in range(100)))
        shutil.copy(f"{file}-journal", f"{torn}-journal")
        torn.write_bytes(bytes(4096) + file.read_bytes()[4096:])
    with Store(torn) as store:
        assert len(store.runs_over(run_info().inputs)) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices are files only on Unix")
def test_anything_but_a_regular_file_is_refused_and_never_waited_for(file: Path, tmp_path: Path) -> None:
    os.mkfifo(file)
    for no_file in (file, tmp_path, Path("/dev/zero"), Path("/dev/null")):
        with pytest.raises(StoreError, match="is not a file"):
            open_database(no_file)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_store_of_any_version_is_marked_when_it_is_opened(file: Path, version: int) -> None:
    shutil.copy(fixture_of(version), file)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS note (text)")  # a table added by the user does not make the store foreign
    open_database(file).close()
    assert mark_of(file) == APPLICATION_ID


def test_a_new_store_is_marked_even_if_its_process_was_killed_before_the_log_was_merged(file: Path, tmp_path: Path) -> None:
    cut_off = tmp_path / "cut off" / "store.sqlite"
    cut_off.parent.mkdir()
    with Store(file) as store:
        run_id = store.begin_run(run_info(), FILES)
        for ending in ("", "-wal"):
            shutil.copy(f"{file}{ending}", f"{cut_off}{ending}")
    with Store(cut_off) as store:
        assert store.run(run_id).info().run_id == run_id
    assert mark_of(cut_off) == APPLICATION_ID


def test_a_database_that_another_program_creates_while_the_store_is_opened_is_left_unchanged(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_at = origin.look_at

    def look_and_lose(file: Path) -> None:
        look_at(file)
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("CREATE TABLE moz_places (url TEXT)")
        made.update(contents(file.parent))

    made: dict[str, bytes] = {}
    monkeypatch.setattr(origin, "look_at", look_and_lose)
    with pytest.raises(StoreError, match="another program"):
        open_database(file)
    assert contents(file.parent) == made


def test_a_database_that_another_program_creates_at_the_last_moment_gets_none_of_the_tables_of_a_store(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prefer_log = journal.prefer_log

    def prefer_and_lose(connection: sqlite3.Connection, file: Path) -> sqlite3.Connection:
        preferred = prefer_log(connection, file)
        with closing(sqlite3.connect(file)) as other:
            other.execute("CREATE TABLE moz_places (url TEXT)")
        return preferred

    monkeypatch.setattr(database, "prefer_log", prefer_and_lose)
    with pytest.raises(StoreError, match="another program"):
        open_database(file)
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("moz_places",)]
        assert connection.execute("PRAGMA application_id").fetchone() == (0,)


def test_a_store_that_another_window_creates_at_the_same_moment_is_not_refused_as_foreign(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.set_trace_callback(lambda statement: open_database(file).close() if "user_version" in statement else None)
        origin.refuse_foreign(connection, file)
    assert mark_of(file) == APPLICATION_ID


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS) + 1))
def test_a_marked_store_of_any_version_is_refused_if_a_view_is_in_the_place_of_a_table(file: Path, version: int) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript("".join(MIGRATIONS[:version]))
        connection.executescript(f"PRAGMA user_version = {version}; PRAGMA application_id = {APPLICATION_ID};")
        connection.executescript("DROP TABLE image; CREATE VIEW image AS SELECT 1 AS position;")
    with pytest.raises(StoreError, match="was changed by another program: image is not valid"):
        open_database(file)


def test_a_log_that_another_process_has_just_removed_does_not_keep_the_store_from_opening(file: Path) -> None:
    assert origin._begins_with(file, origin._MAGIC)


def test_a_store_of_a_newer_version_keeps_its_log(file: Path, tmp_path: Path) -> None:
    left = tmp_path / "left" / "store.sqlite"
    left.parent.mkdir()
    with Store(file) as store:
        store._connection.execute("PRAGMA user_version = 99")
        store._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        store._connection.execute("CREATE TABLE later (note)")
        for ending in ("", "-wal"):
            shutil.copy(f"{file}{ending}", f"{left}{ending}")
    before = contents(left.parent)
    assert before["store.sqlite-wal"]
    with pytest.raises(StoreError, match="newer version"):
        open_database(left)
    assert contents(left.parent) == before


def silent(_: Path) -> bytes:
    threading.Event().wait()
    return b""


def test_a_store_on_an_unresponsive_disk_is_reported(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(origin, "_header", silent)
    monkeypatch.setattr(origin, "_ANSWERS_WITHIN", 0.05)
    before = set(threading.enumerate())
    with pytest.raises(StoreError, match=rf"The store {file} does not answer\. Check the connection"):
        open_database(file)
    assert all(thread.daemon for thread in set(threading.enumerate()) - before)  # daemon threads: the program can end without an answer


WAITS = """
import signal, sys, threading
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job would ignore SIGINT
from pathlib import Path
from breakhis_desktop.store import origin
from breakhis_desktop.store.database import open_database
def silent(_):
    print("asked", flush=True)
    threading.Event().wait()
origin._header = silent
open_database(Path(sys.argv[1]))
"""
BLOCKED = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from pathlib import Path
from breakhis_desktop.store import connection
from breakhis_desktop.store.database import open_database
connection._PATIENCE = 100.0
print("asked", flush=True)
open_database(Path(sys.argv[1]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a test cannot send SIGINT on Windows")
@pytest.mark.parametrize("program", [WAITS, BLOCKED], ids=["a disk that does not answer", "another program's lock"])
def test_ctrl_c_ends_the_wait_for_a_store(file: Path, program: str) -> None:
    open_database(file).close()
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        command = [sys.executable, "-c", program, str(file)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "asked\n"
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=30)
    assert "KeyboardInterrupt" in errors


def test_a_store_locked_by_another_program_is_reported(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("breakhis_desktop.store.connection._PATIENCE", 0.2)
    with Store(file) as store, closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match=r"is locked by another program\. Close that program"):
            store.begin_run(run_info(), FILES)
        other.execute("ROLLBACK")
        store.begin_run(run_info(), FILES)


def test_a_write_that_waits_for_a_lock_continues_when_it_is_released(file: Path) -> None:
    with Store(file) as store, closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        release: Callable[[], object] = lambda: other.execute("ROLLBACK")  # noqa: E731 (runs in a thread)
        timer = threading.Timer(0.3, release)
        timer.start()
        assert store.begin_run(run_info(), FILES)
        timer.join()
