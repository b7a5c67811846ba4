import os
import shutil
import threading
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from breakhis_desktop.domain.card_parts import ReviewEvidence, Temperature
from breakhis_desktop.domain.decision import Estimate, OperatingPoint, ReviewRule
from breakhis_desktop.domain.identity import UNREAD, Identity, OfficialNames
from breakhis_desktop.domain.records import Ledger, Status
from breakhis_desktop.errors import StoreError, UserError
from breakhis_desktop.inference.engine import BATCH
from breakhis_desktop.inference.model_output import ModelOutput
from breakhis_desktop.pipeline.analyse import CHUNK, Request, Wishes, analyse
from breakhis_desktop.pipeline.events import Event, ImagesEnded, RunEnded, RunPaused, RunStarted
from breakhis_desktop.pipeline.read_image import ReadImage, read_image
from breakhis_desktop.store.store import Store
from breakhis_desktop.store.writer import only_writer
from breakhis_desktop.wording.files import FileCode
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode
from breakhis_desktop.wording.stores import StoreCode
from tests.conftest import FakeClassifier, small_field
from tests.factories import said, tells, there

POINT = FakeClassifier.card.points["default"]


@pytest.fixture
def many(tmp_path: Path) -> Path:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(3 * CHUNK + 5):
        Image.new("RGB", (224, 224), (number, 0, number)).save(folder / f"{number:03}.bmp")
    return folder


def run(store: Store, request: Request, cancel: threading.Event | None = None) -> list[Event]:
    return list(analyse(request, FakeClassifier(), store, cancel or threading.Event()))


def test_nothing_is_wished_of_a_run_at_first_and_no_wish_is_shared_by_two_runs() -> None:
    first, second = Wishes(), Wishes()
    first.cancel.set()
    first.identities[0] = UNREAD
    assert (first.stop_asked(), second.stop_asked(), second.pause.is_set(), second.identities) == (True, False, False, {})
    second.pause.set()
    assert (second.stop_asked(), second.cancel.is_set()) == (True, False)


