"""The versions in use: of the program, the system and the libraries that affect results."""

import platform
from importlib.metadata import PackageNotFoundError, version

_LIBRARIES = ("PySide6-Essentials", "keras", "tensorflow", "tensorflow-cpu", "onnxruntime", "numpy", "pillow", "pandas", "reportlab")


def versions() -> dict[str, str]:
    """Return versions by name, omitting libraries that are not installed."""
    return {
        "BreakHis Desktop": version("breakhis-desktop"),
        "Python": platform.python_version(),
        "System": f"{platform.system()} {platform.release()} {platform.machine()}",
        **{name: found for name in _LIBRARIES if (found := _version_of(name))},
    }


def _version_of(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""
