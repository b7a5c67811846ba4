"""Builds the frozen program and its packages: `uv run --group packaging python build_spec/build.py --package`."""

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from importlib.metadata import version
from pathlib import Path

from light_models import leave_out_networks
from linux.packages import package_linux
from project import HERE, MEGABYTE, OUT, PROGRAM, read_project

LARGEST_LIGHT = 350 * MEGABYTE
"""The size limit of the program without TensorFlow, in bytes."""

_SMALLEST_SHOWN = 5 * MEGABYTE


def main() -> int:
    asked, project = _parser().parse_args(), read_project()
    installed = version(project.name)
    if installed != project.version:
        print(
            f"pyproject.toml says {project.name} {project.version}, and {installed} is installed; run `uv sync --group packaging` first.",
            file=sys.stderr,
        )
        return 2
    print(f"building {project.name} {project.version}{' without TensorFlow' if asked.without_tensorflow else ''}", flush=True)
    started = time.monotonic()
    freeze(without_tensorflow=asked.without_tensorflow)
    if asked.without_tensorflow:
        saved = leave_out_networks(PROGRAM / "_internal" / "resources" / "models" / "default")
        print(f"{saved / MEGABYTE:8.1f} MB  of networks that TensorFlow alone runs are left out, and the card says so")
    if sys.platform == "linux":
        (PROGRAM / "breakhis-classify").symlink_to(PROGRAM.name)
        strip_symbols(PROGRAM)
    sizes = component_sizes(PROGRAM)
    print_sizes(sizes)
    print(f"built in {(time.monotonic() - started) / 60:.1f} minutes")
    if asked.without_tensorflow and sizes.total() > LARGEST_LIGHT:
        print(f"It is larger than the {LARGEST_LIGHT / MEGABYTE:.0f} MB that it may take; leave something out.", file=sys.stderr)
        return 1
    if asked.package:
        package(project.version)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without-tensorflow", action="store_true", help="a quarter of the size, the fast engine alone")
    parser.add_argument("--package", action="store_true", help="make this system's packages, too")
    return parser


def package(version_number: str) -> None:
    """Make the packages for the current system."""
    match sys.platform:
        case "linux":
            made = package_linux(PROGRAM)
        case "win32":
            subprocess.run(["iscc", f"/DVersion={version_number}", str(HERE / "windows" / "breakhis-desktop.iss")], check=True)  # noqa: S607  # nosec B607 # its path depends on the system
            made = sorted((OUT / "packages").glob("*.exe"))
        case "darwin":
            subprocess.run(["sh", str(HERE / "macos" / "make_dmg.sh"), version_number], check=True)  # noqa: S607  # nosec B607 # its path depends on the system
            made = sorted((OUT / "packages").glob("*.dmg"))
        case other:
            sys.exit(f"There is no package for {other}; the folder {PROGRAM.name} runs as it is.")
    for file in made:
        print(f"{file.stat().st_size / MEGABYTE:8.1f} MB  {file.name}")


def freeze(*, without_tensorflow: bool) -> None:
    """Run PyInstaller on the spec in an empty work folder."""
    for folder in (OUT / "work", PROGRAM.parent):
        shutil.rmtree(folder, ignore_errors=True)
    places = ["--workpath", str(OUT / "work"), "--distpath", str(PROGRAM.parent)]
    environment = {**os.environ, "BREAKHIS_WITHOUT_TENSORFLOW": "1" if without_tensorflow else ""}
    command = [sys.executable, "-m", "PyInstaller", "--log-level=WARN", *places, str(HERE / "breakhis_desktop.spec")]
    subprocess.run(command, check=True, env=environment)


def strip_symbols(program: Path) -> None:
    """Strip the symbols from the libraries; in TensorFlow's library, they take a quarter of the size.

    PyInstaller's own option is not used, because it strips every library. Libraries in folders whose names end in `.libs`, such as NumPy's
    OpenBLAS and its Fortran runtime, were patched when their wheel was built, and do not load once they are stripped.
    """
    libraries = [str(file) for file in program.rglob("*.so*") if not file.is_symlink() and not file.parent.name.endswith(".libs")]
    subprocess.run(["strip", "--strip-unneeded", *libraries], check=True)  # noqa: S607  # nosec B607 # its path depends on the system


def print_sizes(sizes: Counter[str]) -> None:
    """Print the sizes of the large components, the largest first, and the sum of all others."""
    shown = {name: size for name, size in sizes.items() if size >= _SMALLEST_SHOWN}
    for name, size in sorted(shown.items(), key=lambda item: -item[1]):
        print(f"{size / MEGABYTE:8.1f} MB  {name}")
    print(f"{(sizes.total() - sum(shown.values())) / MEGABYTE:8.1f} MB  other")
    print(f"{sizes.total() / MEGABYTE:8.1f} MB  in all, {PROGRAM}")


def component_sizes(program: Path) -> Counter[str]:
    """Return the size of each component of the program in bytes; the size of a package includes the libraries in its `.libs` folder."""
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
