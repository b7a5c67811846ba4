from pathlib import Path

from breakhis_desktop.domain.aggregate import summarise_patient
from breakhis_desktop.domain.decision import MODELS_DISAGREE, NEAR_THRESHOLD, Estimate, OperatingPoint, Prediction, ReviewRule
from breakhis_desktop.domain.identity import Identity
from breakhis_desktop.domain.progress import Progress, duration_words
from breakhis_desktop.domain.records import ImageRecord, Ledger, PendingImage, RunInfo, Status
from breakhis_desktop.domain.taxonomy import SUBTYPE_BY_CODE, Decision
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message
from tests.factories import said


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


FACTS = RunInfo(1, "", (Path("/a"),), "m", "id", {}, OperatingPoint("default", 0.3), ReviewRule(0.1), "1", 1)
IMAGE = ImageRecord(0, Path("/a/b.png"), Status.DONE, prediction=Prediction(0.4, (0, 0, 0, 0, 1.0, 0, 0, 0)))


def test_a_run_seen_from_another_point_is_decided_there_and_keeps_its_own_point() -> None:
    seen = FACTS.seen_from(OperatingPoint("custom", 0.45))
    verdicts = [run_info.verdict(IMAGE) for run_info in (FACTS, seen)]
    assert [verdict and verdict.decision for verdict in verdicts] == [Decision.MALIGNANT, Decision.BENIGN]
    assert [verdict and verdict.review_reasons for verdict in verdicts] == [(), (NEAR_THRESHOLD, MODELS_DISAGREE)]
    assert (seen.own_point, FACTS.own_point) == (FACTS.point, FACTS.point)
    assert seen.seen_from(OperatingPoint("custom", 0.5)).own_point == FACTS.point


def test_a_run_seen_from_its_own_point_again_is_as_it_was() -> None:
    renewed = OperatingPoint("default", 0.3, Estimate(0.9, 0.8, 1.0), Estimate(0.5, 0.4, 0.6), said("with other evidence"))
    assert FACTS.seen_from(OperatingPoint("custom", 0.45)).seen_from(renewed) == FACTS


OFFICIAL = Path("/images/SOB_M_DC-14-22549AB-400-031.png")


def test_the_words_by_which_stores_and_exports_know_what_became_of_an_image_stay() -> None:
    assert list(Status) == ["done", "failed", "refused", "skipped", "cancelled"]


def test_of_an_image_nothing_is_claimed_that_was_not_found_out() -> None:
    assert ImageRecord(0, OFFICIAL, Status.FAILED) == ImageRecord(
        position=0,
        path=OFFICIAL,
        status=Status.FAILED,
        reason=None,
        sha256="",
        size=None,
        prediction=None,
        gate_override=None,
        distance=None,
        tiles=1,
        review_flags=(),
        engine="",
        identity=Identity(None, None),
        reused_from=None,
    )
    assert PendingImage(0, OFFICIAL).identity == Identity(None, None)


def test_a_run_was_made_with_official_names_where_it_does_not_say() -> None:
    assert (FACTS.root_inodes, FACTS.identity_rule, FACTS.run_point) == ((), "", None)


def test_what_the_rule_of_a_job_reads_outranks_the_name_and_the_name_fills_in_the_rest() -> None:
    for identity, read in (
        (Identity(), ("14-22549AB", "22549", 400)),
        (Identity("P1"), ("P1", "", 400)),
        (Identity(None, 40), ("14-22549AB", "22549", 40)),
        (Identity("P1", 40), ("P1", "", 40)),
    ):
        record = ImageRecord(0, OFFICIAL, Status.DONE, identity=identity)
        assert (record.patient_id, record.accession, record.magnification) == read
        assert record.true_subtype is SUBTYPE_BY_CODE["DC"]


def test_of_a_name_that_is_not_official_only_the_rule_knows() -> None:
    record = ImageRecord(0, Path("/images/a.png"), Status.DONE)
    assert (record.patient_id, record.accession, record.magnification, record.true_subtype) == ("", "", None, None)


def test_an_image_is_declined_where_it_could_be_read_and_was_refused() -> None:
    refused, unread = ImageRecord(0, OFFICIAL, Status.REFUSED, size=(10, 10)), ImageRecord(0, OFFICIAL, Status.REFUSED)
    assert (
        refused.is_refused_by_gate,
        unread.is_refused_by_gate,
        ImageRecord(0, OFFICIAL, Status.DONE, size=(10, 10)).is_refused_by_gate,
    ) == (
        True,
        False,
        False,
    )


def test_what_the_gate_would_have_said_is_a_doubt_that_lasts_beside_the_others() -> None:
    judged = ImageRecord(0, OFFICIAL, Status.DONE, review_flags=(said("judged in one piece"),), gate_override=Message.of(ImageCode.BLANK))
    assert list(map(str, judged.lasting_review_flags)) == [
        "judged in one piece",
        "quality gate overridden: It is blank or nearly blank glass",
    ]
    assert ImageRecord(0, OFFICIAL, Status.DONE, review_flags=(said("judged in one piece"),)).lasting_review_flags == (
        said("judged in one piece"),
    )


def test_facts_of_a_run_may_stand_in_a_set() -> None:
    assert len({FACTS, FACTS.seen_from(FACTS.point)}) == 1


def test_an_image_without_a_prediction_has_no_verdict() -> None:
    assert FACTS.verdict(ImageRecord(0, OFFICIAL, Status.FAILED)) is None


def test_a_ledger_counts_each_way_to_end() -> None:
    ledger = Ledger(2000).plus([*[Status.DONE] * 1100, Status.FAILED, Status.REFUSED, Status.SKIPPED, Status.CANCELLED])
    assert (ledger.done, ledger.failed, ledger.refused, ledger.skipped, ledger.cancelled) == (1100, 1, 1, 1, 1)
    assert (ledger.ended, ledger.to_go) == (1104, 896)
    assert str(ledger) == "2,000 queued = 1,100 done + 1 failed + 1 refused + 1 skipped + 1 cancelled + 896 to go"
    assert str(Ledger(3000)) == "3,000 queued = 3,000 to go"


def test_what_was_cancelled_was_not_looked_at() -> None:
    assert Ledger(8, done=2, failed=1, refused=1, skipped=1, cancelled=3).share_looked_at == 5 / 8
    assert Ledger(0).share_looked_at == 0.0
