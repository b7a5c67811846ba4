"""The patients of a job: item model and view."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from breakhis_desktop.domain.aggregate import PatientImages, group_by_patient
from breakhis_desktop.domain.decision import Prediction
from breakhis_desktop.domain.identity import Identity
from breakhis_desktop.domain.records import ImageRecord, Status
from breakhis_desktop.domain.taxonomy import Decision
from breakhis_desktop.ui.look.lettering import width_of
from breakhis_desktop.ui.look.theme import Theme
from breakhis_desktop.ui.overview import patients_tree
from breakhis_desktop.ui.overview.patients import LINE_ROLE, PROBABILITY_COLUMN, REVIEWED_COLUMN, PatientsModel
from breakhis_desktop.ui.overview.patients_tree import PatientsTree
from breakhis_desktop.ui.overview.patients_view import PatientsView
from breakhis_desktop.ui.results.column_widths import name_widths
from breakhis_desktop.ui.state.shown_names import ShownNames
from tests.factories.results import REVIEW
from tests.factories.windows import FATAL
from tests.gui.cut_words import drawn_names


def image(position: int, name: str, p: float, *, patient: str | None = None, magnification: int | None = None) -> ImageRecord:
    prediction = Prediction(p, (0.0,) * 7 + (1.0,))
    identity = Identity(patient, magnification)
    return ImageRecord(position, Path("/images") / name, Status.DONE, prediction=prediction, identity=identity)


def patients() -> list[PatientImages]:
    records = [
        image(0, "SOB_M_DC-14-2523-400-001.png", 0.7),
        image(1, "SOB_M_DC-14-2523-40-001.png", 0.9),
        image(2, "SOB_B_A-14-22549AB-100-001.png", 0.1),
        image(3, "SOB_B_A-14-22549AB-100-002.png", 0.6),
        image(4, "camera.png", 0.2),
    ]
    return group_by_patient(records, 0.5)


def texts(model: PatientsModel, row: int, parent: QModelIndex) -> list[str]:
    return [str(model.index(row, column, parent).data()) for column in range(model.columnCount())]


def test_the_patients_model_passes_qts_model_tester(qtbot: QtBot) -> None:
    model = PatientsModel()
    tester = QAbstractItemModelTester(model, FATAL)
    model.show(patients(), ShownNames(), {})
    model.show(patients()[:1], ShownNames(), {})
    model.sort(0, Qt.SortOrder.AscendingOrder)
    model.show([], ShownNames(), {})
    assert tester.model() is model


@pytest.mark.parametrize(
    ("column", "at_first", "then"),
    [
        (0, "2 10 30", "30 10 2"),
        (1, "2 10 30", "30 2 10"),
        (2, "10 30 2", "2 30 10"),
        (3, "2 30 10", "10 30 2"),
        (4, "2 10 30", "30 10 2"),
        (5, "2 30 10", "30 10 2"),
        (6, "2 30 10", "30 10 2"),
        (7, "10 30 2", "2 30 10"),
    ],
)
def test_a_click_on_a_title_sorts_the_patients_and_a_second_click_reverses_the_order(
    qapp: QApplication, qtbot: QtBot, column: int, at_first: str, then: str
) -> None:
    model = PatientsModel()
    tree = PatientsTree(model, Theme(qapp))
    qtbot.addWidget(tree)
    tree.resize(1200, 300)
    tree.show()
    records = [
        image(0, "a.png", 0.9, patient="Case 2", magnification=400),
        image(1, "b.png", 0.6, patient="Case 2", magnification=400),
        image(2, "c.png", 0.4, patient="Case 10", magnification=100),
        image(3, "d.png", 0.1, patient="Case 10", magnification=40),
        image(4, "e.png", 0.3, patient="Case 30", magnification=100),
        image(5, "f.png", 0.99),
    ]
    reviews = {2: REVIEW, 3: REVIEW, 4: replace(REVIEW, decision=Decision.MALIGNANT)}
    model.show(group_by_patient(records, 0.5), ShownNames(), reviews)
    header = tree.header()
    tree.sortByColumn((column + 1) % 8, Qt.SortOrder.AscendingOrder)
    title = QPoint(header.sectionViewportPosition(column) + 20, header.height() // 2)

    for expected in (at_first, then):
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=title)
        names = [texts(model, row, QModelIndex())[0] for row in range(model.rowCount())]
        assert names == [*(f"Case {number}" for number in expected.split()), "No patient known"]
    assert str(model.headerData(column, Qt.Orientation.Horizontal))[-1] in "▴▾"


def test_sorting_keeps_the_chosen_image_and_the_open_patients(qtbot: QtBot, qapp: QApplication) -> None:
    model = PatientsModel()
    view = PatientsView(model, Theme(qapp))
    qtbot.addWidget(view)
    model.show(patients(), ShownNames(), {})
    top = model.index(1, 0)
    view.tree.expand(top)
    view.tree.setCurrentIndex(model.index(1, 0, top))
    chosen = model.line(view.tree.currentIndex())
    view.tree.sortByColumn(PROBABILITY_COLUMN, Qt.SortOrder.AscendingOrder)
    assert texts(model, 0, QModelIndex())[0] == "14-22549AB"
    assert model.line(view.tree.currentIndex()) == chosen
    assert [view.tree.isExpanded(model.index(row, 0)) for row in range(3)] == [True, False, False]
    model.show(patients(), ShownNames(), {})
    assert texts(model, 0, QModelIndex())[0] == "14-22549AB"


def test_a_line_is_found_again_if_its_patient_or_image_is_still_listed(qtbot: QtBot) -> None:
    model = PatientsModel()
    model.show(patients(), ShownNames(), {})
    patient, second = model.line(model.index(0, 0)), model.line(model.index(1, 0, model.index(0, 0)))
    assert model.place_of(second).parent() == model.index(0, 0)
    model.show(group_by_patient([image(1, "SOB_M_DC-14-2523-40-001.png", 0.9)], 0.5), ShownNames(), {})
    assert model.place_of(patient) == model.index(0, 0)
    assert not model.place_of(second).isValid()
    model.show([], ShownNames(), {})
    assert not model.place_of(patient).isValid()


def test_each_patient_is_listed_with_all_its_magnifications_and_its_images_stand_below_it(qtbot: QtBot) -> None:
    model = PatientsModel()
    model.show(patients(), ShownNames(), {})
    top = QModelIndex()
    assert texts(model, 0, top) == ["14-2523", "2", "40×\u00a01 · 400×\u00a01", "0.80", "0.90", "malignant", "2 of 2", ""]
    assert texts(model, 1, top) == ["14-22549AB", "2", "100×\u00a02", "0.35", "0.60", "benign, suspicious image", "1 of 2", ""]
    assert texts(model, 2, top) == ["No patient known", "1", "", "", "", "", "", ""]
    assert texts(model, 0, model.index(2, 0)) == ["camera.png", "", "", "0.20", "", "benign", "", ""]
    below = model.index(0, 0)
    assert model.rowCount(below) == 2
    assert texts(model, 0, below) == ["SOB_M_DC-14-2523-40-001.png", "", "40×", "0.90", "", "malignant", "", ""]


def test_reviews_stand_beside_the_verdict_and_change_no_figure_of_the_models(qapp: QApplication, qtbot: QtBot) -> None:
    model = PatientsModel()
    tree = PatientsTree(model, Theme(qapp))
    qtbot.addWidget(tree)
    model.show(patients(), ShownNames(), {})
    assert tree.isColumnHidden(REVIEWED_COLUMN)
    before = [texts(model, row, QModelIndex())[:-1] for row in range(3)]
    malignant = replace(REVIEW, decision=Decision.MALIGNANT)
    model.show(patients(), ShownNames(), {0: malignant, 1: REVIEW, 2: REVIEW, 4: REVIEW})
    assert not tree.isColumnHidden(REVIEWED_COLUMN)
    assert tree.header().visualIndex(REVIEWED_COLUMN) == tree.header().visualIndex(5) + 1
    assert [texts(model, row, QModelIndex())[:-1] for row in range(3)] == before
    reviewed = [texts(model, row, QModelIndex())[-1] for row in range(3)]
    assert reviewed == ["1 malignant, 1 benign", "1 benign", "1 benign"]
    assert [texts(model, row, model.index(0, 0))[-1] for row in range(2)] == ["benign", "malignant"]
    assert texts(model, 0, model.index(1, 0))[-1] == ""


def test_a_patients_reviews_include_those_of_images_that_the_quality_gate_refused(qtbot: QtBot) -> None:
    model = PatientsModel()
    refused = ImageRecord(9, Path("/images/SOB_M_DC-14-2523-40-009.png"), Status.REFUSED)
    listed = group_by_patient([image(0, "SOB_M_DC-14-2523-400-001.png", 0.7), refused], 0.5)
    model.show(listed, ShownNames(), {9: REVIEW})
    assert texts(model, 0, QModelIndex()) == ["14-2523", "1", "400×\u00a01", "0.70", "0.70", "malignant", "1 of 1", "1 benign"]
    assert model.rowCount(model.index(0, 0)) == 1


def test_choosing_a_line_chooses_its_image_or_the_most_suspicious_image_of_its_patient(qtbot: QtBot) -> None:
    model = PatientsModel()
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    view = PatientsView(model, Theme(application))
    qtbot.addWidget(view)
    model.show(patients(), ShownNames(), {})
    chosen: list[int] = []
    opened: list[PatientImages] = []
    view.image_chosen.connect(chosen.append)
    view.patient_opened.connect(opened.append)
    view.tree.setCurrentIndex(model.index(1, 0))
    view.tree.expand(model.index(1, 0))
    qtbot.keyClick(view.tree, Qt.Key.Key_Down)
    qtbot.keyClick(view.tree, Qt.Key.Key_Down)
    assert chosen == [3, 3, 2]
    qtbot.keyClick(view.tree, Qt.Key.Key_Return)
    assert [patient.name for patient in opened] == ["22549"]
    assert view.tree.currentIndex().data(LINE_ROLE).record.position == 2


def test_the_names_of_all_images_in_the_tree_are_shown_in_the_same_form(qapp: QApplication, qtbot: QtBot) -> None:
    names = [f"SOB_B_TA-14-9004-{magnification}-{number:03}.png" for number, magnification in enumerate((40, 100, 200, 400) * 3)]
    records = [image(number, name, 0.9) for number, name in enumerate(names)]
    model = PatientsModel()
    view = PatientsView(model, Theme(qapp))
    qtbot.addWidget(view)
    shown = ShownNames()
    shown.add(records)
    model.show(group_by_patient(records, 0.5), shown, {})
    view.tree.expandAll()
    view.resize(900, 700)
    view.show()
    endings = set()
    for width in range(100, 260, 4):
        view.tree.setColumnWidth(0, width)
        drawn = {name.replace(" ", "") for name in drawn_names(view.tree)}
        endings.add(frozenset((name.startswith("SOB"), name.endswith(".png")) for name in drawn))
    assert all(len(forms) == 1 for forms in endings)
    assert len(endings) > 1, "at these widths, the names should take several forms"


def test_the_line_below_a_patient_begins_at_the_edge_of_the_tree(qapp: QApplication, qtbot: QtBot) -> None:
    model, theme = PatientsModel(), Theme(qapp)
    view = PatientsView(model, theme)
    qtbot.addWidget(view)
    model.show(patients(), ShownNames(), {})
    view.tree.expandAll()
    view.resize(900, 400)
    view.show()
    below = view.tree.visualRect(model.index(0, 0, model.index(0, 0))).bottom()
    picture = view.tree.viewport().grab().toImage()
    assert {picture.pixelColor(x, below).name() for x in range(view.tree.columnWidth(0))} == {theme.tokens.line}


def test_the_column_of_decisions_has_room_for_the_words_suspicious_image_only_if_they_occur(qapp: QApplication, qtbot: QtBot) -> None:
    model = PatientsModel()
    tree = PatientsTree(model, Theme(qapp))
    qtbot.addWidget(tree)
    tree.resize(1200, 400)
    tree.show()
    widths = []
    for p in (0.0, 0.9):
        records = [image(number, f"SOB_B_A-14-7-100-00{number}.png", one) for number, one in enumerate((p, 0.0, 0.0))]
        model.show(group_by_patient(records, 0.5), ShownNames(), {})
        widths.append(tree.columnWidth(5))
    assert widths[0] < width_of("benign, suspicious image") < widths[1]


def test_resizing_the_tree_of_patients_does_not_measure_the_names_of_images_again(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured: list[int] = []

    def measure(shown: ShownNames, longest: Sequence[str], *, has_folder: bool) -> tuple[int, ...]:
        measured.append(len(longest))
        return name_widths(shown, longest, has_folder=has_folder)

    monkeypatch.setattr(patients_tree, "name_widths", measure)
    model = PatientsModel()
    theme = Theme(qapp)
    tree = PatientsTree(model, theme)
    qtbot.addWidget(tree)
    tree.resize(1200, 400)
    tree.show()
    model.show(patients(), ShownNames(), {})
    assert measured.pop() == 5
    wide = tree.columnWidth(0)
    measured.clear()
    tree.resize(500, 400)
    qtbot.waitUntil(lambda: tree.columnWidth(0) < wide)
    assert measured == []
    theme.changed.emit()  # as when the system's font changes
    assert measured == [5]
