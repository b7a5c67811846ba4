"""The runs of the store are listed with their counts, so that the window can open them again."""

from pathlib import Path

import pytest

from breakhis_desktop.domain.records import ImageRecord, Ledger, Status
from breakhis_desktop.domain.review import Review, ReviewAction, standing_review, withdraw
from breakhis_desktop.domain.taxonomy import Decision
from breakhis_desktop.pipeline.earlier_runs import EarlierRun, earlier_runs, latest_run_over
from breakhis_desktop.store.store import Store
from tests.factories import said
from tests.factories.runs import FILES, done, run_info

MADE = "2026-01-01T10:05:00+01:00"
REVIEW = Review(ReviewAction.ACCEPTED, Decision.BENIGN, None, "", "A. Kaya", MADE)
WARD, OTHER = Path("/ward"), Path("/other")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a store with a cancelled run over a folder, a run over another folder, and a run that has only begun."""
    with Store(tmp_path / "store.sqlite") as store:
        for folder in (WARD, OTHER, WARD):
            store.begin_run(run_info(folder), FILES)
        store.run(1).write([done(0), done(1), ImageRecord(2, FILES[2], Status.CANCELLED, said("cancelled"))])
        store.run(2).write([done(0)])
        for position in (0, 1):
            store.run(1).add_review(position, REVIEW)
        store.run(1).add_review(1, withdraw("A. Kaya", MADE))
    return tmp_path / "store.sqlite"


def test_runs_are_listed_newest_first_with_their_ledgers_and_numbers_of_reviewed_images(file: Path) -> None:
    assert [(run.run_info.run_id, run.run_info.inputs, run.ledger, run.reviewed) for run in earlier_runs(file)] == [
        (3, (WARD,), Ledger(3), 0),
        (2, (OTHER,), Ledger(3, done=1), 0),
        (1, (WARD,), Ledger(3, done=2, cancelled=1), 1),
    ]


def test_a_run_without_images_is_listed_with_an_empty_ledger(file: Path) -> None:
    with Store(file) as store:
        store.begin_run(run_info(WARD), [])
    assert earlier_runs(file)[0].ledger == Ledger(0)


def test_a_review_after_a_withdrawn_review_counts(file: Path) -> None:
    with Store(file) as store:
        store.run(1).add_review(1, REVIEW)
        assert store.reviewed_images() == {1: 2}


def test_a_review_after_two_withdrawals_in_a_row_counts(file: Path) -> None:
    with Store(file) as store:
        store.run(1).add_review(1, withdraw("A. Kaya", MADE))
        store.run(1).add_review(1, REVIEW)
        assert standing_review(store.run(1).history(1)) == REVIEW
        assert store.reviewed_images() == {1: 2}


def test_the_latest_run_with_a_result_over_the_same_folder_is_found(file: Path) -> None:
    listed = {run.run_info.run_id: run for run in earlier_runs(file)}
    assert latest_run_over(file, (WARD,)) == listed[1]
    assert latest_run_over(file, (OTHER,)) == listed[2]
    assert latest_run_over(file, (WARD, OTHER)) is None


def test_a_missing_store_is_not_created(tmp_path: Path) -> None:
    none: list[EarlierRun] = earlier_runs(tmp_path / "store.sqlite")
    assert none == []
    assert latest_run_over(tmp_path / "store.sqlite", (WARD,)) is None
    assert not (tmp_path / "store.sqlite").exists()
