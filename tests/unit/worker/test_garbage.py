"""Cyclic garbage is collected only on the window's thread."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from breakhis_desktop.worker.garbage import GarbageCollector


class Knot:
    """Keeps itself alive by a reference cycle until the garbage collector runs."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[GarbageCollector]:
    parent = QObject()
    gc.collect()
    yield GarbageCollector(parent)
    parent.deleteLater()
    gc.unfreeze()
    gc.enable()


def make_garbage(destroyed_on: list[str]) -> None:
    knot = Knot()
    weakref.finalize(knot, lambda: destroyed_on.append(threading.current_thread().name))
    del knot
    for _ in range(5000):
        Knot()


def test_garbage_from_another_thread_is_destroyed_on_the_thread_of_the_window(collector: GarbageCollector, qtbot: QtBot) -> None:
    destroyed_on: list[str] = []
    other = threading.Thread(target=make_garbage, args=(destroyed_on,), name="other")
    other.start()
    other.join()
    assert destroyed_on == []
    qtbot.waitUntil(lambda: destroyed_on != [], timeout=10_000)
    assert destroyed_on == [threading.main_thread().name]


def test_surviving_objects_are_not_examined_again_until_there_are_many_new_ones(collector: GarbageCollector) -> None:
    knot = Knot()
    kept = weakref.ref(knot)
    collector.collect_all()
    assert len(gc.get_objects()) < gc.get_freeze_count() / 10
    del knot
    collector.collect_all()
    assert kept() is not None
    much = [list[int]() for _ in range(gc.get_freeze_count() // 3)]
    collector.collect_all()
    assert kept() is None
    assert much
