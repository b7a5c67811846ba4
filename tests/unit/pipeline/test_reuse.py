"""An earlier run's results are reused bit for bit, and only if everything that affects them is unchanged."""

import json
import shutil
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from breakhis_desktop.assets import default_models, program_version
from breakhis_desktop.domain.card_parts import DerivedFile, Temperature
from breakhis_desktop.domain.decision import NEAR_THRESHOLD, OperatingPoint
from breakhis_desktop.domain.records import ImageRecord, Ledger, RunInfo, Status
from breakhis_desktop.errors import StoreError
from breakhis_desktop.inference.classifier import Classifier, load_classifier
from breakhis_desktop.inference.model_output import ModelOutput
from breakhis_desktop.pipeline.analyse import CHUNK, Request, analyse
from breakhis_desktop.pipeline.classify import ImageClassifier
from breakhis_desktop.pipeline.events import ImagesEnded, RunEnded, RunStarted
from breakhis_desktop.store.earlier import EarlierResult, EarlierResults
from breakhis_desktop.store.store import Store
from tests.conftest import FakeClassifier, small_field
from tests.factories import there

POINT = FakeClassifier.card.points["default"]
THUMBNAILS = "SELECT position, jpeg FROM thumbnail WHERE run_id = ? ORDER BY position"
MAPS = "SELECT position, height, width, maps FROM heat_map WHERE run_id = ? ORDER BY position"


class Counting(FakeClassifier):
    """Counts the images that it classifies."""

    def __init__(self) -> None:
        self.images = 0

    def classify(self, inputs: NDArray[np.uint8]) -> list[ModelOutput]:
        self.images += len(inputs)
        return super().classify(inputs)


class Recalibrated(Counting):
    card = replace(FakeClassifier.card, temperature=Temperature(binary=2.0, subtype=1.0))


class WithAnotherGraph(Counting):
    card = replace(FakeClassifier.card, derived={"joint.onnx": DerivedFile(sha256="ee")})


class OnAnotherEngine(Counting):
    engine_name = "another"


def run(store: Store, request: Request, classifier: ImageClassifier | None = None) -> RunInfo:
    """Carry out a run to its end, and return its settings."""
    started, *_, ended = analyse(request, classifier or FakeClassifier(), store, threading.Event())
    assert isinstance(started, RunStarted)
    assert isinstance(ended, RunEnded)
    ledger = store.run(started.run_info.run_id).ledger()
    assert ended.ledger == ledger
    assert ledger.ended == ledger.queued
    return started.run_info


def as_reused(run_id: int, record: ImageRecord) -> ImageRecord:
    """Return a record as a later run stores it after reusing it from run `run_id`; a record without a size is not reused."""
    return replace(record, reused_from=run_id if record.size else None)


def classified_again(store: Store, request: Request, classifier: Counting) -> int:
    """Run again with reuse, and return the number of images that the classifier still had to classify."""
    run(store, replace(request, reuse=True), classifier)
    return classifier.images


@pytest.fixture(scope="module")
def models() -> Classifier:
    return load_classifier(default_models())


@pytest.fixture
def fields(tmp_path: Path, samples: list[Path]) -> Path:
    """Return a folder with samples, a refused image, a truncated image, a text file, and a large field of known magnification."""
    folder = tmp_path / "fields"
    folder.mkdir()
    for sample in samples:
        shutil.copy(sample, folder)
    Image.new("RGB", (700, 460), (240, 238, 242)).save(folder / "glass.png")
    (folder / "broken.png").write_bytes(samples[0].read_bytes()[:5000])
    (folder / "notes.txt").write_text("not an image")
    with Image.open(samples[0]) as image:
        image.convert("RGB").resize((1500, 920)).save(folder / "SOB_M_DC-14-2523-100-001.png")
    return folder


@pytest.fixture
def images(tmp_path: Path) -> Path:
    folder = tmp_path / "images"
    folder.mkdir()
    for number in range(3):
        small_field(20 * number).save(folder / f"{number}.png")
    return folder


