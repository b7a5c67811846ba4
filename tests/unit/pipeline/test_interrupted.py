import threading
from pathlib import Path

import pytest

from breakhis_desktop.domain.records import Ledger
from breakhis_desktop.errors import StoreError
from breakhis_desktop.pipeline.analyse import CHUNK, Request, analyse
from breakhis_desktop.pipeline.interrupted import give_up, interrupted_runs, take_back
from breakhis_desktop.store.store import Store
from breakhis_desktop.store.writer import only_writer
from tests.conftest import FakeClassifier, small_field


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a store with two runs, one abandoned and one cancelled, each after its first chunk."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(CHUNK + 5):
        small_field(number).save(folder / f"{number:03}.bmp")
    request = Request((folder,), FakeClassifier.card.points["default"])
    cancel = threading.Event()
    with Store(tmp_path / "store.sqlite") as store:
        cut_off, cancelled = (analyse(request, FakeClassifier(), store, event) for event in (threading.Event(), cancel))
        next(cut_off)
        next(cut_off)
        cut_off.close()
        next(cancelled)
        next(cancelled)
        cancel.set()
        list(cancelled)
    return tmp_path / "store.sqlite"


def test_an_interrupted_run_is_found_with_its_finished_rows_and_a_cancelled_run_is_not_found(file: Path) -> None:
    (run,) = interrupted_runs(file)
    assert (run.run_info.run_id, run.queued, len(run.records)) == (1, CHUNK + 5, CHUNK)


def test_images_cancelled_before_an_interruption_do_not_count_as_finished(file: Path) -> None:
    give_up(file, 1)
    request = Request((file.parent / "many",), FakeClassifier.card.points["default"], run_id=1)
    with Store(file) as store:
        resumed = analyse(request, FakeClassifier(), store, threading.Event())
        next(resumed)
        store._connection.execute("UPDATE image SET status = NULL WHERE run_id = 1 AND position = ?", [CHUNK])
        resumed.close()
    (run,) = interrupted_runs(file)
    assert len(run.records) == CHUNK


def test_a_run_that_another_process_is_writing_is_not_mistaken_for_an_interrupted_one(file: Path) -> None:
    with only_writer(file), pytest.raises(StoreError, match="is writing the store"):
        list(interrupted_runs(file))


def test_a_missing_store_is_not_created(tmp_path: Path) -> None:
    assert list(interrupted_runs(tmp_path / "store.sqlite")) == []
    assert not (tmp_path / "store.sqlite").exists()


def test_a_run_that_is_given_up_is_not_found_again_and_keeps_its_rows(file: Path) -> None:
    give_up(file, 1)
    assert list(interrupted_runs(file)) == []
    with Store(file) as store:
        assert store.run(1).ledger() == Ledger(CHUNK + 5, done=CHUNK, cancelled=5)


def test_a_run_that_is_taken_back_after_it_was_given_up_is_as_it_was_before(file: Path) -> None:
    (before,) = interrupted_runs(file)
    with Store(file) as store:
        pending = store.run(1).to_go()
    give_up(file, 1)
    take_back(file, 1)
    assert list(interrupted_runs(file)) == [before]
    with Store(file) as store:
        assert (store.run(1).ledger(), store.run(1).to_go()) == (Ledger(CHUNK + 5, done=CHUNK), pending)
        assert store.run(2).ledger().cancelled == 5, "the other run is unchanged"
