"""Runs the program's commands as processes, and observes them from outside."""

import csv
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

PROGRAM = (sys.executable, "-m", "breakhis_desktop.cli")


def classify(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run `breakhis-classify` to its end; `options` go to `subprocess.run`."""
    return subprocess.run([*PROGRAM, *map(str, arguments)], capture_output=True, text=True, check=False, **options)


def rows(file: Path) -> list[dict[str, str]]:
    """Read the rows of a CSV file."""
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def images_done(store: Path) -> int:
    """Return how many images of a store are done; 0 if there is no store yet."""
    try:
        with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT COUNT(*) FROM image WHERE status = 'done'").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def wait_for_models(process: "subprocess.Popen[str] | subprocess.Popen[bytes]", home: Path, at_most_seconds: float = 120) -> None:
    """Wait until the window's log reports that the models are ready."""
    log = home / "breakhis-desktop.log"
    wait_until(lambda: log.exists() and "models ready" in log.read_text(encoding="utf-8"), at_most_seconds, process)


def wait_until(
    condition: Callable[[], bool],
    at_most_seconds: float = 120,
    process: "subprocess.Popen[str] | subprocess.Popen[bytes] | None" = None,
) -> None:
    """Wait until a condition holds; fail if the process ends first or the wait takes too long."""
    end = time.monotonic() + at_most_seconds
    while not condition():
        assert process is None or process.poll() is None, "the process ended"
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.01)  # polls, because the other process cannot report the condition
