"""The history of reviews only grows, even while a run is being written."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from breakhis_desktop.domain.review import Review, ReviewAction, accept, withdraw
from breakhis_desktop.domain.taxonomy import SUBTYPE_BY_CODE, Decision
from breakhis_desktop.errors import StoreError
from breakhis_desktop.store.store import Store
from breakhis_desktop.store.writer import only_writer
from tests.factories.runs import FILES, done, run_info

MADE = "2026-11-26T10:14:00+01:00"
OVERRIDE = Review(ReviewAction.OVERRIDDEN, Decision.BENIGN, SUBTYPE_BY_CODE["F"], 'Regular ducts; "élan".', "M. Silva", MADE)
STATEMENTS = (
    "UPDATE review SET decision = 'malignant' WHERE id = 1",
    "UPDATE OR REPLACE review SET id = 2 WHERE id = 1",
    "DELETE FROM review",
    "INSERT OR REPLACE INTO review (id, run_id, position, made, reviewer, action) VALUES (1, 1, 0, '', 'X', 'withdrawn')",
    "REPLACE INTO review SELECT id, run_id, position, made, 'X', action, decision, subtype, reason FROM review",
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "store.sqlite") as opened:
        yield opened


@pytest.fixture
def run_id(store: Store) -> int:
    run_id = store.begin_run(run_info(), FILES)
    store.run(run_id).write([done(0), done(1)])
    return run_id


def test_reviews_are_read_back_by_image_in_the_order_in_which_they_were_made(store: Store, run_id: int) -> None:
    verdict = run_info().verdict(done(0))
    assert verdict is not None
    history = [accept(verdict, "A. Kaya", "2026-11-26T11:00:00+01:00"), OVERRIDE, withdraw("M. Silva", MADE)]
    for review in history:
        store.run(run_id).add_review(1, review)
    store.run(run_id).add_review(0, OVERRIDE)
    assert store.run(run_id).reviews() == {1: history, 0: [OVERRIDE]}
    assert [store.run(run_id).history(position) for position in (0, 1, 2)] == [[OVERRIDE], history, []]
    other = store.begin_run(run_info(), FILES)
    assert store.run(other).reviews() == {}
    with Store(store.file) as again:
        assert again.run(run_id).reviews()[1] == history


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_database_refuses_every_statement_that_would_change_or_delete_a_review(store: Store, run_id: int, statement: str) -> None:
    for _ in range(2):
        store.run(run_id).add_review(0, OVERRIDE)
    with closing(sqlite3.connect(store.file)) as connection:
        with pytest.raises(sqlite3.IntegrityError, match="the history of reviews only grows"):
            connection.execute(statement)
        connection.commit()
    assert store.run(run_id).reviews() == {0: [OVERRIDE, OVERRIDE]}


def test_a_run_with_reviews_cannot_be_deleted(store: Store, run_id: int) -> None:
    store.run(run_id).add_review(0, OVERRIDE)
    with closing(sqlite3.connect(store.file)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            connection.execute("DELETE FROM run")
        connection.rollback()
    assert store.run(run_id).reviews() == {0: [OVERRIDE]}


def test_a_review_does_not_change_the_results_of_the_models(store: Store, run_id: int) -> None:
    before = store.run(run_id).records()
    store.run(run_id).add_review(0, OVERRIDE)
    assert store.run(run_id).records() == before


def test_a_review_of_a_missing_run_is_refused(store: Store) -> None:
    with pytest.raises(StoreError):
        store.run(7).add_review(0, OVERRIDE)


def test_images_are_reviewed_while_another_thread_writes_a_run(store: Store, run_id: int) -> None:
    reviewed, writing = threading.Event(), threading.Event()
    rounds = []

    def write() -> None:
        with only_writer(store.file), Store(store.file) as writer:
            while not reviewed.wait(0.002):  # a run pauses between writes to compute; without gaps, SQLite would starve other writers
                writer.run(run_id).write([done(0), done(1), done(2)], {0: b"jpeg" * 1000})
                rounds.append(1)
                writing.set()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        assert writing.wait(timeout=20)
        for number in range(20):
            store.run(run_id).add_review(number % 3, OVERRIDE)
            time.sleep(0.002)  # a person reviews at arbitrary moments
    finally:
        reviewed.set()
        thread.join()
    assert sum(map(len, store.run(run_id).reviews().values())) == 20
    assert len(rounds) > 1
    assert store.run(run_id).ledger().done == 3


def test_a_review_waits_for_a_transaction_that_is_under_way(store: Store, run_id: int) -> None:
    with closing(sqlite3.connect(store.file, isolation_level=None, check_same_thread=False)) as busy:
        busy.execute("BEGIN IMMEDIATE")
        release = threading.Timer(0.3, busy.execute, ["COMMIT"])
        release.start()
        store.run(run_id).add_review(0, OVERRIDE)
        release.join()
    assert store.run(run_id).reviews() == {0: [OVERRIDE]}
