"""Lets a second start of the program hand its paths to the window that is open, on this machine and without a network."""

import hashlib
import json
import logging
import os
import stat
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Client, Listener
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from breakhis_desktop.files import absolute

_LONGEST_ADDRESS = 100
"""Number of bytes that every system allows in the name of a local socket."""
_LARGEST = 10_000_000
_ANSWERS_WITHIN = 5.0
"""Seconds that the other process has for its side of the conversation."""
_RETRY_AFTER = 0.05
_ANSWER = b"taken"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Started:
    """What the program was started with.

    Attributes:
        paths: The folders and files to queue.
        sample: Whether to queue the sample images.
    """

    paths: tuple[Path, ...]
    sample: bool


class SecondStarts(QObject):
    """Waits in a thread of its own for further starts of the program.

    Signals:
        heard: What the program was `Started` with.
    """

    heard = Signal(object)

    def __init__(self, home: Path, parent: QObject) -> None:
        """Listen from now on, if this system can; the caller holds the lock of the one window, so a socket in the way is a remainder."""
        super().__init__(parent)
        address = _address(home)
        try:
            if address is None or not _is_free(address):
                return
            listener = Listener(address, _FAMILY)
            if _FAMILY == "AF_UNIX":
                os.chmod(address, 0o600)  # noqa: PTH101 (the address is no path on every system)
        except OSError as error:
            _log.warning("a second start will not find this window: %s", error.strerror)
            return
        threading.Thread(target=self._listen, args=(listener,), daemon=True, name="second starts").start()

    def _listen(self, listener: Listener) -> None:
        while True:
            with suppress(OSError, EOFError, ValueError, KeyError, TypeError, RecursionError), listener.accept() as connection:
                if connection.poll(_ANSWERS_WITHIN):
                    start = _decoded(connection.recv_bytes(_LARGEST))
                    connection.send_bytes(_ANSWER)
                    self.heard.emit(start)


def hand_over(home: Path, start: Started) -> bool:
    """Hand what this process was started with to the window that is open; return whether it took it."""
    message = json.dumps({"paths": [str(absolute(path)) for path in start.paths], "sample": start.sample}).encode()
    address = _address(home)
    give_up_at = time.monotonic() + _ANSWERS_WITHIN
    while address is not None and time.monotonic() < give_up_at:
        with suppress(OSError, EOFError), Client(address, _FAMILY) as connection:
            connection.send_bytes(message)
            return connection.poll(_ANSWERS_WITHIN) and connection.recv_bytes(len(_ANSWER)) == _ANSWER
        time.sleep(_RETRY_AFTER)  # the window is about to open
    return False


def _decoded(words: bytes) -> Started:
    said = json.loads(words)
    return Started(tuple(Path(path) for path in said["paths"]), bool(said["sample"]))


_FAMILY = "AF_PIPE" if sys.platform == "win32" else "AF_UNIX"


def _address(home: Path) -> str | None:
    """Return where the window of a home folder listens: a pipe, or a socket that only its user reaches; None if its name is too long."""
    if sys.platform == "win32":
        return rf"\\.\pipe\breakhis-desktop-{hashlib.sha256(os.path.realpath(home).encode()).hexdigest()[:32]}"
    address = os.path.realpath(home / ".store.sqlite.window")
    return address if len(os.fsencode(address)) <= _LONGEST_ADDRESS else None


def _is_free(address: str) -> bool:
    """Return whether the window can listen there, after removing the socket of a killed window."""
    if _FAMILY == "AF_PIPE" or not os.path.lexists(address):
        return True
    if not stat.S_ISSOCK(os.lstat(address).st_mode):
        return False
    os.unlink(address)  # noqa: PTH108 (the address is no path on every system)
    return True
