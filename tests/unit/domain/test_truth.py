from pathlib import Path

from breakhis_desktop.domain.records import ImageRecord, Status, Verdict
from breakhis_desktop.domain.review import Review, ReviewAction, withdraw
from breakhis_desktop.domain.taxonomy import SUBTYPE_BY_CODE, Decision, Subtype
from breakhis_desktop.domain.truth import Truth, confusion, truth_of, truths

MADE = "2026-11-26T10:14:00+01:00"
FIBROADENOMA, DUCTAL, LOBULAR = (SUBTYPE_BY_CODE[code] for code in ("F", "DC", "LC"))
OFFICIAL = ImageRecord(0, Path("/images/SOB_M_DC-14-2523-400-001.png"), Status.DONE)
OTHER = ImageRecord(1, Path("/images/field.png"), Status.DONE)
UNKNOWN = ImageRecord(2, Path("/images/field 2.png"), Status.DONE)


def says(decision: Decision, subtype: Subtype | None = None) -> Review:
    return Review(ReviewAction.OVERRIDDEN, decision, subtype, "Seen.", "M. Silva", MADE)


def test_an_official_name_is_truth() -> None:
    truth = truth_of(OFFICIAL, None)
    assert truth is not None
    assert (truth.decision, truth.subtype, truth.source, truth.contradicted) == (Decision.MALIGNANT, DUCTAL, "official name", False)


def test_a_truth_has_no_review_where_none_is_given() -> None:
    assert Truth(Decision.BENIGN, None, official=True) == Truth(Decision.BENIGN, None, official=True, review=None)


def test_a_review_is_truth_where_no_official_name_is() -> None:
    truth = truth_of(OTHER, says(Decision.BENIGN, FIBROADENOMA))
    assert truth is not None
    assert (truth.decision, truth.subtype, truth.source) == (Decision.BENIGN, FIBROADENOMA, "reviewed by M. Silva")
    assert not truth.contradicted
    assert truth_of(OTHER, None) is None


def test_the_official_name_stays_the_truth_and_a_review_that_says_otherwise_is_told() -> None:
    for review in (says(Decision.BENIGN), says(Decision.MALIGNANT, LOBULAR)):
        truth = truth_of(OFFICIAL, review)
        assert truth is not None
        assert (truth.decision, truth.subtype, truth.source) == (Decision.MALIGNANT, DUCTAL, "official name")
        assert truth.contradicted
        assert truth.review is review


def test_a_review_that_leaves_the_subtype_open_contradicts_no_name() -> None:
    for review in (says(Decision.MALIGNANT), says(Decision.MALIGNANT, DUCTAL)):
        truth = truth_of(OFFICIAL, review)
        assert truth is not None
        assert not truth.contradicted


def test_the_truth_of_a_run_comes_from_names_and_from_reviews_that_stand() -> None:
    history = {
        1: [says(Decision.BENIGN), says(Decision.MALIGNANT), withdraw("A. Kaya", MADE)],
        2: [says(Decision.BENIGN), withdraw("A", MADE)],
    }
    found = truths([OFFICIAL, OTHER, UNKNOWN], history)
    assert {position: truth.decision for position, truth in found.items()} == {0: Decision.MALIGNANT, 1: Decision.BENIGN}


def test_the_confusion_counts_images_that_have_a_verdict_and_a_truth() -> None:
    known = truths([OFFICIAL, OTHER], {0: [says(Decision.BENIGN)], 1: [says(Decision.BENIGN)]})
    verdicts = {
        0: Verdict(Decision.BENIGN, LOBULAR, ()),
        1: Verdict(Decision.BENIGN, FIBROADENOMA, ()),
        2: Verdict(Decision.BENIGN, DUCTAL, ()),
    }
    counts = confusion(verdicts, known)
    assert counts.decisions == {(Decision.MALIGNANT, Decision.BENIGN): 1, (Decision.BENIGN, Decision.BENIGN): 1}
    assert counts.subtypes == {(DUCTAL, LOBULAR): 1}
    assert counts.sources == {"official name": 1, "reviewed by M. Silva": 1}
    assert (counts.images, counts.contradicted) == (2, 1)


def test_a_run_of_which_nothing_is_known_has_an_empty_confusion() -> None:
    assert confusion({0: Verdict(Decision.BENIGN, FIBROADENOMA, ())}, {}).images == 0
