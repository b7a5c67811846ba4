"""A damaged store is set aside unchanged."""

import re
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

import pytest

from breakhis_desktop.errors import DamagedStoreError
from breakhis_desktop.store.queue import QueueOwner
from breakhis_desktop.store.recovery import move_store, set_aside_if_damaged
from breakhis_desktop.store.store import Store
from breakhis_desktop.store.writer import only_writer
from tests.factories.runs import FILES, run_info


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite"


def test_a_damaged_store_is_moved_with_all_its_parts_and_a_new_one_can_be_created(file: Path) -> None:
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
        assert store.runs_over(run_info().inputs) == []


@pytest.mark.parametrize("ending", ["-wal", "-shm", "-journal"])
def test_only_the_files_that_belong_to_a_store_are_moved_with_it(file: Path, ending: str) -> None:
    file.write_bytes(b"letters and figures" * 100)
    file.with_name(f"store.sqlite{ending}").write_bytes(b"more")
    file.with_name("store.sqlite-notes").write_bytes(b"the user's own")
    target = file.with_name("elsewhere.sqlite")
    move_store(file, target)
    assert {path.name for path in file.parent.iterdir()} == {"elsewhere.sqlite", f"elsewhere.sqlite{ending}", "store.sqlite-notes"}
    assert target.with_name(f"elsewhere.sqlite{ending}").read_bytes() == b"more"


def test_a_store_stays_whole_if_one_of_its_files_cannot_be_moved(file: Path) -> None:
    file.write_bytes(b"letters and figures" * 100)
    file.with_name("store.sqlite-wal").write_bytes(b"more")
    target = file.with_name("elsewhere.sqlite")
    (file.with_name("elsewhere.sqlite-wal") / "in the way").mkdir(parents=True)
    with pytest.raises(OSError):  # noqa: PT011 (the message is the system's)
        move_store(file, target)
    assert {path.name for path in file.parent.iterdir() if path.is_file()} == {"store.sqlite", "store.sqlite-wal"}


def test_the_new_name_of_a_store_that_is_set_aside_gives_the_time(file: Path) -> None:
    names = []
    for _ in range(3):
        file.write_bytes(b"letters and figures" * 100)
        before = datetime.now(UTC).replace(microsecond=0)
        aside = set_aside_if_damaged(file)
        after = datetime.now(UTC)
        assert aside is not None
        found = re.fullmatch(r"store\.sqlite\.damaged-(\d{8}-\d{6})(-[0-9a-f]+)?", aside.name)
        assert found is not None
        assert before <= datetime.strptime(found[1], "%Y%m%d-%H%M%S").astimezone() <= after
        names.append(found)
    for found in names:  # only a name that was already taken gets a suffix
        assert (found[2] is None) == (found[1] not in {earlier[1] for earlier in names[: names.index(found)]})


def test_a_store_with_rows_outside_their_page_counts_as_damaged(file: Path) -> None:
    with Store(file) as store:
        store.begin_run(run_info(), [Path(f"/images/{number}.png") for number in range(2000)])
    content = bytearray(file.read_bytes())
    leaf = next(page for page in range(0, len(content), 4096) if content[page] == 10 and b"/images/900.png" in content[page : page + 4096])
    content[leaf + 8 : leaf + 10] = (5).to_bytes(2)  # the offset of the page's first row
    file.write_bytes(content)
    aside = set_aside_if_damaged(file)
    assert aside is not None
    assert aside.read_bytes() == content


def test_a_store_that_opens_stays_where_it_is(file: Path) -> None:
    with Store(file) as store:
        store.begin_run(run_info(), FILES)
    assert set_aside_if_damaged(file) is None
    with Store(file) as store:
        assert len(store.runs_over(run_info().inputs)) == 1


def test_a_missing_store_is_not_created(file: Path) -> None:
    assert set_aside_if_damaged(file) is None
    assert not file.exists()


def test_a_store_of_a_newer_version_is_not_set_aside(file: Path) -> None:
    with Store(file) as store:
        store._connection.execute("PRAGMA user_version = 99")
    assert set_aside_if_damaged(file) is None
    assert file.exists()


def test_damaged_stores_that_are_set_aside_in_the_same_second_are_all_kept(file: Path) -> None:
    contents = {f"letters and figures {number}".encode() * 100 for number in range(3)}
    for content in contents:
        file.write_bytes(content)
        assert set_aside_if_damaged(file) is not None
    assert {path.read_bytes() for path in file.parent.glob("store.sqlite.damaged-*")} == contents


@pytest.mark.parametrize("held", ["the queue", "a run"])
def test_a_damaged_store_that_another_window_or_command_is_using_stays_where_it_is(file: Path, held: str) -> None:
    file.write_bytes(b"letters and figures" * 100)
    owner = QueueOwner(file)
    with only_writer(file) if held == "a run" else nullcontext():
        assert held == "a run" or owner.claim()
        assert set_aside_if_damaged(file) is None
        assert file.exists()
        owner.release()
    assert set_aside_if_damaged(file) is not None
    assert not file.with_name(".store.sqlite.holder").exists()
