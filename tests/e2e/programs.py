"""The program's commands as processes, and what can be read of them from outside."""

import csv
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

PROGRAM = (sys.executable, "-m", "breakhis_desktop.cli")


def classify(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run `breakhis-classify` to its end, with what `subprocess.run` takes."""
    return subprocess.run([*PROGRAM, *map(str, arguments)], capture_output=True, text=True, check=False, **options)


def rows(file: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV."""
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def images_done(store: Path) -> int:
    """Return how many images of a store are done, none while there is no store."""
    try:
        with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT COUNT(*) FROM image WHERE status = 'done'").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


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
