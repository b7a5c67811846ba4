"""Folders under construction, which hold copies of patients' images; the next start removes what a killed process left behind."""

import os
import re
import secrets
import shutil
from collections.abc import Iterator
from concurrent.futures import wait
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from filelock import FileLock

from breakhis_desktop.files import absolute
from breakhis_desktop.pipeline.patience import Threads

_NOTES = "unfinished"
"""Subfolder of the program's folder.

For each folder under construction, it contains a note with the path of that folder, and a lock file that is locked until the folder is
finished or given up, or the process that makes it ends.
"""


_ANSWERS_WITHIN = 2.0
"""Seconds that the start of the program waits for folders to be removed."""

_TOKEN = re.compile("[0-9a-f]{16}")


@contextmanager
def folder_in_the_making(target: Path, home: Path) -> Iterator[Path]:
    """Provide an empty folder that is renamed to the target at the end of the block, or removed if the block fails.

    Until then it lies in a hidden folder beside the target, accessible to this user only.

    Args:
        target: The folder to create; it must not exist.
        home: The program's own folder, which keeps a note of each folder under construction.

    Raises:
        OSError: The folder cannot be created, noted or renamed.
    """
    token = secrets.token_hex(8)
    hidden, note = _hidden(absolute(target).parent, token), home / _NOTES / token
    note.parent.mkdir(mode=0o700, exist_ok=True)
    lock = _lock(note)
    try:
        with lock:
            _write(note, os.fsencode(hidden))
            try:
                hidden.mkdir(mode=0o700)
                folder = hidden / "finished"
                folder.mkdir()
                yield folder
                folder.rename(target)
            finally:
                shutil.rmtree(hidden, ignore_errors=True)
                _forget(note, hidden)
    finally:
        _discard(Path(lock.lock_file))


def remove_unfinished(home: Path) -> None:
    """Remove the folders that killed processes left; if the drive of a folder is not connected, its note stays for the next start.

    A drive that does not answer delays the start only briefly; the folder on it is removed if the drive answers later.
    """
    notes: list[Path] = []
    with suppress(OSError):
        notes += (note for note in (home / _NOTES).iterdir() if _TOKEN.fullmatch(note.name))
    threads = Threads(len(notes))
    wait([threads.submit(partial(_remove, note)) for note in notes], _ANSWERS_WITHIN)
    threads.close()


def _remove(note: Path) -> None:
    with suppress(OSError):  # including the lock's timeout, while the process that makes the folder is alive
        with _lock(note):
            hidden = Path(os.fsdecode(note.read_bytes()))
            if not hidden.parent.is_dir():
                return
            if hidden == _hidden(hidden.parent, note.name):  # never delete anything else, even if the note was changed
                shutil.rmtree(hidden, ignore_errors=True)
            _forget(note, hidden)
        _discard(Path(_lock(note).lock_file))


def _hidden(beside: Path, token: str) -> Path:
    return beside / f".breakhis-desktop-{token}.part"


def _lock(note: Path) -> FileLock:
    return FileLock(note.with_suffix(".lock"), timeout=0, mode=0o600)


def _write(note: Path, content: bytes) -> None:
    with open(note, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(content)


def _forget(note: Path, hidden: Path) -> None:
    """Remove a note unless its folder still exists."""
    if not os.path.lexists(hidden):
        _discard(note)


def _discard(file: Path) -> None:
    with suppress(OSError):
        file.unlink(missing_ok=True)
