"""The item models of results and jobs, the contrast of text colours, and the stages of a job."""

from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from breakhis_desktop.domain.decision import Prediction
from breakhis_desktop.domain.records import ImageRecord, Status
from breakhis_desktop.domain.taxonomy import Decision
from breakhis_desktop.ui.look.theme import DARK, LIGHT, Tokens
from breakhis_desktop.ui.state.job import Job, JobStage
from breakhis_desktop.ui.state.jobs import JobsModel
from breakhis_desktop.ui.state.results import RESULT_ROLE, ResultsModel
from tests.factories import said
from tests.factories.runs import run_info
from tests.factories.windows import FATAL


def record(position: int, p_malignant: float | None) -> ImageRecord:
    if p_malignant is None:
        return ImageRecord(position, Path(f"/{position}.png"), Status.FAILED, said("gone"))
    prediction = Prediction(p_malignant, (0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0))
    return ImageRecord(position, Path(f"/{position}.png"), Status.DONE, prediction=prediction)


def test_the_results_model_passes_qts_model_tester(qtbot: QtBot) -> None:
    model = ResultsModel()
    tester = QAbstractItemModelTester(model, FATAL)
    model.show([record(0, 0.2), record(1, None)], run_info())
    model.add([record(2, 0.9), record(3, 0.1)])
    model.sort(0, Qt.SortOrder.AscendingOrder)
    model.add([])
    model.show([], None)
    assert tester.model() is model


def test_new_rows_are_inserted_in_order_and_an_index_follows_its_image(qtbot: QtBot) -> None:
    model = ResultsModel()
    model.show([record(0, 0.2), record(1, None)], run_info())
    index = QPersistentModelIndex(model.index(0, 2))
    model.add([record(2, 0.9), record(3, 0.1)])
    assert [model.index(row, 0).data(RESULT_ROLE).record.position for row in range(4)] == [2, 0, 3, 1]
    assert (index.row(), index.column()) == (1, 2)
    assert index.data(RESULT_ROLE).record.position == 0


def test_the_jobs_model_passes_qts_model_tester(qtbot: QtBot, tmp_path: Path) -> None:
    model = JobsModel()
    tester = QAbstractItemModelTester(model, FATAL)
    first, second = model.add([tmp_path]), model.add([tmp_path / "a.png", tmp_path / "b.png"])
    second.stage = JobStage.RUNNING
    model.refresh(second)
    model.remove(first)
    assert model.in_stage(JobStage.RUNNING) == [second]
    assert tester.model() is model


def test_jobs_move_as_qt_expects_and_an_impossible_move_changes_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    model, root = JobsModel(), QModelIndex()
    tester = QAbstractItemModelTester(model, FATAL)
    a, b, c, d = (model.add([tmp_path / name]) for name in "abcd")
    followed = QPersistentModelIndex(model.index_of(a))
    assert model.moveRow(root, 0, root, 3)
    assert model.all() == [b, c, a, d]
    assert followed.row() == 2
    assert model.moveRows(root, 2, 2, root, 0)
    assert model.all() == [a, d, b, c]
    assert model.shift(b, 1)
    assert model.shift(b, -1)
    assert model.all() == [a, d, b, c]
    assert not any((model.shift(a, -1), model.shift(c, 1), model.moveRow(root, 1, root, 2), model.moveRow(root, 4, root, 0)))
    assert model.all() == [a, d, b, c]
    assert len({job.job_id for job in model.all()}) == 4
    assert tester.model() is model


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours. Source: WCAG 2.2, relative luminance."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    values = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in values]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_text_colour_has_enough_contrast_on_every_background() -> None:
    for tokens in (LIGHT, DARK):
        for ground in (tokens.pane, tokens.ground, tokens.accent_ground, tokens.hover, tokens.track):
            for text in _text_colours(tokens):
                assert contrast(text, ground) >= 4.5, (text, ground)
        assert contrast(tokens.on_accent, tokens.accent) >= 4.5


def _text_colours(tokens: Tokens) -> list[str]:
    return [tokens.text, tokens.muted, tokens.review, *(tokens.of(decision).name() for decision in Decision)]


def test_a_job_moves_through_its_stages_and_cannot_run_again_once_ended() -> None:
    job = Job(1, (Path("/images"),))
    for stage in (JobStage.WAITING, JobStage.RUNNING, JobStage.PAUSING, JobStage.PAUSED, JobStage.CANCELLING, JobStage.ENDED):
        job.move(stage)
    with pytest.raises(ValueError, match="from ended to running"):
        job.move(JobStage.RUNNING)
