from pathlib import Path

from breakhis_desktop.domain.aggregate import summarise_patient
from breakhis_desktop.domain.decision import Estimate, OperatingPoint, Prediction, ReviewRule
from breakhis_desktop.domain.progress import Progress, duration_words
from breakhis_desktop.domain.records import ImageRecord, Ledger, RunFacts, Status
from breakhis_desktop.domain.taxonomy import Decision


def test_a_ledger_sums_to_what_was_queued() -> None:
    ledger = Ledger(10).plus([Status.DONE, Status.DONE, Status.FAILED]).plus([Status.SKIPPED])
    assert (ledger.done, ledger.failed, ledger.skipped, ledger.to_go) == (2, 1, 1, 6)
    assert str(ledger) == "10 queued = 2 done + 1 failed + 1 skipped + 6 to go"


def test_an_empty_ledger_says_nothing_strange() -> None:
    assert str(Ledger(0)) == "0 queued = 0"


def test_a_patient_is_the_mean_of_the_images_with_the_highest_beside_it() -> None:
    summary = summarise_patient([0.25, 0.75, 0.5], threshold=0.5)
    assert (summary.images, summary.mean, summary.highest, summary.malignant_images) == (3, 0.5, 0.75, 2)


def test_no_time_is_promised_before_there_is_a_speed() -> None:
    progress = Progress(100.0)
    progress.update(101.0, 32)
    assert progress.seconds_left(100) is None
    progress.update(104.0, 64)
    assert progress.seconds_left(160) == 10.0


def test_a_slow_start_is_forgotten() -> None:
    progress = Progress(0.0)
    for second in range(100, 200, 10):
        progress.update(float(second), (second - 90) * 10)
    assert progress.images_per_second == 10.0


def test_durations_are_told_in_words() -> None:
    assert [duration_words(seconds) for seconds in (45.2, 112, 7500)] == ["45 s", "1 min 52 s", "2 h 5 min"]


FACTS = RunFacts(1, "", (Path("/a"),), "m", "id", {}, OperatingPoint("default", 0.3), ReviewRule(0.1), "1")
IMAGE = ImageRecord(0, Path("/a/b.png"), Status.DONE, prediction=Prediction(0.4, (0, 0, 0, 0, 1.0, 0, 0, 0)))


def test_a_run_seen_from_another_point_is_decided_there_and_keeps_its_own_point() -> None:
    seen = FACTS.seen_from(OperatingPoint("custom", 0.45))
    verdicts = [facts.verdict(IMAGE) for facts in (FACTS, seen)]
    assert [verdict and verdict.decision for verdict in verdicts] == [Decision.MALIGNANT, Decision.BENIGN]
    assert [verdict and verdict.review_reasons for verdict in verdicts] == [(), ("near threshold", "models disagree")]
    assert (seen.own_point, FACTS.own_point) == (FACTS.point, FACTS.point)
    assert seen.seen_from(OperatingPoint("custom", 0.5)).own_point == FACTS.point


def test_a_run_seen_from_its_own_point_again_is_as_it_was() -> None:
    renewed = OperatingPoint("default", 0.3, Estimate(0.9, 0.8, 1.0), Estimate(0.5, 0.4, 0.6), "with other evidence")
    assert FACTS.seen_from(OperatingPoint("custom", 0.45)).seen_from(renewed) == FACTS
