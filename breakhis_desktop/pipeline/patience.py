"""Waiting for files that may never come: on threads that can be left behind, and with a word on what is waited for."""

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
"""Seconds after which whoever waits looks whether the run is to halt."""

_ANSWERS_WITHIN = 4.0
"""Seconds that a healthy drive needs at most to find a file or to read one."""

_DECODES_WITHIN = 8.0
"""Seconds after which an image that is still being decoded is named."""

GIVES_UP = 30.0
"""Seconds after which the rest is done without what does not answer; a disk that sleeps or a server that changes places needs less."""

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
    """Knows what the system has been asked about on each thread, and since when; and which image each has in hand."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._asked: dict[int, tuple[Path, float]] = {}
        self._begun: dict[int, tuple[Path, float]] = {}
        self._told = FilesAwaited(())

    def asking(self, path: Path | None) -> None:
        """Note what this thread asks for next; None where it has its answer."""
        if path is None:
            self._asked.pop(threading.get_ident(), None)
        else:
            self._asked[threading.get_ident()] = (path, time.monotonic())

    @contextmanager
    def in_hand(self, image: Path) -> Iterator[None]:
        """Note that this thread works on an image inside."""
        self._begun[threading.get_ident()] = (image, time.monotonic())
        try:
            yield
        finally:
            self._asked.pop(threading.get_ident(), None)
            self._begun.pop(threading.get_ident(), None)

    def unanswered(self, seconds: float) -> tuple[Path, ...]:
        """Return the files and folders that have not answered for so long."""
        return _older(self._asked, seconds)

    def unfinished(self, seconds: float) -> tuple[Path, ...]:
        """Return the images that threads have had in hand for so long, whatever keeps them."""
        return _older(self._begun, seconds)

    def slow(self) -> tuple[Path, ...]:
        """Return the images that answered and are still being decoded."""
        silent = {path for path, _ in self._asked.copy().values()}
        return tuple(path for path in self.unfinished(_DECODES_WITHIN) if path not in silent)

    def news(self, waits: float = 0.0) -> Iterator[FilesAwaited]:
        """Tell what does not answer, where that has changed.

        Args:
            waits: For how many seconds nothing else is done.
        """
        silent, slow = self.unanswered(_ANSWERS_WITHIN), self.slow()
        awaited = FilesAwaited(silent, slow, waits if silent else 0.0)
        if awaited != self._told:
            self._told = awaited
            yield awaited

    def over(self) -> Iterator[FilesAwaited]:
        """Tell that nothing is waited for any more, where something was."""
        self._asked.clear()
        self._begun.clear()
        yield from self.news()


def _older(noted: dict[int, tuple[Path, float]], seconds: float) -> tuple[Path, ...]:
    since = time.monotonic() - seconds
    return tuple(path for path, begun in noted.copy().values() if begun < since)


def patiently(
    work: Callable[[Asking], T], halted: Callable[[], bool], patience: Callable[[], float] = lambda: GIVES_UP
) -> Generator[FilesAwaited, None, T]:
    """Do something that a drive may never answer, on a thread that can be left behind.

    Work that is left behind is done again without what did not answer.

    Args:
        work: What to do; it notes each file that it asks for. Where that did not answer before, noting it raises a `NoAnswerError`.
        halted: Whether nobody needs the result any more.
        patience: For how many seconds now an answer is waited for.

    Yields:
        What does not answer.

    Returns:
        What the work returned.

    Raises:
        HaltedError: It was to end before the work had.
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
        silent |= _given_up_with(given_up, silent)


def _wait_for(
    result: "Future[T]", watch: Watch, halted: Callable[[], bool], patience: Callable[[], float]
) -> Generator[FilesAwaited, None, Path | None]:
    """Wait until there is a result, or return what has not answered for too long."""
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


def _given_up_with(path: Path, silent: set[Path]) -> set[Path]:
    """Return what is no longer asked for where a path does not answer: the whole folder with the second file in it."""
    return {path, path.parent} if any(other.parent == path.parent for other in silent) else {path}


class Reader:
    """Asks for files one after the other that are wanted now or not at all."""

    def __init__(self) -> None:
        """Begin with nothing that does not answer."""
        self._silent: set[Path] = set()

    def read(self, path: Path, read: Callable[[Path], T]) -> T:
        """Return what is read of a file.

        Raises:
            NoAnswerError: It does not answer within seconds, or another in its folder did not.
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
