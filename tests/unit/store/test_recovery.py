"""A damaged store is set aside, whole."""

from contextlib import nullcontext
from pathlib import Path

import pytest

from breakhis_desktop.errors import DamagedStoreError
from breakhis_desktop.store.queue import QueueOwner
from breakhis_desktop.store.recovery import set_aside_if_damaged
from breakhis_desktop.store.store import Store
from breakhis_desktop.store.writer import only_writer
from tests.unit.store.test_store import FILES, facts


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite"


def test_a_damaged_store_is_moved_with_all_its_parts_and_a_new_one_can_be_made(file: Path) -> None:
    file.write_bytes(b"letters and figures" * 100)
    file.with_name("store.sqlite-wal").write_bytes(b"more")
    with pytest.raises(DamagedStoreError):
        Store(file)
    aside = set_aside_if_damaged(file)
    assert aside is not None
    assert aside.with_name(f"{aside.name}-wal").read_bytes() == b"more"
    assert list(file.parent.glob("store.sqlite-*")) == []
    assert aside.read_bytes() == b"letters and figures" * 100
    assert aside.name.startswith("store.sqlite.damaged-")
    with Store(file) as store:
        assert store.runs_over(facts().roots) == []


def test_a_store_that_opens_stays_where_it_is(file: Path) -> None:
    with Store(file) as store:
        store.begin_run(facts(), FILES)
    assert set_aside_if_damaged(file) is None
    with Store(file) as store:
        assert len(store.runs_over(facts().roots)) == 1


def test_where_there_is_no_store_nothing_is_made(file: Path) -> None:
    assert set_aside_if_damaged(file) is None
    assert not file.exists()


def test_a_store_of_a_newer_version_is_left_alone(file: Path) -> None:
    with Store(file) as store:
        store._connection.execute("PRAGMA user_version = 99")
    assert set_aside_if_damaged(file) is None
    assert file.exists()


def test_two_stores_that_are_damaged_at_the_same_moment_of_the_clock_are_both_kept(file: Path) -> None:
    contents = {f"letters and figures {number}".encode() * 100 for number in range(3)}
    for content in contents:
        file.write_bytes(content)
        assert set_aside_if_damaged(file) is not None
    assert {path.read_bytes() for path in file.parent.glob("store.sqlite.damaged-*")} == contents


@pytest.mark.parametrize("held", ["the queue", "a run"])
def test_a_damaged_store_that_another_window_or_command_has_is_left_where_it_is(file: Path, held: str) -> None:
    file.write_bytes(b"letters and figures" * 100)
    owner = QueueOwner(file)
    with only_writer(file) if held == "a run" else nullcontext():
        assert held == "a run" or owner.claim()
        assert set_aside_if_damaged(file) is None
        assert file.exists()
        owner.release()
    assert set_aside_if_damaged(file) is not None
    assert not file.with_name(".store.sqlite.holder").exists()
