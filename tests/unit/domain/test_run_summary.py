"""The summary of a run."""

from pathlib import Path

import pytest

from breakhis_desktop.domain.decision import Prediction
from breakhis_desktop.domain.records import ImageRecord, Status
from breakhis_desktop.domain.review import Review, ReviewAction
from breakhis_desktop.domain.run_summary import summarise_run
from breakhis_desktop.domain.taxonomy import SUBTYPE_BY_CODE, Decision, Subtype
from breakhis_desktop.domain.truth import Truth
from breakhis_desktop.wording.files import FileCode
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message
from tests.factories.runs import run_info


def known(decision: Decision, subtype: Subtype | None = None) -> Truth:
    return Truth(decision, subtype, official=True)


def judged(position: int, p: float, subtype: int = 4) -> ImageRecord:
    shares = [0.02] * 8
    shares[subtype] = 0.86
    return ImageRecord(position, Path(f"/images/{position}.png"), Status.DONE, prediction=Prediction(p, tuple(shares)))


def declined(position: int, reason: Message, status: Status = Status.REFUSED) -> ImageRecord:
    return ImageRecord(position, Path(f"/images/{position}.png"), status, reason)


RECORDS = [
    judged(0, 0.97),
    judged(1, 0.5),
    judged(2, 0.1, subtype=1),
    declined(3, Message.of(ImageCode.UNLIKE_TRAINING, distance=1.5)),
    declined(4, Message.of(FileCode.NOT_THERE), Status.FAILED),
    declined(5, Message.of(ImageCode.UNLIKE_TRAINING, distance=2.5)),
    declined(6, Message.of(ImageCode.CANCELLED), Status.CANCELLED),
]


def test_decisions_and_probabilities_and_subtypes_are_counted() -> None:
    summary = summarise_run(run_info(), RECORDS, {})
    assert (summary.judged, summary.malignant, summary.benign) == (3, 2, 1)
    assert summary.needs_review == 1
    assert [place for place, count in enumerate(summary.probabilities) if count] == [2, 10, 19]
    assert sum(summary.probabilities) == 3
    assert summary.subtypes == (0, 1, 0, 0, 2, 0, 0, 0)


def test_a_reviewed_image_needs_no_review() -> None:
    summary = summarise_run(run_info(), RECORDS, {}, reviewed={0, 1})
    assert (summary.needs_review, summary.reviewed) == (0, 1)


def test_the_reasons_why_images_were_not_analysed_are_listed_by_frequency_but_cancellations_are_left_out() -> None:
    assert [(one.reason.code, one.images) for one in summarise_run(run_info(), RECORDS, {}).not_analysed] == [
        (ImageCode.UNLIKE_TRAINING, 2),
        (FileCode.NOT_THERE, 1),
    ]


def test_nothing_is_compared_if_no_analysed_image_has_a_known_truth() -> None:
    assert summarise_run(run_info(), RECORDS, {3: known(Decision.BENIGN)}).confusion.images == 0


def test_decisions_and_subtypes_are_compared_with_the_truth() -> None:
    lobular, ductal = SUBTYPE_BY_CODE["LC"], SUBTYPE_BY_CODE["DC"]
    truths = {0: known(Decision.MALIGNANT, lobular), 1: known(Decision.BENIGN), 3: known(Decision.BENIGN)}
    found = summarise_run(run_info(), RECORDS, truths).confusion
    assert found.decisions == {(Decision.MALIGNANT, Decision.MALIGNANT): 1, (Decision.BENIGN, Decision.MALIGNANT): 1}
    assert found.subtypes == {(lobular, ductal): 1}


def reviewed(decision: Decision) -> Truth:
    review = Review(ReviewAction.ACCEPTED, decision, None, "", "M. Silva", "2026-11-26T10:14:00+01:00")
    return Truth(decision, None, official=False, review=review)


def test_reviews_are_compared_with_the_models_separately_from_official_names() -> None:
    summary = summarise_run(run_info(), RECORDS, {0: known(Decision.MALIGNANT), 1: reviewed(Decision.BENIGN)})
    assert (summary.confusion.images, summary.confusion.sources) == (1, {"official name": 1})
    assert summary.beside_reviews.decisions == {(Decision.BENIGN, Decision.MALIGNANT): 1}


@pytest.mark.parametrize(("benign", "malignant", "enough"), [(20, 20, True), (19, 40, False), (40, 19, False), (0, 0, False)])
def test_there_are_enough_reviews_for_a_comparison_only_if_each_class_has_at_least_twenty(
    benign: int, malignant: int, enough: bool
) -> None:
    decisions = [Decision.BENIGN] * benign + [Decision.MALIGNANT] * malignant
    summary = summarise_run(
        run_info(), [judged(place, 0.9) for place in range(len(decisions))], {place: reviewed(one) for place, one in enumerate(decisions)}
    )
    assert summary.has_enough_reviews is enough


def test_an_empty_run_has_a_summary_of_zeros() -> None:
    summary = summarise_run(run_info(), [], {})
    assert (summary.judged, summary.malignant, sum(summary.probabilities), summary.not_analysed) == (0, 0, 0, ())
