import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from breakhis_desktop.domain.decision import OperatingPoint, Prediction
from breakhis_desktop.domain.queued_job import QueuedJob
from breakhis_desktop.domain.records import ImageRecord, Ledger, PendingImage, Status
from breakhis_desktop.domain.review import Review, ReviewAction
from breakhis_desktop.domain.taxonomy import Decision
from breakhis_desktop.errors import StoreError
from breakhis_desktop.store.queue import save_queue
from breakhis_desktop.store.store import Store
from tests.conftest import CARD
from tests.factories import said
from tests.factories.runs import FILES, STRANGE, done, run_info


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "store.sqlite") as opened:
        yield opened


def test_records_and_thumbnails_are_read_back_unchanged(store: Store) -> None:
    run_id = store.begin_run(run_info(), FILES)
    records = [done(0), done(1), ImageRecord(2, FILES[2], Status.FAILED, said("gone"))]
    store.run(run_id).write(records, {0: b"jpeg"})
    assert store.run(run_id).records() == records
    assert [store.run(run_id).thumbnail(position) for position in (0, 1)] == [b"jpeg", b""]
    store.close()
    with Store(store.file) as again:
        assert again.run(run_id).records() == records


def test_the_settings_of_a_run_are_read_back_unchanged(store: Store) -> None:
    run_id = store.begin_run(run_info(STRANGE), FILES)
    (found,) = store.runs_over([STRANGE])
    assert found == store.run(run_id).info()
    assert (found.inputs, found.point, found.file_hashes) == ((STRANGE,), CARD.points["default"], dict(CARD.file_hashes))
    assert store.runs_over([Path("/other")]) == []


def test_a_run_begins_with_the_known_records_of_its_images_or_not_at_all(store: Store) -> None:
    known = ImageRecord(2, FILES[2], Status.SKIPPED, said("not an image"))
    run_id = store.begin_run(run_info(), FILES, [known])
    assert store.run(run_id).records() == [known]

    def cut_off() -> Iterator[ImageRecord]:
        yield known
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.begin_run(run_info(STRANGE), FILES, cut_off())
    assert store.runs_over([STRANGE]) == []


def test_only_runs_with_pending_images_count_as_unfinished(store: Store) -> None:
    finished, cancelled, cut_off, untouched = (store.begin_run(run_info(), FILES) for _ in range(4))
    store.run(finished).write([done(0), done(1), done(2)])
    store.run(cancelled).write([done(0), *(ImageRecord(number, FILES[number], Status.CANCELLED, said("cancelled")) for number in (1, 2))])
    store.run(cut_off).write([done(0)])
    assert [run.run_id for run in store.unfinished_runs()] == [untouched, cut_off]


def test_the_ledger_counts_pending_images(store: Store) -> None:
    run_id = store.begin_run(run_info(), FILES)
    store.run(run_id).write([done(1)], {})
    assert store.run(run_id).ledger() == Ledger(3, done=1)
    assert store.run(run_id).to_go() == [PendingImage(0, FILES[0]), PendingImage(2, FILES[2])]


def test_a_reader_sees_the_same_state_of_the_store_while_another_connection_writes(store: Store) -> None:
    run_id = store.begin_run(run_info(), FILES)
    with Store(store.file) as reader, reader.unchanging():
        before = reader.run(run_id).ledger()
        store.run(run_id).write([done(0)], {})
        assert (reader.run(run_id).ledger(), reader.run(run_id).records()) == (before, [])
    assert store.run(run_id).ledger().done == 1


def test_the_ledger_counts_every_final_status(store: Store) -> None:
    files = [Path(f"/images/{number}.png") for number in range(6)]
    run_id = store.begin_run(run_info(), files)
    ended = [replace(done(0), position=number, path=files[number], status=status) for number, status in enumerate(Status)]
    store.run(run_id).write(ended)
    assert store.run(run_id).ledger() == Ledger(6, 1, 1, 1, 1, 1)
    store.run(run_id).write([replace(done(0), position=5, path=files[5])])
    assert store.run(run_id).ledger() == Ledger(6, 2, 1, 1, 1, 1)


