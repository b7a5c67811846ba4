"""Short work beside the window: an export, a picture to be opened."""

import logging
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

from breakhis_desktop.errors import UserError
from breakhis_desktop.worker.analysis import advice_on

_log = logging.getLogger(__name__)


class Background(QObject):
    """Runs functions on a thread of their own, one at a time, and hands what they return back to the window's thread."""

    _finished = Signal(object, object)

    def __init__(self) -> None:
        """Make the thread; it starts with the first work."""
        super().__init__()
        self._closed = False
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(1)
        self._finished.connect(self._hand_back)

    def run(self, work: Callable[[], Any], succeeded: Callable[[Any], None], failed: Callable[[str], None]) -> None:
        """Run a function.

        Args:
            work: Called on the other thread.
            succeeded: Called on the window's thread with what `work` returned.
            failed: Called on the window's thread with one sentence, where `work` raised.
        """
        self._pool.start(_Call(work, succeeded, failed, self._finished.emit))

    def forget_waiting(self) -> None:
        """Drop the work that has not begun; nobody waits for it any more."""
        self._pool.clear()

    def close(self) -> None:
        """Wait until all work has ended; what it returned and was not handed back goes nowhere, since its receivers close, too."""
        self._closed = True
        self._pool.waitForDone()

    @Slot(object, object)
    def _hand_back(self, receive: Callable[[Any], None], result: Any) -> None:
        if not self._closed:
            receive(result)


class _Call(QRunnable):
    def __init__(
        self,
        work: Callable[[], Any],
        succeeded: Callable[[Any], None],
        failed: Callable[[str], None],
        hand_back: Callable[[object, object], None],
    ) -> None:
        super().__init__()
        self._work = work
        self._succeeded = succeeded
        self._failed = failed
        self._hand_back = hand_back

    def run(self) -> None:
        try:
            result = self._work()
        except UserError as error:
            self._hand_back(self._failed, str(error))
        except Exception as error:  # noqa: BLE001 (what is left is a bug: it is logged, and told once)
            _log.exception("background work stopped")
            self._hand_back(self._failed, advice_on(error))
        else:
            self._hand_back(self._succeeded, result)
