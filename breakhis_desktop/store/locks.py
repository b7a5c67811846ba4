"""Locks between processes: a file that one process holds at a time, and that the system takes back when the process is gone."""

from pathlib import Path

from filelock import FileLock, Timeout


class ProcessLock:
    """A lock file of the program; a link in its place is never followed."""

    def __init__(self, file: Path, patience: float = 0.0) -> None:
        """Remember the file; nothing is locked yet.

        Args:
            file: Where the lock lies; it stays there, since whoever waits for it has it open.
            patience: How many seconds to wait for another process that holds it.
        """
        self.file = file
        # A thread of Qt loses what Python keeps for each thread from one slot to the next, and with it the lock's file.
        self._lock = FileLock(file, timeout=patience, mode=0o600, thread_local=False)

    def take(self) -> bool:
        """Hold the lock from now on; return False where another process holds it as long as this one is patient.

        Raises:
            OSError: The file cannot be made or locked.
        """
        try:
            self._lock.acquire()
        except Timeout:
            return False
        return True

    def release(self) -> None:
        """Let another process hold it; nothing happens where this one does not."""
        self._lock.release()


def lock_beside(store: Path, name: str) -> Path:
    """Return the place of a hidden file that belongs to a store.

    Args:
        store: The store, as no link names it: one store has one lock, whatever link leads to it.
        name: What the file is, for example `lock`.
    """
    return store.with_name(f".{store.name}.{name}")
