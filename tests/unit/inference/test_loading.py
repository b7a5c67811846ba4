"""Which stages are reported while a bundle is loaded, and what is checked at each; the engine here returns only golden probabilities."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from breakhis_desktop.domain.engines import AUTO, DEVICES, ONNX_RUNTIME, TENSORFLOW
from breakhis_desktop.errors import BundleError
from breakhis_desktop.inference import classifier as classifiers
from breakhis_desktop.inference import deferred
from breakhis_desktop.inference.bundle import Bundle, read_bundle
from breakhis_desktop.inference.classifier import Classifier, load_classifier, open_networks
from breakhis_desktop.inference.deferred import DeferredClassifier
from breakhis_desktop.inference.engine import BATCH, RawOutput
from breakhis_desktop.wording.bundles import BundleCode
from breakhis_desktop.wording.message import Message
from tests.factories import said
from tests.factories.bundles import SHIPPED, write_card

CHECKING = Message.of(BundleCode.CHECKING_MODEL_FILES)
LOADING = [Message.of(BundleCode.LOADING_MODELS), Message.of(BundleCode.CHECKING_KNOWN_IMAGES)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a bundle without networks, so that it is quick to read."""
    folder = tmp_path_factory.mktemp("light")
    for name in ("golden.npz", "familiarity.npz", "joint.onnx"):
        (folder / name).symlink_to(SHIPPED / name)
    write_card(folder, left_out=["binary.keras", "subtype.keras"])
    return folder


@pytest.fixture(scope="module")
def bundle(folder: Path) -> Bundle:
    return read_bundle(folder)


class Recalling:
    """An engine that returns the golden probabilities in turn, whatever its inputs."""

    name = "recalling"

    def __init__(self, bundle: Bundle) -> None:
        self._golden = bundle.golden
        self.batches: list[int] = []

    def infer(self, inputs: NDArray[np.uint8]) -> RawOutput:
        start, count = sum(self.batches), len(inputs)
        self.batches.append(count)
        places = np.arange(start, start + count) % len(self._golden.binary)
        maps = np.ones((count, 7, 7), np.float32)
        return RawOutput(
            self._golden.binary[places].astype(np.float32),
            self._golden.subtype[places].astype(np.float32),
            maps,
            np.repeat(maps[..., None], 8, axis=3),
            np.ones((count, 2048), np.float32),
        )


def fails(_: Bundle) -> Recalling:
    raise BundleError(said("It is broken."), said("it is broken"))


