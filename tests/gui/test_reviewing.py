"""Images are reviewed with mouse and keys in the real window; the store keeps the reviews, and the next window shows them again."""

import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from breakhis_desktop.domain.review import ReviewAction
from breakhis_desktop.domain.taxonomy import Decision
from breakhis_desktop.ui.review.name_dialog import NameDialog
from breakhis_desktop.ui.review.override import OverrideDialog
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.job import JobStage
from breakhis_desktop.ui.state.results import RESULT_ROLE
from tests.conftest import small_field
from tests.factories import there
from tests.factories.windows import (
    REVIEW_COLUMN,
    Doubting,
    await_painted,
    await_reviewed,
    in_dialog,
    load_doubting,
    review_button,
    stored_reviews,
)
from tests.gui.conftest import MakeWindow


@pytest.fixture
def window(doubting_window: MainWindow) -> MainWindow:
    return doubting_window


def answer_name(name: str) -> None:
    """Enter a name in the dialog that asks for it, as soon as it opens."""

    def type_in() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, NameDialog)
        dialog.name.setText(name)
        dialog.confirm.click()
        if dialog.isVisible():
            dialog.reject()

    QTimer.singleShot(0, type_in)


def test_the_box_says_why_an_image_needs_review_and_has_no_history_before_the_first_review(window: MainWindow) -> None:
    box = window.detail.review
    assert box.isVisible()
    assert box.reasons_text == "◆ near threshold"
    assert box.progress_text == "To review: 0 of 3 done"
    assert box.history_text == ""
    assert not box._history.isVisible()


