"""The threads that read files finish their work, or drop what has not started."""

import threading
from collections.abc import Iterator

import pytest

from breakhis_desktop.pipeline.patience import Threads


@pytest.fixture
def release() -> Iterator[threading.Event]:
    """Return the event that ends the work of `release.wait`; it is set at the end of the test in any case."""
    event = threading.Event()
    yield event
    event.set()


def test_work_that_has_not_started_is_dropped_on_request(release: threading.Event) -> None:
    threads, started = Threads(1), threading.Event()

    def work() -> bool:
        started.set()
        return release.wait(20)

    begun = threads.submit(work)
    assert started.wait(20)
    dropped = [threads.submit(release.wait) for _ in range(2)]
    threads.forget_waiting()
    release.set()
    threads.finish()
    assert begun.result(0)
    assert not any(future.done() for future in dropped)


def test_finishing_waits_for_all_queued_work(release: threading.Event) -> None:
    threads = Threads(2)
    futures = [threads.submit(lambda: release.wait(20)) for _ in range(3)]
    finishing = threading.Thread(target=threads.finish)
    finishing.start()
    finishing.join(0.2)
    assert finishing.is_alive()
    release.set()
    finishing.join(20)
    assert all(future.done() and future.result() for future in futures)


def test_an_error_in_a_task_is_raised_where_its_result_is_requested_and_the_thread_goes_on() -> None:
    threads = Threads(1)
    failed, done = threads.submit(lambda: 1 // 0), threads.submit(lambda: 1)
    threads.finish()
    assert done.result(0) == 1
    with pytest.raises(ZeroDivisionError):
        failed.result(0)