def test_a_run_that_is_cancelled_while_names_are_read_does_not_begin(store: Store, many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cancel = threading.Event()

    class Cancelling(OfficialNames):
        def identify(self, path: Path) -> Identity:
            cancel.set()
            return super().identify(path)

    monkeypatch.setattr("breakhis_desktop.pipeline.analyse.load_rule", lambda *_: Cancelling())
    assert run(store, Request((many,), POINT), cancel) == [RunPaused()]
    assert store.all_runs() == []


def test_a_bad_image_is_recorded_and_the_job_continues(store: Store, folder: Path) -> None:
    started, *_, ended = run(store, Request((folder,), POINT))
    assert isinstance(started, RunStarted)
    assert isinstance(ended, RunEnded)
    assert ended.ledger == Ledger(4, done=3, failed=1)
    records = {record.path.name: record for record in store.records(started.run_info.run_id)}
    assert there(records["broken.png"].reason).code is ImageCode.DAMAGED
    assert records["b.png"].prediction is not None
    assert records["SOB_M_DC-14-2523-400-001.png"].magnification == 400


def test_no_run_starts_in_a_store_that_another_process_is_writing(store: Store, folder: Path) -> None:
    with (
        only_writer(store.file),
        pytest.raises(StoreError, check=tells(StoreCode.STORE_HELD_BY, file=store.file, process=str(os.getpid()))),
    ):
        run(store, Request((folder,), POINT))
    assert store.runs_over([folder]) == []
    assert isinstance(run(store, Request((folder,), POINT))[-1], RunEnded)


def test_every_image_gets_the_prediction_of_its_own_pixels(store: Store, many: Path) -> None:
    started = run(store, Request((many,), POINT, gate=False))[0]
    assert isinstance(started, RunStarted)
    for record in store.records(started.run_info.run_id):
        assert record.prediction is not None
        assert record.prediction.p_malignant == pytest.approx(1 - int(record.path.stem) * 2 / 3 / 255, abs=1e-6)


def test_rows_are_in_the_store_before_they_are_reported(store: Store, many: Path) -> None:
    told = 0
    for event in analyse(Request((many,), POINT, gate=False), FakeClassifier(), store, threading.Event()):
        if isinstance(event, ImagesEnded):
            told += len(event.records)
            assert store.ledger(1).ended == told


def test_a_cancelled_run_keeps_finished_images_and_marks_the_rest_as_cancelled(store: Store, many: Path) -> None:
    cancel = threading.Event()
    ended = None
    for event in analyse(Request((many,), POINT, gate=False), FakeClassifier(), store, cancel):
        if isinstance(event, ImagesEnded):
            cancel.set()
        ended = event
    assert isinstance(ended, RunEnded)
    assert ended.ledger.to_go == 0
    assert ended.ledger.done >= CHUNK
    assert ended.ledger.done + ended.ledger.cancelled == ended.ledger.queued == 3 * CHUNK + 5


def test_after_resuming_an_interrupted_run_has_the_rows_of_an_undisturbed_one(store: Store, many: Path) -> None:
    request = Request((many,), POINT, gate=False, resume=True)
    for event in analyse(request, FakeClassifier(), store, threading.Event()):
        if isinstance(event, ImagesEnded):
            break
    assert store.ledger(1).to_go > 0
    shutil.copy(many / "000.bmp", many / "new.bmp")
    started, before, *_, ended = run(store, request)
    assert isinstance(started, RunStarted)
    assert isinstance(before, ImagesEnded)
    assert isinstance(ended, RunEnded)
    assert (started.run_info.run_id, started.queued, started.ended, len(before.records)) == (1, 3 * CHUNK + 5, CHUNK, CHUNK)
    undisturbed = run(store, replace(request, inputs=(*sorted(many.glob("[0-9]*.bmp")),), resume=False))[0]
    assert isinstance(undisturbed, RunStarted)
    assert store.records(1) == store.records(undisturbed.run_info.run_id)


def test_a_finished_run_is_reported_again_without_using_the_models(store: Store, folder: Path) -> None:
    request = Request((folder,), POINT, resume=True)
    first = run(store, request)

    class Silent(FakeClassifier):
        def classify(self, inputs: NDArray[np.uint8]) -> list[ModelOutput]:
            raise AssertionError("nothing is left to classify")

    again = list(analyse(request, Silent(), store, threading.Event()))
    assert again[-1] == first[-1]
    assert [record for event in again if isinstance(event, ImagesEnded) for record in event.records] == store.records(1)


def test_cancelled_images_are_not_among_those_reported_as_finished(store: Store, many: Path) -> None:
    cancel = threading.Event()
    request = Request((many,), POINT, gate=False, resume=True)
    list(analyse(request, Counting(cancel), store, cancel))
    _, before, *_ = run(store, request)
    assert isinstance(before, ImagesEnded)
    assert {record.status for record in before.records} == {Status.DONE}


def test_a_new_run_records_its_start_to_the_second_and_the_inodes_of_its_inputs(store: Store, folder: Path) -> None:
    started = run(store, Request((folder,), POINT))[0]
    assert isinstance(started, RunStarted)
    assert datetime.fromisoformat(started.run_info.started).microsecond == 0
    assert store.run_info(1).root_inodes == (folder.stat().st_ino,)


def test_a_finished_run_is_found_even_after_a_newer_one_over_the_same_files(store: Store, folder: Path) -> None:
    points = [POINT, OperatingPoint("custom", 0.9), POINT]
    started = [run(store, Request((folder,), point, resume=True))[0] for point in points]
    assert [event.run_info.run_id for event in started if isinstance(event, RunStarted)] == [1, 2, 1]


def test_another_point_with_the_same_threshold_does_not_start_another_run(store: Store, folder: Path) -> None:
    points = [
        OperatingPoint("chosen", 0.9),
        OperatingPoint("custom", 0.9, Estimate(0.9, 0.8, 1.0), Estimate(0.5, 0.4, 0.6), said("grouped")),
    ]
    started = [run(store, Request((folder,), point, resume=True))[0] for point in points]
    assert [event.run_info.point for event in started if isinstance(event, RunStarted)] == [points[0], points[0]]


def test_an_unfinished_run_is_not_resumed_at_another_threshold(store: Store, many: Path) -> None:
    for event in analyse(Request((many,), POINT, gate=False, resume=True), FakeClassifier(), store, threading.Event()):
        if isinstance(event, ImagesEnded):
            break
    with pytest.raises(UserError, match=r"unfinished run .* another operating point \(default, threshold 0\.5\); finish it with those"):
        run(store, Request((many,), OperatingPoint("custom", 0.9), gate=False, resume=True))


def cut_off(store: Store, request: Request) -> int:
    """Begin a run, abandon it after its first chunk as a killed process would, and return its id."""
    events = analyse(request, FakeClassifier(), store, threading.Event())
    started = next(events)
    assert isinstance(started, RunStarted)
    next(events)
    events.close()
    return started.run_info.run_id


def test_a_run_is_resumed_by_its_number_even_if_a_newer_one_over_the_same_files_is_unfinished(store: Store, many: Path) -> None:
    request = Request((many,), POINT)
    first, second = cut_off(store, request), cut_off(store, request)
    assert isinstance(run(store, replace(request, run_id=first))[-1], RunEnded)
    assert store.ledger(first).to_go == 0
    assert store.ledger(second).to_go > 0


class Recalibrated(FakeClassifier):
    card = replace(FakeClassifier.card, temperature=Temperature(binary=2.0, subtype=1.0))


class Cautious(FakeClassifier):
    card = replace(FakeClassifier.card, review=ReviewEvidence(margin=0.2))


@pytest.mark.parametrize(
    ("classifier", "point", "gate", "said"),
    [
        (Recalibrated(), POINT, True, f"other models \\(fake 1, id {FakeClassifier.card.model_id}\\);"),
        (Cautious(), POINT, True, r"another review rule \(margin 0\.1\);"),
        (FakeClassifier(), replace(POINT, threshold=0.6), True, r"another operating point \(default, threshold 0\.5\);"),
        (Cautious(), POINT, False, r"another review rule \(margin 0\.1\) and the quality gate on;"),
    ],
)
@pytest.mark.parametrize("by_number", [True, False])
def test_a_run_is_not_resumed_with_different_settings_and_the_differences_are_named(
    store: Store, many: Path, classifier: FakeClassifier, point: OperatingPoint, gate: bool, said: str, by_number: bool
) -> None:
    run_id = cut_off(store, Request((many,), POINT))
    before = store.records(run_id)
    request = Request((many,), point, gate, resume=True, run_id=run_id if by_number else None)
    with pytest.raises(UserError, match=f"made with {said}"):
        list(analyse(request, classifier, store, threading.Event()))
    assert store.records(run_id) == before
    assert isinstance(list(analyse(Request((many,), point, gate), classifier, store, threading.Event()))[-1], RunEnded)


def test_each_difference_has_its_own_message(store: Store, many: Path) -> None:
    run_id = cut_off(store, Request((many,), POINT))
    with pytest.raises(UserError) as told:
        list(analyse(Request((many,), POINT, gate=False, run_id=run_id), Cautious(), store, threading.Event()))
    margin = Message.of(RunCode.DIFFERENT_REVIEW_RULE, margin=FakeClassifier.card.review_rule.margin)
    differences = (margin, Message.of(RunCode.DIFFERENT_GATE_ON))
    assert told.value.message == Message.of(RunCode.RUN_MADE_OTHERWISE, differences=differences)


def test_a_run_of_an_earlier_version_is_resumed_and_keeps_its_rule_of_review(store: Store, many: Path) -> None:
    run_id = cut_off(store, Request((many,), POINT))
    store._connection.execute("UPDATE run SET review_found_at = NULL")
    assert isinstance(run(store, Request((many,), POINT, resume=True))[-1], RunEnded)
    assert not store.to_go(run_id)
    assert store.run_info(run_id).review_rule == ReviewRule(FakeClassifier.card.review_rule.margin)


def test_a_run_whose_margin_was_found_at_another_threshold_is_not_resumed(store: Store, many: Path) -> None:
    run_id = cut_off(store, Request((many,), POINT))
    store._connection.execute("UPDATE run SET review_found_at = 0.123")
    margin = Message.of(RunCode.DIFFERENT_REVIEW_RULE, margin=FakeClassifier.card.review_rule.margin)
    with pytest.raises(UserError, check=tells(RunCode.RUN_MADE_OTHERWISE, differences=(margin,))):
        run(store, Request((many,), POINT, run_id=run_id))


def test_a_run_without_the_gate_is_not_resumed_with_it(store: Store, many: Path) -> None:
    run_id = cut_off(store, Request((many,), POINT, gate=False))
    differences = (Message.of(RunCode.DIFFERENT_GATE_OFF),)
    with pytest.raises(UserError, check=tells(RunCode.RUN_MADE_OTHERWISE, differences=differences)):
        run(store, Request((many,), POINT, run_id=run_id))


def test_a_small_image_is_refused_by_the_gate_but_classified_and_marked_without_it(store: Store, tmp_path: Path) -> None:
    image = tmp_path / "small.png"
    Image.new("RGB", (60, 60), "purple").save(image)
    assert run(store, Request((image,), POINT))[-1] == RunEnded(Ledger(1, refused=1))
    started = run(store, Request((image,), POINT, gate=False))[0]
    assert isinstance(started, RunStarted)
    (record,) = store.records(started.run_info.run_id)
    verdict = started.run_info.verdict(record)
    assert record.status is Status.DONE
    assert verdict is not None
    assert verdict.review_reasons[-1].code is ImageCode.GATE_OVERRIDDEN


def test_a_file_that_is_gone_when_its_turn_comes_fails(store: Store, folder: Path) -> None:
    events = analyse(Request((folder,), POINT), FakeClassifier(), store, threading.Event())
    next(events)
    (folder / "b.png").unlink()
    list(events)
    (record,) = [record for record in store.records(1) if record.path.name == "b.png"]
    assert (record.status, record.reason) == (Status.FAILED, Message.of(FileCode.NOT_THERE))


def test_a_larger_field_is_tiled_if_its_name_gives_the_scale_and_flagged_otherwise(
    store: Store, tmp_path: Path, samples: list[Path]
) -> None:
    with Image.open(samples[0]) as sample:
        large = sample.convert("RGB").resize((2100, 1380))
    for name in ("SOB_M_DC-14-2523-100-001.png", "unknown.png"):
        large.save(tmp_path / name)
    run(store, Request((tmp_path,), POINT))
    declared, unknown = (record for record in store.records(1) if record.path.suffix == ".png")
    assert (declared.status, declared.tiles, declared.review_flags) == (Status.DONE, 9, ())
    assert (unknown.status, unknown.tiles) == (Status.DONE, 1)
    assert unknown.review_flags[0].code is ImageCode.UNKNOWN_SCALE
    maps = [store.heat_maps(1, record.position) for record in (declared, unknown)]
    assert [one.shape for one in maps if one is not None] == [(2, 21, 21), (2, 7, 7)]


def test_an_image_of_blank_glass_is_refused_with_the_reason(store: Store, tmp_path: Path) -> None:
    Image.new("RGB", (700, 460), (240, 238, 242)).save(tmp_path / "glass.png")
    assert run(store, Request((tmp_path / "glass.png",), POINT))[-1] == RunEnded(Ledger(1, refused=1))
    assert there(store.records(1)[0].reason).code is ImageCode.BLANK


def test_a_declared_magnification_that_the_models_were_not_trained_on_is_refused(store: Store, tmp_path: Path) -> None:
    small_field(0).save(tmp_path / "SOB_M_DC-14-2523-20-001.png")
    assert run(store, Request((tmp_path / "SOB_M_DC-14-2523-20-001.png",), POINT))[-1] == RunEnded(Ledger(1, refused=1))
    assert there(store.records(1)[0].reason).code is ImageCode.UNKNOWN_MAGNIFICATION


def test_an_unfinished_run_is_not_resumed_with_a_newer_quality_gate(store: Store, many: Path) -> None:
    request = Request((many,), POINT, resume=True)
    run_id = cut_off(store, request)
    store._connection.execute("UPDATE run SET gate = 1")
    for again in (request, replace(request, run_id=run_id)):
        with pytest.raises(UserError, match="version 1 of the quality gate"):
            run(store, again)


@pytest.mark.parametrize("gate", [True, False])
def test_a_large_field_that_is_mostly_glass_is_flagged(store: Store, tmp_path: Path, samples: list[Path], gate: bool) -> None:
    field = Image.new("RGB", (2100, 1380), (240, 238, 242))
    with Image.open(samples[0]) as sample:
        field.paste(sample.convert("RGB"), (0, 0))
    field.save(tmp_path / "SOB_M_DC-14-2523-100-001.png")
    run(store, Request((tmp_path / "SOB_M_DC-14-2523-100-001.png",), POINT, gate=gate))
    (record,) = store.records(1)
    found = Message.of(ImageCode.TILES_DECLINED, declined=8, tiles=9, reason=Message.of(ImageCode.BLANK))
    told = (Message.of(ImageCode.PARTLY_DECLINED, what=found),)
    assert (record.tiles, record.review_flags, record.gate_override) == ((1, told, None) if gate else (9, (), found))
    assert [str(doubt) for doubt in record.lasting_review_flags] == [
        f"{'declined' if gate else 'quality gate overridden:'} 8 of 9 tiles: It is blank or nearly blank glass"
    ]


def test_a_field_with_too_many_tiles_is_refused(store: Store, tmp_path: Path) -> None:
    Image.new("RGB", (7000, 4600), "purple").save(tmp_path / "SOB_M_DC-14-2523-100-001.png")
    assert run(store, Request((tmp_path / "SOB_M_DC-14-2523-100-001.png",), POINT, gate=False))[-1] == RunEnded(Ledger(1, refused=1))
    assert store.records(1)[0].reason == Message.of(ImageCode.TOO_MANY_TILES, count=100)


class Counting(FakeClassifier):
    """Counts its calls, and sets an event on each."""

    def __init__(self, event: threading.Event) -> None:
        self.asked = 0
        self._event = event

    def classify(self, inputs: NDArray[np.uint8]) -> list[ModelOutput]:
        self.asked += 1
        assert len(inputs) <= BATCH
        self._event.set()
        return super().classify(inputs)


@pytest.fixture
def tiled(tmp_path: Path) -> Path:
    """Return a folder of fields of nine tiles each."""
    folder = tmp_path / "tiled"
    folder.mkdir()
    field = small_field(0).resize((2100, 1380))
    for number in range(16):
        field.save(folder / f"SOB_M_DC-14-2523-100-{number:03}.bmp")
    return folder


def test_a_cancel_takes_effect_after_the_current_batch_and_keeps_completed_images(store: Store, tiled: Path) -> None:
    cancel = threading.Event()
    classifier = Counting(cancel)
    *_, ended = analyse(Request((tiled,), POINT, gate=False), classifier, store, cancel)
    assert classifier.asked == 1
    assert ended == RunEnded(Ledger(16, done=BATCH // 9, cancelled=16 - BATCH // 9))


def test_a_cancel_does_not_wait_for_slow_files(store: Store, many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cancel, release = threading.Event(), threading.Event()

    def read_slowly(*arguments: Any, **options: Any) -> ReadImage:
        cancel.set()
        release.wait(timeout=60)
        return read_image(*arguments, **options)

    monkeypatch.setattr("breakhis_desktop.pipeline.analyse.read_image", read_slowly)
    *_, ended = analyse(Request((many,), POINT), FakeClassifier(), store, cancel)
    assert ended == RunEnded(Ledger(3 * CHUNK + 5, cancelled=3 * CHUNK + 5))
    assert not release.is_set()
    release.set()


def test_a_paused_run_stops_after_the_current_batch_and_loses_no_row(store: Store, many: Path) -> None:
    pause = threading.Event()
    request = Request((many,), POINT, gate=False)
    *_, paused = analyse(request, Counting(pause), store, threading.Event(), pause)
    assert paused == RunPaused()
    assert store.ledger(1) == Ledger(3 * CHUNK + 5, done=CHUNK)
    assert isinstance(run(store, replace(request, run_id=1))[-1], RunEnded)
    run(store, request)
    assert store.records(1) == store.records(2)


def test_a_paused_run_can_be_cancelled(store: Store, many: Path) -> None:
    cancel, pause = threading.Event(), threading.Event()
    request = Request((many,), POINT, gate=False)
    list(analyse(request, Counting(pause), store, cancel, pause))
    cancel.set()
    *_, ended = analyse(replace(request, run_id=1), FakeClassifier(), store, cancel)
    assert ended == RunEnded(Ledger(3 * CHUNK + 5, done=CHUNK, cancelled=2 * CHUNK + 5))


def test_a_cancel_while_files_are_counted_leaves_nothing_in_the_store(store: Store, many: Path) -> None:
    cancel = threading.Event()
    cancel.set()
    assert list(analyse(Request((many,), POINT), FakeClassifier(), store, cancel)) == [RunPaused()]
    assert store.runs_over([many]) == []


def test_a_cancelled_run_that_is_resumed_and_paused_has_images_left_and_no_cancelled_one(store: Store, many: Path) -> None:
    cancel, pause = threading.Event(), threading.Event()
    request = Request((many,), POINT, gate=False)
    list(analyse(request, Counting(cancel), store, cancel))
    *_, paused = analyse(replace(request, run_id=1), Counting(pause), store, threading.Event(), pause)
    assert paused == RunPaused()
    assert store.ledger(1) == Ledger(3 * CHUNK + 5, done=2 * CHUNK)
    *_, ended = run(store, replace(request, run_id=1))
    assert ended == RunEnded(Ledger(3 * CHUNK + 5, done=3 * CHUNK + 5))
