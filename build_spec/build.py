"""Builds the frozen program: `uv run --group packaging python build_spec/build.py`."""

import shutil
import subprocess
import sys
import time
import tomllib
from collections import Counter
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).resolve().parent
OUT = HERE / "out"
PROGRAM = OUT / "dist" / "breakhis-desktop"
"""The folder that the spec collects."""

_MEGABYTE = 1_000_000
_SMALLEST_SHOWN = 5 * _MEGABYTE


def main() -> int:
    name, stated = read_project()
    installed = version(name)
    if installed != stated:
        print(f"pyproject.toml says {name} {stated}, and {installed} is installed; run `uv sync --group packaging` first.", file=sys.stderr)
        return 2
    print(f"building {name} {stated}", flush=True)
    started = time.monotonic()
    freeze()
    if sys.platform == "linux":
        strip_symbols(PROGRAM)
    print_sizes(PROGRAM)
    print(f"built in {(time.monotonic() - started) / 60:.1f} minutes")
    return 0


def read_project() -> tuple[str, str]:
    """Return name and version, as pyproject.toml states them."""
    project = tomllib.loads((HERE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return project["name"], project["version"]


def freeze() -> None:
    """Run PyInstaller on the spec in an empty work folder."""
    shutil.rmtree(OUT, ignore_errors=True)
    places = ["--workpath", str(OUT / "work"), "--distpath", str(PROGRAM.parent)]
    subprocess.run([sys.executable, "-m", "PyInstaller", "--log-level=WARN", *places, str(HERE / "breakhis_desktop.spec")], check=True)


def strip_symbols(program: Path) -> None:
    """Drop the symbols of the libraries of TensorFlow and Python, a quarter of their size.

    PyInstaller's own option strips every library, and the OpenBLAS of NumPy and SciPy does not load any more after that.
    """
    inside = program / "_internal"
    libraries = [str(file) for file in (*(inside / "tensorflow").rglob("*.so*"), *inside.glob("libpython*"))]
    subprocess.run(["strip", "--strip-unneeded", *libraries], check=True)  # noqa: S607  # nosec B607 # where it lies depends on the system


def print_sizes(program: Path) -> None:
    """Print the size of each component, the largest first."""
    sizes = component_sizes(program)
    shown = {name: size for name, size in sizes.items() if size >= _SMALLEST_SHOWN}
    for name, size in sorted(shown.items(), key=lambda item: -item[1]):
        print(f"{size / _MEGABYTE:8.1f} MB  {name}")
    print(f"{(sizes.total() - sum(shown.values())) / _MEGABYTE:8.1f} MB  other")
    print(f"{sizes.total() / _MEGABYTE:8.1f} MB  in all, {program}")


def component_sizes(program: Path) -> Counter[str]:
    """Return the bytes below each folder of the program; a package counts with the libraries that it brings."""
    sizes: Counter[str] = Counter()
    for file in program.rglob("*"):
        if file.is_file() and not file.is_symlink():
            sizes[_component(file.relative_to(program))] += file.stat().st_size
    return sizes


def _component(file: Path) -> str:
    inside = file.parts[1:]
    if not inside:
        return f"{file} (with the Python code)"
    return inside[0].removesuffix(".libs") if len(inside) > 1 else "libraries that several parts share"


if __name__ == "__main__":
    sys.exit(main())
