"""The window as a separate process, with the shipped models."""

import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from breakhis_desktop.assets import sample_images
from breakhis_desktop.store.queue import load_queue
from tests.e2e.programs import images_done, wait_for_models, wait_until


@pytest.mark.slow
def test_the_window_analyses_the_sample_images_by_itself_and_closes_on_a_signal(home: Path) -> None:
    left_by_a_killed_installation = home / "models" / "0123456789abcdef-11111111.part"
    left_by_a_killed_installation.mkdir(parents=True)
    process = subprocess.Popen([sys.executable, "-m", "breakhis_desktop", "--sample"], stderr=subprocess.PIPE, text=True)
    wait_until(lambda: images_done(home / "store.sqlite") == len(list(sample_images().glob("*.png"))), process=process)
    process.send_signal(signal.SIGTERM)
    _, words = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Traceback" not in words
    assert not left_by_a_killed_installation.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGHUP")
@pytest.mark.slow
def test_the_window_closes_cleanly_when_the_terminal_that_started_it_closes(home: Path) -> None:
    with subprocess.Popen([sys.executable, "-m", "breakhis_desktop", ""], stderr=subprocess.PIPE, text=True) as refused:
        assert refused.wait(timeout=60) == 2
    with subprocess.Popen([sys.executable, "-m", "breakhis_desktop"], stderr=subprocess.DEVNULL) as process:
        wait_for_models(process, home)
        process.send_signal(signal.SIGHUP)
        assert process.wait(timeout=30) == 0


def test_a_wrong_option_is_reported_and_no_window_opens() -> None:
    result = subprocess.run([sys.executable, "-m", "breakhis_desktop", "--nonsense"], capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert "--nonsense" in result.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
@pytest.mark.parametrize("platform", ["xcb", "wayland"])
def test_a_missing_display_is_reported_in_a_sentence(platform: str) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": platform, "DISPLAY": ":4711", "WAYLAND_DISPLAY": "wayland-4711"}
    call = [sys.executable, "-m", "breakhis_desktop"]
    result = subprocess.run(call, capture_output=True, text=True, check=False, env=environment)
    sentence = "breakhis-desktop: No display found. Run this from a desktop session, or use breakhis-classify.\n"
    assert (result.returncode, result.stderr.replace("error: XDG_RUNTIME_DIR is invalid or not set in the environment.\n", "")) == (
        2,
        sentence,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="other systems include the libraries that Qt links to")
@pytest.mark.parametrize(("library", "package"), [("libEGL.so.1", "libegl1"), ("libxcb-cursor.so.0", "libxcb-cursor0")])
def test_a_library_that_the_system_lacks_is_named_with_its_package(tmp_path: Path, library: str, package: str) -> None:
    (tmp_path / library).write_text("no library")
    environment = {**os.environ, "QT_QPA_PLATFORM": "xcb", "DISPLAY": ":4711", "LD_LIBRARY_PATH": str(tmp_path)}
    call = [sys.executable, "-m", "breakhis_desktop"]
    result = subprocess.run(call, capture_output=True, text=True, check=False, env=environment)
    assert result.returncode == 2
    assert result.stderr == (
        f"breakhis-desktop: The system lacks {library}, which the window needs. On Debian or Ubuntu, this installs what is missing: "
        f"sudo apt-get install {package}\n"
    )


@pytest.mark.skipif(sys.platform != "linux", reason="other systems offer Qt only one platform")
def test_qts_message_about_another_fault_is_left_unchanged() -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "nonsense"}
    call = [sys.executable, "-m", "breakhis_desktop"]
    result = subprocess.run(call, capture_output=True, text=True, check=False, env=environment)
    assert result.returncode == 2
    assert "nonsense" in result.stderr
    assert "No display" not in result.stderr


@pytest.mark.slow
def test_a_second_instance_passes_its_paths_to_the_first_and_ends_even_if_an_earlier_window_was_killed(
    home: Path, samples: list[Path]
) -> None:
    call = [sys.executable, "-m", "breakhis_desktop"]
    for jobs in (1, 2):
        with subprocess.Popen(call, stderr=subprocess.DEVNULL) as first:
            wait_for_models(first, home)
            second = subprocess.run([*call, str(samples[0])], capture_output=True, text=True, timeout=60, check=False)
            assert (second.returncode, second.stderr) == (0, "")
            wait_until(partial(_has_jobs, home / "store.sqlite", jobs), process=first)
            first.kill()
        (home / "breakhis-desktop.log").unlink()
    assert [job.inputs for job in load_queue(home / "store.sqlite")] == [(samples[0],)] * 2


def _has_jobs(store: Path, jobs: int) -> bool:
    return len(load_queue(store)) == jobs
