"""A test fails if anything in it tries to reach a network, and ONNX Runtime contains no telemetry."""

import socket
import subprocess
import sys
from pathlib import Path

import onnxruntime
import pytest

from tests import SOCKET_ATTEMPTS

ADDRESS = ("192.0.2.1", 80)  # reserved for documentation, so no machine answers


def test_an_attempt_to_reach_a_network_is_refused_and_recorded() -> None:
    with pytest.raises(PermissionError, match="run without a network"), socket.socket() as opened:
        opened.connect(ADDRESS)
    with pytest.raises(PermissionError, match="run without a network"):
        socket.getaddrinfo("example.org", 80)
    connected, looked_up = SOCKET_ATTEMPTS.read_text(encoding="utf-8").splitlines()
    assert connected == f"socket.connect ({ADDRESS},)"
    assert looked_up.startswith("socket.getaddrinfo")
    SOCKET_ATTEMPTS.write_text("", encoding="utf-8")


def test_an_attempt_by_a_process_that_a_test_starts_is_refused_and_recorded_too() -> None:
    program = f"import socket; socket.create_connection({ADDRESS!r})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "run without a network" in done.stderr
    assert SOCKET_ATTEMPTS.read_text(encoding="utf-8").count("\n") == 1
    SOCKET_ATTEMPTS.write_text("", encoding="utf-8")


def test_onnx_runtime_contains_no_telemetry_code() -> None:
    folder = Path(onnxruntime.__file__).parent / "capi"
    libraries = [file for file in folder.iterdir() if "onnxruntime" in file.name and file.suffix in {".so", ".dylib", ".pyd"}]
    assert libraries
    assert not any(b"OneDsTelemetry" in file.read_bytes() for file in libraries)
