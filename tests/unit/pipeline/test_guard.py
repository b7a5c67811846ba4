"""If any step fails on an image, only that image fails, and the run goes on."""

import threading
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from breakhis_desktop.domain.identity import Identity, Pattern
from breakhis_desktop.domain.records import ImageRecord, Ledger, Status
from breakhis_desktop.errors import BundleError, StoreError
from breakhis_desktop.imaging.prepare import prepare, thumbnail
from breakhis_desktop.imaging.tiles import merge_maps
from breakhis_desktop.inference.model_output import ModelOutput
from breakhis_desktop.logs import start_log
from breakhis_desktop.pipeline.analyse import Request, analyse
from breakhis_desktop.pipeline.events import Event, RunEnded
from breakhis_desktop.pipeline.guard import guarded
from breakhis_desktop.store.store import Store
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message
from tests.conftest import FakeClassifier, small_field
from tests.factories import said

POINT = FakeClassifier.card.points["default"]
READING = "breakhis_desktop.pipeline.read_image."
CLASSIFYING = "breakhis_desktop.pipeline.classify."


@pytest.fixture
def fields(tmp_path: Path) -> Path:
    """Return a folder with valid fields, and an odd field that tests recognise by its size of 320 x 240."""
    folder = tmp_path / "fields"
    folder.mkdir()
    for number in range(4):
        small_field(number).save(folder / f"{number}.bmp")
    small_field(4).resize((320, 240)).save(folder / "Maria Silva.png")
    return folder


def run(store: Store, folder: Path, classifier: FakeClassifier | None = None, gate: bool = True, reuse: bool = False) -> list[Event]:
    return list(analyse(Request((folder,), POINT, gate=gate, reuse=reuse), classifier or FakeClassifier(), store, threading.Event()))


def odd_one(store: Store) -> ImageRecord:
    (record,) = [record for record in store.run(1).records() if record.path.stem == "Maria Silva"]
    return record


def failing_on(step: Callable[..., Any], error: BaseException) -> Callable[..., Any]:
    """Wrap a step so that it raises an error if its first argument is the odd image or that image's size."""

    def failing(first: Any, *rest: Any, **options: Any) -> Any:
        if first == (320, 240) or getattr(first, "size", None) == (320, 240):
            raise error
        return step(first, *rest, **options)

    return failing


@pytest.mark.parametrize("step", ["thumbnail", "plan_tiles", "prepare", "reason_of_size"])
@pytest.mark.parametrize("error", [ZeroDivisionError("division by zero"), RecursionError(), SystemError("tile cannot extend")])
def test_a_step_that_fails_on_an_image_makes_only_that_image_fail(
    store: Store, fields: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: Exception
) -> None:
    monkeypatch.setattr(READING + step, failing_on(getattr(import_module(READING.strip(".")), step), error))
    assert run(store, fields)[-1] == RunEnded(Ledger(5, done=4, failed=1))
    record = odd_one(store)
    assert (record.status, record.reason) == (Status.FAILED, Message.of(ImageCode.FAULT))
    assert record.sha256


