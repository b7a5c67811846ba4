"""The model of the results table: its filter, order, counts and operating point, partly under Qt's model tester."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from breakhis_desktop.domain.decision import OperatingPoint
from breakhis_desktop.domain.identity import Identity
from breakhis_desktop.ui.state.result_filter import Lane, ResultFilter
from breakhis_desktop.ui.state.results import RESULT_ROLE, ResultsModel
from tests.factories.results import RECORDS, REVIEW, judged, shown
from tests.factories.runs import run_info
from tests.factories.windows import FATAL


@pytest.fixture
def model(qtbot: QtBot) -> ResultsModel:
    made = ResultsModel()
    made.show(RECORDS, run_info())
    return made


def test_the_model_passes_qts_model_tester_through_every_change(model: ResultsModel) -> None:
    tester = QAbstractItemModelTester(model, FATAL)
    for lane in Lane:
        model.set_filter(ResultFilter(lane=lane))
    model.set_point(OperatingPoint("chosen", 0.95))
    model.add([judged(6, "late.png", 0.97, "DC"), judged(7, "later.png", 0.1, "A")])
    model.sort(0, Qt.SortOrder.AscendingOrder)
    model.set_filter(ResultFilter("sob"))
    model.set_filter(ResultFilter("nothing like it"))
    model.set_reviews({1: REVIEW})
    model.set_filter(ResultFilter())
    assert shown(model) == [1, 0, 5, 6, 7, 2, 4, 3]
    model.set_filter(ResultFilter("Anna"))
    model.identify(replace(record, identity=Identity("Anna" if record.position > 4 else "Berta")) for record in model.rows.records)
    assert shown(model) == [5, 6, 7]
    assert tester.model() is model


def test_a_filter_keeps_the_order_and_an_index_follows_its_image(model: ResultsModel) -> None:
    assert shown(model) == [4, 1, 3, 2, 0, 5]
    kept, hidden = QPersistentModelIndex(model.index(2, 1)), QPersistentModelIndex(model.index(4, 1))
    model.set_filter(ResultFilter(lane=Lane.BENIGN))
    assert shown(model) == [3, 2]
    assert kept.row() == 0
    assert not hidden.isValid()
    model.set_filter(ResultFilter())
    assert shown(model) == [4, 1, 3, 2, 0, 5]
    assert kept.data(RESULT_ROLE).record.position == 3


def test_lanes_count_only_images_that_match_the_rest_of_the_filter(model: ResultsModel) -> None:
    assert list(model.counts().values()) == [6, 2, 2, 3, 1, 1]
    model.set_filter(ResultFilter("sob", Lane.MALIGNANT))
    assert list(model.counts().values()) == [2, 1, 1, 1, 0, 0]


def test_another_operating_point_changes_decisions_and_moves_rows_between_lanes(model: ResultsModel) -> None:
    model.set_filter(ResultFilter(lane=Lane.MALIGNANT))
    shown_at_signal = []
    model.changed.connect(lambda: shown_at_signal.append(shown(model)))
    model.set_point(OperatingPoint("chosen", 0.2))
    assert shown_at_signal == [[4, 1, 3, 2]]
    result = model.index(3, 0).data(RESULT_ROLE)
    assert (result.threshold, str(result.verdict.decision)) == (0.2, "malignant")
    model.set_point(OperatingPoint("chosen", 0.95))
    assert shown(model) == []


def test_new_images_are_filtered_too(model: ResultsModel) -> None:
    model.set_filter(ResultFilter(lane=Lane.MALIGNANT))
    model.add([judged(6, "late.png", 0.7, "DC"), judged(7, "later.png", 0.1, "A")])
    assert shown(model) == [4, 6, 1]


def test_a_new_job_drops_the_filter_on_patients_that_it_lacks_and_keeps_the_rest(model: ResultsModel) -> None:
    model.set_filter(ResultFilter("sob", Lane.MALIGNANT, patients=frozenset({"14-2523", "14-9133"})))
    assert shown(model) == [4]
    model.show(RECORDS[1:], replace(run_info(), run_id=2))
    assert model.filter == ResultFilter("sob", Lane.MALIGNANT, patients=frozenset({"14-9133"}))
    model.show([judged(0, "sob.png", 0.9, "DC")], replace(run_info(), run_id=3))
    assert model.filter == ResultFilter("sob", Lane.MALIGNANT)
    assert shown(model) == [0]


def test_a_filter_on_a_patient_stays_while_the_run_analyses_the_images_of_the_patient_again(model: ResultsModel) -> None:
    wanted = ResultFilter(patients=frozenset({"14-2523"}))
    model.set_filter(wanted)
    model.show(RECORDS[1:], run_info())
    assert model.filter == wanted


def test_a_filter_on_a_patient_is_dropped_when_another_rule_reads_no_such_patient(model: ResultsModel) -> None:
    model.set_filter(ResultFilter(patients=frozenset({"14-2523"})))
    model.identify(replace(record, identity=Identity("Anna")) for record in model.rows.records)
    assert model.filter == ResultFilter()
    assert len(shown(model)) == len(RECORDS)
