"""The devices that a user can choose from."""

from breakhis_desktop.domain.engines import DEVICES, Device
from breakhis_desktop.inference.devices import available_devices


def selectable_devices(chosen: str) -> list[Device]:
    """Return the devices available here, plus the chosen device even if it is no longer available."""
    offered = available_devices()
    return offered if DEVICES[chosen] in offered else [*offered, DEVICES[chosen]]
