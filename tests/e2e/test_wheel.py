"""The wheel, installed outside the checkout."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.programs import wait_for_models

ROOT = Path(__file__).parents[2]


def find_uv() -> str:
    beside = Path(sys.executable).with_name("uv")
    found = str(beside) if beside.exists() else shutil.which("uv")
    if found is None:
        pytest.skip("uv is not installed, so no wheel can be built here")
    return found


@pytest.mark.slow
def test_an_installed_wheel_runs_with_its_own_resources(tmp_path: Path, home: Path) -> None:
    uv = find_uv()
    subprocess.run([uv, "build", "-q", "--wheel", "--out-dir", tmp_path, ROOT], check=True)
    subprocess.run([uv, "venv", "-q", "--python", sys.executable, tmp_path / "env"], check=True)
    (wheel,) = tmp_path.glob("*.whl")
    subprocess.run([uv, "pip", "install", "-q", "--python", tmp_path / "env", wheel], check=True)
    programs = tmp_path / "env" / "bin"
    outside: dict[str, Any] = {"cwd": tmp_path, "env": {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}}

    where = "import breakhis_desktop.assets as assets; print(assets.resources())"
    resources = subprocess.run([programs / "python", "-c", where], capture_output=True, text=True, check=True, **outside).stdout.strip()
    assert resources.startswith(str(tmp_path / "env"))
    result = subprocess.run(
        [programs / "breakhis-classify", f"{resources}/sample_images"], capture_output=True, text=True, check=False, **outside
    )
    heading, *rows = result.stdout.splitlines()
    assert (result.returncode, heading.split()[0], len(rows)) == (0, "image", 10)

    window = subprocess.Popen([programs / "breakhis-desktop", "--sample"], stderr=subprocess.PIPE, text=True, **outside)
    wait_for_models(window, home)
    window.terminate()
    _, words = window.communicate(timeout=30)
    assert "Traceback" not in words
