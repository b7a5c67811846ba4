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
    store.run(run_id).write([replace(done(position), identity=AT_40) for position in (0, 1)], {0: b"jpeg"})
    return run_id


def test_another_rule_changes_only_the_patients_that_it_reads_differently_and_leaves_results_as_they_are(store: Store, run_id: int) -> None:
    first, second = store.run(run_id).records()
    store.run(run_id).identify("folder", {0: Identity("P7", 40), 2: UNREAD})
    assert store.run(run_id).info().identity_rule == "folder"
    assert store.run(run_id).records() == [replace(first, identity=Identity("P7", 40)), second]
    assert store.run(run_id).to_go() == [PendingImage(2, FILES[2], UNREAD)]


def test_reading_the_patients_of_a_run_by_another_rule_does_not_change_other_runs(store: Store, run_id: int) -> None:
    other = store.begin_run(run_info(), FILES, identities=[AT_40] * 3)
    store.run(run_id).identify("folder", {0: UNREAD, 1: UNREAD, 2: UNREAD})
    assert store.run(other).info().identity_rule == run_info().identity_rule
    assert [image.identity for image in store.run(other).files()] == [AT_40] * 3


def test_finished_images_whose_magnification_has_changed_are_found_with_their_earlier_magnification(store: Store, run_id: int) -> None:
    assert store.run(run_id).analysed_otherwise() == []
    store.run(run_id).identify("folder", {0: Identity("P7", 40), 1: Identity("P7", 100), 2: Identity("P7", 100)})
    (found,) = store.run(run_id).analysed_otherwise()
    assert (found.position, found.identity) == (1, Identity("P7", 40))


def test_an_image_queued_for_a_new_analysis_keeps_its_reviews_and_its_earlier_result(store: Store, run_id: int) -> None:
    store.run(run_id).add_review(1, REVIEW)
    before = store.run(run_id).records()
    store.run(run_id).identify("folder", {1: Identity("P1", 100)})
    store.run(run_id).wait_again([1])
    assert store.run(run_id).waiting_again() == [before[1]]
    assert [record.position for record in store.run(run_id).records()] == [0]
    assert [image.position for image in store.run(run_id).to_go()] == [1, 2]
    assert store.run(run_id).reviews() == {1: [REVIEW]}
    assert store.run(run_id).give_back([2]) == ()
    assert store.run(run_id).give_back([1, 2]) == (replace(before[1], identity=Identity("P1", 100)),)
    assert ([image.position for image in store.run(run_id).to_go()], store.run(run_id).waiting_again()) == ([2], [])


def test_a_new_result_replaces_the_earlier_one_that_was_kept(store: Store, run_id: int) -> None:
    store.run(run_id).wait_again([1])
    store.run(run_id).write([ImageRecord(1, FILES[1], Status.FAILED, said("gone"), identity=AT_40)])
    assert store.run(run_id).waiting_again() == []
    assert store.run(run_id).give_back([1])[0].status is Status.FAILED


def test_a_cancelled_image_is_pending_again_once_its_run_is_reopened(store: Store, run_id: int) -> None:
    store.run(run_id).write([ImageRecord(2, FILES[2], Status.CANCELLED, said("cancelled"), identity=AT_40)])
    assert store.run(run_id).ledger() == Ledger(3, done=2, cancelled=1)
    store.run(run_id).reopen()
    assert store.run(run_id).ledger() == Ledger(3, done=2)


def test_results_kept_despite_another_magnification_are_found_again_once_the_run_is_reopened_or_its_rule_changes(
    store: Store, run_id: int
) -> None:
    at_100 = {position: Identity("P1", 100) for position in range(3)}
    for doubt in (store.run(run_id).reopen, partial(store.run(run_id).identify, "folder", at_100)):
        store.run(run_id).write([ImageRecord(2, FILES[2], Status.CANCELLED, said("cancelled"), identity=AT_40)])
        store.run(run_id).identify("folder", at_100)
        store.run(run_id).let_stand()
        assert store.run(run_id).analysed_otherwise() == []
        doubt()
        assert {0, 1} <= {record.position for record in store.run(run_id).analysed_otherwise()}
        store.run(run_id).reopen()
        assert store.run(run_id).waiting_again() == []
        assert store.run(run_id).ledger() == Ledger(3, done=2)


def test_the_images_of_each_run_are_counted_by_outcome(store: Store, run_id: int) -> None:
    other = store.begin_run(run_info(), FILES)
    store.run(other).write([done(0), ImageRecord(1, FILES[1], Status.FAILED, said("gone"))])
    assert store.ledgers() == {run_id: Ledger(3, done=2), other: Ledger(3, done=1, failed=1)}


def test_a_single_thumbnail_is_read_by_position(store: Store, run_id: int) -> None:
    assert (store.run(run_id).thumbnail(0), store.run(run_id).thumbnail(1)) == (b"jpeg", b"")


def test_an_image_counts_as_reviewed_while_one_of_its_reviews_is_not_withdrawn(store: Store, run_id: int) -> None:
    assert store.reviewed_images() == {}
    withdrawal = withdraw("M. Silva", REVIEW.made)
    for review in (REVIEW, REVIEW, withdrawal):
        store.run(run_id).add_review(0, review)
    store.run(run_id).add_review(1, REVIEW)
    assert store.reviewed_images() == {run_id: 2}
    store.run(run_id).add_review(0, withdrawal)
    assert store.reviewed_images() == {run_id: 1}


def wait_again_and_fail(store: Store, run_id: int) -> None:
    store.run(run_id).wait_again([0])
    store.run(run_id + 1).info()  # there is no such run


def test_changes_made_together_are_all_undone_if_one_of_them_fails(store: Store) -> None:
    run_id = store.begin_run(run_info(), FILES)
    store.run(run_id).write([done(0)])
    with pytest.raises(StoreError), store.as_one_change():
        wait_again_and_fail(store, run_id)
    assert (store.run(run_id).records(), store.run(run_id).waiting_again()) == ([done(0)], [])
    with store.as_one_change():
        store.run(run_id).wait_again([0])
        store.run(run_id).give_back([0])
    assert store.run(run_id).records() == [done(0)]
