"""Job cards neither overlap nor leave gaps when the list changes, and the list keeps the chosen or running job in view."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QAbstractSlider, QApplication, QListView, QStyle, QStyleOptionViewItem, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from breakhis_desktop.domain.identity_guess import Guess
from breakhis_desktop.domain.records import Ledger
from breakhis_desktop.ui.look.lettering import line_height
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.queue.job_list import JobList
from breakhis_desktop.ui.queue.queue_panel import QueuePanel
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.chosen_job import ChosenJob
from breakhis_desktop.ui.state.job import JobStage
from breakhis_desktop.ui.state.jobs import JobsModel
from tests.factories import there
from tests.factories.runs import run_info
from tests.factories.windows import await_painted
from tests.gui.shown_words import painted_words

JOBS = 8
GAP = 8
"""The empty space below a card, in pixels."""


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
    """Return a visible column that contains the list of these jobs and, as in the window, a stretch below the list."""
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
    """Return whether each card has the height of its size hint and begins where the card above it ends."""
    rects = [cards.visualRect(cards.model().index(row, 0)) for row in range(cards.model().rowCount())]
    hints = [cards.sizeHintForIndex(cards.model().index(row, 0)).height() for row in range(cards.model().rowCount())]
    tops = [rects[0].top() + sum(hints[:row]) for row in range(len(hints))]
    return [(rect.top(), rect.height()) for rect in rects] == list(zip(tops, hints, strict=True))


def has_scroll_bar(cards: QListView) -> bool:
    return cards.verticalScrollBar().isVisible()


def test_cards_neither_overlap_nor_leave_gaps_when_the_scroll_bar_appears_or_disappears(column: QWidget, qtbot: QtBot) -> None:
    cards = list_in(column)
    qtbot.waitUntil(lambda: is_in_order(cards) and not has_scroll_bar(cards))
    heights = set()
    for size in ((250, 400), (250, 1000), (250, 420), (420, 420), (420, 1000), (210, 1000), (210, 300)):
        column.resize(*size)
        qtbot.waitUntil(lambda: has_scroll_bar(cards) == (cards.height() < cards.sizeHint().height()))
        qtbot.waitUntil(lambda: is_in_order(cards))
        heights.add(cards.sizeHintForRow(0))
    assert len(heights) > 1, "at these widths, the words should wrap differently"


def is_in_view(cards: QListView, row: int) -> bool:
    return cards.viewport().rect().contains(cards.visualRect(cards.model().index(row, 0)).adjusted(0, 0, 0, -GAP))


@pytest.fixture
def panel(jobs: JobsModel, qapp: QApplication, qtbot: QtBot) -> QueuePanel:
    """Return a visible queue panel that is too low to show all of these jobs."""
    panel = QueuePanel(jobs, ChosenJob(), Theme(qapp))
    qtbot.addWidget(panel)
    panel.resize(250, 500)
    panel.show()
    qtbot.waitUntil(lambda: has_scroll_bar(list_in(panel)))
    return panel


def test_the_list_scrolls_to_a_job_that_is_chosen_as_soon_as_it_is_added(panel: QueuePanel, jobs: JobsModel, qtbot: QtBot) -> None:
    cards = list_in(panel)
    panel._chosen.choose(jobs.add([Path("/fields/a folder with a name")]))
    qtbot.waitUntil(lambda: is_in_order(cards) and is_in_view(cards, JOBS))
    panel._chosen.choose(jobs.at(0))
    qtbot.waitUntil(lambda: is_in_view(cards, 0))


def test_the_chosen_card_stays_in_view_when_the_window_shrinks(panel: QueuePanel, jobs: JobsModel, qtbot: QtBot) -> None:
    cards = list_in(panel)
    panel.resize(250, 1000)
    panel._chosen.choose(jobs.at(JOBS - 1))
    qtbot.waitUntil(lambda: not has_scroll_bar(cards) and is_in_order(cards))
    panel.resize(250, 500)
    qtbot.waitUntil(lambda: has_scroll_bar(cards) and is_in_order(cards) and is_in_view(cards, JOBS - 1))


def test_the_list_scrolls_to_a_job_that_starts_to_run_while_another_job_stays_chosen(
    window: MainWindow, run_folder: Callable[[Path], None], folder: Path, qtbot: QtBot
) -> None:
    cards = list_in(window)
    window.resize(1024, 676)
    run_folder(folder)
    window.add([folder] * JOBS)
    window.chosen.choose(window.jobs.at(0))
    qtbot.waitUntil(lambda: has_scroll_bar(cards) and is_in_order(cards) and is_in_view(cards, 0))
    last = there(window.jobs.at(JOBS))
    window.presenter.resume(last)
    qtbot.waitUntil(lambda: last.stage is JobStage.ENDED and is_in_view(cards, JOBS), timeout=20_000)
    assert cards.currentIndex().row() == 0


def test_a_change_to_a_job_leaves_the_list_where_the_user_scrolled_it(panel: QueuePanel, jobs: JobsModel, qtbot: QtBot) -> None:
    cards = list_in(panel)
    panel._chosen.choose(jobs.at(0))
    qtbot.waitUntil(lambda: is_in_view(cards, 0))
    bar = cards.verticalScrollBar()
    bar.triggerAction(QAbstractSlider.SliderAction.SliderToMaximum)
    jobs.refresh(there(jobs.at(0)))
    await_painted(cards.viewport(), qtbot)
    assert bar.value() == bar.maximum()


def test_a_focused_card_is_drawn_entirely_within_its_rectangle(jobs: JobsModel, qapp: QApplication) -> None:
    """Anything drawn outside a card's rectangle would stay on the screen after the card loses the focus."""
    cards = JobList(jobs, Theme(qapp))
    option = QStyleOptionViewItem()
    option.rect = QRect(10, 10, 200, cards.sizeHintForRow(0))
    option.state = QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_Selected
    picture = QImage(220, option.rect.bottom() + 11, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.magenta)
    with QPainter(picture) as painter:
        cards.itemDelegate().paint(painter, option, jobs.index(0))
    background = QColor(Qt.GlobalColor.magenta)
    places = (QPoint(x, y) for x in range(picture.width()) for y in range(picture.height()))
    assert not [place for place in places if picture.pixelColor(place) != background and not option.rect.contains(place)]


