"""Folders in the making, which hold copies of patients' images: what a killed process left of one goes at the next start."""

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
"""The folder in the program's own that holds a note for each: where it lies, and a lock that its process holds as long as it lives."""


_ANSWERS_WITHIN = 2.0
"""Seconds that removing a folder may keep a start waiting."""

_TOKEN = re.compile("[0-9a-f]{16}")


@contextmanager
def folder_in_the_making(target: Path, home: Path) -> Iterator[Path]:
    """Give an empty folder that takes the target's name at the end, and is gone where the block fails.

    Until then it lies in a hidden folder beside the target that this user alone may enter.

    Args:
        target: The folder to be made; it must not be there.
        home: The program's own folder, which remembers what is in the making.

    Raises:
        OSError: It cannot be made, remembered or renamed.
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
    """Remove the folders whose processes were killed; one whose drive is not connected is remembered for the next start.

    Nobody waits for a drive that does not answer: where it does later, its folder goes then.
    """
    notes: list[Path] = []
    with suppress(OSError):
        notes += (note for note in (home / _NOTES).iterdir() if _TOKEN.fullmatch(note.name))
    threads = Threads(len(notes))
    wait([threads.submit(partial(_remove, note)) for note in notes], _ANSWERS_WITHIN)
    threads.close()


def _remove(note: Path) -> None:
    with suppress(OSError):  # among them that its process lives
        with _lock(note):
            hidden = Path(os.fsdecode(note.read_bytes()))
            if not hidden.parent.is_dir():
                return
            if hidden == _hidden(hidden.parent, note.name):  # and nothing else, whatever became of the note
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
    """Remove a note unless something of its folder is still there."""
    if not os.path.lexists(hidden):
        _discard(note)


def _discard(file: Path) -> None:
    with suppress(OSError):
        file.unlink(missing_ok=True)
