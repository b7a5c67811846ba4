"""Thumbnails are read from the store a few at a time."""

from pathlib import Path

from breakhis_desktop.pipeline.read_thumbnails import read_thumbnails
from breakhis_desktop.store.store import Store
from tests.factories.runs import run_info


def test_only_the_requested_thumbnails_are_read_and_an_image_without_a_thumbnail_is_left_out(tmp_path: Path) -> None:
    with Store(tmp_path / "store.sqlite") as store:
        run_id = store.begin_run(run_info(), [Path(f"/{number}.png") for number in range(4)])
        store.run(run_id).write([], {0: b"first", 1: b"second", 2: b"third"})
    assert read_thumbnails(tmp_path / "store.sqlite", run_id, [3, 1, 2]) == {1: b"second", 2: b"third"}


def test_a_store_that_does_not_exist_has_no_thumbnails_and_is_not_created(tmp_path: Path) -> None:
    assert read_thumbnails(tmp_path / "store.sqlite", 1, [0]) == {}
    assert not (tmp_path / "store.sqlite").exists()
