"""What ends `breakhis-classify` before its time: signals, and the wait for what does not answer."""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import wait
from contextlib import contextmanager
from dataclasses import dataclass, field

from breakhis_desktop.console import ending_signals
from breakhis_desktop.pipeline.patience import LOOK_AGAIN, Threads

_IDLE_WITHIN = 2.0
"""Seconds without any computing after which something does not answer."""

_LEAST_COMPUTED = 0.002
"""Seconds of computing between two looks, below which a process is idle."""

_ENDS_WITHIN = 20.0
"""Seconds that a run may need at most to end in good order, the batch in hand included."""

_WRITES_WITHIN = 600.0
"""Seconds that the outputs of a run that has ended may need at most: a report of 100,000 images takes five minutes."""

_LEAVES_WITHIN = 1.0


@dataclass(frozen=True, slots=True)
class Wishes:
    """What signals ask for, and how far the run can heed that.

    Attributes:
        cancel: The run is to end in good order.
        heeded: The run looks at that from now on.
        over: It has ended; what follows is written to the end.
    """

    cancel: threading.Event = field(default_factory=threading.Event)
    heeded: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)


@contextmanager
def hear_signals() -> Iterator[Wishes]:
    """Let signals end the run in good order, and a second Ctrl+C, or wish of the system, end it at once.

    A terminal that is closed says so more than once, and means the first of these.
    """
    wishes = Wishes()

    def interrupt(number: int, _frame: object) -> None:
        if wishes.cancel.is_set() and number in {signal.SIGINT, signal.SIGTERM}:
            raise KeyboardInterrupt
        wishes.cancel.set()

    before = {number: signal.signal(number, interrupt) for number in ending_signals()}
    try:
        yield wishes
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def left_behind_if_need_be(work: Callable[[], int], wishes: Wishes) -> int:
    """Do everything on another thread: this one hears signals, also where a drive keeps the other for ever.

    Raises:
        KeyboardInterrupt: The work was to end, and does not.
    """
    result = Threads(1).submit(work)
    leaving = _Leaving(wishes)
    try:
        while wait([result], LOOK_AGAIN).not_done:
            if wishes.cancel.is_set() and leaving.is_due():
                raise KeyboardInterrupt
    except KeyboardInterrupt:
        wait([result], _LEAVES_WITHIN)
        raise
    return result.result()


class _Leaving:
    """Knows when work that was asked to end is to be left behind; asked at each look from then on."""

    def __init__(self, wishes: Wishes) -> None:
        self._wishes = wishes
        self._waited = self._idle = 0.0
        self._computed = time.process_time()

    def is_due(self) -> bool:
        before, self._computed = self._computed, time.process_time()
        is_idle = self._computed - before < _LEAST_COMPUTED
        self._idle = self._idle + LOOK_AGAIN if is_idle else 0.0
        self._waited += LOOK_AGAIN
        most = _WRITES_WITHIN if self._wishes.over.is_set() else _ENDS_WITHIN
        return not self._wishes.heeded.is_set() or self._idle > _IDLE_WITHIN or self._waited > most
