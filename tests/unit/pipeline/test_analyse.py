"""A run from its start to its end: every image gets a row with a result or a reason."""

import os
import threading
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image

from breakhis_desktop.domain.records import Ledger, Status
from breakhis_desktop.errors import StoreError
from breakhis_desktop.pipeline.analyse import Request, analyse
from breakhis_desktop.pipeline.events import ImagesEnded, RunEnded, RunStarted
from breakhis_desktop.store.store import Store
from breakhis_desktop.store.writer import only_writer
from breakhis_desktop.wording.files import FileCode
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.stores import StoreCode
from tests.conftest import FakeClassifier, small_field
from tests.factories import tells, there
from tests.factories.analyses import POINT, run


def test_a_bad_image_is_recorded_and_the_job_continues(store: Store, folder: Path) -> None:
    started, *_, ended = run(store, Request((folder,), POINT))
    assert isinstance(started, RunStarted)
    assert isinstance(ended, RunEnded)
    assert ended.ledger == Ledger(4, done=3, failed=1)
    records = {record.path.name: record for record in store.run(started.run_info.run_id).records()}
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
    for record in store.run(started.run_info.run_id).records():
        assert record.prediction is not None
        assert record.prediction.p_malignant == pytest.approx(1 - int(record.path.stem) * 2 / 3 / 255, abs=1e-6)


def test_rows_are_in_the_store_before_they_are_reported(store: Store, many: Path) -> None:
    reported = 0
    for event in analyse(Request((many,), POINT, gate=False), FakeClassifier(), store, threading.Event()):
        if isinstance(event, ImagesEnded):
            reported += len(event.records)
            assert store.run(1).ledger().ended == reported


def test_a_new_run_records_its_start_to_the_second_and_the_inodes_of_its_inputs(store: Store, folder: Path) -> None:
    started = run(store, Request((folder,), POINT))[0]
    assert isinstance(started, RunStarted)
    assert datetime.fromisoformat(started.run_info.started).microsecond == 0
    assert store.run(1).info().root_inodes == (folder.stat().st_ino,)


def test_a_small_image_is_refused_by_the_gate_but_classified_and_marked_without_it(store: Store, tmp_path: Path) -> None:
    image = tmp_path / "small.png"
    Image.new("RGB", (60, 60), "purple").save(image)
    assert run(store, Request((image,), POINT))[-1] == RunEnded(Ledger(1, refused=1))
    started = run(store, Request((image,), POINT, gate=False))[0]
    assert isinstance(started, RunStarted)
    (record,) = store.run(started.run_info.run_id).records()
    verdict = started.run_info.verdict(record)
    assert record.status is Status.DONE
    assert verdict is not None
    assert verdict.review_reasons[-1].code is ImageCode.GATE_OVERRIDDEN


def test_an_image_whose_file_vanishes_before_it_is_read_fails(store: Store, folder: Path) -> None:
    events = analyse(Request((folder,), POINT), FakeClassifier(), store, threading.Event())
    next(events)
    (folder / "b.png").unlink()
    list(events)
    (record,) = [record for record in store.run(1).records() if record.path.name == "b.png"]
    assert (record.status, record.reason) == (Status.FAILED, Message.of(FileCode.NOT_THERE))


def test_a_larger_field_is_tiled_if_its_name_gives_the_scale_and_flagged_otherwise(
    store: Store, tmp_path: Path, samples: list[Path]
) -> None:
    with Image.open(samples[0]) as sample:
        large = sample.convert("RGB").resize((2100, 1380))
    for name in ("SOB_M_DC-14-2523-100-001.png", "unknown.png"):
        large.save(tmp_path / name)
    run(store, Request((tmp_path,), POINT))
    declared, unknown = (record for record in store.run(1).records() if record.path.suffix == ".png")
    assert (declared.status, declared.tiles, declared.review_flags) == (Status.DONE, 9, ())
    assert (unknown.status, unknown.tiles) == (Status.DONE, 1)
    assert unknown.review_flags[0].code is ImageCode.UNKNOWN_SCALE
    maps = [store.run(1).heat_maps(record.position) for record in (declared, unknown)]
    assert [one.shape for one in maps if one is not None] == [(2, 21, 21), (2, 7, 7)]


def test_an_image_of_blank_glass_is_refused_with_the_reason(store: Store, tmp_path: Path) -> None:
    Image.new("RGB", (700, 460), (240, 238, 242)).save(tmp_path / "glass.png")
    assert run(store, Request((tmp_path / "glass.png",), POINT))[-1] == RunEnded(Ledger(1, refused=1))
    assert there(store.run(1).records()[0].reason).code is ImageCode.BLANK


def test_a_declared_magnification_that_the_models_were_not_trained_on_is_refused(store: Store, tmp_path: Path) -> None:
    small_field(0).save(tmp_path / "SOB_M_DC-14-2523-20-001.png")
    assert run(store, Request((tmp_path / "SOB_M_DC-14-2523-20-001.png",), POINT))[-1] == RunEnded(Ledger(1, refused=1))
    assert there(store.run(1).records()[0].reason).code is ImageCode.UNKNOWN_MAGNIFICATION


@pytest.mark.parametrize("gate", [True, False])
def test_a_large_field_that_is_mostly_glass_is_flagged(store: Store, tmp_path: Path, samples: list[Path], gate: bool) -> None:
    field = Image.new("RGB", (2100, 1380), (240, 238, 242))
    with Image.open(samples[0]) as sample:
        field.paste(sample.convert("RGB"), (0, 0))
    field.save(tmp_path / "SOB_M_DC-14-2523-100-001.png")
    run(store, Request((tmp_path / "SOB_M_DC-14-2523-100-001.png",), POINT, gate=gate))
    (record,) = store.run(1).records()
    found = Message.of(ImageCode.TILES_DECLINED, declined=8, tiles=9, reason=Message.of(ImageCode.BLANK))
    flags = (Message.of(ImageCode.PARTLY_DECLINED, what=found),)
    assert (record.tiles, record.review_flags, record.gate_override) == ((1, flags, None) if gate else (9, (), found))
    assert [str(doubt) for doubt in record.lasting_review_flags] == [
        f"{'quality gate refuses' if gate else 'quality gate overridden:'} 8 of 9 tiles: It is blank or nearly blank glass"
    ]


def test_a_field_with_too_many_tiles_is_refused(store: Store, tmp_path: Path) -> None:
    Image.new("RGB", (7000, 4600), "purple").save(tmp_path / "SOB_M_DC-14-2523-100-001.png")
    assert run(store, Request((tmp_path / "SOB_M_DC-14-2523-100-001.png",), POINT, gate=False))[-1] == RunEnded(Ledger(1, refused=1))
    assert store.run(1).records()[0].reason == Message.of(ImageCode.TOO_MANY_TILES, count=100)
