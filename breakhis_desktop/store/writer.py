"""One writer at a time: a process that runs a job holds a lock beside the store; the system releases the lock when the process ends."""

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from breakhis_desktop.clock import local_now
from breakhis_desktop.errors import StoreError
from breakhis_desktop.files import printable
from breakhis_desktop.store.locks import ProcessLock, lock_beside
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.stores import StoreCode

_HOLDER = re.compile(r'\{"process": (?P<process>\d{1,10}), "since": "(?P<since>\d\d:\d\d)"\}', re.ASCII)
_LONGEST = 100
"""Maximum number of bytes to read from the file that names the holder."""
_READ_AT_ONCE = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


@contextmanager
def only_writer(file: Path) -> Iterator[None]:
    """Be the only writer of a store inside the block.

    Args:
        file: The store; two hidden files beside it hold the lock and name its holder.

    Raises:
        StoreError: Another window or command is writing to the store, or the lock cannot be written.
    """
    file = Path(os.path.realpath(file))
    lock = ProcessLock(lock_beside(file, "lock"))
    holder = lock_beside(file, "holder")
    try:
        if not lock.take():
            raise StoreError(_held_by(file, holder, lock.file))
        has_written = _write_holder(holder)
    except OSError as error:
        lock.release()
        if lock.file.is_symlink() or lock.file.is_dir():
            raise StoreError(Message.of(StoreCode.LOCK_IS_ANOTHER_FILE, file=printable(file), lock=printable(lock.file))) from error
        message = Message.of(StoreCode.STORE_NOT_LOCKED, file=printable(file), error=error.strerror or str(error))
        raise StoreError(message) from error
    try:
        yield
    finally:
        with suppress(OSError):  # if the folder was removed, the error that stopped the run is already being raised
            if has_written:
                holder.unlink()
        lock.release()


def _write_holder(holder: Path) -> bool:
    """Name the holder in a new file; never write to an existing one, which may be a link that someone who shares the folder has planted.

    Returns:
        Whether the file was written; False if its name is taken by a file that no writer left.
    """
    if os.path.lexists(holder) and not holder.is_symlink() and not _is_left_by_a_writer(holder):
        return False
    holder.unlink(missing_ok=True)
    owner = {"process": os.getpid(), "since": local_now().strftime("%H:%M")}
    with os.fdopen(os.open(holder, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as stream:
        json.dump(owner, stream)
    return True


def _is_left_by_a_writer(holder: Path) -> bool:
    """Return whether a killed writer left this file; it may be empty if the writer only got as far as creating it."""
    return holder.is_file() and (not holder.stat().st_size or _read_holder(holder) is not None)


def _held_by(file: Path, holder: Path, lock: Path) -> Message:
    known = _read_holder(holder)
    if known:
        return Message.of(StoreCode.STORE_HELD_BY, file=printable(file), process=known["process"], since=known["since"])
    # On a disk without flock, the existence of the lock file is the lock. A file left from when the disk had flock then locks everyone out.
    return Message.of(StoreCode.STORE_HELD, file=printable(file), lock=printable(lock))


def _read_holder(holder: Path) -> re.Match[str] | None:
    """Return the process that holds the lock and the time at which it took the lock; None if they are not known."""
    try:
        descriptor = os.open(holder, _READ_AT_ONCE)
        try:
            return _HOLDER.fullmatch(os.read(descriptor, _LONGEST).decode(errors="replace"))
        finally:
            os.close(descriptor)
    except OSError:
        return None
