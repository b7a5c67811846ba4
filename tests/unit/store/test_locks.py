"""Waiting for a lock ends within seconds; locks never follow a link, and they work on disks without flock."""

import errno
import json
import os
import subprocess
import sys
import timeit
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from breakhis_desktop.errors import StoreError
from breakhis_desktop.store import temporary
from breakhis_desktop.store.locks import ProcessLock
from breakhis_desktop.store.queue import QueueOwner
from breakhis_desktop.store.temporary import remove_abandoned, temporary_store
from breakhis_desktop.store.writer import only_writer

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no flock; links need a privilege there, and pipes are not files"
)

HOLD = """
import sys
from pathlib import Path
from breakhis_desktop.store.locks import ProcessLock
lock = ProcessLock(Path(sys.argv[1]))
assert lock.take()
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite"


@contextmanager
def held_by_another(lock: Path) -> Iterator[None]:
    with subprocess.Popen([sys.executable, "-c", HOLD, str(lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        yield
        other.kill()


@pytest.fixture
def without_flock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make flock fail, as it does on a Lustre disk that is mounted without support for it."""
    fcntl = pytest.importorskip("fcntl")

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSYS, "Function not implemented")

    monkeypatch.setattr(fcntl, "flock", refuse)


def test_a_lock_held_by_another_process_is_reported_and_does_not_block_the_start(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(temporary, "_PATIENCE", 0.1)
    (home / "run-abcdefgh").mkdir()
    with held_by_another(home / ".temporary.lock"):
        remove_abandoned(home)
        assert (home / "run-abcdefgh").exists()
        with pytest.raises(StoreError, match=r"holds the lock .*\.temporary\.lock and does not release"), temporary_store(home):
            pytest.fail("another process may be looking at the same folders")
    with temporary_store(home) as store:
        assert store.parent.is_dir()


def test_a_lock_can_be_taken_once_the_process_that_held_it_has_ended(tmp_path: Path) -> None:
    lock = tmp_path / "a.lock"
    with held_by_another(lock):
        assert not ProcessLock(lock).take()
        assert not ProcessLock(lock, patience=0.1).take()
    assert ProcessLock(lock).take()


def test_a_caller_without_patience_is_not_kept_waiting(home: Path) -> None:
    def seconds(ask: Callable[[], object]) -> float:
        return min(timeit.repeat(ask, number=1, repeat=3))

    (home / "run-abcdefgh").mkdir()
    with held_by_another(home / ".temporary.lock"):
        assert seconds(lambda: ProcessLock(home / ".temporary.lock").take()) < 0.9
        assert seconds(lambda: remove_abandoned(home)) < 0.9
        assert (home / "run-abcdefgh").exists()


def test_a_lock_taken_by_one_thread_can_be_released_by_another(tmp_path: Path) -> None:
    lock = ProcessLock(tmp_path / "a.lock")
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lock.take).result()
    assert not ProcessLock(lock.file).take()
    lock.release()
    assert ProcessLock(lock.file).take()


@pytest.mark.usefixtures("without_flock")
@pytest.mark.filterwarnings("ignore:flock not supported on this filesystem:UserWarning")
def test_without_flock_there_is_still_only_one_writer_and_one_queue_owner(file: Path, home: Path) -> None:
    with only_writer(file), pytest.raises(StoreError, match=rf"\(process {os.getpid()}, since"), only_writer(file):
        pytest.fail("there are two writers at once")
    owner = QueueOwner(file)
    assert owner.claim()
    assert not QueueOwner(file).claim()
    owner.release()
    with temporary_store(home) as store:
        remove_abandoned(home)
        assert store.parent.exists()
    assert list(home.glob("run-*")) == []


