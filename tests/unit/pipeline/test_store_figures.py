"""A bug report says how much the store holds, or why this is not known."""

from pathlib import Path

from breakhis_desktop.pipeline.store_figures import store_figures
from breakhis_desktop.store.store import Store
from tests.factories.runs import FILES, done, run_info


def test_the_size_of_the_file_and_the_counts_of_the_store_are_reported(tmp_path: Path) -> None:
    file = tmp_path / "store.sqlite"
    with Store(file) as store:
        store.run(store.begin_run(run_info(), FILES)).write([done(0)])
    found = store_figures(file)
    assert found.pop("bytes") == file.stat().st_size
    assert (found["runs"], found["images done"], found["images to go"]) == (1, 1, 2)


def test_a_store_that_does_not_exist_is_reported_as_such_and_not_created(tmp_path: Path) -> None:
    assert store_figures(tmp_path / "store.sqlite") == {"store": "none yet"}
    assert list(tmp_path.iterdir()) == []


def test_a_store_that_cannot_be_read_is_reported_without_its_path(tmp_path: Path) -> None:
    file = tmp_path / "store.sqlite"
    file.write_bytes(b"letters and figures" * 100)
    assert store_figures(file) == {"store": "cannot be read: DamagedStoreError"}
