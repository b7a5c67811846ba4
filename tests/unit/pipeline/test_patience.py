"""What is awaited is named once, abandoned threads delay nothing, and work goes on without the paths that do not answer."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from breakhis_desktop.pipeline import patience
from breakhis_desktop.pipeline.discover import Asking, HaltedError, NoAnswerError
from breakhis_desktop.pipeline.events import FilesAwaited
from breakhis_desktop.pipeline.patience import Reader, Threads, Watch, patiently, without_news

FILE, OTHER = Path("/share/a.png"), Path("/share/b.png")
EARLIER_THAN_NOW = -1.0
"""A number of seconds for which every path has been awaited."""


@pytest.fixture
def release() -> Iterator[threading.Event]:
    """Return the event for which blocked threads wait; it is set at the end of the test in any case."""
    event = threading.Event()
    yield event
    event.set()


def test_a_path_is_awaited_from_the_question_to_the_answer() -> None:
    watch = Watch()
    watch.asking(FILE)
    assert (watch.unanswered(EARLIER_THAN_NOW), watch.unanswered(60.0)) == ((FILE,), ())
    watch.asking(OTHER)
    assert watch.unanswered(EARLIER_THAN_NOW) == (OTHER,)
    watch.asking(None)
    assert watch.unanswered(EARLIER_THAN_NOW) == ()


def test_an_image_is_unfinished_while_a_thread_works_on_it() -> None:
    watch = Watch()
    with watch.working_on(FILE):
        watch.asking(FILE)
        assert watch.unfinished(EARLIER_THAN_NOW) == (FILE,)
    assert (watch.unfinished(EARLIER_THAN_NOW), watch.unanswered(EARLIER_THAN_NOW)) == ((), ())


def test_an_image_is_slow_if_it_was_read_but_is_not_yet_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "_DECODES_WITHIN", EARLIER_THAN_NOW)
    watch = Watch()
    with watch.working_on(FILE):
        watch.asking(FILE)
        assert watch.slow() == ()
        watch.asking(None)
        assert watch.slow() == (FILE,)
    assert watch.slow() == ()


def test_what_is_awaited_is_reported_once_and_so_is_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "_DECODES_WITHIN", EARLIER_THAN_NOW)
    watch = Watch()
    assert list(watch.news()) == []
    with watch.working_on(FILE):
        assert list(watch.news(30.0)) == [FilesAwaited((), (FILE,), waits=0.0)]
        monkeypatch.setattr(patience, "_ANSWERS_WITHIN", EARLIER_THAN_NOW)
        watch.asking(OTHER)
        assert list(watch.news()) == [FilesAwaited((OTHER,), (FILE,), waits=0.0)]
        assert list(watch.news(30.0)) == [FilesAwaited((OTHER,), (FILE,), waits=30.0)]
        assert list(watch.news(30.0)) == []
        assert list(watch.over()) == [FilesAwaited(())]
        assert list(watch.over()) == []


def test_threads_end_when_they_are_closed_unless_a_file_blocks_them(release: threading.Event) -> None:
    before = set(threading.enumerate())
    blocked, idle, begun = Threads(1), Threads(2), threading.Event()

    def block() -> bool:
        begun.set()
        return release.wait(60)

    blocked.submit(block)
    assert begun.wait(20)
    (one_that_blocks,) = set(threading.enumerate()) - before - set(idle._threads)
    assert all(thread.daemon for thread in set(threading.enumerate()) - before)
    idle.close()
    blocked.close()
    assert set(threading.enumerate()) - before == {one_that_blocks}


def test_work_is_repeated_without_each_path_that_did_not_answer(release: threading.Event) -> None:
    dead = [Path("/share/a/dead.png"), Path("/share/b/dead.png"), Path("/share/b/other.png")]
    tries: list[list[Path]] = []

    def work(asking: Asking) -> str:
        skipped: list[Path] = []
        tries.append(skipped)
        assert len(tries) <= len(dead) + 1
        for path in [*dead, Path("/share/b/third.png"), Path("/share/a/fine.png")]:
            try:
                asking(path)
            except NoAnswerError as error:
                skipped.append(Path(str(error.filename)))
                continue
            if path in dead:
                release.wait(60)
            asking(None)
        return "done"

    assert without_news(patiently(work, lambda: False, lambda: 0.1)) == "done"
    assert tries == [[], dead[:1], dead[:2], [*dead, Path("/share/b/third.png")]]


def test_work_that_waits_is_given_up_once_it_is_halted(release: threading.Event) -> None:
    with pytest.raises(HaltedError):
        without_news(patiently(lambda _: release.wait(60), lambda: True))


def test_a_reader_skips_the_folder_of_a_file_that_did_not_answer(release: threading.Event, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "_ANSWERS_WITHIN", 0.1)
    reader, read = Reader(), list[Path]()

    def read_file(path: Path) -> str:
        read.append(path)
        if path == FILE:
            release.wait(60)
        return path.name

    for path in (FILE, OTHER):
        with pytest.raises(NoAnswerError):
            reader.read(path, read_file)
    assert reader.read(Path("/elsewhere/c.png"), read_file) == "c.png"
    assert read == [FILE, Path("/elsewhere/c.png")]


def test_work_that_was_waited_for_and_a_reader_leave_no_thread_behind() -> None:
    before = set(threading.enumerate())
    assert without_news(patiently(lambda _: "done", lambda: False)) == "done"
    assert Reader().read(FILE, lambda path: path.name) == "a.png"
    assert not set(threading.enumerate()) - before
