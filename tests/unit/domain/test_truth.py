from pathlib import Path

from breakhis_desktop.domain.records import ImageRecord, Status, Verdict
from breakhis_desktop.domain.review import Review, ReviewAction, withdraw
from breakhis_desktop.domain.taxonomy import SUBTYPE_BY_CODE, Decision, Subtype
from breakhis_desktop.domain.truth import Truth, confusion, official_only, reviews_only, truth_of, truths

MADE = "2026-11-26T10:14:00+01:00"
FIBROADENOMA, DUCTAL, LOBULAR = (SUBTYPE_BY_CODE[code] for code in ("F", "DC", "LC"))
OFFICIAL = ImageRecord(0, Path("/images/SOB_M_DC-14-2523-400-001.png"), Status.DONE)
OTHER = ImageRecord(1, Path("/images/field.png"), Status.DONE)
UNKNOWN = ImageRecord(2, Path("/images/field 2.png"), Status.DONE)


def says(decision: Decision, subtype: Subtype | None = None) -> Review:
    return Review(ReviewAction.OVERRIDDEN, decision, subtype, "Seen.", "M. Silva", MADE)


def test_an_official_name_counts_as_the_truth() -> None:
    truth = truth_of(OFFICIAL, None)
    assert truth is not None
    assert (truth.decision, truth.subtype, truth.source, truth.contradicted) == (Decision.MALIGNANT, DUCTAL, "official name", False)


def test_a_truth_has_no_review_by_default() -> None:
    assert Truth(Decision.BENIGN, None, official=True) == Truth(Decision.BENIGN, None, official=True, review=None)


def test_a_review_counts_as_the_truth_if_there_is_no_official_name() -> None:
    truth = truth_of(OTHER, says(Decision.BENIGN, FIBROADENOMA))
    assert truth is not None
    assert (truth.decision, truth.subtype, truth.source) == (Decision.BENIGN, FIBROADENOMA, "reviewed by M. Silva")
    assert not truth.contradicted
    assert truth_of(OTHER, None) is None


def test_an_official_name_outranks_a_contradicting_review_and_the_contradiction_is_flagged() -> None:
    for review in (says(Decision.BENIGN), says(Decision.MALIGNANT, LOBULAR)):
        truth = truth_of(OFFICIAL, review)
        assert truth is not None
        assert (truth.decision, truth.subtype, truth.source) == (Decision.MALIGNANT, DUCTAL, "official name")
        assert truth.contradicted
        assert truth.review is review


def test_a_review_that_agrees_or_leaves_the_subtype_open_does_not_contradict_the_name() -> None:
    for review in (says(Decision.MALIGNANT), says(Decision.MALIGNANT, DUCTAL)):
        truth = truth_of(OFFICIAL, review)
        assert truth is not None
        assert not truth.contradicted


def test_the_truths_of_a_run_come_from_names_and_reviews_that_are_not_withdrawn() -> None:
    history = {
        1: [says(Decision.BENIGN), says(Decision.MALIGNANT), withdraw("A. Kaya", MADE)],
        2: [says(Decision.BENIGN), withdraw("A", MADE)],
    }
    found = truths([OFFICIAL, OTHER, UNKNOWN], history)
    assert {position: truth.decision for position, truth in found.items()} == {0: Decision.MALIGNANT, 1: Decision.BENIGN}


def test_the_confusion_counts_only_images_with_a_verdict_and_a_truth() -> None:
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


def test_truths_can_be_limited_to_official_names_or_to_reviews_even_where_an_image_has_both() -> None:
    known = truths([OFFICIAL, OTHER, UNKNOWN], {0: [says(Decision.BENIGN)], 1: [says(Decision.BENIGN, FIBROADENOMA)]})
    assert {position: truth.decision for position, truth in official_only(known).items()} == {0: Decision.MALIGNANT}
    reviewed = reviews_only(known)
    assert {position: (truth.decision, truth.subtype) for position, truth in reviewed.items()} == {
        0: (Decision.BENIGN, None),
        1: (Decision.BENIGN, FIBROADENOMA),
    }
    assert {truth.source for truth in reviewed.values()} == {"reviewed by M. Silva"}
    assert not any(truth.contradicted for truth in reviewed.values())
    assert reviews_only(truths([OFFICIAL], {})) == {}


def test_the_images_of_a_class_are_counted_whatever_was_predicted() -> None:
    known = truths([OFFICIAL, OTHER], {1: [says(Decision.MALIGNANT)]})
    counts = confusion({0: Verdict(Decision.BENIGN, LOBULAR, ()), 1: Verdict(Decision.MALIGNANT, DUCTAL, ())}, known)
    assert (counts.of_class(Decision.MALIGNANT), counts.of_class(Decision.BENIGN)) == (2, 0)


def test_a_run_without_known_truths_has_an_empty_confusion() -> None:
    assert confusion({0: Verdict(Decision.BENIGN, FIBROADENOMA, ())}, {}).images == 0
