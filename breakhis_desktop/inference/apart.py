"""Native work on a thread of its own, so that whoever waits for it can be interrupted: native code hears no signal until it is done."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import TypeVar

_LOOK_AGAIN = 0.2
"""Seconds after which a wait looks for signals where the system does not end it for them."""

Result = TypeVar("Result")


def run_apart(work: Callable[[], Result], stop: Callable[[], None] = lambda: None) -> Result:
    """Run something and wait for it.

    Args:
        work: What to run; where the wait is interrupted, it may go on as long as the process.
        stop: Asks it to end early; called where the wait is interrupted.

    Returns:
        What it returns; what it raises is raised here.
    """
    future: Future[Result] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # noqa: BLE001 (it is raised where it is waited for)
            future.set_exception(error)

    threading.Thread(target=run, name="native", daemon=True).start()
    try:
        while not wait([future], _LOOK_AGAIN).done:
            pass
    except BaseException:
        stop()
        raise
    return future.result()
