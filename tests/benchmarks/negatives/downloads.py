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
    """Unpack the images of scikit-image's wheel into `folder/skimage/data`, or print that they are missing."""
    fetched = _succeeds([sys.executable, "-m", "pip", "download", WHEEL, "--no-deps", "--only-binary=:all:", "--dest", str(folder)], folder)
    for wheel in folder.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder, [name for name in archive.namelist() if name.startswith("skimage/data/")])
    if not fetched:
        print(f"{WHEEL} could not be downloaded with pip: fewer photographs and documents, and no immunohistochemistry.")


def unpack_packages(folder: Path) -> None:
    """Unpack Debian's packages into the folder, and print the names of missing packages, if any."""
    missing = [package for package in PACKAGES if not _unpack_package(package, folder)]
    if missing:
        print(f"{', '.join(missing)} could not be downloaded with apt-get: fewer wallpapers.")


def _unpack_package(package: str, folder: Path) -> bool:
    if not _succeeds(["apt-get", "download", package], folder):
        return False
    return all(_succeeds(["dpkg-deb", "-x", str(file), str(folder)], folder) for file in folder.glob(f"{package}_*.deb"))


def _succeeds(command: Sequence[str], folder: Path) -> bool:
    """Run a command without the tests' guard against network access; return whether it succeeds within ten minutes."""
    environment = {name: value for name, value in os.environ.items() if name != "BREAKHIS_TESTS_SOCKET_ATTEMPTS"}
    try:
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=600, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False
