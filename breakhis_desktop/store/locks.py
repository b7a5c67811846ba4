"""Locks between processes: files that only one process can lock at a time; the system releases the lock when that process ends."""

from pathlib import Path

from filelock import FileLock, Timeout


class ProcessLock:
    """A lock file; a link in its place is never followed."""

    def __init__(self, file: Path, patience: float = 0.0) -> None:
        """Remember the lock file, without creating or locking it.

        Args:
            file: The lock file; do not delete it while a process may wait for it.
            patience: Seconds to wait if another process holds the lock.
        """
        self.file = file
        # A Qt thread loses Python's thread-local data from one slot to the next, and with it the lock's file.
        self._lock = FileLock(file, timeout=patience, mode=0o600, thread_local=False)

    def take(self) -> bool:
        """Acquire the lock; return False if another process still holds it after `patience` seconds.

        Raises:
            OSError: The file cannot be created or locked.
        """
        try:
            self._lock.acquire()
        except Timeout:
            return False
        return True

    @property
    def is_held(self) -> bool:
        """Whether this object holds the lock."""
        return self._lock.is_locked

    def release(self) -> None:
        """Release the lock; does nothing if this object does not hold it."""
        self._lock.release()


def lock_beside(store: Path, name: str) -> Path:
    """Return the path of a hidden file that belongs to a store.

    Args:
        store: The store's real path: one store has one lock, whatever links lead to it.
        name: The purpose of the file, for example `lock`.
    """
    return store.with_name(f".{store.name}.{name}")
