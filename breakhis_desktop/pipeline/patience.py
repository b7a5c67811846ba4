"""Waits for files that may never answer, on threads that can be abandoned, and reports which files are awaited."""

import errno
import threading
import time
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, wait
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from breakhis_desktop.pipeline.discover import Asking, HaltedError, NoAnswerError
from breakhis_desktop.pipeline.events import FilesAwaited

T = TypeVar("T")

LOOK_AGAIN = 0.1
"""Seconds between two checks of whether the run is halted."""

_ANSWERS_WITHIN = 4.0
"""Maximum seconds that a healthy drive takes to find or read a file."""

_DECODES_WITHIN = 8.0
"""Seconds after which an image that is still being decoded is reported."""

GIVES_UP = 30.0
"""Seconds after which work continues without a file that does not answer; in less time, a disk wakes up and a server fails over."""

_CLOSES_WITHIN = 0.5


class Threads:
    """Runs work on threads that do not delay the end of the process when a file blocks them.

    `concurrent.futures` waits for the threads of its executors when the process ends, and a read from a vanished server never returns.
    """

    def __init__(self, count: int) -> None:
        """Start the threads."""
        self._waiting: SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._closed = False
        self.grow(count)

    def grow(self, count: int) -> None:
        """Grow to at least this many threads."""
        while len(self._threads) < count:
            thread = threading.Thread(target=self._work, name=f"files_{len(self._threads)}", daemon=True)
            thread.start()
            self._threads.append(thread)

    def submit(self, work: Callable[[], T]) -> "Future[T]":
        """Queue some work and return the future of its result."""
        future: Future[T] = Future()
        self._waiting.put((future, work))
        return future

    def forget_waiting(self) -> None:
        """Drop work that has not started."""
        with suppress(Empty):
            while True:
                self._waiting.get_nowait()

    def finish(self) -> None:
        """Finish all queued work, end the threads and wait for them."""
        self._end(None)

    def close(self) -> None:
        """End the threads after their current work, abandoning those that a file blocks."""
        self._closed = True
        self._end(_CLOSES_WITHIN)

    def _end(self, seconds: float | None) -> None:
        for _ in self._threads:
            self._waiting.put(None)
        until = time.monotonic() + (seconds or 0.0)
        for thread in self._threads:
            thread.join(None if seconds is None else max(0.0, until - time.monotonic()))

    def _work(self) -> None:
        while (task := self._waiting.get()) is not None and not self._closed:
            _do(*task)
            del task  # else it would be kept alive until the next task


def _do(future: "Future[T]", work: Callable[[], T]) -> None:
    try:
        future.set_result(work())
    except BaseException as error:  # noqa: BLE001 (raised again where the result is requested)
        future.set_exception(error)


class Watch:
    """Tracks which path each thread is waiting for, which image it is working on, and since when."""

    def __init__(self) -> None:
        """Start with nothing tracked."""
        self._asked: dict[int, tuple[Path, float]] = {}
        self._begun: dict[int, tuple[Path, float]] = {}
        self._reported = FilesAwaited(())

    def asking(self, path: Path | None) -> None:
        """Record the path that this thread accesses next; None once the system has answered."""
        if path is None:
            self._asked.pop(threading.get_ident(), None)
        else:
            self._asked[threading.get_ident()] = (path, time.monotonic())

    @contextmanager
    def working_on(self, image: Path) -> Iterator[None]:
        """Record that this thread is working on an image for the duration of the `with` block."""
        self._begun[threading.get_ident()] = (image, time.monotonic())
        try:
            yield
        finally:
            self._asked.pop(threading.get_ident(), None)
            self._begun.pop(threading.get_ident(), None)

    def unanswered(self, seconds: float) -> tuple[Path, ...]:
        """Return the files and folders that have not answered for at least this long."""
        return _older(self._asked, seconds)

    def unfinished(self, seconds: float) -> tuple[Path, ...]:
        """Return the images on which threads have been working for at least this long, for whatever reason."""
        return _older(self._begun, seconds)

    def slow(self) -> tuple[Path, ...]:
        """Return the images that were read but take long to decode."""
        silent = {path for path, _ in self._asked.copy().values()}
        return tuple(path for path in self.unfinished(_DECODES_WITHIN) if path not in silent)

    def news(self, waits: float = 0.0) -> Iterator[FilesAwaited]:
        """Report the files that do not answer and the slow images, unless nothing has changed since the last report.

        Args:
            waits: Seconds for which the whole run waits before it continues without the silent files; 0 if it continues meanwhile.
        """
        silent, slow = self.unanswered(_ANSWERS_WITHIN), self.slow()
        awaited = FilesAwaited(silent, slow, waits if silent else 0.0)
        if awaited != self._reported:
            self._reported = awaited
            yield awaited

    def over(self) -> Iterator[FilesAwaited]:
        """Report that nothing is awaited any more, if the last report named something."""
        self._asked.clear()
        self._begun.clear()
        yield from self.news()


