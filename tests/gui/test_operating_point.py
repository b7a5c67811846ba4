"""Keyboard and mouse change the operating point above the table, and every row and export uses it."""

import csv
import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from breakhis_desktop.domain.card_parts import Temperature
from breakhis_desktop.domain.decision import NEAR_THRESHOLD, OperatingPoint
from breakhis_desktop.pipeline.export_run import ExportFormat
from breakhis_desktop.store.store import Store
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.results.operating_point_bar import OperatingPointBar
from breakhis_desktop.ui.results.probability_histogram import ProbabilityHistogram
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.job import Job, JobStage
from breakhis_desktop.ui.state.results import RESULT_ROLE, Result
from tests.conftest import small_field
from tests.factories import there
from tests.factories.operating_points import EVIDENCE, WithCurve
from tests.factories.windows import FATAL
from tests.gui.conftest import MakeWindow


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    for number in range(0, 200, 40):
        small_field(number).save(folder / f"SOB_M_DC-14-2523-100-{number:03}.png")
    return folder


@pytest.fixture
def window(make_window: MakeWindow, many: Path, qtbot: QtBot) -> MainWindow:
    """Return a window that shows five classified images and the bar of the operating point."""
    made = make_window(lambda _folder, _report_stage: WithCurve())
    analyse(made, many, qtbot)
    made.operating_point.line.click()
    return made


def analyse(window: MainWindow, folder: Path, qtbot: QtBot) -> Job:
    window.add([folder])
    window.top.start.click()
    qtbot.waitUntil(lambda: bool(window.jobs.in_stage(JobStage.ENDED)), timeout=20_000)
    job = window.jobs.at(0)
    assert job is not None
    return job


def bar_of(window: MainWindow) -> OperatingPointBar:
    return window.operating_point.bar


def results(window: MainWindow) -> list[Result]:
    return [window.results.index(row, 0).data(RESULT_ROLE) for row in range(window.results.rowCount())]


def median_of(window: MainWindow) -> float:
    """Return the median probability, rounded to hundredths, as a threshold with images on both sides."""
    found = sorted(result.record.prediction.p_malignant for result in results(window) if result.record.prediction)
    return round(found[len(found) // 2], 2)


def assert_decided_at(window: MainWindow, threshold: float) -> None:
    for result in results(window):
        assert result.record.prediction is not None
        assert result.verdict is not None
        assert result.threshold == threshold
        assert (result.verdict.decision == "malignant") is (result.record.prediction.p_malignant >= threshold)


def test_the_bar_appears_with_the_rows_and_starts_at_the_point_of_the_run(window: MainWindow) -> None:
    bar = bar_of(window)
    assert bar.isVisible()
    assert list(bar.presets) == ["screening", "default", "balanced"]
    assert [name for name, chip in bar.presets.items() if chip.isChecked()] == ["default"]
    assert bar.threshold.text() == "0.340"
    assert bar.sensitivity.text() == "sensitivity 0.95 [0.90, 0.98]"
    assert bar.specificity.text() == "specificity 0.60 [0.40, 0.80]"
    assert EVIDENCE in bar.evidence.text()
    assert not bar.back.isVisible()


def test_the_bar_is_hidden_while_there_are_no_rows(make_window: MakeWindow) -> None:
    assert not bar_of(make_window()).isVisible()


def test_keys_move_the_threshold_and_every_row_is_decided_again_at_once(window: MainWindow, qtbot: QtBot) -> None:
    bar, before = bar_of(window), [result.record for result in results(window)]
    bar.slider.setFocus()
    qtbot.keyClick(bar.slider, Qt.Key.Key_Right)
    assert bar.threshold.text() == "0.350"
    assert_decided_at(window, 0.35)
    qtbot.keyClick(bar.slider, Qt.Key.Key_PageUp)
    assert_decided_at(window, 0.45)
    qtbot.keyClick(bar.slider, Qt.Key.Key_Home)
    assert_decided_at(window, 0.0)
    assert {result.verdict.decision for result in results(window) if result.verdict} == {"malignant"}
    qtbot.keyClick(bar.slider, Qt.Key.Key_End)
    assert_decided_at(window, 1.0)
    assert {result.verdict.decision for result in results(window) if result.verdict} == {"benign"}
    assert [result.record for result in results(window)] == before


def test_a_click_moves_the_slider_to_the_cursor_and_can_turn_into_a_drag(window: MainWindow, qtbot: QtBot) -> None:
    slider = bar_of(window).slider
    middle = slider.rect().center()
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=middle)
    assert slider.value() == pytest.approx(50, abs=2)
    assert_decided_at(window, slider.value() / 100)
    qtbot.mouseMove(slider, QPoint(slider.width() - 1, middle.y()))
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() - 1, middle.y()))
    assert_decided_at(window, 1.0)


