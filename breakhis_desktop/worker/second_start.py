"""Lets a second instance of the program hand its paths to the window that is already open, without using a network."""

import hashlib
import json
import logging
import os
import stat
import sys
import threading
import time
from concurrent.futures import Future, wait
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from breakhis_desktop.files import absolute
from breakhis_desktop.pipeline.patience import Threads
from breakhis_desktop.store.locks import ProcessLock, lock_beside

_LONGEST_ADDRESS = 100
"""Number of bytes that every system allows in the name of a local socket."""
_LARGEST = 10_000_000
_ANSWERS_WITHIN = 5.0
"""Seconds within which the window must take what a second instance hands over."""
_ANSWERS_EARLIER = 1.0
"""The window stops taking what a second instance hands over this many seconds before that instance gives up.

Otherwise the window's answer might arrive too late: the second instance would open its own window, and everything would be queued twice.
"""
_LISTENS_WITHIN = 1.0
"""Seconds within which a window begins to listen once it has taken the lock."""
_RETRY_AFTER = 0.05
_TRIES_AGAIN_AFTER = 1.0
_MOST_WAITING = 8
_TAKEN, _NOT_TAKEN = b"taken", b"not taken"

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
    """Waits on its own threads for further instances of the program, until the window closes.

    Signals:
        heard: What another instance of the program was started with, as `Started`.
    """

    heard = Signal(object)
    _asked = Signal(object, object, float)

    def __init__(self, store_file: Path, parent: QObject) -> None:
        """Remember the store's path, by which further instances find this window, but do not listen yet."""
        super().__init__(parent)
        self._store_file = store_file
        self._lock = ProcessLock(lock_beside(store_file, "window.lock"))
        self._listener: Listener | None = None
        self._closed = threading.Event()
        self._asked.connect(self._take)

    def listen(self) -> bool:
        """Listen from now on, if this system can; return False if the window of another process already listens."""
        try:
            if not self._lock.take():
                return False
        except OSError:
            return True
        self._listener = _listener(_address(self._store_file))  # this process has the lock, so a socket at this address is a leftover
        if self._listener is not None:
            threading.Thread(target=self._listen, args=(self._listener,), daemon=True, name="second starts").start()
        return True

    def close(self) -> None:
        """Take nothing more from other instances, so that the next instance opens its own window."""
        self._closed.set()
        if self._listener is not None:
            with suppress(OSError):  # another program may have removed the socket
                self._listener.close()
        self._lock.release()

    @property
    def is_only_window(self) -> bool:
        """Whether no other process has an open window; a process that still owns the queue is then closing."""
        return self._lock.is_held

    def _listen(self, listener: Listener) -> None:
        while not self._closed.is_set():
            try:
                connection = listener.accept()
            except (OSError, EOFError):
                self._closed.wait(_TRIES_AGAIN_AFTER)
            else:
                threading.Thread(target=self._converse, args=(connection,), daemon=True, name="second start").start()

    def _converse(self, connection: "Connection[bytes, bytes]") -> None:
        with suppress(OSError, EOFError, ValueError, RecursionError), connection:
            if connection.poll(_ANSWERS_WITHIN):
                started, gives_up_at = _decoded(connection.recv_bytes(_LARGEST))
                if not connection.poll(0):  # it would be readable if the other process had ended the connection
                    connection.send_bytes(_TAKEN if self._is_taken(started, gives_up_at - _ANSWERS_EARLIER) else _NOT_TAKEN)

    def _is_taken(self, started: Started, until: float) -> bool:
        """Return whether the window's thread takes what a second instance hands over; it cannot while it is busy or closing."""
        answer: Future[bool] = Future()
        with suppress(RuntimeError):  # Qt may have deleted this object
            self._asked.emit(started, answer, until)
        wait([answer], min(_ANSWERS_WITHIN, max(0.0, until - time.monotonic())))
        return not answer.cancel() and answer.result()

    def _take(self, started: Started, answer: "Future[bool]", until: float) -> None:
        if answer.set_running_or_notify_cancel():
            answer.set_result(not self._closed.is_set() and time.monotonic() < until)
            if answer.result():
                self.heard.emit(started)


def hand_over(store_file: Path, started: Started) -> bool:
    """Hand over to the open window what this process was started with; return whether the window took it.

    Raises:
        UserError: A path is relative, and the working folder has been removed.
    """
    address = _address(store_file)
    if address is None:
        return False
    give_up_at = time.monotonic() + _ANSWERS_WITHIN  # this clock is the same for all processes
    paths = [str(absolute(path)) for path in started.paths]
    message = json.dumps({"paths": paths, "sample": started.sample, "gives_up_at": give_up_at}).encode()
    threads = Threads(1)  # connecting to a process that is suspended may never end
    try:
        return threads.submit(partial(_is_taken, address, message, give_up_at)).result(_ANSWERS_WITHIN + _RETRY_AFTER)
    except (TimeoutError, OSError, EOFError):
        return False
    finally:
        threads.close()


def _is_taken(address: str, message: bytes, give_up_at: float) -> bool:
    with _connected(address) as connection:
        if time.monotonic() > give_up_at:
            return False
        connection.send_bytes(message)
        return connection.poll(max(0.0, give_up_at - time.monotonic())) and connection.recv_bytes(len(_NOT_TAKEN)) == _TAKEN


def _connected(address: str) -> "Connection[bytes, bytes]":
    give_up_at = time.monotonic() + _LISTENS_WITHIN
    while True:
        try:
            return Client(address, _FAMILY)
        except OSError:
            if time.monotonic() > give_up_at:
                raise
        time.sleep(_RETRY_AFTER)  # the window may be about to listen


def _decoded(words: bytes) -> tuple[Started, float]:
    """Return what a second instance was started with, and the time on the monotonic clock at which it gives up.

    Raises:
        ValueError: The bytes are not the message of a second instance.
    """
    match json.loads(words):
        case {"paths": [*paths], "sample": bool(sample), "gives_up_at": float(gives_up_at)} if all(map(_is_absolute, paths)):
            return Started(tuple(map(Path, paths)), sample), gives_up_at
    raise ValueError


def _is_absolute(path: object) -> bool:
    return isinstance(path, str) and Path(path).is_absolute()


_FAMILY = "AF_PIPE" if sys.platform == "win32" else "AF_UNIX"


def _address(store_file: Path) -> str | None:
    """Return where the window of a store listens: a pipe, or a socket that only this user can open; None if its name would be too long."""
    address = os.path.realpath(lock_beside(store_file, "window"))
    if sys.platform == "win32":
        return rf"\\.\pipe\breakhis-desktop-{hashlib.sha256(address.encode()).hexdigest()[:32]}"
    return address if len(os.fsencode(address)) <= _LONGEST_ADDRESS else None


def _listener(address: str | None) -> Listener | None:
    """Listen at an address that only this user can open; return None if that is impossible here."""
    before = os.umask(0o177)
    try:
        return Listener(address, _FAMILY, _MOST_WAITING) if address is not None and _is_free(address) else None
    except OSError as error:
        _log.warning("a second start will not find this window: %s", error.strerror)
        return None
    finally:
        os.umask(before)


def _is_free(address: str) -> bool:
    """Return whether the window can listen at an address, after removing the socket of a killed window."""
    if _FAMILY == "AF_PIPE" or not os.path.lexists(address):
        return True
    if not stat.S_ISSOCK(os.lstat(address).st_mode):
        return False
    os.unlink(address)  # noqa: PTH108 (the address is not a path on every system)
    return True
