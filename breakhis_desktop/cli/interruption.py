"""Ends `breakhis-classify` on a signal, even while a file does not answer."""

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
"""Seconds without computation after which the work is considered stuck."""

_LEAST_COMPUTED = 0.002
"""A process that computes for fewer seconds than this between two checks counts as idle."""

_ENDS_WITHIN = 20.0
"""Maximum seconds for a run to end in good order, including the current batch."""

_WRITES_WITHIN = 600.0
"""Maximum seconds to write the outputs of a finished run; a report of 100,000 images takes five minutes."""

_LEAVES_WITHIN = 1.0
"""Maximum seconds to wait for the work after a `KeyboardInterrupt`."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What signals ask for, and how far the run has got.

    Attributes:
        cancel: Set when the run should end in good order.
        heeded: Set as soon as there is a run that checks `cancel`; before that, nothing would react to it.
        over: Set once the run has ended and only its outputs remain to be written.
    """

    cancel: threading.Event = field(default_factory=threading.Event)
    heeded: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)


@contextmanager
def hear_signals() -> Iterator[Wishes]:
    """Make signals end the run in good order; a second SIGINT or SIGTERM ends it at once.

    A terminal that closes may send SIGHUP repeatedly, so a repeated SIGHUP does not count as a second signal.
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


def run_on_another_thread(work: Callable[[], int], wishes: Wishes) -> int:
    """Do all work on another thread, so that this thread can react to signals and abandon work that a drive blocks for ever.

    Returns:
        The result of the work.

    Raises:
        KeyboardInterrupt: The work was asked to end, but did not end in time.
    """
    result = Threads(1).submit(work)
    abandonment = _Abandonment(wishes)
    try:
        while wait([result], LOOK_AGAIN).not_done:
            if wishes.cancel.is_set() and abandonment.is_due():
                raise KeyboardInterrupt
    except KeyboardInterrupt:
        wait([result], _LEAVES_WITHIN)
        raise
    return result.result()


class _Abandonment:
    """Decides when to abandon work that was asked to end.

    From that request on, call `is_due` every `LOOK_AGAIN` seconds, because it measures time by counting its calls.
    """

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
