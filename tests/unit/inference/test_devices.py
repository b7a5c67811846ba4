"""The fast engine uses the chosen device if the device reproduces the golden probabilities; otherwise, it uses the CPU and says why.

Besides the CPU, the ONNX Runtime of these tests has only one provider; it cannot run any part of the graph, and stands in for a device.
"""

import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np
import onnxruntime
import pytest

from breakhis_desktop.assets import default_models
from breakhis_desktop.domain.engines import CPU, DEVICES, TENSORFLOW, Device
from breakhis_desktop.errors import BundleError
from breakhis_desktop.inference import devices
from breakhis_desktop.inference.bundle import read_bundle
from breakhis_desktop.inference.classifier import load_classifier
from breakhis_desktop.inference.devices import available_devices
from breakhis_desktop.inference.onnx_engine import OnnxEngine
from breakhis_desktop.wording.bundles import BundleCode
from breakhis_desktop.wording.message import Message

STAND_IN = "AzureExecutionProvider"
Session = onnxruntime.InferenceSession


class Shifted(onnxruntime.InferenceSession):
    """A session on a faulty device, which gives a probability of malignancy that is too high by 0.01."""

    def run(self, *arguments: Any, **options: Any) -> Any:
        malignant, *others = super().run(*arguments, **options)
        return [malignant + np.float32(0.01), *others]


class Failing(onnxruntime.InferenceSession):
    """A session that opens on a device but fails to run."""

    def run(self, *arguments: Any, **options: Any) -> Any:
        raise RuntimeError("out of memory")


class Refusing(onnxruntime.InferenceSession):
    """A session that fails to open."""

    def __init__(self, *_arguments: Any, **_options: Any) -> None:
        raise RuntimeError("no driver")


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> Device:
    """Return a stand-in device that the installed runtime offers."""
    if STAND_IN not in onnxruntime.get_available_providers():
        pytest.skip("this build of ONNX Runtime supports only the CPU")
    device = Device("cuda", STAND_IN, "CUDA")
    monkeypatch.setitem(DEVICES, "cuda", device)
    return device


@pytest.fixture
def open_sessions_as(monkeypatch: pytest.MonkeyPatch) -> Callable[[type[Any]], None]:
    """Return a function that sets the class of sessions on the device; sessions on the CPU stay real."""

    def behave(kind: type[Any]) -> None:
        def make(graph: bytes, options: Any, providers: list[str], **further: Any) -> Any:
            return (kind if providers[0] == STAND_IN else Session)(graph, options, providers, **further)

        monkeypatch.setattr(onnxruntime, "InferenceSession", make)

    return behave


def test_the_cpu_is_always_offered_and_other_devices_are_offered_if_the_runtime_has_them(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [device.name for device in available_devices()] == [CPU]
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: ["CUDAExecutionProvider", "CPUExecutionProvider", STAND_IN])
    assert [device.words for device in available_devices()] == ["CPU", "CUDA (untested)"]


def test_the_cpu_is_offered_even_without_the_runtime(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise ImportError

    monkeypatch.setattr(devices, "load_runtime", missing)
    assert [device.name for device in available_devices()] == [CPU]


def test_the_cpu_and_tensorflow_remain_if_the_runtime_is_only_half_uninstalled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", ModuleType("onnxruntime"))  # what remains if one of two installed variants is removed
    assert [device.name for device in available_devices()] == [CPU]
    assert load_classifier(default_models()).engine_name == "TensorFlow"


def test_no_device_sends_images_to_another_computer() -> None:
    assert STAND_IN not in {device.provider for device in DEVICES.values()}


def test_a_device_that_gives_the_known_probabilities_is_used_and_labelled_untested(offered: Device) -> None:
    classifier = load_classifier(default_models(), device=offered.name)
    assert (classifier.engine_name, classifier.device_trouble) == ("ONNX Runtime on CUDA (untested)", None)


@pytest.mark.parametrize("name", [name for name in DEVICES if name != CPU])
def test_a_device_that_is_not_offered_is_replaced_by_the_cpu(name: str) -> None:
    if DEVICES[name] in available_devices():
        pytest.skip("this installation offers the device")
    classifier = load_classifier(default_models(), device=name)
    assert classifier.engine_name == "ONNX Runtime"
    assert str(classifier.device_trouble) == (f"The CPU is used instead of {DEVICES[name].title}: this installation does not offer it.")


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        (Refusing, "ONNX Runtime fails on CUDA"),
        (Failing, "ONNX Runtime fails on CUDA"),
        (Shifted, "for its known images it does not give the expected probabilities (off by 0.010)"),
    ],
)
def test_a_device_that_fails_its_check_is_replaced_by_the_cpu(
    offered: Device, open_sessions_as: Callable[[type[Any]], None], kind: type[Any], why: str, capfd: pytest.CaptureFixture[str]
) -> None:
    open_sessions_as(kind)
    stages: list[Message] = []
    classifier = load_classifier(default_models(), stages.append, device=offered.name)
    assert classifier.engine_name == "ONNX Runtime"
    assert str(classifier.device_trouble) == f"The CPU is used instead of CUDA: {why}."
    assert stages.count(Message.of(BundleCode.LOADING_FOR_CPU)) == 1
    assert str(Message.of(BundleCode.LOADING_FOR_CPU)) == "The chosen device cannot be used; loading for the CPU"
    assert capfd.readouterr() == ("", "")


def test_a_runtime_that_silently_uses_the_cpu_counts_as_failing_on_the_device(
    offered: Device, open_sessions_as: Callable[..., None]
) -> None:
    open_sessions_as(lambda graph, options, _providers, **further: Session(graph, options, ["CPUExecutionProvider"], **further))
    assert "ONNX Runtime fails on CUDA" in str(load_classifier(default_models(), device=offered.name).device_trouble)


def test_tensorflow_runs_only_on_the_cpu(offered: Device) -> None:
    classifier = load_classifier(default_models(), engine=TENSORFLOW, device=offered.name)
    assert classifier.engine_name == "TensorFlow"
    assert str(classifier.device_trouble) == "The CPU is used instead of CUDA: TensorFlow runs on the CPU only."


def test_a_device_failure_during_a_run_says_what_to_do(offered: Device, open_sessions_as: Callable[[type[Any]], None]) -> None:
    open_sessions_as(Failing)
    engine = OnnxEngine(read_bundle(default_models()), offered)
    with pytest.raises(BundleError, match=r"^ONNX Runtime failed on CUDA\. Choose the CPU as computing device, and go on with the run\.$"):
        engine.infer(np.zeros((1, 224, 224, 3), np.uint8))