def _older(noted: dict[int, tuple[Path, float]], seconds: float) -> tuple[Path, ...]:
    since = time.monotonic() - seconds
    return tuple(path for path, begun in noted.copy().values() if begun < since)


def patiently(
    work: Callable[[Asking], T], halted: Callable[[], bool], patience: Callable[[], float] = lambda: GIVES_UP
) -> Generator[FilesAwaited, None, T]:
    """Do work that a drive may never answer, on a thread that can be abandoned.

    Abandoned work is repeated without the path that did not answer.

    Args:
        work: What to do. Before it accesses a path, it calls its argument with that path; the call raises `NoAnswerError` if the path, or
            several paths in its folder, have already failed to answer.
        halted: Returns True once the result is no longer needed.
        patience: Returns the number of seconds to wait for an answer; called at each check, since it may change.

    Yields:
        Events naming the paths that do not answer.

    Returns:
        The result of the work.

    Raises:
        HaltedError: The caller halted the work before it finished.
    """
    silent: set[Path] = set()
    while True:
        threads, watch = Threads(1), Watch()
        try:
            result = threads.submit(partial(work, partial(_ask, watch, frozenset(silent))))
            given_up = yield from _wait_for(result, watch, halted, patience)
        finally:
            threads.close()
        yield from watch.over()
        if given_up is None:
            return result.result()
        silent |= _to_skip(given_up, silent)


def without_news(waiting: Generator[FilesAwaited, None, T]) -> T:
    """Run a generator such as `patiently` to its end and return its result, ignoring its events."""
    while True:
        try:
            next(waiting)
        except StopIteration as ended:
            return ended.value  # type: ignore[no-any-return]


def _wait_for(
    result: "Future[T]", watch: Watch, halted: Callable[[], bool], patience: Callable[[], float]
) -> Generator[FilesAwaited, None, Path | None]:
    """Wait for a result, or return a path that has not answered for too long."""
    while wait([result], LOOK_AGAIN).not_done:
        if halted():
            raise HaltedError
        seconds = patience()
        for path in watch.unanswered(seconds):
            return path
        yield from watch.news(seconds)
    return None


def _ask(watch: Watch, silent: frozenset[Path], path: Path | None) -> None:
    watch.asking(None)
    if path is None:
        return
    if path in silent or path.parent in silent:
        raise NoAnswerError(errno.ETIMEDOUT, "no answer", str(path))
    watch.asking(path)


def _to_skip(path: Path, silent: set[Path]) -> set[Path]:
    """Return what to skip after a path failed to answer: the path, and its folder too if another path in it has failed before."""
    return {path, path.parent} if any(other.parent == path.parent for other in silent) else {path}


class Reader:
    """Reads files one after another, for callers that need each file now or not at all."""

    def __init__(self) -> None:
        """Start with no folder that has failed to answer."""
        self._silent: set[Path] = set()

    def read(self, path: Path, read: Callable[[Path], T]) -> T:
        """Return what `read` returns for a file.

        Raises:
            NoAnswerError: The file does not answer within a few seconds, or another file in its folder has already failed to answer.
        """
        silent = NoAnswerError(errno.ETIMEDOUT, "no answer", str(path))
        if path.parent in self._silent:
            raise silent
        threads = Threads(1)
        result = threads.submit(partial(read, path))
        try:
            if wait([result], _ANSWERS_WITHIN).not_done:
                self._silent.add(path.parent)
                raise silent
        finally:
            threads.close()
        return result.result()