def test_diagnostics_count_what_a_store_holds(store: Store) -> None:
    assert store.counts() == {"runs": 0, "images": 0, "reviews": 0, "queued jobs": 0}
    for number in range(2):
        run_id = store.begin_run(run_info(), FILES, job=QueuedJob(number + 1, run_info().inputs))
    save_queue(store.file, [QueuedJob(2, run_info().inputs)])
    store.run(run_id).write([done(0), ImageRecord(1, FILES[1], Status.FAILED, said("gone"))])
    for _ in range(3):
        store.run(run_id).add_review(0, Review(ReviewAction.ACCEPTED, Decision.BENIGN, None, "", "A. Kaya", "2026-01-01T10:05:00+01:00"))
    tables = {"runs": 2, "images": 6, "reviews": 3, "queued jobs": 1}
    assert store.counts() == {**tables, "images done": 1, "images failed": 1, "images to go": 4}


@pytest.mark.parametrize(
    ("size", "prediction"),
    [
        ((1, 1), Prediction(0.0, (1.0, *[0.0] * 7))),
        ((1, 700), Prediction(1.0, (0.0,) * 8)),
        ((700, 1), Prediction(1 + 9e-7, (1 + 9e-7,) * 8)),
    ],
)
def test_an_image_with_extreme_values_is_read_back_unchanged(store: Store, size: tuple[int, int], prediction: Prediction) -> None:
    run_id = store.begin_run(run_info(), FILES)
    record = replace(done(0), size=size, prediction=prediction, tiles=1, distance=0.0)
    maps = np.ones((2, 1, 1), np.float32)
    store.run(run_id).write([record], {}, {0: maps})
    assert store.run(run_id).records() == [record]
    np.testing.assert_array_equal(store.run(run_id).heat_maps(0), maps)


@pytest.mark.parametrize("threshold", [0.0, 0.25, 1.0])
def test_a_custom_threshold_without_evidence_is_read_back_unchanged(store: Store, threshold: float) -> None:
    own = OperatingPoint("own", threshold)
    assert store.run(store.begin_run(replace(run_info(), point=own), FILES)).info().point == own


def test_cancelled_images_count_as_pending(store: Store) -> None:
    run_id = store.begin_run(run_info(), FILES)
    store.run(run_id).write([ImageRecord(0, FILES[0], Status.CANCELLED, said("cancelled"))], {})
    assert PendingImage(0, FILES[0]) in store.run(run_id).to_go()


def test_images_that_ended_without_a_result_are_neither_done_nor_to_go(store: Store) -> None:
    run_id = store.begin_run(run_info(), FILES)
    store.run(run_id).write([done(0), ImageRecord(2, FILES[2], Status.FAILED, said("broken"))], {})
    assert store.run(run_id).done_or_to_go() == [PendingImage(0, FILES[0]), PendingImage(1, FILES[1])]


def test_a_batch_is_written_completely_or_not_at_all(store: Store) -> None:
    run_id, thumbnail = store.begin_run(run_info(), FILES), cast("bytes", object())
    with pytest.raises(StoreError):
        store.run(run_id).write([done(0)], {0: thumbnail})
    assert store.run(run_id).records() == []


def test_a_file_that_is_not_a_store_is_left_unchanged(tmp_path: Path) -> None:
    file = tmp_path / "store.sqlite"
    file.write_bytes(b"letters and figures" * 100)
    with pytest.raises(StoreError, match="damaged or is not a store"):
        Store(file)
    assert file.read_bytes().startswith(b"letters")


def test_a_store_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "store.sqlite"
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreError, match="newer version"):
        Store(file)


def test_a_missing_folder_is_reported_with_advice(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="Check that its folder exists"):
        Store(tmp_path / "absent" / "store.sqlite")


def test_everything_known_about_an_image_is_read_back(store: Store) -> None:
    run_id = store.begin_run(run_info(), FILES)
    record = replace(done(0), distance=0.25, tiles=9, review_flags=(said("one"), said("two, with a comma")))
    maps = np.linspace(-3, 3, 2 * 7 * 9, dtype=np.float32).reshape(2, 7, 9)
    store.run(run_id).write([record], {}, {0: maps})
    assert store.run(run_id).records() == [record]
    found = store.run(run_id).heat_maps(0)
    assert found is not None
    np.testing.assert_allclose(found, maps, atol=2e-3)
    assert store.run(run_id).heat_maps(1) is None


def test_runs_are_found_newest_first_even_if_the_clock_was_set_back_between_them(store: Store) -> None:
    moments = ("2026-06-01T10:00:00+02:00", "2026-06-01T09:00:00+02:00", "1970-01-01T00:00:00+00:00")
    for moment in moments:
        store.begin_run(replace(run_info(), started=moment), FILES)
    assert [run.started for run in store.runs_over(run_info().inputs)] == list(reversed(moments))
