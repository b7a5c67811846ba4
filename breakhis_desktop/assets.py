"""The files that ship with the program, wherever it was installed."""

import sys
from importlib.metadata import version
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resources() -> Path:
    """Return the folder `resources/` of a frozen program, of an installed wheel or of a checkout."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen) / "resources"
    installed = _PACKAGE / "resources"
    return installed if installed.is_dir() else _PACKAGE.parent / "resources"


def default_models() -> Path:
    """Return the folder of the model bundle that ships with the program."""
    return resources() / "models" / "default"


def sample_images() -> Path:
    """Return the folder of the synthetic sample images."""
    return resources() / "sample_images"


def program_version() -> str:
    """Return this program's version, as pyproject.toml states it."""
    return version("breakhis-desktop")
