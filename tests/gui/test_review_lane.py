"""The lane of images that need review: its content, its order, and how it empties."""

from pathlib import Path

from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from breakhis_desktop.domain.decision import Prediction
from breakhis_desktop.domain.records import ImageRecord, Status
from breakhis_desktop.domain.review import Review, ReviewAction
from breakhis_desktop.domain.taxonomy import SUBTYPES, Decision
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.result_columns import COLUMNS
from breakhis_desktop.ui.state.result_filter import Lane, ResultFilter
from breakhis_desktop.ui.state.results import RESULT_ROLE, ResultsModel
from tests.factories import said
from tests.factories.results import shown
from tests.factories.runs import run_info
from tests.factories.windows import FATAL, REVIEW_COLUMN, await_reviewed, stored_reviews

BENIGN = Review(ReviewAction.OVERRIDDEN, Decision.BENIGN, None, "Regular ducts.", "M. Silva", "2026-11-26T10:14:00+01:00")
LANE = ResultFilter(lane=Lane.REVIEW)


def record(position: int, p_malignant: float, code: str = "", doubt: str = "") -> ImageRecord:
    named = code or ("DC" if p_malignant >= 0.5 else "F")
    p_subtypes = tuple(float(subtype.code == named) for subtype in SUBTYPES)
    review_flags = (said(doubt),) if doubt else ()
    return ImageRecord(
        position, Path(f"/{position}.png"), Status.DONE, prediction=Prediction(p_malignant, p_subtypes), review_flags=review_flags
    )


def model_of_five() -> ResultsModel:
    """Return a model of five images.

    Image 0 needs no review. Images 1 and 2 are near the threshold, and the scale of image 3 is unknown.
    For images 2 and 4, the models disagree.
    """
    model = ResultsModel()
    images = [record(0, 0.95), record(1, 0.45), record(2, 0.52, "F"), record(3, 0.9, doubt="unknown scale"), record(4, 0.7, "A")]
    model.show(images, run_info())
    return model


def test_the_lane_holds_the_images_that_need_review_and_begins_with_the_most_doubtful(qtbot: QtBot) -> None:
    model = model_of_five()
    tester = QAbstractItemModelTester(model, FATAL)
    assert shown(model) == [0, 3, 4, 2, 1]
    model.set_filter(LANE)
    assert shown(model) == [2, 1, 4, 3]
    assert not any(str(model.headerData(column, Qt.Orientation.Horizontal)).endswith(("▾", "▴")) for column in range(len(COLUMNS)))
    model.set_filter(ResultFilter())
    assert shown(model) == [0, 3, 4, 2, 1]
    assert tester.model() is model


def test_the_lane_can_be_sorted_and_reopens_with_the_most_doubtful_image_first(qtbot: QtBot) -> None:
    model = model_of_five()
    model.set_filter(LANE)
    model.sort(0, Qt.SortOrder.AscendingOrder)
    assert shown(model) == [1, 2, 3, 4]
    model.set_filter(ResultFilter(text="png", lane=Lane.REVIEW))
    assert shown(model) == [1, 2, 3, 4]
    model.set_filter(ResultFilter())
    model.set_filter(LANE)
    assert shown(model) == [2, 1, 4, 3]


def test_a_reviewed_image_leaves_the_lane_and_returns_if_the_review_is_undone(qtbot: QtBot) -> None:
    model = model_of_five()
    tester = QAbstractItemModelTester(model, FATAL)
    model.set_filter(LANE)
    following = QPersistentModelIndex(model.next_to_review(0))
    model.set_reviews({2: BENIGN, 0: BENIGN})
    assert shown(model) == [1, 4, 3]
    assert following.row() == 0
    assert (model.review_progress(), model.counts()[Lane.REVIEW]) == ((1, 4), 3)
    model.set_reviews({})
    assert shown(model) == [2, 1, 4, 3]
    assert model.review_progress() == (0, 4)
    assert tester.model() is model


def test_after_the_last_image_to_review_comes_the_first_again_until_none_is_left(qtbot: QtBot) -> None:
    model = model_of_five()
    assert [model.next_to_review(row).row() for row in (-1, 0, 1, 4)] == [1, 1, 2, 1]
    assert [model.index_of(position).row() for position in (0, 2, 9)] == [0, 3, -1]
    model.set_reviews(dict.fromkeys((1, 2, 3), BENIGN))
    assert model.next_to_review(0).row() == 2
    assert not model.next_to_review(2).isValid()


def test_a_review_is_shown_in_the_table_and_found_by_its_words(qtbot: QtBot) -> None:
    model = model_of_five()
    model.set_reviews({3: BENIGN})
    row = model.index_of(3).row()
    assert model.index(row, REVIEW_COLUMN).data() == "reviewed: benign"
    assert model.index(row, 0).data(RESULT_ROLE).reviewed is BENIGN
    model.set_filter(ResultFilter(text="silva ducts"))
    assert shown(model) == [3]


def test_sorting_by_the_review_column_puts_reviewed_images_last(qtbot: QtBot) -> None:
    model = model_of_five()
    model.set_reviews({2: BENIGN})
    model.sort(REVIEW_COLUMN, Qt.SortOrder.AscendingOrder)
    texts = [model.index(row, REVIEW_COLUMN).data() for row in range(5)]
    assert texts == ["models disagree", "near threshold", "unknown scale", "", "reviewed: benign"]


def test_another_job_starts_without_the_reviews_of_the_previous_one(qtbot: QtBot) -> None:
    model = model_of_five()
    model.set_reviews({3: BENIGN})
    model.show([record(3, 0.9, doubt="unknown scale")], run_info())
    assert model.review_progress() == (0, 1)
    assert model.index(0, 0).data(RESULT_ROLE).reviewed is None


def test_accepting_every_image_empties_the_lane_and_undo_returns_the_last_image_to_it(
    doubting_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = doubting_window
    window.settings.change(reviewer="M. Silva")
    chip = window.area.filter.chips.chips[Lane.REVIEW]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    window.table.setFocus()
    window.table.choose_first()
    order = shown(window.results)
    for number, position in enumerate(order, start=1):
        chosen = window.table.chosen()
        assert chosen is not None
        assert chosen.record.position == position
        qtbot.keyClick(window.table, Qt.Key.Key_A)
        await_reviewed(window, qtbot, number)
    assert window.results.rowCount() == 0
    assert chip.toolTip().startswith("3 of 3 reviewed")
    assert not window.detail.review.accept.isEnabled()
    assert window.detail.review.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    await_reviewed(window, qtbot, 2)
    assert shown(window.results) == [order[-1]]
    chosen = window.table.chosen()
    assert chosen is not None
    assert chosen.record.position == order[-1]
    assert len(stored_reviews(tmp_path)[order[-1]]) == 2
