"""What the window writes to the log names no patient."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from pytestqt.qtbot import QtBot

from breakhis_desktop.inference.bundle import read_bundle
from breakhis_desktop.inference.model_output import ModelOutput
from breakhis_desktop.logs import start_log
from breakhis_desktop.ui.state.job import JobStage
from breakhis_desktop.worker.analysis import BUG_ADVICE
from tests.conftest import FakeClassifier
from tests.gui.conftest import MakeWindow


@pytest.fixture
def patient_folder(folder: Path) -> Path:
    return folder.rename(folder.with_name("Maria da Silva 14-2523"))


def assert_names_nobody(log: Path) -> None:
    text = log.read_text(encoding="utf-8")
    assert [word for word in ("Maria", "Silva", "2523", "SOB_") if word in text] == []


def test_a_bug_during_a_run_is_logged_without_naming_the_patient(
    make_window: MakeWindow, patient_folder: Path, log: Path, qtbot: QtBot
) -> None:
    class Broken(FakeClassifier):
        def classify(self, inputs: NDArray[np.uint8]) -> list[ModelOutput]:
            raise ValueError(f"no values in {patient_folder}")

    start_log()
    window = make_window(lambda _folder, _say: Broken())
    window.add([patient_folder])
    window.top.start.click()
    qtbot.waitUntil(lambda: window.jobs.in_stage(JobStage.STOPPED) != [], timeout=20_000)
    assert str(BUG_ADVICE) in window.banner.text
    text = log.read_text(encoding="utf-8")
    assert "a run stopped" in text
    assert "breakhis_desktop.pipeline.analyse:" in text
    assert_names_nobody(log)


def test_unusable_models_are_logged_without_naming_their_folder(
    make_window: MakeWindow, patient_folder: Path, log: Path, qtbot: QtBot
) -> None:
    start_log()
    window = make_window(lambda _folder, _say: read_bundle(patient_folder))
    qtbot.waitUntil(lambda: window.presenter.blocked, timeout=20_000)
    assert str(patient_folder) in window.banner.text
    text = log.read_text(encoding="utf-8")
    assert "models blocked" in text
    assert "breakhis_desktop.inference.bundle:" in text
    assert_names_nobody(log)
