"""Changes to a run after its images were analysed: other patients and magnifications, and images queued for a new analysis."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from breakhis_desktop.domain.identity import UNREAD, Identity
from breakhis_desktop.domain.records import ImageRecord, Ledger, PendingImage, Status
from breakhis_desktop.domain.review import Review, ReviewAction, withdraw
from breakhis_desktop.domain.taxonomy import Decision
from breakhis_desktop.errors import StoreError
from breakhis_desktop.store.store import Store
from tests.factories import said
from tests.factories.runs import FILES, done, run_info

REVIEW = Review(ReviewAction.OVERRIDDEN, Decision.BENIGN, None, "Regular ducts", "M. Silva", "2026-11-30T10:14:00+01:00")
AT_40 = Identity("P1", 40)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "store.sqlite") as opened:
        yield opened


@pytest.fixture
def run_id(store: Store) -> int:
    """Return the number of a run of three images at 40x; the first two are done."""
    run_id = store.begin_run(run_info(), FILES, identities=[AT_40] * 3)
    store.write(run_id, [replace(done(position), identity=AT_40) for position in (0, 1)], {0: b"jpeg"})
    return run_id


def test_another_rule_changes_only_the_patients_that_it_reads_differently_and_leaves_results_as_they_are(store: Store, run_id: int) -> None:
    first, second = store.records(run_id)
    store.identify(run_id, "folder", {0: Identity("P7", 40), 2: UNREAD})
    assert store.run_info(run_id).identity_rule == "folder"
    assert store.records(run_id) == [replace(first, identity=Identity("P7", 40)), second]
    assert store.to_go(run_id) == [PendingImage(2, FILES[2], UNREAD)]


def test_reading_a_run_by_another_rule_does_not_change_other_runs(store: Store, run_id: int) -> None:
    other = store.begin_run(run_info(), FILES, identities=[AT_40] * 3)
    store.identify(run_id, "folder", {0: UNREAD, 1: UNREAD, 2: UNREAD})
    assert store.run_info(other).identity_rule == run_info().identity_rule
    assert [image.identity for image in store.files(other)] == [AT_40] * 3


def test_finished_images_whose_magnification_has_changed_are_found_with_their_earlier_magnification(store: Store, run_id: int) -> None:
    assert store.analysed_otherwise(run_id) == []
    store.identify(run_id, "folder", {0: Identity("P7", 40), 1: Identity("P7", 100), 2: Identity("P7", 100)})
    (found,) = store.analysed_otherwise(run_id)
    assert (found.position, found.identity) == (1, Identity("P7", 40))


def test_an_image_queued_for_a_new_analysis_keeps_its_reviews_and_its_earlier_result(store: Store, run_id: int) -> None:
    store.add_review(run_id, 1, REVIEW)
    before = store.records(run_id)
    store.identify(run_id, "folder", {1: Identity("P1", 100)})
    store.wait_again(run_id, [1])
    assert store.waiting_again(run_id) == [before[1]]
    assert [record.position for record in store.records(run_id)] == [0]
    assert [image.position for image in store.to_go(run_id)] == [1, 2]
    assert store.reviews(run_id) == {1: [REVIEW]}
    assert store.give_back(run_id, [2]) == ()
    assert store.give_back(run_id, [1, 2]) == (replace(before[1], identity=Identity("P1", 100)),)
    assert ([image.position for image in store.to_go(run_id)], store.waiting_again(run_id)) == ([2], [])


def test_a_new_result_replaces_the_earlier_one_that_was_kept(store: Store, run_id: int) -> None:
    store.wait_again(run_id, [1])
    store.write(run_id, [ImageRecord(1, FILES[1], Status.FAILED, said("gone"), identity=AT_40)])
    assert store.waiting_again(run_id) == []
    assert store.give_back(run_id, [1])[0].status is Status.FAILED


def test_a_cancelled_image_is_pending_again_once_its_run_is_reopened(store: Store, run_id: int) -> None:
    store.write(run_id, [ImageRecord(2, FILES[2], Status.CANCELLED, said("cancelled"), identity=AT_40)])
    assert store.ledger(run_id) == Ledger(3, done=2, cancelled=1)
    store.reopen(run_id)
    assert store.ledger(run_id) == Ledger(3, done=2)


def test_results_kept_despite_another_magnification_are_found_again_once_the_run_is_reopened_or_its_rule_changes(
    store: Store, run_id: int
) -> None:
    at_100 = {position: Identity("P1", 100) for position in range(3)}
    for doubt in (partial(store.reopen, run_id), partial(store.identify, run_id, "folder", at_100)):
        store.write(run_id, [ImageRecord(2, FILES[2], Status.CANCELLED, said("cancelled"), identity=AT_40)])
        store.identify(run_id, "folder", at_100)
        store.let_stand(run_id)
        assert store.analysed_otherwise(run_id) == []
        doubt()
        assert {0, 1} <= {record.position for record in store.analysed_otherwise(run_id)}
        store.reopen(run_id)
        assert store.waiting_again(run_id) == []
        assert store.ledger(run_id) == Ledger(3, done=2)


def test_the_images_of_each_run_are_counted_by_outcome(store: Store, run_id: int) -> None:
    other = store.begin_run(run_info(), FILES)
    store.write(other, [done(0), ImageRecord(1, FILES[1], Status.FAILED, said("gone"))])
    assert store.ledgers() == {run_id: Ledger(3, done=2), other: Ledger(3, done=1, failed=1)}


def test_a_single_thumbnail_is_read_by_position(store: Store, run_id: int) -> None:
    assert (store.thumbnail(run_id, 0), store.thumbnail(run_id, 1)) == (b"jpeg", b"")


def test_an_image_counts_as_reviewed_while_one_of_its_reviews_is_not_withdrawn(store: Store, run_id: int) -> None:
    assert store.reviewed_images() == {}
    withdrawal = withdraw("M. Silva", REVIEW.made)
    for review in (REVIEW, REVIEW, withdrawal):
        store.add_review(run_id, 0, review)
    store.add_review(run_id, 1, REVIEW)
    assert store.reviewed_images() == {run_id: 2}
    store.add_review(run_id, 0, withdrawal)
    assert store.reviewed_images() == {run_id: 1}


def wait_again_and_fail(store: Store, run_id: int) -> None:
    store.wait_again(run_id, [0])
    store.run_info(run_id + 1)  # there is no such run


def test_changes_made_together_are_all_undone_if_one_of_them_fails(store: Store) -> None:
    run_id = store.begin_run(run_info(), FILES)
    store.write(run_id, [done(0)])
    with pytest.raises(StoreError), store.as_one_change():
        wait_again_and_fail(store, run_id)
    assert (store.records(run_id), store.waiting_again(run_id)) == ([done(0)], [])
    with store.as_one_change():
        store.wait_again(run_id, [0])
        store.give_back(run_id, [0])
    assert store.records(run_id) == [done(0)]
