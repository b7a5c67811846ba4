"""Waiting for files that may never come: on threads that can be left behind, and with a word on what is waited for."""

import threading
import time
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, wait
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from breakhis_desktop.pipeline.discover import Asking, HaltedError
from breakhis_desktop.pipeline.events import FilesAwaited

T = TypeVar("T")

LOOK_AGAIN = 0.1
"""Seconds after which whoever waits looks whether the run is to halt."""

_ANSWERS_WITHIN = 4.0
"""Seconds that a healthy drive needs at most to find a file or to read one."""

_CLOSES_WITHIN = 0.5


class Threads:
    """Runs work on some threads, which a process that ends does not wait for where a file keeps them.

    The executors of `concurrent.futures` are joined at the end of the process, and a read from a server that went away never returns.
    """

    def __init__(self, count: int) -> None:
        """Start them."""
        self._waiting: SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._closed = False
        self.grow(count)

    def grow(self, count: int) -> None:
        """Have at least so many threads."""
        while len(self._threads) < count:
            thread = threading.Thread(target=self._work, name=f"files_{len(self._threads)}", daemon=True)
            thread.start()
            self._threads.append(thread)

    def submit(self, work: Callable[[], T]) -> "Future[T]":
        """Queue some work; return where its result will be."""
        future: Future[T] = Future()
        self._waiting.put((future, work))
        return future

    def forget_waiting(self) -> None:
        """Drop the work that has not begun."""
        with suppress(Empty):
            while True:
                self._waiting.get_nowait()

    def finish(self) -> None:
        """End the threads after all that was queued, and wait for it."""
        self._end(None)

    def close(self) -> None:
        """End the threads after the work in hand; those that a file keeps are left behind."""
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
            del task  # what it holds on to is not kept until the next one comes


def _do(future: "Future[T]", work: Callable[[], T]) -> None:
    try:
        future.set_result(work())
    except BaseException as error:  # noqa: BLE001 (raised again where the result is asked for)
        future.set_exception(error)


class Watch:
    """Knows what the system has been asked about on each thread, and since when."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._asked: dict[int, tuple[Path, float]] = {}
        self._told: tuple[Path, ...] = ()

    def asking(self, path: Path | None) -> None:
        """Note what this thread asks for next; None where it has its answer."""
        if path is None:
            self._asked.pop(threading.get_ident(), None)
        else:
            self._asked[threading.get_ident()] = (path, time.monotonic())

    def unanswered(self, seconds: float) -> tuple[Path, ...]:
        """Return the files and folders that have not answered for so long."""
        since = time.monotonic() - seconds
        return tuple(path for path, asked in self._asked.copy().values() if asked < since)

    def news(self) -> Iterator[FilesAwaited]:
        """Tell what does not answer, where that has changed."""
        unanswered = self.unanswered(_ANSWERS_WITHIN)
        if unanswered != self._told:
            self._told = unanswered
            yield FilesAwaited(unanswered)

    def over(self) -> Iterator[FilesAwaited]:
        """Tell that nothing is waited for any more, where something was."""
        self._asked.clear()
        yield from self.news()


def patiently(work: Callable[[Asking], T], halted: Callable[[], bool]) -> Generator[FilesAwaited, None, T]:
    """Do something that a drive may never answer, on a thread that can be left behind.

    Args:
        work: What to do; it notes each file that it asks for.
        halted: Whether nobody needs the result any more.

    Yields:
        What does not answer.

    Returns:
        What the work returned.

    Raises:
        HaltedError: It was to end before the work had.
    """
    threads, watch = Threads(1), Watch()
    try:
        result = threads.submit(lambda: work(watch.asking))
        while wait([result], LOOK_AGAIN).not_done:
            if halted():
                raise HaltedError
            yield from watch.news()
    finally:
        threads.close()
    yield from watch.over()
    return result.result()
