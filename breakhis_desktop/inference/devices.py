"""The devices on which the fast engine, ONNX Runtime, can compute."""

import os
from typing import Any

from breakhis_desktop.domain.engines import CPU, DEVICES, Device


def available_devices() -> list[Device]:
    """Return the devices that the installed runtime offers, CPU first."""
    try:
        offered = load_runtime().get_available_providers()
    except Exception:  # noqa: BLE001 (a runtime that does not load offers nothing)
        offered = []
    return [device for device in DEVICES.values() if device.name == CPU or device.provider in offered]


def load_runtime() -> Any:
    """Import ONNX Runtime, with its telemetry off."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    return onnxruntime
