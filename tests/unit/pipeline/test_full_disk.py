"""A full disk stops the run and keeps the results written so far; once there is room, the same call resumes the run."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from breakhis_desktop.errors import StoreError
from breakhis_desktop.pipeline.analyse import CHUNK, Request, analyse
from breakhis_desktop.pipeline.events import Event, ImagesEnded
from breakhis_desktop.store.store import Store
from tests.conftest import FakeClassifier, small_field

POINT = FakeClassifier.card.points["default"]
IMAGES = 4 * CHUNK + 3
NO_LIMIT = 2**30


@pytest.fixture
def many(tmp_path: Path) -> Path:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(IMAGES):
        small_field(number).save(folder / f"{number:03}.bmp")
    return folder


def limit(store: Store, pages: int) -> None:
    """Make SQLite report a full disk once the store has the given number of pages."""
    store._connection.execute(f"PRAGMA max_page_count = {pages}")


def pages(store: Store) -> int:
    return int(store._connection.execute("PRAGMA page_count").fetchone()[0])


def run(store: Store, request: Request) -> Iterator[Event]:
    return analyse(request, FakeClassifier(), store, threading.Event())


def run_until_full(store: Store, request: Request) -> None:
    for event in run(store, request):
        if isinstance(event, ImagesEnded):
            limit(store, pages(store) + 1)


def test_a_store_that_fills_up_during_a_run_keeps_its_rows_and_the_run_can_be_resumed(store: Store, many: Path) -> None:
    request = Request((many,), POINT, resume=True)
    with pytest.raises(StoreError, match=r"cannot be used \(database or disk is full\)\. Check that its folder .* has space left\."):
        run_until_full(store, request)
    ledger = store.run(1).ledger()
    assert (ledger.done, ledger.to_go) == (CHUNK, IMAGES - CHUNK)
    limit(store, NO_LIMIT)
    list(run(store, request))
    list(run(store, Request((many,), POINT)))
    assert store.run(1).records() == store.run(2).records()
    assert all(store.run(1).thumbnail(position) == store.run(2).thumbnail(position) != b"" for position in range(IMAGES))
    assert len(store.run(1).records()) == IMAGES


def test_a_run_that_the_disk_has_no_room_for_is_not_started(store: Store, many: Path) -> None:
    limit(store, pages(store))
    with pytest.raises(StoreError, match="database or disk is full"):
        list(run(store, Request((many,), POINT)))
    limit(store, NO_LIMIT)
    assert store.runs_over([many]) == []
