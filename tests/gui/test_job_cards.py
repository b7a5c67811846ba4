"""The cards of the queue: they keep their places and sizes whatever becomes of the list around them."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QListView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from breakhis_desktop.domain.records import Ledger
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.queue.job_list import JobList
from breakhis_desktop.ui.state.job import JobStage
from breakhis_desktop.ui.state.jobs import JobsModel
from tests.factories.runs import run_info

JOBS = 8


@pytest.fixture
def jobs(qapp: QApplication) -> JobsModel:
    """Return a queue of ended jobs whose counts take two lines in a narrow list."""
    model = JobsModel()
    for number in range(JOBS):
        job = model.add([Path(f"/fields/Week {number}")])
        job.run_info, job.stage = run_info(), JobStage.ENDED
        job.ledger = Ledger(40, done=20 + number, failed=5, refused=10 - number, skipped=5)
    return model


@pytest.fixture
def column(jobs: JobsModel, qapp: QApplication, qtbot: QtBot) -> QWidget:
    """Return a shown column with the list of these jobs above a stretch, as in the window."""
    column = QWidget()
    rows = QVBoxLayout(column)
    rows.addWidget(JobList(jobs, Theme(qapp)))
    rows.addStretch()
    qtbot.addWidget(column)
    column.resize(250, 1000)
    column.show()
    return column


def list_in(column: QWidget) -> JobList:
    found = column.findChild(JobList)
    assert found is not None
    return found


def is_in_order(cards: QListView) -> bool:
    """Return whether each card is as high as it asks to be and begins where the one above it ends."""
    rects = [cards.visualRect(cards.model().index(row, 0)) for row in range(cards.model().rowCount())]
    hints = [cards.sizeHintForIndex(cards.model().index(row, 0)).height() for row in range(cards.model().rowCount())]
    tops = [rects[0].top() + sum(hints[:row]) for row in range(len(hints))]
    return [(rect.top(), rect.height()) for rect in rects] == list(zip(tops, hints, strict=True))


def has_bar(cards: QListView) -> bool:
    return cards.verticalScrollBar().isVisible()


def test_cards_neither_overlap_nor_leave_gaps_when_the_scroll_bar_comes_or_goes(column: QWidget, qtbot: QtBot) -> None:
    cards = list_in(column)
    qtbot.waitUntil(lambda: is_in_order(cards) and not has_bar(cards))
    heights = set()
    for size in ((250, 400), (250, 1000), (250, 420), (420, 420), (420, 1000), (210, 1000), (210, 300)):
        column.resize(*size)
        qtbot.waitUntil(lambda: has_bar(cards) == (cards.height() < cards.sizeHint().height()))
        qtbot.waitUntil(lambda: is_in_order(cards))
        heights.add(cards.sizeHintForRow(0))
    assert len(heights) > 1, "the words wrap differently at these widths"