def test_a_second_run_reuses_earlier_results_bit_for_bit_and_records_which_run_they_came_from(
    store: Store, fields: Path, models: Classifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = Request((fields,), models.card.points["default"])
    first = run(store, request, models)
    monkeypatch.setattr("breakhis_desktop.pipeline.read_image.prepare", None)  # fails if anything is prepared for the models
    second = run(store, replace(request, reuse=True), models)
    records = store.run(first.run_id).records()
    assert {record.status for record in records} == {Status.DONE, Status.REFUSED, Status.FAILED, Status.SKIPPED}
    assert store.run(second.run_id).records() == [as_reused(first.run_id, record) for record in records]
    assert store.run(second.run_id).ledger() == store.run(first.run_id).ledger()
    for query in (THUMBNAILS, MAPS):
        kept, taken = (store._connection.execute(query, [one.run_id]).fetchall() for one in (first, second))
        assert len(kept) >= 10
        assert taken == kept


def test_a_changed_file_is_analysed_again(store: Store, images: Path) -> None:
    request = Request((images,), POINT)
    run(store, request)
    small_field(150).save(images / "1.png")
    assert classified_again(store, request, Counting()) == 1
    assert [record.reused_from for record in store.run(2).records()] == [1, None, 1]


def test_a_copied_file_is_recognised_and_keeps_its_own_name_and_patient(store: Store, images: Path, tmp_path: Path) -> None:
    run(store, Request((images,), POINT))
    moved = tmp_path / "22549"
    moved.mkdir()
    shutil.copy(images / "1.png", moved / "z.png")
    assert classified_again(store, Request((moved,), POINT, identity_rule="folder"), Counting()) == 0
    (record,) = store.run(2).records()
    assert (record.path, record.patient_id, record.reused_from) == (moved / "z.png", "22549", 1)


@pytest.mark.parametrize("classifier", [Recalibrated(), WithAnotherGraph(), OnAnotherEngine()])
def test_nothing_is_reused_with_another_bundle_or_engine(store: Store, images: Path, classifier: Counting) -> None:
    request = Request((images,), POINT)
    run(store, request)
    assert classified_again(store, request, classifier) == 3


@pytest.mark.parametrize("first", [True, False])
def test_nothing_is_reused_with_another_gate_setting(store: Store, images: Path, first: bool) -> None:
    run(store, Request((images,), POINT, gate=first))
    assert classified_again(store, Request((images,), POINT, gate=not first), Counting()) == 3


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE run SET gate = 1",
        "UPDATE run SET program_version = 'earlier'",
        "UPDATE run SET model_id = 'another'",
        "UPDATE run SET file_hashes = '{}'",
    ],
)
def test_results_are_not_reused_if_the_gate_or_program_version_or_model_differs(store: Store, images: Path, change: str) -> None:
    run(store, Request((images,), POINT))
    store._connection.execute(change)
    assert classified_again(store, Request((images,), POINT), Counting()) == 3


def test_a_row_that_an_earlier_version_stored_without_heat_maps_is_not_reused(store: Store, images: Path) -> None:
    run(store, Request((images,), POINT))
    store._connection.execute("DELETE FROM heat_map WHERE position = 1")
    assert classified_again(store, Request((images,), POINT), Counting()) == 1


def test_a_field_at_another_magnification_is_analysed_again(store: Store, tmp_path: Path) -> None:
    small_field(0).resize((2100, 1380)).save(tmp_path / "field.bmp")
    for name in ("SOB_M_DC-14-2523-100-001.bmp", "SOB_M_DC-14-2523-100-002.bmp"):
        shutil.copy(tmp_path / "field.bmp", tmp_path / name)
    files = [tmp_path / "field.bmp", *sorted(tmp_path.glob("SOB*"))]
    unknown, declared, same = (Request((file,), POINT, gate=False) for file in files)
    run(store, unknown)
    assert classified_again(store, declared, Counting()) == 9
    assert classified_again(store, same, Counting()) == 0
    assert classified_again(store, unknown, Counting()) == 0
    assert [store.run(run_id).records()[0].reused_from for run_id in (1, 2, 3, 4)] == [None, None, 2, 1]


def test_threshold_and_review_rule_are_applied_anew_to_reused_results(store: Store, images: Path) -> None:
    first = run(store, Request((images,), POINT))
    p = store.run(1).records()[0].prediction
    assert p is not None
    second = run(store, Request((images,), OperatingPoint("custom", p.p_malignant + 0.01), reuse=True))
    verdicts = [run_info.verdict(store.run(run_info.run_id).records()[0]) for run_info in (first, second)]
    assert verdicts[0] != verdicts[1]
    assert verdicts[1] is not None
    assert verdicts[1].review_reasons[0] == NEAR_THRESHOLD


def test_the_original_run_is_named_however_often_its_results_are_reused(store: Store, images: Path) -> None:
    for _ in range(3):
        run(store, Request((images,), POINT, reuse=True))
    assert [[record.reused_from for record in store.run(number).records()] for number in (1, 2, 3)] == [[None] * 3, [1] * 3, [1] * 3]


def test_a_run_reuses_nothing_from_itself_or_a_later_run(store: Store, tmp_path: Path) -> None:
    many = halves(tmp_path / "many")
    for number in range(CHUNK):
        shutil.copy(many / "000.bmp", many / f"z{number}.bmp")
    request = Request((many,), POINT, reuse=True)
    events = analyse(request, FakeClassifier(), store, threading.Event())
    assert isinstance(next(events), RunStarted)
    events.close()
    run(store, request)
    run(store, replace(request, run_id=1))
    assert {record.reused_from for number in (1, 2) for record in store.run(number).records()} == {None}


def test_failed_images_are_tried_again(store: Store, images: Path) -> None:
    whole = (images / "1.png").read_bytes()
    (images / "1.png").write_bytes(whole[:2000])
    run(store, Request((images,), POINT))
    assert store.run(1).ledger() == Ledger(3, done=2, failed=1)
    run(store, Request((images,), POINT, reuse=True))
    assert store.run(2).records()[1].reused_from is None


