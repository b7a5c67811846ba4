"""The program in a network namespace without an active interface, where not even native code can reach a network."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.programs import PROGRAM, rows, wait_for_models

pytestmark = pytest.mark.slow

ISOLATION = (["unshare", "-n"], ["unshare", "-rn"])
"""Ways to start a program in its own network namespace: as root, and as any user."""


@pytest.fixture(scope="module")
def isolated() -> list[str]:
    """Return the words to put before a command so that it runs without a network; skip the tests if there is no way to do so."""
    if shutil.which("unshare") is None:
        pytest.skip("this system has no `unshare`, which starts programs without a network")
    for start in ISOLATION:
        if subprocess.run([*start, "true"], capture_output=True, check=False).returncode == 0:
            return start
    pytest.skip("this system does not let its users start programs without a network")


def test_there_is_no_network_to_reach(isolated: list[str]) -> None:
    program = (
        "import pathlib, socket; print([name for _, name in socket.if_nameindex()], "
        "pathlib.Path('/proc/net/if_inet6').read_text(), pathlib.Path('/proc/net/route').read_text().splitlines()[1:])"
    )
    done = subprocess.run([*isolated, sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["['lo']", "[]"]
    plain = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    knock = "import socket; socket.create_connection(('127.0.0.1', 9))"
    refused = subprocess.run([*isolated, sys.executable, "-c", knock], capture_output=True, text=True, check=False, env=plain)
    assert "Network is unreachable" in refused.stderr


def test_the_command_line_classifies_and_exports_everything(isolated: list[str], samples: list[Path], tmp_path: Path) -> None:
    outputs = [tmp_path / f"out.{kind}" for kind in ("csv", "xlsx", "json", "pdf")]
    options = [text for file in outputs for text in (f"--{file.suffix[1:]}", str(file))]
    command = [*isolated, *PROGRAM, str(samples[0].parent), *options, "--no-gate"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    assert [row["status"] for row in rows(outputs[0])] == ["done"] * len(samples)
    assert all(file.stat().st_size > 1000 for file in outputs)


def test_the_window_opens_and_checks_its_models_and_closes_on_a_signal(isolated: list[str], home: Path) -> None:
    command = [*isolated, sys.executable, "-m", "breakhis_desktop", "--sample"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        wait_for_models(process, home, at_most_seconds=300)
        process.send_signal(signal.SIGTERM)
        _, words = process.communicate(timeout=120)
    finally:
        process.kill()
    assert process.returncode == 0
    assert "Traceback" not in words