def test_turning_the_wheel_over_the_slider_changes_no_decision(window: MainWindow) -> None:
    slider = bar_of(window).slider
    place = QPointF(slider.rect().center())
    none, no_keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    wheel = QWheelEvent(
        place, slider.mapToGlobal(place), QPoint(0, 120), QPoint(0, 120), none, no_keys, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(slider, wheel)
    assert_decided_at(window, 0.34)


def test_a_threshold_between_the_presets_shows_the_figures_of_the_curve(window: MainWindow, qtbot: QtBot) -> None:
    bar = bar_of(window)
    bar.slider.setValue(40)
    assert bar.sensitivity.text() == "sensitivity 0.60 [0.30, 1.00]"
    assert bar.specificity.text() == "specificity 0.40 [0.20, 1.00]"
    assert "was 60 of 100, with a 95% interval from 30 to 100" in bar.sensitivity.toolTip()
    assert "grouped, temperature cross-fitted" in bar.evidence.text()
    assert not any(chip.isChecked() for chip in bar.presets.values())


def test_the_bar_shows_which_probabilities_are_near_the_threshold_and_the_rows_agree(window: MainWindow) -> None:
    bar, margin = bar_of(window), WithCurve.card.review.margin
    assert f"near the threshold: {0.34 - margin:.3f} to {0.34 + margin:.3f}" in bar.evidence.text()
    for threshold in (0.05, 0.2, 0.5, 0.95):
        window.operating_point.bar.threshold_chosen.emit(threshold)
        low, high = WithCurve.card.review_rule.band(threshold)
        assert f"near the threshold: {low:.3f} to {high:.3f}" in bar.evidence.text()
        for result in results(window):
            near = low < there(result.record.prediction).p_malignant < high
            assert (NEAR_THRESHOLD in there(result.verdict).review_reasons) is near


def test_a_chip_chooses_its_preset_and_the_back_button_returns_to_the_point_of_the_run(window: MainWindow) -> None:
    bar = bar_of(window)
    bar.presets["balanced"].click()
    assert_decided_at(window, 0.5)
    assert bar.presets["balanced"].isChecked()
    assert bar.slider.value() == 50
    assert window.operating_point.line.text().startswith("▾ Operating point: Balanced, 0.500 (the run's own: 0.340)")
    bar.back.click()
    assert_decided_at(window, 0.34)
    assert bar.presets["default"].isChecked()
    assert window.operating_point.line.text().startswith("▾ Operating point: Default, 0.340")
    assert "the run's own" not in window.operating_point.line.text()
    assert not bar.back.isVisible()


def test_tab_moves_from_chip_to_chip_and_then_to_the_slider(window: MainWindow, qtbot: QtBot) -> None:
    bar = bar_of(window)
    stops = [*bar.presets.values(), bar.slider]
    stops[0].setFocus()
    for one, after in pairwise(stops):
        qtbot.keyClick(one, Qt.Key.Key_Tab)
        assert window.focusWidget() is after


def test_clicking_the_chosen_chip_leaves_it_chosen(window: MainWindow) -> None:
    bar = bar_of(window)
    bar.presets["default"].click()
    assert bar.presets["default"].isChecked()
    assert_decided_at(window, 0.34)


def test_the_chosen_image_stays_chosen_and_its_details_follow_the_threshold(window: MainWindow, qtbot: QtBot) -> None:
    window.table.selectRow(3)
    qtbot.waitUntil(lambda: window.detail.image.has_image)
    chosen = window.table.chosen()
    assert chosen is not None
    bar_of(window).slider.setValue(0)
    now = window.table.chosen()
    assert now is not None
    assert now.record == chosen.record
    assert window.detail._heading.accessibleName().startswith("Malignant ")
    assert window.detail._binary._tick == 0.0
    assert "models disagree" in window.detail.review.reasons_text
    assert "5 of 5 called malignant" in window.detail._patient.text()
    assert window.detail.image.has_image


def test_a_picture_that_opens_while_the_threshold_changes_is_shown(window: MainWindow, qtbot: QtBot) -> None:
    window.table.selectRow(4)
    bar_of(window).slider.setValue(70)
    qtbot.waitUntil(lambda: window.detail.image.has_image)


def test_rows_sorted_by_decision_are_sorted_again_when_the_threshold_changes(window: MainWindow) -> None:
    tester = QAbstractItemModelTester(window.results, FATAL)
    window.table.sortByColumn(4, Qt.SortOrder.AscendingOrder)
    bar_of(window).slider.setValue(round(100 * median_of(window)))
    decisions = [str(result.verdict.decision) for result in results(window) if result.verdict]
    assert set(decisions) == {"benign", "malignant"}
    assert decisions == sorted(decisions)
    tester.deleteLater()


def export(window: MainWindow, kind: ExportFormat, file: Path, qtbot: QtBot) -> Path:
    job = window.chosen.job
    assert job is not None
    with qtbot.waitSignal(window.notices.noted, timeout=20_000):
        window.exporter.export(job, kind, file)
    return file


def test_exports_use_the_point_in_force_and_the_store_keeps_the_point_of_the_run(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    threshold = median_of(window)
    bar_of(window).slider.setValue(round(100 * threshold))
    with export(window, ExportFormat.CSV, tmp_path / "out.csv", qtbot).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {(float(row["threshold"]), row["operating_point"]) for row in rows} == {(threshold, "custom")}
    assert {row["decision"] for row in rows} == {"benign", "malignant"}
    assert all((row["decision"] == "malignant") is (float(row["p_malignant"]) >= threshold) for row in rows)
    run = json.loads(export(window, ExportFormat.JSON, tmp_path / "out.json", qtbot).read_text(encoding="utf-8"))["run"]
    assert (run["operating_point"]["name"], run["operating_point"]["threshold"]) == ("custom", threshold)
    assert (run["run_made_at"]["name"], run["run_made_at"]["threshold"]) == ("default", 0.34)
    assert run["gate_limits"] == "program"
    with Store(tmp_path / "store.sqlite") as store:
        assert store.run(1).info().point == WithCurve.card.points["default"]


def test_each_job_keeps_its_own_point_in_force(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    bar, first = bar_of(window), window.chosen.job
    assert first is not None
    bar.presets["screening"].click()
    window.add([folder])
    assert not bar.isVisible()
    window.top.start.click()
    qtbot.waitUntil(lambda: len(window.jobs.in_stage(JobStage.ENDED)) == 2, timeout=20_000)
    assert bar.presets["default"].isChecked()
    window.chosen.choose(first)
    assert bar.presets["screening"].isChecked()
    assert_decided_at(window, 0.2)


def test_rows_that_arrive_later_are_decided_at_the_point_in_force(make_window: MakeWindow, many: Path, qtbot: QtBot) -> None:
    window = make_window(lambda _folder, _report_stage: WithCurve())
    window.add([many])
    job = window.jobs.at(0)
    assert job is not None
    job.point = OperatingPoint("custom", 0.9)
    window.top.start.click()
    qtbot.waitUntil(lambda: job.stage is JobStage.ENDED, timeout=20_000)
    assert_decided_at(window, 0.9)


def test_for_a_bundle_without_a_curve_no_figures_are_shown_between_the_presets(make_window: MakeWindow, many: Path, qtbot: QtBot) -> None:
    window = make_window()
    analyse(window, many, qtbot)
    bar = bar_of(window)
    assert bar.sensitivity.text() == "sensitivity 0.95 [0.90, 0.98]"
    bar.slider.setValue(30)
    assert bar.sensitivity.text() == "sensitivity not known"
    assert "Nothing is known about this threshold" in bar.evidence.text()
    assert_decided_at(window, 0.3)


def test_figures_of_other_models_are_not_shown_for_a_run(window: MainWindow) -> None:
    assert window.presenter.card is not None
    window.presenter.card = replace(window.presenter.card, temperature=Temperature(binary=9.0, subtype=9.0))
    bar = bar_of(window)
    bar.slider.setValue(40)
    assert list(bar.presets) == ["default"]
    assert bar.sensitivity.text() == "sensitivity not known"


def test_the_histogram_counts_each_image_once_and_shows_the_threshold(window: MainWindow) -> None:
    histogram = bar_of(window).histogram
    assert sum(histogram._counts) == 5
    bar_of(window).slider.setValue(60)
    assert sum(histogram._counts) == 5
    assert histogram._threshold == 0.6


def test_the_bars_of_the_histogram_change_colour_at_the_threshold(qapp: QApplication, qtbot: QtBot) -> None:
    theme = Theme(qapp)
    histogram = ProbabilityHistogram(theme)
    qtbot.addWidget(histogram)
    histogram.resize(100, 36)
    histogram.show_counts([1] * 10)
    for threshold in (0.25, 0.5, 0.85):
        histogram.show_threshold(threshold)
        picture = histogram.grab().toImage()
        edge = round(100 * threshold)
        below, above = ({picture.pixelColor(x, 18).name() for x in places} for places in (range(edge - 2), range(edge + 3, 100)))
        gap = picture.pixelColor(9, 18).name()
        assert below - {gap} == {theme.tokens.benign}
        assert above - {gap} == {theme.tokens.malignant}


@pytest.mark.parametrize("width", [1024, 1440])
def test_no_part_of_the_bar_is_cut_off_in_a_narrow_or_wide_window(window: MainWindow, width: int, qtbot: QtBot) -> None:
    bar = bar_of(window)
    window.resize(width, 700)
    qtbot.waitUntil(lambda: window.width() == width)
    bar.presets["balanced"].click()
    for part in (*bar.presets.values(), bar.slider, bar.threshold, bar.sensitivity, bar.histogram, bar.back):
        assert bar.rect().contains(QRect(part.mapTo(bar, QPoint()), part.size()))
        assert part.width() >= part.minimumSizeHint().width()
