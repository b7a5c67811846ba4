"""The frozen program, if `build_spec/build.py` has built one."""

import subprocess
import sys
from pathlib import Path

import pytest

BUILD_SPEC = Path(__file__).resolve().parents[2] / "build_spec"
FROZEN = BUILD_SPEC / "out" / "dist" / "breakhis-desktop"


@pytest.mark.slow
@pytest.mark.skipif(not FROZEN.is_dir(), reason="no frozen build: `uv run --group packaging python build_spec/build.py` makes one")
def test_the_frozen_program_classifies_an_image_and_its_window_loads_the_models() -> None:
    ended = subprocess.run([sys.executable, BUILD_SPEC / "smoke_test.py"], capture_output=True, text=True, check=False)

    assert ended.returncode == 0, ended.stdout + ended.stderr