def test_an_unforeseen_error_while_an_image_is_read_makes_only_that_image_fail(
    store: Store, fields: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_bytes(path: Path) -> bytes:
        if path.stem == "Maria Silva":
            raise ValueError(f"embedded null byte in {path}")
        return path.read_bytes()

    monkeypatch.setattr(READING + "read_bytes", read_bytes)
    assert run(store, fields)[-1] == RunEnded(Ledger(5, done=4, failed=1))


def test_running_out_of_memory_is_reported_as_such(store: Store, fields: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(READING + "prepare", failing_on(prepare, MemoryError()))
    assert run(store, fields)[-1] == RunEnded(Ledger(5, done=4, failed=1))
    assert odd_one(store).reason == Message.of(ImageCode.NO_MEMORY_FOR_IMAGE)


def test_the_fault_is_logged_without_the_name_of_the_image(store: Store, fields: Path, log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start_log()
    monkeypatch.setattr(READING + "thumbnail", failing_on(thumbnail, ZeroDivisionError(f"{fields / 'Maria Silva.png'}: no height")))
    run(store, fields)
    logged = log.read_text(encoding="utf-8")
    assert "image 4 made the program fail" in logged
    assert "ZeroDivisionError" in logged
    assert "read_image" in logged
    assert "Silva" not in logged
    assert str(fields) not in logged


class FailsOnTheOddOne(FakeClassifier):
    """A classifier that raises an error on any batch with an image whose pixels are all 77."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def classify(self, inputs: NDArray[np.uint8]) -> list[ModelOutput]:
        if any(image.min() == image.max() == 77 for image in inputs):
            raise self._error
        return super().classify(inputs)


@pytest.mark.parametrize(("error", "said"), [(RuntimeError("bad shape"), "made the program fail"), (MemoryError(), "not enough memory")])
def test_an_image_on_which_the_models_fail_is_the_only_one_of_its_batch_to_fail(
    store: Store, fields: Path, error: Exception, said: str
) -> None:
    Image.new("RGB", (224, 224), (77, 77, 77)).save(fields / "Maria Silva.png")
    assert run(store, fields, FailsOnTheOddOne(error), gate=False)[-1] == RunEnded(Ledger(5, done=4, failed=1))
    record = odd_one(store)
    assert said in str(record.reason)
    assert record.prediction is None
    assert store.run(1).heat_maps(record.position) is None


def test_an_engine_that_no_longer_works_ends_the_run_and_fails_no_image(store: Store, fields: Path) -> None:
    class Broken(FakeClassifier):
        def classify(self, inputs: NDArray[np.uint8]) -> list[ModelOutput]:
            raise RuntimeError("the device was lost")

    (fields / "0.bmp").write_bytes(b"no image")
    with pytest.raises(RuntimeError, match="device was lost"):
        run(store, fields, Broken())
    assert store.run(1).ledger().to_go == 5


def test_models_that_cannot_be_opened_end_the_run_with_their_error(store: Store, fields: Path) -> None:
    class Absent(FakeClassifier):
        def classify(self, inputs: NDArray[np.uint8]) -> list[ModelOutput]:
            raise BundleError(said("The models are gone."))

    with pytest.raises(BundleError):
        run(store, fields, Absent())


def test_a_store_that_breaks_while_earlier_results_are_looked_up_ends_the_run(
    store: Store, fields: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> None:
        raise StoreError(said("The store cannot be read."))

    monkeypatch.setattr("breakhis_desktop.store.earlier.EarlierResults.find", broken)
    with pytest.raises(StoreError):
        run(store, fields, reuse=True)


def test_heat_maps_that_cannot_be_merged_make_only_their_image_fail(store: Store, fields: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def merge_maps_of_small_fields(maps: Any, boxes: Any, size: tuple[int, int]) -> Any:
        if size == (320, 240):
            raise IndexError
        return merge_maps(maps, boxes, size)

    monkeypatch.setattr(CLASSIFYING + "merge_maps", merge_maps_of_small_fields)
    assert run(store, fields)[-1] == RunEnded(Ledger(5, done=4, failed=1))
    assert odd_one(store).reason == Message.of(ImageCode.FAULT)


@pytest.mark.parametrize("size", [(400, 2), (2, 400), (2000, 10), (193, 1), (1, 1), (112 * 193, 112), (30_000, 1), (1, 30_000)])
def test_a_picture_of_any_proportions_gets_a_row(store: Store, fields: Path, size: tuple[int, int]) -> None:
    Image.new("RGB", size, (200, 120, 180)).save(fields / "Maria Silva.png")
    ended = run(store, fields)[-1]
    assert isinstance(ended, RunEnded)
    assert ended.ledger.done == 4
    assert odd_one(store).status in {Status.REFUSED, Status.FAILED}


def test_an_image_on_whose_name_the_rule_fails_is_the_only_one_to_fail(store: Store, fields: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def identify(_rule: object, path: Path) -> Identity:
        if path.stem == "Maria Silva":
            raise ValueError("a name that nobody thought of")
        return Identity("P1")

    monkeypatch.setattr(Pattern, "identify", identify)
    request = Request((fields,), POINT, identity_rule="pattern:{patient}")
    ended = list(analyse(request, FakeClassifier(), store, threading.Event()))[-1]
    assert ended == RunEnded(Ledger(5, done=4, failed=1))
    assert odd_one(store).reason == Message.of(ImageCode.FAULT)


def test_the_row_of_an_image_that_failed_keeps_nothing_of_what_was_found_before_the_failure() -> None:
    record = ImageRecord(3, Path("/images/a.png"), Status.DONE, review_flags=(said("unfamiliar"),), gate_override=said("blurred"), tiles=9)
    failed = guarded(record, lambda: 1 // 0, lambda row: row)
    assert failed == ImageRecord(3, Path("/images/a.png"), Status.FAILED, Message.of(ImageCode.FAULT))