def test_accepting_by_mouse_asks_for_a_name_once_and_goes_to_the_next_image(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    chosen = there(window.table.chosen())
    verdict = there(chosen.verdict)
    answer_name("M. Silva")
    qtbot.mouseClick(review_button(window, "Accept"), Qt.MouseButton.LeftButton)
    await_reviewed(window, qtbot, 1)
    (review,) = stored_reviews(tmp_path)[chosen.record.position]
    assert (review.action, review.decision, review.subtype) == (ReviewAction.ACCEPTED, verdict.decision, verdict.subtype)
    assert review.reviewer == "M. Silva"
    assert window.results.index(0, REVIEW_COLUMN).data() == f"reviewed: {verdict.decision}"
    assert window.table.currentIndex().row() == 1
    qtbot.mouseClick(review_button(window, "Accept"), Qt.MouseButton.LeftButton)
    await_reviewed(window, qtbot, 2)


def test_the_accept_button_keeps_the_focus_until_no_image_is_left_to_accept(window: MainWindow, qtbot: QtBot) -> None:
    window.settings.change(reviewer="M. Silva")
    button = review_button(window, "Accept")
    button.setFocus()
    for number in (1, 2, 3):
        assert button.hasFocus()
        qtbot.keyClick(button, Qt.Key.Key_Space)
        await_reviewed(window, qtbot, number)
    assert not button.isEnabled()
    assert window.table.hasFocus()


def test_one_key_accepts_image_after_image_until_none_needs_review(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.settings.change(reviewer="M. Silva")
    for number in (1, 2, 3):
        qtbot.keyClick(window.table, Qt.Key.Key_A)
        await_reviewed(window, qtbot, number)
    assert len(stored_reviews(tmp_path)) == 3
    assert not window.detail.review.skip.isEnabled()
    assert not window.detail.review.accept.isEnabled()


def test_nothing_is_accepted_without_the_name_of_a_reviewer(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    answer_name("  ")
    qtbot.keyClick(window.table, Qt.Key.Key_A)
    assert stored_reviews(tmp_path) == {}
    assert window.table.currentIndex().row() == 0


def test_undo_withdraws_the_last_review_and_returns_to_its_image(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.settings.change(reviewer="M. Silva")
    first = there(window.table.chosen()).record.position
    assert not window.detail.review.undo.isEnabled()
    qtbot.keyClick(window.table, Qt.Key.Key_A)
    await_reviewed(window, qtbot, 1)
    qtbot.keyClick(window.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    await_reviewed(window, qtbot, 0)
    assert there(window.table.chosen()).record.position == first
    assert [review.action for review in stored_reviews(tmp_path)[first]] == [ReviewAction.ACCEPTED, ReviewAction.WITHDRAWN]
    lines = window.detail.review.history_text.splitlines()
    assert [line.split()[0] for line in lines] == ["Withdrew", "Accepted"]
    assert window.results.index(0, REVIEW_COLUMN).data() == "near threshold"
    assert not window.detail.review.undo.isEnabled()


def test_undo_on_the_chosen_image_restores_its_earlier_review(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.settings.change(reviewer="M. Silva")
    qtbot.keyClick(window.table, Qt.Key.Key_A)
    await_reviewed(window, qtbot, 1)
    window.table.selectRow(0)
    earlier = window.results.index(0, REVIEW_COLUMN).data()
    other = Decision.BENIGN if earlier.endswith("malignant") else Decision.MALIGNANT

    def fill(dialog: OverrideDialog) -> None:
        dialog.decisions[other].click()
        dialog.reason.setPlainText("Seen again.")
        dialog.confirm.click()

    in_dialog(OverrideDialog, fill)
    window.detail.review.override.trigger()
    qtbot.waitUntil(lambda: window.results.index(0, REVIEW_COLUMN).data() == f"reviewed: {other}")
    window.table.selectRow(0)
    qtbot.mouseClick(review_button(window, "Undo"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.results.index(0, REVIEW_COLUMN).data() == earlier)
    assert window.detail.review.progress_text == "To review: 1 of 3 done"


def test_skipping_writes_nothing_and_wraps_around_to_the_first_image(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    rows = []
    for _ in range(3):
        qtbot.keyClick(window.table, Qt.Key.Key_Right)
        rows.append(window.table.currentIndex().row())
    assert rows == [1, 2, 0]
    assert stored_reviews(tmp_path) == {}


def test_a_review_key_pressed_elsewhere_reviews_nothing(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.settings.change(reviewer="M. Silva")
    window.top.add_folder.setFocus()
    qtbot.keyClick(window.top.add_folder, Qt.Key.Key_A)
    assert window.detail.review.accept.isEnabled()
    assert stored_reviews(tmp_path) == {}


def test_the_review_keys_work_on_an_image_of_the_patients_page_and_not_on_the_line_of_a_patient(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.settings.change(reviewer="M. Silva")
    window.top.views.buttons["Patients"].click()
    box, tree = window.detail.review, window.overview.patients.tree
    qtbot.waitUntil(tree.hasFocus)
    assert not any(action.isEnabled() for action in (box.accept, box.override))
    qtbot.keyClick(tree, Qt.Key.Key_A)
    qtbot.keyClick(tree, Qt.Key.Key_Right)
    qtbot.keyClick(tree, Qt.Key.Key_Down)
    position = there(window.table.chosen()).record.position
    qtbot.keyClick(tree, Qt.Key.Key_A)
    await_reviewed(window, qtbot, 1)
    assert list(stored_reviews(tmp_path)) == [position]
    opened: list[OverrideDialog] = []

    def note_and_leave(dialog: OverrideDialog) -> None:
        opened.append(dialog)
        dialog.reject()

    in_dialog(OverrideDialog, note_and_leave)
    qtbot.keyClick(tree, Qt.Key.Key_O)
    assert opened


def test_on_pages_that_do_not_show_the_chosen_image_it_can_be_reviewed_only_in_the_larger_view(window: MainWindow) -> None:
    box, views = window.detail.review, window.top.views
    for page in ("Patients", "Summary"):
        views.buttons[page].click()
        assert not any(action.isEnabled() for action in (box.accept, box.override))
        window.navigation.enlarge()
        assert all(action.isEnabled() for action in (box.accept, box.override))
        window.navigation.larger.close()
        assert not any(action.isEnabled() for action in (box.accept, box.override))
    views.buttons["Contact sheet"].click()
    assert all(action.isEnabled() for action in (box.accept, box.override))


def test_undo_on_a_page_that_does_not_show_the_chosen_image_withdraws_the_last_review_and_no_other(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.settings.change(reviewer="M. Silva")
    for count in (1, 2):
        qtbot.keyClick(window.table, Qt.Key.Key_A)
        await_reviewed(window, qtbot, count)
    first, last = (there(window.results.index(row, 0).data(RESULT_ROLE)).record.position for row in (0, 1))
    window.table.selectRow(0)
    window.top.views.buttons["Summary"].click()
    window.detail.review.undo.trigger()
    await_reviewed(window, qtbot, 1)
    assert [len(stored_reviews(tmp_path)[position]) for position in (first, last)] == [1, 2]


@pytest.mark.parametrize("view", ["Table", "Contact sheet"])
def test_an_image_that_was_deselected_cannot_be_reviewed_until_it_is_selected_again(window: MainWindow, qtbot: QtBot, view: str) -> None:
    window.top.views.buttons[view].click()
    shown, box = window.table if view == "Table" else window.area.sheet, window.detail.review
    place = shown.visualRect(window.results.index(0, 1 if view == "Table" else 0)).center()

    def click_with_ctrl() -> None:
        qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, place)

    click_with_ctrl()
    qtbot.waitUntil(lambda: not box.accept.isEnabled())
    assert not window.table.selected_rows()
    assert window.table.currentIndex().row() == 0
    assert not box.override.isEnabled()
    assert box.history_text == box.accept.toolTip() == "This image is not selected. Select it to review it."
    click_with_ctrl()
    qtbot.waitUntil(box.accept.isEnabled)
    assert box.override.isEnabled()
    assert box.history_text == ""


def test_the_next_window_shows_the_reviews_of_a_run_and_remembers_the_reviewer(
    window: MainWindow, make_window: MakeWindow, qtbot: QtBot
) -> None:
    window.settings.change(reviewer="M. Silva")
    qtbot.keyClick(window.table, Qt.Key.Key_A)
    await_reviewed(window, qtbot, 1)
    job = there(window.chosen.job)
    window.close()
    later = make_window(load_doubting)
    shown = later.jobs.add(list(job.inputs))
    shown.run_info, shown.ledger, shown.stage = job.run_info, job.ledger, JobStage.ENDED
    shown.add(job.records)
    later.chosen.choose(shown)
    await_reviewed(later, qtbot, 1)
    assert later.results.index(0, REVIEW_COLUMN).data().startswith("reviewed: ")
    assert later.reviewing.reviewer == "M. Silva"
    assert later.detail.review.history_text.startswith("Accepted ")
    assert " · M. Silva, 2" in later.detail.review.history_text


def test_the_name_of_the_reviewer_can_be_changed_for_the_next_reviews(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    answer_name("M. Silva")
    window.reviewing.ask_for_name()
    answer_name("A. Kaya")
    qtbot.mouseClick(review_button(window, "as M. Silva"), Qt.MouseButton.LeftButton)
    assert review_button(window, "as A. Kaya").isVisible()
    window.detail.review.accept.trigger()
    await_reviewed(window, qtbot, 1)
    assert {history[0].reviewer for history in stored_reviews(tmp_path).values()} == {"A. Kaya"}


def damage_store(tmp_path: Path) -> None:
    for file in tmp_path.glob("store.sqlite*"):
        (tmp_path / "letters").write_bytes(b"letters and figures" * 1000)
        (tmp_path / "letters").replace(file)  # truncating a file that SQLite has mapped would crash the process


def test_the_larger_view_says_that_a_review_could_not_be_written_until_another_image_is_shown(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.settings.change(reviewer="M. Silva")
    window.navigation.enlarge()
    larger = window.navigation.larger
    qtbot.waitUntil(larger.image.hasFocus)
    damage_store(tmp_path)
    qtbot.keyClick(larger.image, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: "is damaged" in larger._recorded.text())
    assert larger._recorded.isVisible()
    assert "✓" not in larger._recorded.text()
    assert window.banner.isVisible()
    qtbot.keyClick(larger.image, Qt.Key.Key_N)
    assert not larger._recorded.text()


def test_a_review_that_cannot_be_written_is_reported_and_not_shown(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.settings.change(reviewer="M. Silva")
    damage_store(tmp_path)
    qtbot.keyClick(window.table, Qt.Key.Key_A)
    qtbot.waitUntil(window.banner.isVisible)
    assert "is damaged" in window.banner.text
    assert window.detail.review.progress_text == "To review: 0 of 3 done"
    assert window.detail.review.accept.isEnabled()


def test_images_can_be_reviewed_during_their_run(make_window: MakeWindow, tmp_path: Path, qtbot: QtBot) -> None:
    release = threading.Event()

    class WaitingInDoubt(Doubting):
        def classify(self, inputs: Any) -> Any:
            if threading.current_thread() is not threading.main_thread() and asked:
                release.wait(timeout=20)
            asked.append(1)
            return super().classify(inputs)

    asked: list[int] = []
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(40):
        small_field(number).save(folder / f"{number:03}.png")
    window = make_window(lambda _folder, _report: WaitingInDoubt())
    window.add([folder])
    window.top.start.click()
    try:
        qtbot.waitUntil(lambda: window.results.rowCount() == 32, timeout=20_000)
        window.settings.change(reviewer="M. Silva")
        window.table.selectRow(3)
        qtbot.waitUntil(window.detail.review.accept.isEnabled)
        window.detail.review.accept.trigger()
        qtbot.waitUntil(lambda: window.detail.review.progress_text == "To review: 1 of 32 done")
    finally:
        release.set()
    qtbot.waitUntil(lambda: bool(window.jobs.in_stage(JobStage.ENDED)), timeout=20_000)
    qtbot.waitUntil(lambda: window.detail.review.progress_text == "To review: 1 of 40 done")
    assert [history[0].action for history in stored_reviews(tmp_path).values()] == [ReviewAction.ACCEPTED]


def test_the_menu_shows_the_review_keys(window: MainWindow) -> None:
    words = dict(window.menus.key_groups())["Review"]
    assert words == [("Accept", "A"), ("Override", "O"), ("Skip", "Right"), ("Undo", "Ctrl+Z")]


def test_a_second_click_at_the_place_of_accept_does_not_withdraw_the_first_review(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    names = ("Accept", "Override", "Skip", "Undo")

    def places() -> list[QPoint]:
        await_painted(window.detail, qtbot)
        return [button.mapTo(window, button.rect().center()) for button in (review_button(window, name) for name in names)]

    before = places()
    assert review_button(window, "Undo").isVisible()
    answer_name("M. Silva")
    qtbot.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=before[0])
    await_reviewed(window, qtbot, 1)
    assert places() == before
    qtbot.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=before[0])
    await_reviewed(window, qtbot, 2)
    assert {review.action for history in stored_reviews(tmp_path).values() for review in history} == {ReviewAction.ACCEPTED}