@pytest.fixture
def engines(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Make a `Recalling` engine stand in for each of the two engines; return a function that chooses other stand-ins."""

    def set_engines(fast: Any = Recalling, reference: Any = Recalling, can_run_tensorflow: bool = True) -> None:
        monkeypatch.setattr(classifiers, "_OPENS", {ONNX_RUNTIME: fast, TENSORFLOW: reference})
        monkeypatch.setattr(classifiers, "can_run_tensorflow", lambda: can_run_tensorflow)

    set_engines()
    return set_engines


def recalling_as(name: str) -> Callable[[Bundle], Recalling]:
    def opened(bundle: Bundle) -> Recalling:
        engine = Recalling(bundle)
        engine.name = name
        return engine

    return opened


@pytest.mark.usefixtures("engines")
def test_each_stage_of_loading_is_reported_once(folder: Path) -> None:
    stages: list[Message] = []
    found = load_classifier(folder, stages.append)
    assert stages == [CHECKING, *LOADING]
    assert found.engine_name == "recalling"
    assert found.device_trouble is None
    assert load_classifier(folder).golden_images == found.golden_images


@pytest.mark.usefixtures("engines")
def test_a_bundle_that_has_been_read_is_not_checked_again(bundle: Bundle) -> None:
    stages: list[Message] = []
    assert open_networks(bundle, stages.append).card == bundle.card
    assert stages == LOADING
    assert open_networks(bundle).device_trouble is None


def test_a_switch_to_tensorflow_is_reported_if_the_fast_engine_cannot_be_used(bundle: Bundle, engines: Callable[..., None]) -> None:
    engines(fast=fails, reference=recalling_as("reference"))
    whole, stages = replace(bundle, has_networks=True), list[Message]()
    assert open_networks(whole, stages.append, AUTO).engine_name == "reference"
    assert stages == [LOADING[0], Message.of(BundleCode.LOADING_TENSORFLOW), *LOADING]


@pytest.mark.parametrize(("has_networks", "can_run"), [(True, False), (False, True), (False, False)])
def test_the_fault_of_the_fast_engine_is_reported_if_tensorflow_cannot_be_used_either(
    bundle: Bundle, engines: Callable[..., None], has_networks: bool, can_run: bool
) -> None:
    engines(fast=fails, can_run_tensorflow=can_run)
    with pytest.raises(BundleError, match="It is broken"):
        open_networks(replace(bundle, has_networks=has_networks))


def test_an_explicitly_chosen_engine_is_not_replaced_by_another(bundle: Bundle, engines: Callable[..., None]) -> None:
    whole = replace(bundle, has_networks=True)
    engines(fast=fails, reference=recalling_as("reference"))
    assert open_networks(whole, engine=TENSORFLOW).engine_name == "reference"
    with pytest.raises(BundleError, match="It is broken"):
        open_networks(whole, engine=ONNX_RUNTIME)


def test_a_failing_device_is_replaced_by_the_cpu_and_reported_with_every_engine(
    bundle: Bundle, engines: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = replace(bundle, has_networks=True)
    monkeypatch.setattr(classifiers, "OnnxEngine", lambda bundle, **_: fails(bundle))
    device = "cuda"
    trouble = f"The CPU is used instead of {DEVICES[device].title}: it is broken."
    for engine, fast in ((AUTO, Recalling), (ONNX_RUNTIME, Recalling), (AUTO, fails)):
        engines(fast=fast)
        stages: list[Message] = []
        assert str(open_networks(whole, stages.append, engine, device).device_trouble) == trouble
        assert Message.of(BundleCode.LOADING_FOR_CPU) in stages


def test_a_classifier_has_no_device_trouble_by_default(bundle: Bundle) -> None:
    assert Classifier(bundle, Recalling(bundle)).device_trouble is None


def test_golden_images_are_checked_in_batches(bundle: Bundle) -> None:
    golden = bundle.golden
    many = replace(golden, **{name: np.concatenate([getattr(golden, name)] * 6) for name in ("images", "binary", "subtype")})
    engine = Recalling(bundle)
    found = Classifier(replace(bundle, golden=many), engine)
    assert found.golden_images == len(many.binary) == sum(engine.batches)
    assert found.golden_images > 2 * BATCH
    assert engine.batches[:2] == [BATCH, BATCH]


@pytest.mark.parametrize("output", ["binary", "subtype"])
@pytest.mark.parametrize(("off", "passes"), [(0.00095, True), (-0.00095, True), (0.00105, False), (-0.00105, False)])
def test_a_probability_may_differ_by_a_thousandth_from_the_golden_one(bundle: Bundle, output: str, off: float, passes: bool) -> None:
    values = getattr(bundle.golden, output).astype(np.float64)
    values.flat[-1] += off
    changed = replace(bundle, golden=replace(bundle.golden, **{output: values}))
    if passes:
        assert Classifier(changed, Recalling(bundle)).golden_images == len(values)
        return
    with pytest.raises(BundleError, match=r"\(off by 0\.001\)"):
        Classifier(changed, Recalling(bundle))


def deferred_classifier(folder: Path, device: str = "cpu") -> tuple[DeferredClassifier, list[Message], list[Message]]:
    stages: list[Message] = []
    troubles: list[Message] = []
    return DeferredClassifier(folder, stages.append, ONNX_RUNTIME, device, troubles.append), stages, troubles


@pytest.mark.usefixtures("engines")
def test_the_card_is_read_at_once_and_the_networks_are_opened_for_the_first_image(folder: Path, bundle: Bundle) -> None:
    opened, stages, troubles = deferred_classifier(folder)
    assert (opened.card, stages) == (bundle.card, [])
    for _ in range(2):
        (found,) = opened.classify(bundle.golden.images[:1])
        assert found is not None
        assert (stages, troubles) == (LOADING, [])


@pytest.mark.usefixtures("engines")
def test_asking_for_the_name_of_the_engine_opens_the_networks_too(folder: Path) -> None:
    opened, stages, _ = deferred_classifier(folder)
    assert [opened.engine_name, opened.engine_name] == ["recalling"] * 2
    assert stages == LOADING


@pytest.mark.usefixtures("engines")
def test_a_device_that_cannot_be_used_is_reported_once_when_the_networks_are_opened(
    folder: Path, bundle: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(classifiers, "OnnxEngine", lambda bundle, **_: fails(bundle))
    opened, _, troubles = deferred_classifier(folder, "cuda")
    assert troubles == []
    for _ in range(2):
        opened.classify(bundle.golden.images[:1])
    assert list(map(str, troubles)) == ["The CPU is used instead of CUDA: it is broken."]


def test_a_wrong_path_is_reported_before_anything_is_classified(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="There is no model folder"):
        deferred_classifier(tmp_path / "absent")


def test_the_requested_engine_and_device_are_opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def opened(bundle: Bundle, report: Any, *chosen: str) -> Classifier:
        asked.append(chosen)
        return Classifier(bundle, Recalling(bundle))

    monkeypatch.setattr(deferred, "open_networks", opened)
    assert deferred_classifier(folder, "cuda")[0].engine_name == "recalling"
    assert asked == [(ONNX_RUNTIME, "cuda")]
