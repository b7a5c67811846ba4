"""On what the fast engine can compute; of all but the CPU nobody has tried whether it does."""

import os
from dataclasses import dataclass
from typing import Any

CPU = "cpu"


@dataclass(frozen=True, slots=True)
class Device:
    """One kind of hardware.

    Attributes:
        name: How a user asks for it.
        provider: What ONNX Runtime calls the part of it that computes there.
        title: What it is called.
    """

    name: str
    provider: str
    title: str

    @property
    def words(self) -> str:
        """What it is called, with what must be known of it."""
        return self.title if self.name == CPU else f"{self.title} (untested)"


DEVICES = {
    device.name: device
    for device in (
        Device(CPU, "CPUExecutionProvider", "CPU"),
        Device("cuda", "CUDAExecutionProvider", "CUDA"),
        Device("directml", "DmlExecutionProvider", "DirectML"),
        Device("coreml", "CoreMLExecutionProvider", "CoreML"),
        Device("openvino", "OpenVINOExecutionProvider", "OpenVINO"),
        Device("rocm", "ROCMExecutionProvider", "ROCm"),
        Device("migraphx", "MIGraphXExecutionProvider", "MIGraphX"),
    )
}
"""Those that a user may ask for, by name; whatever else a runtime offers, one that computes elsewhere than here is never used."""


def available_devices() -> list[Device]:
    """Return the devices that the installed runtime offers, the CPU first."""
    try:
        offered = load_runtime().get_available_providers()
    except Exception:  # noqa: BLE001 (whatever keeps the runtime from loading, it offers nothing)
        offered = []
    return [device for device in DEVICES.values() if device.name == CPU or device.provider in offered]


def load_runtime() -> Any:
    """Import ONNX Runtime, which reports to nobody."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    return onnxruntime
