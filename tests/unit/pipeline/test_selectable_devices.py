"""A user can choose each device that is available here, and keep a chosen device that is no longer available."""

import pytest

from breakhis_desktop.domain.engines import DEVICES
from breakhis_desktop.inference import devices
from breakhis_desktop.pipeline.selectable_devices import selectable_devices


class Runtime:
    """A runtime that offers CUDA beside the CPU, as on a machine with a graphics card."""

    @staticmethod
    def get_available_providers() -> list[str]:
        return ["CUDAExecutionProvider", "CPUExecutionProvider"]


@pytest.mark.parametrize(("chosen", "names"), [("cpu", ["cpu", "cuda"]), ("cuda", ["cpu", "cuda"]), ("coreml", ["cpu", "cuda", "coreml"])])
def test_the_available_devices_can_be_chosen_and_the_chosen_one_stays(
    monkeypatch: pytest.MonkeyPatch, chosen: str, names: list[str]
) -> None:
    monkeypatch.setattr(devices, "load_runtime", lambda: Runtime)
    assert selectable_devices(chosen) == [DEVICES[name] for name in names]
