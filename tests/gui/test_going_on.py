"""Which image the window goes to after a review, and which review Undo withdraws, if only some of the images need review."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from breakhis_desktop.domain.decision import Prediction
from breakhis_desktop.inference.model_output import ModelOutput
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.job import JobStage
from breakhis_desktop.ui.state.results import RESULT_ROLE
from tests.conftest import FakeClassifier, small_field
from tests.factories import there
from tests.factories.windows import REVIEW_COLUMN, stored_reviews
from tests.gui.conftest import MakeWindow


class DoubtingSome(FakeClassifier):
    """A classifier that doubts the middle two, 80 and 120, of six images that are named from 0 (the most suspicious) to 200."""

    def classify(self, inputs: Any) -> list[ModelOutput]:
        return [replace(output, prediction=self._spread(output.prediction)) for output in super().classify(inputs)]

    def _spread(self, prediction: Prediction) -> Prediction:
        p = 5.2 * (prediction.p_malignant - 0.2)
        return Prediction(p, (0.0, 1 - p, 0.0, 0.0, p, 0.0, 0.0, 0.0))


@pytest.fixture
def six(make_window: MakeWindow, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """Return a window with six classified images, of which the third and the fourth need review."""
    folder = tmp_path / "six"
    folder.mkdir()
    for number in range(0, 201, 40):
        small_field(number).save(folder / f"{number:03}.png")
    window = make_window(lambda _folder, _report: DoubtingSome())
    window.add([folder])
    window.top.start.click()
    qtbot.waitUntil(lambda: bool(window.jobs.in_stage(JobStage.ENDED)), timeout=20_000)
    qtbot.waitUntil(window.detail.review.accept.isEnabled)
    window.settings.change(reviewer="M. Silva")
    window.activateWindow()
    window.table.setFocus()
    assert [there(window.results.index(row, REVIEW_COLUMN).data()) for row in range(6)] == ["", "", *2 * ["near threshold"], "", ""]
    return window


def press_undo(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyRelease(window.table, Qt.Key.Key_Control)  # otherwise Qt takes the key as held, and `selectRow` adds to the selection


def _are_reviewed(window: MainWindow, count: int) -> bool:
    return len(window.results.reviews) == count


def test_accept_goes_from_an_image_in_doubt_to_the_next_in_doubt_and_from_any_other_image_to_the_next_row(
    six: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    reached: list[int] = []
    for row in (0, 1, 3, 2, 5):
        six.table.selectRow(row)
        qtbot.keyClick(six.table, Qt.Key.Key_A)
        qtbot.waitUntil(lambda: len(six.results.reviews) == len(reached) + 1)
        reached.append(six.table.currentIndex().row())
    assert reached == [1, 2, 2, 3, 5]
    assert len(stored_reviews(tmp_path)) == 5


def test_undo_withdraws_the_last_review_even_if_the_window_went_on_to_a_reviewed_image(six: MainWindow, qtbot: QtBot) -> None:
    for row in (3, 2):
        six.table.selectRow(row)
        qtbot.keyClick(six.table, Qt.Key.Key_A)
        qtbot.waitUntil(partial(_are_reviewed, six, 1 if row == 3 else 2))
    positions = [there(six.results.index(row, 0).data(RESULT_ROLE)).record.position for row in (2, 3)]
    assert six.table.currentIndex().row() == 3
    press_undo(six, qtbot)
    qtbot.waitUntil(partial(_are_reviewed, six, 1))
    assert set(six.results.reviews) == {positions[1]}
    assert six.table.currentIndex().row() == 2


def test_undo_withdraws_the_review_of_an_image_that_the_user_chose(six: MainWindow, qtbot: QtBot) -> None:
    for count, row in enumerate((3, 2), start=1):
        six.table.selectRow(row)
        qtbot.keyClick(six.table, Qt.Key.Key_A)
        qtbot.waitUntil(partial(_are_reviewed, six, count))
    qtbot.keyClick(six.table, Qt.Key.Key_Up)
    qtbot.keyClick(six.table, Qt.Key.Key_Down)
    assert six.table.currentIndex().row() == 3
    press_undo(six, qtbot)
    qtbot.waitUntil(partial(_are_reviewed, six, 1))
    assert six.table.currentIndex().row() == 3


def test_an_image_that_the_user_chose_while_a_review_was_written_stays_chosen(six: MainWindow, qtbot: QtBot) -> None:
    six.table.selectRow(0)
    six.detail.review.accept.trigger()
    six.table.selectRow(4)
    qtbot.waitUntil(partial(_are_reviewed, six, 1))
    assert six.table.currentIndex().row() == 4


def test_a_held_key_reviews_one_image_only(six: MainWindow) -> None:
    box = six.detail.review
    assert [action.autoRepeat() for action in (box.accept, box.override, box.undo, box.skip)] == [False, False, False, True]


def test_on_the_patients_page_accept_stays_at_the_image(six: MainWindow, qtbot: QtBot) -> None:
    six.table.selectRow(0)
    six.top.views.buttons["Patients"].click()
    tree = six.overview.patients.tree
    tree.setCurrentIndex(tree.model().index(0, 0, tree.model().index(0, 0)))
    six.detail.review.accept.trigger()
    qtbot.waitUntil(partial(_are_reviewed, six, 1))
    assert six.table.currentIndex().row() == 0


def test_skip_goes_where_accept_would_go(six: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    rows = []
    for _ in range(4):
        qtbot.keyClick(six.table, Qt.Key.Key_Right)
        rows.append(six.table.currentIndex().row())
    assert rows == [1, 2, 3, 2]
    six.table.selectRow(5)
    assert not six.detail.review.skip.isEnabled()
    assert stored_reviews(tmp_path) == {}


def test_while_several_images_are_selected_none_can_be_reviewed_and_the_window_says_so(
    six: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    box = six.detail.review
    for _ in range(3):
        qtbot.keyClick(six.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert six.table.selected_rows() == [0, 1, 2, 3]
    assert not any(action.isEnabled() for action in (box.accept, box.override, box.undo))
    words = "Several images are selected. Select one to review it."
    assert [action.toolTip() for action in (box.accept, box.override, box.undo)] == [words] * 3
    assert box.history_text == words
    qtbot.keyClick(six.table, Qt.Key.Key_A)
    qtbot.keyClick(six.table, Qt.Key.Key_Down)
    assert six.table.selected_rows() == [4]
    assert box.accept.isEnabled()
    assert box.accept.toolTip().startswith("Confirms benign")
    assert box.override.toolTip().startswith("Say what this image is")
    assert box.history_text == ""
    assert stored_reviews(tmp_path) == {}
