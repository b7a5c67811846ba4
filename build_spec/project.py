"""What the scripts in this folder share: the metadata in pyproject.toml, the paths of the build, and a timer for its steps."""

import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
OUT = HERE / "out"
PROGRAM = OUT / "dist" / "breakhis-desktop"
"""The folder of the frozen program, as the PyInstaller spec collects it."""
PACKAGES = OUT / "packages"

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Project:
    """Name, version and one-line description of the project."""

    name: str
    version: str
    description: str


def read_project() -> Project:
    """Read the project's metadata from pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return Project(project["name"], project["version"], project["description"])


def has_tensorflow(program: Path) -> bool:
    """Tell whether a frozen program includes TensorFlow."""
    return (program / "_internal" / "tensorflow").is_dir()


@contextmanager
def timed(step: str) -> Iterator[None]:
    """Print how many seconds a step took."""
    started = time.monotonic()
    yield
    print(f"{time.monotonic() - started:6.1f} s  {step}", flush=True)
