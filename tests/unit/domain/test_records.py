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


def test_a_ledger_adds_up_to_the_number_queued() -> None:
    ledger = Ledger(10).plus([Status.DONE, Status.DONE, Status.FAILED]).plus([Status.SKIPPED])
    assert (ledger.done, ledger.failed, ledger.skipped, ledger.to_go) == (2, 1, 1, 6)
    assert str(ledger) == "10 queued = 2 done + 1 failed + 1 skipped + 6 to go"


def test_an_empty_ledger_shows_only_a_zero() -> None:
    assert str(Ledger(0)) == "0 queued = 0"


def test_a_patient_summary_has_the_mean_and_the_highest_probability() -> None:
    summary = summarise_patient([0.25, 0.75, 0.5], threshold=0.5)
    assert (summary.images, summary.mean, summary.highest, summary.malignant_images) == (3, 0.5, 0.75, 2)


def test_no_remaining_time_is_given_until_a_speed_is_known() -> None:
    progress = Progress(100.0)
    progress.update(101.0, 32)
    assert progress.seconds_left(100) is None
    progress.update(104.0, 64)
    assert progress.seconds_left(160) == 10.0


def test_a_slow_start_no_longer_counts_after_half_a_minute() -> None:
    progress = Progress(0.0)
    for second in range(100, 200, 10):
        progress.update(float(second), (second - 90) * 10)
    assert progress.images_per_second == 10.0


def test_durations_are_put_into_words() -> None:
    assert [duration_words(seconds) for seconds in (45.2, 112, 7500)] == ["45 s", "1 min 52 s", "2 h 5 min"]


FACTS = RunInfo(1, "", (Path("/a"),), "m", "id", {}, OperatingPoint("default", 0.3), ReviewRule(0.1), "1", 1)
IMAGE = ImageRecord(0, Path("/a/b.png"), Status.DONE, prediction=Prediction(0.4, (0, 0, 0, 0, 1.0, 0, 0, 0)))


def test_a_run_viewed_at_another_operating_point_uses_that_point_and_remembers_its_own() -> None:
    seen = FACTS.seen_from(OperatingPoint("custom", 0.45))
    verdicts = [run_info.verdict(IMAGE) for run_info in (FACTS, seen)]
    assert [verdict and verdict.decision for verdict in verdicts] == [Decision.MALIGNANT, Decision.BENIGN]
    assert [verdict and verdict.review_reasons for verdict in verdicts] == [(), (NEAR_THRESHOLD, MODELS_DISAGREE)]
    assert (seen.own_point, FACTS.own_point) == (FACTS.point, FACTS.point)
    assert seen.seen_from(OperatingPoint("custom", 0.5)).own_point == FACTS.point


def test_a_run_viewed_at_its_own_point_again_is_unchanged() -> None:
    renewed = OperatingPoint("default", 0.3, Estimate(0.9, 0.8, 1.0), Estimate(0.5, 0.4, 0.6), said("with other evidence"))
    assert FACTS.seen_from(OperatingPoint("custom", 0.45)).seen_from(renewed) == FACTS


OFFICIAL = Path("/images/SOB_M_DC-14-22549AB-400-031.png")


def test_status_values_used_in_stores_and_exports_never_change() -> None:
    assert list(Status) == ["done", "failed", "refused", "skipped", "cancelled"]


def test_fields_of_an_image_record_default_to_unknown() -> None:
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


def test_a_run_uses_official_names_by_default() -> None:
    assert (FACTS.root_inodes, FACTS.identity_rule, FACTS.run_point) == ((), "", None)


def test_the_rule_of_a_job_comes_first_and_the_file_name_fills_in_what_the_rule_leaves_open() -> None:
    for identity, read in (
        (Identity(), ("14-22549AB", "22549", 400)),
        (Identity("P1"), ("P1", "", 400)),
        (Identity(None, 40), ("14-22549AB", "22549", 40)),
        (Identity("P1", 40), ("P1", "", 40)),
    ):
        record = ImageRecord(0, OFFICIAL, Status.DONE, identity=identity)
        assert (record.patient_id, record.accession, record.magnification) == read
        assert record.true_subtype is SUBTYPE_BY_CODE["DC"]


def test_an_unofficial_name_gives_no_patient_or_magnification_or_subtype() -> None:
    record = ImageRecord(0, Path("/images/a.png"), Status.DONE)
    assert (record.patient_id, record.accession, record.magnification, record.true_subtype) == ("", "", None, None)


def test_only_a_refused_image_that_could_be_read_counts_as_refused_by_the_gate() -> None:
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


def test_an_overridden_gate_reason_joins_the_lasting_review_flags() -> None:
    judged = ImageRecord(0, OFFICIAL, Status.DONE, review_flags=(said("judged in one piece"),), gate_override=Message.of(ImageCode.BLANK))
    assert list(map(str, judged.lasting_review_flags)) == [
        "judged in one piece",
        "quality gate overridden: It is blank or nearly blank glass",
    ]
    assert ImageRecord(0, OFFICIAL, Status.DONE, review_flags=(said("judged in one piece"),)).lasting_review_flags == (
        said("judged in one piece"),
    )


def test_run_info_is_hashable() -> None:
    assert len({FACTS, FACTS.seen_from(FACTS.point)}) == 1


def test_an_image_without_a_prediction_has_no_verdict() -> None:
    assert FACTS.verdict(ImageRecord(0, OFFICIAL, Status.FAILED)) is None


def test_a_ledger_counts_each_final_status() -> None:
    ledger = Ledger(2000).plus([*[Status.DONE] * 1100, Status.FAILED, Status.REFUSED, Status.SKIPPED, Status.CANCELLED])
    assert (ledger.done, ledger.failed, ledger.refused, ledger.skipped, ledger.cancelled) == (1100, 1, 1, 1, 1)
    assert (ledger.ended, ledger.to_go) == (1104, 896)
    assert str(ledger) == "2,000 queued = 1,100 done + 1 failed + 1 refused + 1 skipped + 1 cancelled + 896 to go"
    assert str(Ledger(3000)) == "3,000 queued = 3,000 to go"


def test_cancelled_images_do_not_count_as_processed() -> None:
    assert Ledger(8, done=2, failed=1, refused=1, skipped=1, cancelled=3).share_looked_at == 5 / 8
    assert Ledger(0).share_looked_at == 0.0
