"""The patients and summary pages of the window."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTreeView
from pytestqt.qtbot import QtBot

from breakhis_desktop.domain.taxonomy import SUBTYPE_CODES, Decision
from breakhis_desktop.ui.look.figures import count
from breakhis_desktop.ui.look.painting import cut_short
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.overview import charts
from breakhis_desktop.ui.overview.charts import ConfusionMatrix
from breakhis_desktop.ui.overview.patients import REVIEWED_COLUMN
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.result_filter import Lane
from tests.conftest import small_field
from tests.factories import there
from tests.factories.results import REVIEW, judged
from tests.factories.windows import await_reviewed
from tests.gui.conftest import Fill

NAMES = (
    "SOB_M_DC-14-2523-400-001.png",
    "SOB_M_DC-14-2523-40-001.png",
    "SOB_B_A-14-22549AB-100-001.png",
    "SOB_B_A-14-22549G-100-002.png",
    "camera.png",
)


@pytest.fixture
def shown(tmp_path: Path, window: MainWindow, run_folder: Callable[[Path], None]) -> MainWindow:
    folder = tmp_path / "fields"
    folder.mkdir()
    for number, name in enumerate(NAMES):
        small_field(40 * number).save(folder / name)
    (folder / "broken.png").write_bytes(b"no image")
    run_folder(folder)
    return window


def test_the_panel_offers_a_report_on_every_known_patient_even_on_one_with_several_ids(shown: MainWindow) -> None:
    shown.top.views.buttons["Patients"].click()
    tree = shown.overview.patients.tree
    offered = []
    for row in range(3):
        tree.setCurrentIndex(tree.model().index(row, 0))
        offered.append((shown.overview.patient.report.isVisible(), shown.overview.patient_id))
    assert offered == [(True, "14-2523"), (True, "22549"), (False, "")]


def names(tree: QTreeView, parent: QModelIndex) -> list[str]:
    model = tree.model()
    return [str(model.index(row, 0, parent).data()) for row in range(model.rowCount(parent))]


def test_patients_are_listed_with_all_their_images_and_choosing_an_image_shows_it(shown: MainWindow) -> None:
    shown.top.views.buttons["Patients"].click()
    tree = shown.overview.patients.tree
    assert names(tree, QModelIndex()) == ["14-2523", "22549", "No patient known"]
    second = tree.model().index(1, 0)
    assert len(names(tree, second)) == 2
    tree.setCurrentIndex(tree.model().index(1, 0, second))
    result = shown.table.chosen()
    assert result is not None
    assert result.record.path.name == names(tree, second)[1]


def test_choosing_an_image_that_the_filter_hides_clears_the_search_and_shows_it(shown: MainWindow, qtbot: QtBot) -> None:
    shown.area.filter.search.setText("2523")
    qtbot.waitUntil(lambda: shown.results.rowCount() == 2)
    shown.top.views.buttons["Patients"].click()
    tree = shown.overview.patients.tree
    tree.setCurrentIndex(tree.model().index(2, 0))
    result = shown.table.chosen()
    assert result is not None
    assert result.record.path.name == "camera.png"
    assert shown.area.filter.search.text() == ""


def test_activating_a_patient_shows_its_images_in_the_table(shown: MainWindow) -> None:
    shown.top.views.buttons["Patients"].click()
    tree = shown.overview.patients.tree
    tree.activated.emit(tree.model().index(1, 0))
    assert shown.table.isVisible()
    assert sorted(str(shown.results.index(row, 1).data()) for row in range(shown.results.rowCount())) == ["14-22549AB", "14-22549G"]


def test_the_patients_page_follows_the_operating_point_and_stays_expanded(shown: MainWindow, qtbot: QtBot) -> None:
    shown.top.views.buttons["Patients"].click()
    view = shown.overview.patients
    model = view.tree.model()
    view.tree.expand(model.index(1, 0))
    view.tree.setCurrentIndex(model.index(0, 0, model.index(1, 0)))
    chosen = view.tree.currentIndex().data()
    before = model.index(0, 5).data()
    shown.operating_point.bar.threshold_chosen.emit(1.0 if before == "malignant" else 0.0)
    qtbot.waitUntil(lambda: model.index(0, 5).data() != before)
    assert view.tree.isExpanded(model.index(1, 0))
    assert view.tree.currentIndex().data() == chosen


def test_a_review_made_on_the_patients_page_stands_beside_the_verdict_on_the_patient(doubting_window: MainWindow, qtbot: QtBot) -> None:
    window = doubting_window
    window.settings.change(reviewer="M. Silva")
    window.top.views.buttons["Patients"].click()
    tree, model = window.overview.patients.tree, window.overview.patients.tree.model()
    patient = next(model.index(row, 0) for row in range(2) if model.index(row, 0).data() == "14-2523")
    verdict = [str(model.index(patient.row(), column).data()) for column in range(REVIEWED_COLUMN)]
    tree.setFocus()
    tree.setCurrentIndex(patient)
    assert not window.overview.patient.reviewed.isVisible()
    qtbot.keyClick(tree, Qt.Key.Key_Right)
    qtbot.keyClick(tree, Qt.Key.Key_Down)
    said = there(there(window.table.chosen()).verdict).decision
    accept = next(button for button in window.detail.review.findChildren(QPushButton) if button.isVisible() and "Accept" in button.text())
    qtbot.mouseClick(accept, Qt.MouseButton.LeftButton)
    await_reviewed(window, qtbot, 1)
    qtbot.waitUntil(lambda: model.index(patient.row(), REVIEWED_COLUMN).data() != "")
    assert model.index(patient.row(), REVIEWED_COLUMN).data() == f"1 {said}"
    assert [str(model.index(patient.row(), column).data()) for column in range(REVIEWED_COLUMN)] == verdict
    tree.setCurrentIndex(model.index(patient.row(), 0))
    assert window.overview.patient.reviewed.isVisible()
    assert window.overview.patient.reviewed.text() == f"1 of 1 image reviewed {said}"


def test_the_list_and_the_panel_name_a_suspicious_image_in_the_same_words(window: MainWindow, fill: Fill) -> None:
    fill([judged(number, f"SOB_B_A-14-7-100-00{number}.png", p, "A") for number, p in enumerate((0.9, 0.0, 0.0))])
    window.top.views.buttons["Patients"].click()
    listed = str(window.overview.patients.tree.model().index(0, 5).data())
    assert listed == "benign, suspicious image"
    assert window.overview.patient.heading.accessibleName() == listed.capitalize()


def test_the_summary_compares_decisions_with_official_names_and_says_so(shown: MainWindow) -> None:
    shown.top.views.buttons["Summary"].click()
    summary = shown.overview.summary
    texts = " ".join(label.text() for label in summary.findChildren(QLabel) if label.isVisibleTo(summary))
    assert "of 6 queued" in texts
    assert "1 failed, 0 refused" in texts
    assert "on 4 images" in texts
    assert "The truth of 4 images comes from official file names" in texts
    assert sum(map(int, summary.distribution.accessibleDescription().split(", "))) == 5


def test_the_summary_makes_no_comparison_without_official_names(
    window: MainWindow, run_folder: Callable[[Path], None], tmp_path: Path
) -> None:
    folder = tmp_path / "unknown"
    folder.mkdir()
    small_field(1).save(folder / "a.png")
    run_folder(folder)
    window.top.views.buttons["Summary"].click()
    assert window.overview.summary.isVisible()
    assert not window.overview.summary.decisions.isVisible()


def test_a_window_1280_pixels_wide_shows_the_decision_on_a_patient(shown: MainWindow) -> None:
    shown.resize(1280, 800)
    shown.top.views.buttons["Patients"].click()
    tree = shown.overview.patients.tree
    decision = tree.model().index(0, 5)
    assert str(decision.data()) in {"malignant", "benign"}
    assert tree.visualRect(decision).right() < tree.viewport().width()


@pytest.mark.parametrize("width", [1024, 1280])
def test_the_summary_fits_the_width_of_the_window(shown: MainWindow, qtbot: QtBot, width: int) -> None:
    shown.resize(width, 700)
    shown.top.views.buttons["Summary"].click()
    summary = shown.overview.summary
    qtbot.waitUntil(lambda: there(summary.widget()).width() <= summary.viewport().width())
    assert there(summary.widget()).minimumSizeHint().width() <= summary.viewport().width()


def visible_texts(window: MainWindow) -> str:
    summary = window.overview.summary
    return " ".join(label.text() for label in summary.findChildren(QLabel) if label.isVisibleTo(summary))


def test_reviews_are_not_used_as_truth_and_too_few_reviews_are_only_counted(shown: MainWindow, qtbot: QtBot) -> None:
    shown.top.views.buttons["Summary"].click()
    assert "reviewed as benign" not in visible_texts(shown)
    camera = next(record for record in shown.results.rows.records if record.path.name == "camera.png")
    shown.results.set_reviews({camera.position: REVIEW})
    counted = "Shown when 20 images are reviewed as benign and 20 as malignant; so far 1 and 0."
    qtbot.waitUntil(lambda: counted in visible_texts(shown))
    assert "on 4 images" in visible_texts(shown)
    assert not shown.overview.summary.reviews.isVisible()


def test_once_there_are_enough_reviews_they_are_compared_with_the_model(
    window: MainWindow, run_folder: Callable[[Path], None], tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "fields"
    folder.mkdir()
    for number in range(40):
        small_field(number).save(folder / f"field {number}.png")
    run_folder(folder)
    window.top.views.buttons["Summary"].click()
    malignant = replace(REVIEW, decision=Decision.MALIGNANT)
    window.results.set_reviews({number: malignant if number < 20 else REVIEW for number in range(40)})
    qtbot.waitUntil(window.overview.summary.reviews.isVisible)
    assert "of 40 images." in visible_texts(window)
    assert "does not measure the model." in visible_texts(window)
    assert not window.overview.summary.decisions.isVisible()


def test_the_lane_and_the_summary_agree_on_the_number_of_images_that_need_review(doubting_window: MainWindow, qtbot: QtBot) -> None:
    window = doubting_window
    window.settings.change(reviewer="M. Silva")
    window.detail.review.accept.trigger()
    await_reviewed(window, qtbot, 1)
    window.top.views.buttons["Summary"].click()
    texts = [label.text() for label in window.overview.summary._tiles["review"].findChildren(QLabel)]
    assert texts == ["NEEDS REVIEW", "2", "1 already reviewed"]
    assert window.results.counts()[Lane.REVIEW] == 2


@pytest.mark.parametrize("width", [420, 640, 832])
def test_every_count_of_a_matrix_is_shown_in_full(qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    matrix = ConfusionMatrix(Theme(qapp), "subtypes", row_names=SUBTYPE_CODES, column_names=SUBTYPE_CODES)
    qtbot.addWidget(matrix)
    matrix.show_counts([[1000 + 8 * row + column for column in range(8)] for row in range(8)])
    matrix.resize(max(width, matrix.minimumSizeHint().width()), 400)
    written = []

    def write(text: str, metrics: QFontMetrics, room: float) -> str:
        written.append(cut_short(text, metrics, room))
        return written[-1]

    monkeypatch.setattr(charts, "cut_short", write)
    matrix.grab()
    assert {count(1000 + cell) for cell in range(64)} <= set(written)


def test_cells_of_correct_and_of_wrong_decisions_in_a_matrix_differ_in_colour(qapp: QApplication, qtbot: QtBot) -> None:
    matrix = ConfusionMatrix(Theme(qapp), "decisions", row_names=("a", "b"), column_names=("a", "b"))
    qtbot.addWidget(matrix)
    matrix.show_counts([[50, 50], [50, 50]])
    matrix.resize(400, matrix.heightForWidth(400))
    shown = matrix.grab().toImage()
    colours = [[shown.pixelColor(x, matrix.height() - y).name() for x in (130, 320)] for y in (50, 8)]
    assert colours[0][0] == colours[1][1]
    assert colours[0][1] == colours[1][0]
    assert colours[0][0] != colours[0][1]
