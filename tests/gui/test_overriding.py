"""An override records another decision with a reason and a reviewer, and the window shows both decisions."""

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from breakhis_desktop.domain.review import ReviewAction
from breakhis_desktop.domain.taxonomy import SUBTYPE_BY_CODE, Decision
from breakhis_desktop.store.store import Store
from breakhis_desktop.ui.review.override import OverrideDialog
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.job import JobStage
from tests.conftest import small_field
from tests.factories import there
from tests.factories.windows import REVIEW_COLUMN, await_reviewed, in_dialog, review_button, stored_reviews


@pytest.fixture
def window(doubting_window: MainWindow) -> MainWindow:
    return doubting_window


def test_an_override_offers_only_matching_subtypes_and_needs_a_reviewer(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    chosen = there(window.table.chosen())
    before = list(there(window.chosen.job).records)

    def fill(dialog: OverrideDialog) -> None:
        assert not dialog.confirm.isEnabled()
        dialog.decisions[Decision.BENIGN].click()
        offered = [dialog.subtype.itemText(entry) for entry in range(dialog.subtype.count())]
        assert offered == ["Not stated", "Adenosis", "Fibroadenoma", "Phyllodes tumour", "Tubular adenoma"]
        dialog.subtype.setCurrentText("Fibroadenoma")
        dialog.reason.setPlainText(" Regular ducts. ")
        assert not dialog.confirm.isEnabled()
        dialog.reviewer.setText("M. Silva")
        dialog.confirm.click()

    in_dialog(OverrideDialog, fill)
    qtbot.keyClick(window.table, Qt.Key.Key_O)
    await_reviewed(window, qtbot, 1)
    (review,) = stored_reviews(tmp_path)[chosen.record.position]
    assert (review.action, review.decision, review.subtype) == (ReviewAction.OVERRIDDEN, Decision.BENIGN, SUBTYPE_BY_CODE["F"])
    assert (review.reason, review.reviewer, window.reviewing.reviewer) == ("Regular ducts.", "M. Silva", "M. Silva")
    assert window.results.index(0, REVIEW_COLUMN).data() == "reviewed: benign"
    window.table.selectRow(0)
    assert window.detail.review.history_text.startswith("Overrode to benign, fibroadenoma: Regular ducts. · M. Silva, 2")
    assert there(window.chosen.job).records == before


def test_an_override_that_is_cancelled_writes_nothing(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    in_dialog(OverrideDialog, lambda dialog: dialog.reject())
    qtbot.mouseClick(review_button(window, "Override"), Qt.MouseButton.LeftButton)
    assert stored_reviews(tmp_path) == {}


def test_a_review_that_contradicts_the_official_name_is_pointed_out(window: MainWindow, qtbot: QtBot) -> None:
    window.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    window.table.selectRow(0)
    assert there(window.table.chosen()).record.true_subtype is SUBTYPE_BY_CODE["DC"]

    def fill(dialog: OverrideDialog) -> None:
        dialog.decisions[Decision.BENIGN].click()
        dialog.reason.setPlainText("Regular ducts.")
        dialog.reviewer.setText("M. Silva")
        dialog.confirm.click()

    in_dialog(OverrideDialog, fill)
    window.detail.review.override.trigger()
    await_reviewed(window, qtbot, 1)
    window.table.selectRow(0)
    second = window.detail.review.history_text.splitlines()[1]
    assert second == "The review contradicts the official name, Ductal carcinoma; the figures use the name."


@pytest.fixture
def glass(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """Return a window that shows an image refused by the quality gate."""
    folder = tmp_path / "refused"
    folder.mkdir()
    Image.new("RGB", (300, 300), (240, 238, 242)).save(folder / "glass.png")
    small_field(30).save(folder / "field.png")
    window.add([folder])
    window.top.start.click()
    qtbot.waitUntil(lambda: len(window.jobs.in_stage(JobStage.ENDED)) == 2, timeout=20_000)
    qtbot.waitUntil(window.detail.review.accept.isEnabled)
    window.table.selectRow(1)
    return window


def test_a_refused_image_can_be_overridden_with_a_reason_but_not_accepted(glass: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    box, chosen = glass.detail.review, there(glass.table.chosen())
    assert chosen.record.is_refused_by_gate
    assert box.isVisible()
    assert not box.accept.isEnabled()
    assert "Refused and not reviewed" in box.history_text

    def fill(dialog: OverrideDialog) -> None:
        assert not any(choice.isChecked() for choice in dialog.decisions.values())
        dialog.reason.setPlainText("A thin field; the nuclei are seen.")
        dialog.reviewer.setText("M. Silva")
        assert not dialog.confirm.isEnabled()
        dialog.decisions[Decision.MALIGNANT].click()
        dialog.confirm.click()

    in_dialog(OverrideDialog, fill)
    qtbot.keyClick(glass.table, Qt.Key.Key_O)
    qtbot.waitUntil(lambda: glass.results.index(1, REVIEW_COLUMN).data() == "reviewed: malignant")
    assert "Overrode to malignant: A thin field" in box.history_text
    assert there(glass.table.chosen()).record == chosen.record
    box.undo.trigger()
    qtbot.waitUntil(lambda: "Withdrew the review" in box.history_text)
    with Store(tmp_path / "store.sqlite") as store:
        assert [review.action for review in store.run(2).history(chosen.record.position)] == [
            ReviewAction.OVERRIDDEN,
            ReviewAction.WITHDRAWN,
        ]


def test_after_an_override_the_heading_shows_both_decisions(window: MainWindow, qtbot: QtBot) -> None:
    verdict, prediction = there(there(window.table.chosen()).verdict), there(there(window.table.chosen()).record.prediction)
    other = Decision.BENIGN if verdict.decision is Decision.MALIGNANT else Decision.MALIGNANT

    def fill(dialog: OverrideDialog) -> None:
        dialog.decisions[other].click()
        dialog.reason.setPlainText("Seen again.")
        dialog.reviewer.setText("M. Silva")
        dialog.confirm.click()

    in_dialog(OverrideDialog, fill)
    qtbot.keyClick(window.detail.image, Qt.Key.Key_O)
    await_reviewed(window, qtbot, 1)
    window.table.selectRow(0)
    figure = f"{prediction.p_malignant:.2f}"
    for heading in (window.detail._heading, window.navigation.larger._heading):
        assert heading.accessibleName() == f"{other.capitalize()}, reviewed (model: {verdict.decision} {figure})"
        assert heading._words.decision is other