def test_results_are_reused_only_on_request(store: Store, images: Path) -> None:
    for _ in range(2):
        run(store, Request((images,), POINT))
    assert [record.reused_from for record in store.run(2).records()] == [None] * 3


def halves(folder: Path) -> Path:
    """Return a folder of many numbered images, so that a test can first analyse the even-numbered half in a separate run."""
    folder.mkdir()
    for number in range(2 * CHUNK + 5):
        small_field(2 * number).save(folder / f"{number:03}.bmp")
    return folder


def test_an_interrupted_run_that_is_resumed_has_the_same_rows_as_an_uninterrupted_run(store: Store, tmp_path: Path) -> None:
    many = halves(tmp_path / "many")
    run(store, Request(tuple(sorted(many.glob("*[02468].bmp"))), POINT))
    request = Request((many,), POINT, reuse=True)
    events = analyse(request, FakeClassifier(), store, threading.Event())
    assert isinstance(next(events), RunStarted)
    assert isinstance(next(events), ImagesEnded)
    events.close()
    assert store.run(2).ledger().to_go > CHUNK
    run(store, replace(request, run_id=2))
    with Store(tmp_path / "other.sqlite") as other:
        run(other, Request(tuple(sorted(many.glob("*[02468].bmp"))), POINT))
        run(other, request)
        assert store.run(2).records() == other.run(2).records()
    assert {record.reused_from for record in store.run(2).records()} == {1, None}


@pytest.mark.parametrize(("version", "classifier"), [("later", Counting()), (program_version(), WithAnotherGraph())])
def test_a_run_resumed_with_another_program_version_or_graph_reuses_no_earlier_results(
    store: Store, images: Path, monkeypatch: pytest.MonkeyPatch, version: str, classifier: Counting
) -> None:
    request = Request((images,), POINT)
    run(store, request)
    events = analyse(request, FakeClassifier(), store, threading.Event())
    assert isinstance(next(events), RunStarted)
    events.close()
    monkeypatch.setattr("breakhis_desktop.pipeline.analyse.program_version", lambda: version)
    assert classified_again(store, replace(request, run_id=2), classifier) == 3


def test_a_run_stops_reusing_results_once_it_is_cancelled(store: Store, tmp_path: Path) -> None:
    many = halves(tmp_path / "many")
    run(store, Request((many,), POINT))
    cancel = threading.Event()
    for event in analyse(Request((many,), POINT, reuse=True), FakeClassifier(), store, cancel):
        if isinstance(event, ImagesEnded):
            cancel.set()
    ledger = store.run(2).ledger()
    assert ledger.done == CHUNK
    assert ledger.done + ledger.cancelled == ledger.queued


def test_results_of_the_real_models_are_not_reused_at_another_temperature(
    store: Store, samples: list[Path], models: Classifier, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(default_models(), tmp_path / "models"))
    card = json.loads((folder / "card.json").read_text(encoding="utf-8")) | {"temperature": {"binary": 2.0, "subtype": 2.0}}
    (folder / "card.json").write_text(json.dumps(card), encoding="utf-8")
    request = Request(tuple(samples[:2]), models.card.points["default"], reuse=True)
    run(store, request, models)
    run(store, request, load_classifier(folder))
    (before, _), (after, _) = store.run(1).records(), store.run(2).records()
    assert (after.sha256, after.reused_from) == (before.sha256, None)
    assert after.prediction != before.prediction


def facts_after(store: Store) -> RunInfo:
    return replace(store.run(1).info(), run_id=2)


def test_a_lookup_uses_the_index(store: Store, images: Path) -> None:
    run(store, Request((images,), POINT))
    plans: list[str] = []
    with closing(EarlierResults(store.file, facts_after(store), "fake")) as earlier:
        earlier._connection.set_trace_callback(plans.append)
        assert earlier.find(store.run(1).records()[0].sha256, None) is not None
        (query,) = (plan for plan in plans if "sha256" in plan)
        steps = [step for *_, step in store._connection.execute(f"EXPLAIN QUERY PLAN {query}")]
    assert any("USING INDEX image_by_content" in step for step in steps)
    assert not any("TEMP B-TREE" in step or step.startswith("SCAN") for step in steps)


def test_a_lookup_works_on_any_thread_and_raises_a_store_error_after_closing(store: Store, images: Path) -> None:
    run(store, Request((images,), POINT))
    record = store.run(1).records()[0]
    found: list[EarlierResult | None] = []
    earlier = EarlierResults(store.file, facts_after(store), "fake")
    look: Callable[[], object] = lambda: found.append(earlier.find(record.sha256, None))  # noqa: E731
    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [there(one).record.reused_from for one in found] == [1] * 8
    earlier.close()
    with pytest.raises(StoreError):
        earlier.find(record.sha256, None)


def test_closing_does_not_wait_for_a_lookup_that_hangs(store: Store, images: Path) -> None:
    run(store, Request((images,), POINT))
    earlier = EarlierResults(store.file, facts_after(store), "fake")
    with earlier._lock:
        earlier.close()
        assert earlier._connection.execute("SELECT 1").fetchone() == (1,)  # still open, for the lookup that holds the lock
    earlier.close()