def test_the_name_of_the_folder_that_several_files_come_from_stays_on_one_line(jobs: JobsModel, column: QWidget) -> None:
    there(jobs.at(0)).inputs = tuple(Path(f"/fields/Slides week 46 to 47, late/{number}.png") for number in range(42))
    list_in(column).scheduleDelayedItemsLayout()
    assert {"42 files from", "Slides\u00a0week\u00a046\u00a0to\u00a047,\u00a0late"} <= painted_words(list_in(column))


def test_a_card_breaks_no_line_between_a_number_and_the_patients_or_images_that_it_counts(jobs: JobsModel, column: QWidget) -> None:
    there(jobs.at(0)).reading.guess = Guess("official", 6, 2)
    assert "BreakHis names: 6\u00a0patients, 2\u00a0images\u00a0without\u00a0▾" in painted_words(list_in(column))


def test_if_two_sentences_do_not_fit_on_one_line_the_second_begins_a_new_line(jobs: JobsModel, column: QWidget) -> None:
    there(jobs.at(0)).stage = JobStage.STOPPED
    column.resize(210, 1000)
    assert "Could not run.\nChoose it to read why." in painted_words(list_in(column))


def test_the_card_of_every_job_that_was_not_started_says_so(jobs: JobsModel, column: QWidget) -> None:
    for job in (there(jobs.at(0)), there(jobs.at(1))):
        job.stage, job.run_info, job.expected = JobStage.QUEUED, None, 42
    assert "not started · 42 images" in painted_words(list_in(column))


def test_a_long_name_takes_two_lines_of_its_card(jobs: JobsModel, column: QWidget) -> None:
    cards = list_in(column)
    one_line = cards.sizeHintForRow(0)
    there(jobs.at(0)).title = "42 files from Slides week 46, second half"
    assert cards.sizeHintForRow(0) == one_line + line_height()
    cards.scheduleDelayedItemsLayout()
    assert {"42 files from Slides week 46,", "second half"} <= painted_words(cards)
