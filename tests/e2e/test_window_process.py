"""The window as a process of its own, with the models that ship."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest


def test_the_window_opens_on_the_sample_images_proves_its_models_and_closes_on_a_signal(home: Path) -> None:
    left_by_a_killed_installation = home / "models" / "0123456789abcdef-11111111.part"
    left_by_a_killed_installation.mkdir(parents=True)
    process = subprocess.Popen([sys.executable, "-m", "breakhis_desktop", "--sample"], stderr=subprocess.PIPE, text=True)
    wait_for_models(process, home)
    process.send_signal(signal.SIGTERM)
    _, words = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Traceback" not in words
    assert not left_by_a_killed_installation.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGHUP")
def test_the_window_closes_in_good_order_with_the_terminal_that_it_was_started_from(home: Path) -> None:
    with subprocess.Popen([sys.executable, "-m", "breakhis_desktop", ""], stderr=subprocess.PIPE, text=True) as refused:
        assert refused.wait(timeout=60) == 2
    with subprocess.Popen([sys.executable, "-m", "breakhis_desktop"], stderr=subprocess.DEVNULL) as process:
        wait_for_models(process, home)
        process.send_signal(signal.SIGHUP)
        assert process.wait(timeout=30) == 0


def wait_for_models(process: "subprocess.Popen[str] | subprocess.Popen[bytes]", home: Path, at_most_seconds: float = 120) -> None:
    """Wait until a window's log says that its models reproduced the golden images."""
    end = time.monotonic() + at_most_seconds
    while time.monotonic() < end:
        log = home / "breakhis-desktop.log"
        if log.exists() and "models ready" in log.read_text(encoding="utf-8"):
            return
        assert process.poll() is None
        time.sleep(0.2)
    raise AssertionError("the models were not ready in time")


def test_a_wrong_option_is_told_and_no_window_opens() -> None:
    result = subprocess.run([sys.executable, "-m", "breakhis_desktop", "--nonsense"], capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert "--nonsense" in result.stderr
