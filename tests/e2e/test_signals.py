"""Signals end a run cleanly even if a file or the store hangs, and closing the terminal loses no finished results."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from breakhis_desktop.console import ending_signals
from tests.conftest import small_field
from tests.e2e.programs import images_done, rows, wait_until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGHUP")

SLOW = (
    "import sys; from breakhis_desktop.cli import main, running; from tests.e2e.killable import SlowClassifier; "
    "running.DeferredClassifier = SlowClassifier; sys.exit(main(sys.argv[1:]))"
)
HANGING = (
    "import threading; from breakhis_desktop.pipeline import read_image; read = read_image.read_bytes; "
    "read_image.read_bytes = lambda path: threading.Event().wait() if path.name.startswith('bad') else read(path); " + SLOW
)
IMAGES = 1500


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Return a folder of images that take a while to classify."""
    folder = tmp_path / "many"
    folder.mkdir()
    small_field(1).save(tmp_path / "field.bmp")
    for number in range(IMAGES):
        (folder / f"{number:04}.bmp").symlink_to(tmp_path / "field.bmp")
    return folder


def start(code: str, *arguments: str | Path, **options: Any) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", code, *map(str, arguments)], text=True, **options)


def wait_until_some_are_done(process: subprocess.Popen[str], home: Path) -> None:
    wait_until(lambda: any(map(images_done, home.glob("run-*/store.sqlite"))), process=process)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.slow
def test_each_signal_cancels_the_run_cleanly(many: Path, tmp_path: Path, home: Path, number: int) -> None:
    process = start(SLOW, many, "--csv", tmp_path / "out.csv", stderr=subprocess.PIPE)
    wait_until_some_are_done(process, home)
    process.send_signal(number)
    _, words = process.communicate(timeout=120)
    statuses = [row["status"] for row in rows(tmp_path / "out.csv")]
    assert process.returncode == 130, words
    assert len(statuses) == IMAGES
    assert set(statuses) == {"done", "cancelled"}


def test_repeated_hangups_of_a_closed_terminal_do_not_lose_finished_results(many: Path, home: Path) -> None:
    ours, theirs = os.openpty()
    process = start(SLOW, many, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True)
    os.close(theirs)
    wait_until_some_are_done(process, home)
    os.close(ours)
    for _ in range(2):
        if process.poll() is None:
            process.send_signal(signal.SIGHUP)
        time.sleep(0.2)  # otherwise, the system could merge the two signals into one
    # The last hangup may reach the process when it has finished everything and no longer handles signals.
    assert process.wait(timeout=120) in {2, 130, -signal.SIGHUP}
    (kept,) = home.glob("run-*.sqlite")
    assert images_done(kept) > 0


def test_a_closed_terminal_does_not_end_the_program_under_nohup() -> None:
    code = "import signal; from breakhis_desktop.console import ending_signals; print(signal.SIGHUP in ending_signals())"
    for command, said in (([], "True"), (["nohup"], "False")):
        call = subprocess.run([*command, sys.executable, "-c", code], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True)
        assert call.stdout.strip() == said
    assert signal.SIGTERM in ending_signals()


@pytest.fixture
def hung(tmp_path: Path, home: Path) -> Iterator[subprocess.Popen[str]]:
    """Yield the process of a run that waits for an unresponsive file and has begun to store the results of the two others."""
    for name in ("a", "bad", "c"):
        small_field(ord(name[0])).save(tmp_path / f"{name}.bmp")
    fields = [tmp_path / f"{name}.bmp" for name in ("a", "bad", "c")]
    with start(HANGING, *fields, "--csv", tmp_path / "out.csv", stderr=subprocess.PIPE) as process:
        wait_until_some_are_done(process, home)
        yield process
        process.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.slow
def test_an_unresponsive_file_delays_neither_the_end_of_the_process_nor_the_other_results(
    hung: subprocess.Popen[str], tmp_path: Path, number: int
) -> None:
    hung.send_signal(number)
    hung.communicate(timeout=60)
    assert hung.returncode == 130
    assert {Path(row["path"]).stem: row["status"] for row in rows(tmp_path / "out.csv")} == {"a": "done", "bad": "cancelled", "c": "done"}


@pytest.mark.slow
def test_an_unresponsive_file_is_reported(hung: subprocess.Popen[str], tmp_path: Path) -> None:
    assert hung.stderr is not None
    assert hung.stderr.readline().startswith(f"breakhis-classify: no answer from {tmp_path / 'bad.bmp'}; check the drive or the network.")


def test_a_signal_ends_a_program_that_hangs_before_the_run(tmp_path: Path, home: Path) -> None:
    code = (
        "import threading; from breakhis_desktop import cli; "
        "cli.clear_leftovers = lambda *folders: (print('here', flush=True), threading.Event().wait()); "
    )
    with start(code + SLOW, tmp_path, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "here\n"
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 130


@pytest.mark.parametrize(("kind", "call"), [("store.Store", "begin_run"), ("stored_run.StoredRun", "write")])
@pytest.mark.slow
def test_a_process_ends_even_if_its_store_is_unresponsive(tmp_path: Path, kind: str, call: str) -> None:
    small_field(1).save(tmp_path / "a.bmp")
    code = (
        "import threading; from breakhis_desktop.store import store, stored_run; "
        f"{kind}.{call} = lambda *run: (print('here', flush=True), threading.Event().wait()); "
    )
    with start(code + SLOW, tmp_path, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "here\n"
        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 130
    assert time.monotonic() - begun < 15
