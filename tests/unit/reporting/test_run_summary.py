"""A run in counts."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from breakhis_desktop.domain.decision import Prediction
from breakhis_desktop.domain.records import ImageRecord, Status
from breakhis_desktop.domain.taxonomy import SUBTYPE_BY_CODE, Decision, Subtype
from breakhis_desktop.reporting.run_summary import summarise_run
from tests.unit.store.test_store import facts


@dataclass(frozen=True)
class Known:
    decision: Decision
    subtype: Subtype | None = None


def judged(position: int, p: float, subtype: int = 4) -> ImageRecord:
    shares = [0.02] * 8
    shares[subtype] = 0.86
    return ImageRecord(position, Path(f"/images/{position}.png"), Status.DONE, prediction=Prediction(p, tuple(shares)))


def declined(position: int, reason: str, status: Status = Status.REFUSED) -> ImageRecord:
    return ImageRecord(position, Path(f"/images/{position}.png"), status, reason)


RECORDS = [
    judged(0, 0.97),
    judged(1, 0.5),
    judged(2, 0.1, subtype=1),
    declined(3, "out of focus"),
    declined(4, "gone", Status.FAILED),
    declined(5, "out of focus"),
    declined(6, "Cancelled.", Status.CANCELLED),
]


def test_decisions_probabilities_and_subtypes_are_counted() -> None:
    summary = summarise_run(facts(), RECORDS, {})
    assert (summary.judged, summary.malignant, summary.benign) == (3, 2, 1)
    assert summary.needs_review == 1
    assert [place for place, count in enumerate(summary.probabilities) if count] == [2, 10, 19]
    assert sum(summary.probabilities) == 3
    assert summary.subtypes == (0, 1, 0, 0, 2, 0, 0, 0)


def test_reasons_are_counted_the_most_frequent_first_and_cancelled_images_have_none() -> None:
    assert summarise_run(facts(), RECORDS, {}).declined == (("out of focus", 2), ("gone", 1))


def test_there_is_no_agreement_where_no_truth_is_known() -> None:
    assert summarise_run(facts(), RECORDS, {3: Known(Decision.BENIGN)}).agreement is None


def test_agreement_is_counted_over_the_judged_images_with_a_truth() -> None:
    truths = {0: Known(Decision.MALIGNANT, SUBTYPE_BY_CODE["LC"]), 1: Known(Decision.BENIGN), 3: Known(Decision.BENIGN)}
    agreement = summarise_run(facts(), RECORDS, truths).agreement
    assert agreement is not None
    assert agreement.images == 2
    assert agreement.counts == {"tn": 0, "fp": 1, "fn": 0, "tp": 1}
    assert (agreement.figures["sensitivity"], agreement.figures["specificity"]) == (1.0, 0.0)
    assert np.argwhere(agreement.subtypes).tolist() == [[5, 4]]


def test_a_figure_without_a_meaning_is_no_number() -> None:
    agreement = summarise_run(facts(), RECORDS, {0: Known(Decision.MALIGNANT)}).agreement
    assert agreement is not None
    assert np.isnan(agreement.figures["specificity"])
    assert agreement.subtypes.sum() == 0


def test_an_empty_run_has_a_summary_of_zeros() -> None:
    summary = summarise_run(facts(), [], {})
    assert (summary.judged, summary.malignant, sum(summary.probabilities), summary.declined) == (0, 0, 0, ())
