"""Short work beside the window: an export, a picture to be opened."""

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
    """Runs functions on a thread of their own, one at a time, and hands what they return back to the window's thread."""

    _finished = Signal(object, object)

    def __init__(self, *, only_reads: bool = False) -> None:
        """Begin without the thread; it starts with the first work.

        Args:
            only_reads: Whether nothing is lost where the work does not come to its end; then nobody waits for a drive that does not answer.
        """
        super().__init__()
        self._closed = False
        self._only_reads = only_reads
        self._threads = Threads(0)
        self._finished.connect(self._hand_back)

    def run(self, work: Callable[[], Any], succeeded: Callable[[Any], None], failed: Callable[[Message], None]) -> None:
        """Run a function.

        Args:
            work: Called on the other thread.
            succeeded: Called on the window's thread with what `work` returned.
            failed: Called on the window's thread with what to tell, where `work` raised.
        """
        self._threads.grow(1)
        self._threads.submit(lambda: self._call(work, succeeded, failed))

    def forget_waiting(self) -> None:
        """Drop the work that has not begun; nobody waits for it any more."""
        self._threads.forget_waiting()

    def close(self) -> None:
        """Wait until all work has ended; what it returned and was not handed back goes nowhere, since its receivers close, too."""
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
        except Exception as error:  # noqa: BLE001 (what is left is a bug: it is logged, and told once)
            _log.exception("background work stopped")
            receive, result = failed, str(advice_on(error))
        if not self._closed:
            self._finished.emit(receive, result)

    @Slot(object, object)
    def _hand_back(self, receive: Callable[[Any], None], result: Any) -> None:
        if not self._closed:
            receive(result)


class BackgroundThreads:
    """The threads of a window beside its own, closed together."""

    def __init__(self) -> None:
        """Begin without any."""
        self._started: list[Background] = []

    def start(self, *, only_reads: bool = False) -> Background:
        """Return another thread for short work; `only_reads` as in `Background`."""
        self._started.append(Background(only_reads=only_reads))
        return self._started[-1]

    def close(self) -> None:
        """Wait until what is being written is whole, and drop what only reads and has not begun."""
        for background in self._started:
            background.close()
