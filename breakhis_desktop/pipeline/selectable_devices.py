"""Which devices a user can choose from."""

from breakhis_desktop.domain.engines import DEVICES, Device
from breakhis_desktop.inference.devices import available_devices


def selectable_devices(chosen: str) -> list[Device]:
    """Return the devices that can compute here, and the chosen one even where it is no longer there."""
    offered = available_devices()
    return offered if DEVICES[chosen] in offered else [*offered, DEVICES[chosen]]
