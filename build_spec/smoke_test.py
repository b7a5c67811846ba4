"""Tests the frozen program as its user would run it, without Python and from another folder: first the command line, then the window."""

import argparse
import csv
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from project import PROGRAM, has_tensorflow, timed

SUFFIX = ".exe" if sys.platform == "win32" else ""
LOADING_SECONDS = 180
"""The time limit for a run of the command line, and for the window until its models are ready; long enough for a slow machine."""
STAYS_SECONDS = 5
"""How long the window must stay open after its models are ready."""


class SmokeTestError(Exception):
    """The frozen program does not do what it should."""


def main() -> int:
    program = _parser().parse_args().program.resolve()
    try:
        with tempfile.TemporaryDirectory(prefix="breakhis-smoke-", ignore_cleanup_errors=True) as folder:
            for engine in ("onnxruntime", "tensorflow") if has_tensorflow(program) else ("onnxruntime",):
                check_command_line(program, Path(folder, engine), engine)
            check_window(program, Path(folder, "window"))
    except SmokeTestError as error:
        print(f"FAILED: {error}", file=sys.stderr)
        return 1
    print("the frozen program works")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, default=PROGRAM, metavar="DIR", help="the frozen program; default: %(default)s")
    return parser


def check_command_line(program: Path, work: Path, engine: str) -> None:
    """Classify one sample image with one engine, and check the files written."""
    work.mkdir()
    images = sorted((program / "_internal" / "resources" / "sample_images").glob("*.png"))
    if not images:
        raise SmokeTestError(f"{program} holds no sample images; build it with build_spec/build.py")
    executable = str(program / f"breakhis-classify{SUFFIX}")
    with timed(f"breakhis-classify, one image to CSV and PDF by {engine}"):
        status = run([executable, str(images[0]), "--engine", engine, "--csv", "out.csv", "--pdf", "out.pdf"], work)
    if status != 0:
        raise SmokeTestError(f"breakhis-classify ended with {status}: {written(work)}")
    refuse_traceback(written(work))
    check_row(work / "out.csv")
    if not (work / "out.pdf").read_bytes().startswith(b"%PDF"):
        raise SmokeTestError("out.pdf is no PDF")


def run(command: list[str], work: Path) -> int:
    """Run a program to its end and return its exit status."""
    with started(command, work) as process:
        try:
            return process.wait(LOADING_SECONDS)
        except subprocess.TimeoutExpired:
            raise SmokeTestError(f"{command[0]} did not end within {LOADING_SECONDS} s: {written(work)}") from None


@contextmanager
def started(command: list[str], work: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start a program outside this project and environment; kill it at the end of the block."""
    with (work / "output.txt").open("wb") as output:
        try:
            process = subprocess.Popen(command, cwd=work, env=environment(work), stdout=output, stderr=output)
        except OSError as error:
            raise SmokeTestError(f"{command[0]} does not start: {error.strerror}") from None
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def check_row(file: Path) -> None:
    """Check that the CSV holds exactly one image, and that this image is done and has a probability."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    if [row["status"] for row in rows] != ["done"] or not 0 <= float(rows[0]["p_malignant"]) <= 1:
        raise SmokeTestError(f"out.csv should hold one image that is done, with a probability, and holds {rows}")
    print(f"         p_malignant {rows[0]['p_malignant']}, {rows[0]['decision']}")


def check_window(program: Path, work: Path) -> None:
    """Open the window with the sample images, and require that its models become ready on the fast engine, which loads after Qt."""
    work.mkdir()
    with started([str(program / f"breakhis-desktop{SUFFIX}"), "--sample"], work) as window:
        with timed("breakhis-desktop, until its models are ready"):
            wait_for_models(window, work)
        time.sleep(STAYS_SECONDS)
        refuse_end(window, work)
    refuse_traceback(written(work))
    if "on ONNX Runtime" not in written(work):
        raise SmokeTestError(f"the window does not use the fast engine: {written(work)}")


def wait_for_models(window: subprocess.Popen[bytes], work: Path) -> None:
    """Wait until the log says that the models reproduced their golden probabilities."""
    end = time.monotonic() + LOADING_SECONDS
    while "models ready" not in written(work):
        refuse_end(window, work)
        if "models blocked" in written(work):
            raise SmokeTestError(f"the window's models were blocked: {written(work)}")
        if time.monotonic() > end:
            raise SmokeTestError(f"the window's models were not ready within {LOADING_SECONDS} s: {written(work)}")
        time.sleep(0.1)


def refuse_end(window: subprocess.Popen[bytes], work: Path) -> None:
    """Raise an error if the window's process has ended."""
    if window.poll() is not None:
        raise SmokeTestError(f"breakhis-desktop ended with {window.returncode}: {written(work)}")


def refuse_traceback(text: str) -> None:
    """Raise an error if a program wrote a traceback."""
    if "Traceback" in text:
        raise SmokeTestError(f"the program wrote a traceback: {text}")


def written(work: Path) -> str:
    """Return everything that a program has printed and logged so far."""
    files = [work / "output.txt", work / "home" / "breakhis-desktop.log"]
    return "".join(file.read_text(encoding="utf-8", errors="replace") for file in files if file.exists())


def environment(work: Path) -> dict[str, str]:
    """Return environment variables that reveal nothing of this Python installation or user."""
    system = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ}
    return {**system, "PATH": os.defpath, "BREAKHIS_HOME": str(work / "home"), "QT_QPA_PLATFORM": "offscreen"}


if __name__ == "__main__":
    sys.exit(main())
