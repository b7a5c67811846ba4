"""Short background work for the window, such as exporting a table or opening a picture."""

import logging
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from breakhis_desktop.errors import UserError
from breakhis_desktop.pipeline.patience import Threads
from breakhis_desktop.wording.message import Message
from breakhis_desktop.worker.analysis import advice_on

_log = logging.getLogger(__name__)


class Background(QObject):
    """Runs functions on its own threads, usually one at a time, and passes their results to the window's thread."""

    _finished = Signal(object, object)

    def __init__(self, *, only_reads: bool = False, at_once: int = 1) -> None:
        """Prepare to run work; the threads start with the first calls to `run`.

        Args:
            only_reads: Whether the work only reads, so that `close` may abandon it rather than wait for a drive that does not answer.
            at_once: How many functions may run at the same time, so that a function that waits for a drive does not delay the others.
        """
        super().__init__()
        self._at_once, self._begun = at_once, 0
        self._closed = False
        self._only_reads = only_reads
        self._threads = Threads(0)
        self._finished.connect(self._hand_back)

    def run(self, work: Callable[[], Any], succeeded: Callable[[Any], None], failed: Callable[[Message], None]) -> None:
        """Queue a function for a background thread.

        Args:
            work: Called on a background thread.
            succeeded: Called on the window's thread with the result of `work`.
            failed: Called on the window's thread with a message for the user if `work` raises an error.
        """
        self._begun += 1
        self._threads.grow(min(self._begun, self._at_once))
        self._threads.submit(lambda: self._call(work, succeeded, failed))

    def forget_waiting(self) -> None:
        """Drop queued work that has not begun."""
        self._threads.forget_waiting()

    def close(self) -> None:
        """Wait for all queued work to finish, and deliver no more results, because their receivers are closing too.

        If the work only reads, drop the queued work instead, and wait for at most half a second.
        """
        self._closed = True
        if self._only_reads:
            self._threads.close()
        else:
            self._threads.finish()

    def _call(self, work: Callable[[], Any], succeeded: Callable[[Any], None], failed: Callable[[Message], None]) -> None:
        try:
            receive, result = succeeded, work()
        except UserError as error:
            receive, result = failed, error.message
        except Exception as error:  # noqa: BLE001 (anything else is a bug: log it and report it once)
            _log.exception("background work stopped")
            receive, result = failed, advice_on(error)
        if not self._closed:
            self._finished.emit(receive, result)

    @Slot(object, object)
    def _hand_back(self, receive: Callable[[Any], None], result: Any) -> None:
        if not self._closed:
            receive(result)


class BackgroundThreads:
    """The background threads of a window, closed together."""

    def __init__(self) -> None:
        """Start with no threads."""
        self._started: list[Background] = []

    def start(self, *, only_reads: bool = False, at_once: int = 1) -> Background:
        """Start threads for short work; see `Background` for the options."""
        self._started.append(Background(only_reads=only_reads, at_once=at_once))
        return self._started[-1]

    def close(self) -> None:
        """Close all threads; see `Background.close`."""
        for background in self._started:
            background.close()
