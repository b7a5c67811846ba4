"""Images are read a little ahead and handed on in order; those of a folder that does not answer come last."""

import math
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from breakhis_desktop.domain.records import PendingImage, Status
from breakhis_desktop.pipeline import patience, read_ahead
from breakhis_desktop.pipeline.discover import Asking
from breakhis_desktop.pipeline.events import FilesAwaited
from breakhis_desktop.pipeline.read_ahead import ReadAhead
from breakhis_desktop.pipeline.read_image import ReadImage

CHUNK = 2


@pytest.fixture
def release() -> Iterator[threading.Event]:
    """Return the event for which the files in the folder `dead` wait; it is set at the end of the test in any case."""
    event = threading.Event()
    yield event
    event.set()


@pytest.fixture
def one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin with a single thread, and count a file as late, and tell the user, soon."""
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    monkeypatch.setattr(read_ahead, "_LATE", 0.1)
    monkeypatch.setattr(patience, "_ANSWERS_WITHIN", 0.2)


def images(*paths: str) -> list[PendingImage]:
    return [PendingImage(position, Path(path)) for position, path in enumerate(paths)]


def read(image: PendingImage, asking: Asking) -> ReadImage:
    asking(image.path)
    asking(None)
    return ReadImage(image.ended(Status.DONE))


def test_images_are_handed_on_in_order_and_only_three_chunks_are_read_ahead() -> None:
    begun: list[int] = []

    def count(image: PendingImage, asking: Asking) -> ReadImage:
        begun.append(image.position)
        return read(image, asking)

    before, handed_on = set(threading.enumerate()), list[list[int]]()
    for chunk in ReadAhead(images(*map(str, range(21))), count, lambda: False, CHUNK).chunks():
        assert isinstance(chunk, list)
        handed_on.append([one.record.position for one in chunk])
        assert len(begun) <= (2 + len(handed_on)) * CHUNK
    assert handed_on == [[first, first + 1] for first in range(0, 20, 2)] + [[20]]
    assert not set(threading.enumerate()) - before


def test_images_that_are_read_are_not_handed_on_once_the_run_is_halted() -> None:
    answers = iter([False])
    assert list(ReadAhead(images("a.png"), read, lambda: next(answers, True), CHUNK).chunks()) == []


@pytest.mark.usefixtures("one_thread")
@pytest.mark.parametrize(("spare", "waits"), [(100, 0.0), (0, math.inf)])
def test_the_other_images_of_a_folder_with_an_unresponsive_file_come_last(
    release: threading.Event, monkeypatch: pytest.MonkeyPatch, spare: int, waits: float
) -> None:
    monkeypatch.setattr(read_ahead, "_MOST_SPARE", spare)
    asked: list[Path] = []

    def read_if_it_answers(image: PendingImage, asking: Asking) -> ReadImage:
        asked.append(image.path)
        asking(image.path)
        if image.position == 0:
            release.wait(60)
        return read(image, asking)

    queued = images(*(f"/dead/{number}" for number in range(4)), *(f"/fine/{number}" for number in range(12)))
    chunks = ReadAhead(queued, read_if_it_answers, lambda: False, CHUNK).chunks()
    positions, awaited = list[int](), list[FilesAwaited]()
    for chunk in chunks:
        if isinstance(chunk, FilesAwaited):
            awaited.append(chunk)
        else:
            positions += [one.record.position for one in chunk]
        if awaited and (not spare or len(positions) == len(queued) - 1):
            release.set()
    assert awaited[0] == FilesAwaited((Path("/dead/0"),), (), waits)
    assert sorted(positions) == list(range(16))
    if spare:
        assert max(map(positions.index, range(4, 16))) < min(map(positions.index, range(1, 4)))
        assert asked[1] == Path("/fine/0")
