"""What the scripts of this folder share: what pyproject.toml says, where the frozen program lies, and how long a step takes."""

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
"""The folder that the spec collects."""
PACKAGES = OUT / "packages"

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Project:
    """Name, version and one line of description."""

    name: str
    version: str
    description: str


def read_project() -> Project:
    """Return what pyproject.toml states."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return Project(project["name"], project["version"], project["description"])


def has_tensorflow(program: Path) -> bool:
    """Return whether a frozen program brings TensorFlow."""
    return (program / "_internal" / "tensorflow").is_dir()


@contextmanager
def timed(step: str) -> Iterator[None]:
    """Print how many seconds a step took."""
    started = time.monotonic()
    yield
    print(f"{time.monotonic() - started:6.1f} s  {step}", flush=True)
