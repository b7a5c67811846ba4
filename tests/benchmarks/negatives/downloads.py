"""Downloads and unpacks, but never installs, scikit-image's wheel and Debian's wallpaper packages."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

WHEEL = "scikit-image==0.26.0"
PACKAGES = ("desktop-base", "gnome-backgrounds", "lxqt-themes", "sway-backgrounds", "ukui-wallpapers", "xfdesktop4-data")


def unpack_wheel(folder: Path) -> None:
    """Unpack the images of scikit-image's wheel into `folder/skimage/data`, or print a line that they are missing."""
    fetched = _runs([sys.executable, "-m", "pip", "download", WHEEL, "--no-deps", "--only-binary=:all:", "--dest", str(folder)], folder)
    for wheel in folder.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder, [name for name in archive.namelist() if name.startswith("skimage/data/")])
    if not fetched:
        print(f"{WHEEL} could not be downloaded with pip: fewer photographs and documents, and no immunohistochemistry.")


def unpack_packages(folder: Path) -> None:
    """Unpack Debian's packages into the folder, and print a line that names any missing packages."""
    missing = [package for package in PACKAGES if not _unpack_package(package, folder)]
    if missing:
        print(f"{', '.join(missing)} could not be downloaded with apt-get: fewer wallpapers.")


def _unpack_package(package: str, folder: Path) -> bool:
    if not _runs(["apt-get", "download", package], folder):
        return False
    return all(_runs(["dpkg-deb", "-x", str(file), str(folder)], folder) for file in folder.glob(f"{package}_*.deb"))


def _runs(command: Sequence[str], folder: Path) -> bool:
    """Return whether a command succeeds; it runs without the tests' guard against network access."""
    environment = {name: value for name, value in os.environ.items() if name != "BREAKHIS_TESTS_SOCKET_ATTEMPTS"}
    try:
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=600, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False
