"""One writer at a time: whoever runs a job on a store holds a lock beside it, which the system takes back when the process is gone."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from breakhis_desktop.clock import local_now
from breakhis_desktop.domain.filenames import printable
from breakhis_desktop.errors import StoreError


@contextmanager
def only_writer(file: Path) -> Iterator[None]:
    """Be the only one who writes a store inside.

    Args:
        file: The store; two hidden files beside it hold the lock and say whose it is.

    Raises:
        StoreError: Another window or command is writing it, or the lock cannot be written.
    """
    file = Path(os.path.realpath(file))  # one store has one lock, whatever link leads to it
    lock = FileLock(file.with_name(f".{file.name}.lock"), timeout=0, mode=0o600)
    holder = file.with_name(f".{file.name}.holder")
    try:
        lock.acquire()
        _say_who_holds(holder)
    except Timeout:
        raise StoreError(
            f"Another window or command is writing the store {printable(file)}{_words_of(holder)}. Wait until it has finished, or name "
            "another store."
        ) from None
    except OSError as error:
        lock.release()
        raise StoreError(
            f"The store {printable(file)} cannot be locked ({error.strerror or error}). Check that its folder can be written to and has "
            "space left."
        ) from error
    try:
        yield
    finally:
        with suppress(OSError):  # where the folder went away, what stopped the run is on its way already
            holder.unlink()
        lock.release()


def _say_who_holds(holder: Path) -> None:
    holder.touch(mode=0o600)
    facts = {"process": os.getpid(), "since": local_now().strftime("%H:%M")}
    holder.write_text(json.dumps(facts), encoding="utf-8")


def _words_of(holder: Path) -> str:
    """Say whose the lock is, as far as it is known."""
    try:
        facts = json.loads(holder.read_text(encoding="utf-8"))
        return f" (process {int(facts['process'])}, since {facts['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
