"""The window as a process of its own, with the models that ship."""

import subprocess
import sys
import time
from pathlib import Path


def test_the_window_opens_on_the_sample_images_and_stays_open(home: Path) -> None:
    process = subprocess.Popen([sys.executable, "-m", "breakhis_desktop", "--sample"], stderr=subprocess.PIPE, text=True)
    time.sleep(8)
    assert process.poll() is None
    process.terminate()
    _, words = process.communicate(timeout=30)
    assert "Traceback" not in words
    assert not (home / "store.sqlite").exists()


def test_a_wrong_option_is_told_and_no_window_opens() -> None:
    result = subprocess.run([sys.executable, "-m", "breakhis_desktop", "--nonsense"], capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert "--nonsense" in result.stderr
