from pathlib import Path

import pytest

from breakhis_desktop.domain.records import ImageRecord, Status, Verdict
from breakhis_desktop.domain.review import NO_REVIEWS, Review, ReviewAction, accept, count_reviews, needs_review, standing_review, withdraw
from breakhis_desktop.domain.taxonomy import SUBTYPE_BY_CODE, Decision, Subtype
from tests.factories import said
from tests.factories.results import judged

MADE = "2026-11-26T10:14:00+01:00"
FIBROADENOMA, DUCTAL = SUBTYPE_BY_CODE["F"], SUBTYPE_BY_CODE["DC"]
SURE = Verdict(Decision.MALIGNANT, DUCTAL, ())
TORN = Verdict(Decision.MALIGNANT, FIBROADENOMA, (said("models disagree"),))


def override(reason: str = "Stroma and ducts are regular.") -> Review:
    return Review(ReviewAction.OVERRIDDEN, Decision.BENIGN, FIBROADENOMA, reason, "M. Silva", MADE)


def test_accepting_records_the_decision_and_subtype_of_the_models() -> None:
    review = accept(SURE, "M. Silva", MADE)
    assert (review.action, review.decision, review.subtype) == (ReviewAction.ACCEPTED, Decision.MALIGNANT, DUCTAL)
    assert (review.reviewer, review.made, review.reason) == ("M. Silva", MADE, "")


def test_accepting_a_benign_decision_records_benign() -> None:
    review = accept(Verdict(Decision.BENIGN, FIBROADENOMA, ()), "M. Silva", MADE)
    assert (review.decision, review.subtype) == (Decision.BENIGN, FIBROADENOMA)


def test_a_withdrawal_records_only_who_made_it_and_when() -> None:
    assert withdraw("A. Kaya", MADE) == Review(ReviewAction.WITHDRAWN, None, None, "", "A. Kaya", MADE)


def test_review_values_used_in_stores_and_exports_never_change() -> None:
    assert list(ReviewAction) == ["accepted", "overridden", "withdrawn"]
    assert list(Decision) == ["benign", "malignant"]


def test_a_run_without_reviews_has_no_histories() -> None:
    assert dict(NO_REVIEWS) == {}


def test_accepting_confirms_only_the_decision_and_not_the_subtype_if_the_models_disagree() -> None:
    review = accept(TORN, "M. Silva", MADE)
    assert (review.decision, review.subtype) == (Decision.MALIGNANT, None)


def test_a_later_review_replaces_an_earlier_one() -> None:
    first, second = accept(SURE, "M. Silva", MADE), override()
    assert standing_review([first, second]) is second


def test_each_withdrawal_cancels_the_last_review_that_is_not_yet_withdrawn() -> None:
    first, second, back = accept(SURE, "M. Silva", MADE), override(), withdraw("A. Kaya", MADE)
    assert standing_review([first, second, back]) is first
    assert standing_review([first, second, back, back]) is None
    assert standing_review([first, back, second]) is second


def test_a_withdrawal_without_a_review_changes_nothing() -> None:
    assert standing_review([withdraw("A. Kaya", MADE)]) is None
    assert standing_review([]) is None
    assert standing_review([withdraw("A. Kaya", MADE), override()]) == override()


@pytest.mark.parametrize(
    ("action", "decision", "subtype", "reason", "reviewer", "message"),
    [
        (ReviewAction.ACCEPTED, Decision.BENIGN, DUCTAL, "", "M. Silva", "is not benign"),
        (ReviewAction.ACCEPTED, Decision.BENIGN, None, "", " ", "name"),
        (ReviewAction.ACCEPTED, None, None, "", "M. Silva", "with decision None"),
        (ReviewAction.WITHDRAWN, Decision.BENIGN, None, "", "M. Silva", "with decision benign"),
        (ReviewAction.WITHDRAWN, None, DUCTAL, "", "M. Silva", "is not None"),
        (ReviewAction.OVERRIDDEN, Decision.BENIGN, None, "  ", "M. Silva", "needs a reason"),
    ],
)
def test_a_contradictory_or_incomplete_review_is_refused(
    action: ReviewAction, decision: Decision | None, subtype: Subtype | None, reason: str, reviewer: str, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        Review(action, decision, subtype, reason, reviewer, MADE)


def test_an_image_with_a_reason_for_review_needs_review_until_a_person_has_reviewed_it() -> None:
    assert needs_review(TORN, None)
    assert not needs_review(TORN, override())
    assert not needs_review(SURE, None)
    assert not needs_review(None, None)


def test_half_of_a_surrogate_pair_is_escaped_so_that_the_review_can_be_stored() -> None:
    review = Review(ReviewAction.OVERRIDDEN, Decision.BENIGN, None, "no\ud800 é", "A\udfff", "2026-01-01T10:00:00+01:00")
    assert (review.reason, review.reviewer) == ("no\\ud800 é", "A\\udfff")


def test_reviews_of_the_images_of_a_patient_are_counted_by_decision() -> None:
    malignant = accept(SURE, "M. Silva", MADE)
    images = [judged(number, f"{number}.png", 0.5, "A") for number in range(4)]
    counts = count_reviews(images, {0: malignant, 2: override(), 3: malignant, 9: malignant})
    assert (counts.images, counts.reviewed, counts.malignant, counts.benign) == (4, 3, 2, 1)
    assert counts.by_decision == [(2, Decision.MALIGNANT), (1, Decision.BENIGN)]
    assert count_reviews(images[:2], {1: override()}).by_decision == [(1, Decision.BENIGN)]
    assert count_reviews(images[:1], {}).by_decision == []


def test_an_image_without_a_prediction_counts_only_if_it_has_a_review() -> None:
    refused = [ImageRecord(number, Path(f"{number}.png"), Status.REFUSED) for number in (1, 2)]
    counts = count_reviews([judged(0, "0.png", 0.5, "A"), *refused], {2: override()})
    assert (counts.images, counts.reviewed, counts.benign) == (2, 1, 1)