@pytest.mark.filterwarnings("ignore:flock not supported on this filesystem:UserWarning")
def test_a_leftover_lock_file_on_a_disk_without_flock_is_reported_with_advice(
    file: Path, home: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    with only_writer(file), temporary_store(home):
        pass
    request.getfixturevalue("without_flock")
    monkeypatch.setattr(temporary, "_PATIENCE", 0.1)
    remove_abandoned(home)
    with pytest.raises(StoreError, match=r"if there are none, delete that file"), temporary_store(home):
        pytest.fail("another process may hold the lock")
    lock = file.with_name(".store.sqlite.lock")
    with pytest.raises(StoreError, match=rf"if nothing else uses the store, delete {lock}\."), only_writer(file):
        pytest.fail("another process may hold the lock")
    lock.unlink()
    with only_writer(file):
        pass


@pytest.mark.parametrize("name", [".store.sqlite.holder", ".store.sqlite.lock", ".store.sqlite.queue.lock"])
def test_nothing_is_written_through_a_link(file: Path, tmp_path: Path, name: str) -> None:
    victim = tmp_path / "thesis.txt"
    victim.write_text("three years", encoding="utf-8")
    (tmp_path / name).symlink_to(victim)
    if name.endswith(".holder"):
        with only_writer(file):
            assert json.loads((tmp_path / name).read_text(encoding="utf-8"))["process"] == os.getpid()
    elif name.endswith(".queue.lock"):
        assert not QueueOwner(file).claim()
    else:
        with pytest.raises(StoreError, match="cannot be locked"), only_writer(file):
            pytest.fail("the lock is a link to another file")
    assert victim.read_text(encoding="utf-8") == "three years"
    assert victim.stat().st_mode & 0o777 == 0o644 & ~_umask()


def _umask() -> int:
    os.umask(found := os.umask(0))
    return found


def test_a_broken_link_creates_no_file(file: Path, home: Path, tmp_path: Path) -> None:
    for place in (tmp_path / ".store.sqlite.holder", tmp_path / ".store.sqlite.lock", home / ".temporary.lock"):
        place.symlink_to(tmp_path / "made")
    with pytest.raises(StoreError, match="cannot be locked"), only_writer(file):
        pytest.fail("the lock is a link to another file")
    remove_abandoned(home)
    with pytest.raises(StoreError, match="cannot be written to"), temporary_store(home):
        pytest.fail("the lock is a link to another file")
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize("content", ["the name of our dog", '{"process": 1, "since": "1:00"}', "a folder", "a pipe"])
def test_a_file_of_the_user_in_place_of_the_note_that_names_the_writer_is_kept(file: Path, content: str) -> None:
    holder = file.with_name(".store.sqlite.holder")
    match content:
        case "a folder":
            holder.mkdir()
        case "a pipe":
            os.mkfifo(holder)
        case _:
            holder.write_text(content, encoding="utf-8")
    with only_writer(file):
        assert not holder.is_file() or holder.read_text(encoding="utf-8") == content
    assert holder.exists()
    assert not holder.is_file() or holder.read_text(encoding="utf-8") == content


@pytest.mark.parametrize("left", ["", '{"process": 1, "since": "10:00"}'])
def test_the_note_that_a_killed_writer_left_is_replaced(file: Path, left: str) -> None:
    holder = file.with_name(".store.sqlite.holder")
    holder.write_text(left, encoding="utf-8")
    with only_writer(file):
        assert json.loads(holder.read_text(encoding="utf-8"))["process"] == os.getpid()
    assert not holder.exists()


def test_a_folder_in_place_of_the_lock_is_reported(file: Path) -> None:
    file.with_name(".store.sqlite.lock").mkdir()
    message = r"cannot be locked, because .*\.store\.sqlite\.lock is a link or a folder\. Move it away, or name another store\."
    with pytest.raises(StoreError, match=message), only_writer(file):
        pytest.fail("there is no lock")


@pytest.mark.parametrize(
    "said", ["a pipe", "a link", '{"process": 1, "since": "\\u001b[2J"}', "[" * 5000, '{"process": 1e999, "since": "1"}']
)
def test_a_suspicious_note_that_names_the_writer_is_not_believed_and_blocks_nobody(file: Path, tmp_path: Path, said: str) -> None:
    holder = tmp_path / ".store.sqlite.holder"
    with held_by_another(tmp_path / ".store.sqlite.lock"):
        match said:
            case "a pipe":
                os.mkfifo(holder)
            case "a link":
                holder.symlink_to(tmp_path / "elsewhere")
                (tmp_path / "elsewhere").write_text('{"process": 1, "since": "10:00"}', encoding="utf-8")
            case _:
                holder.write_text(said, encoding="utf-8")
        with pytest.raises(StoreError, match=r"is writing the store .*store\.sqlite\. Wait until"), only_writer(file):
            pytest.fail("there are two writers at once")


@pytest.mark.parametrize("said", [b"\xff\xfe", b'{"process": 1, "since": "10:0\xe9"}'])
def test_a_note_that_should_name_the_writer_is_ignored_if_it_is_not_text(file: Path, tmp_path: Path, said: bytes) -> None:
    (tmp_path / ".store.sqlite.holder").write_bytes(said)
    with (
        held_by_another(tmp_path / ".store.sqlite.lock"),
        pytest.raises(StoreError, match=r"is writing the store .*store\.sqlite\. Wait until"),
        only_writer(file),
    ):
        pytest.fail("there are two writers at once")
