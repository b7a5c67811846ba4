"""The window reports a folder that disappears during a run."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pytestqt.qtbot import QtBot

from breakhis_desktop.inference.model_output import ModelOutput
from breakhis_desktop.ui.state.job import JobStage
from tests.conftest import FakeClassifier, small_field
from tests.gui.conftest import MakeWindow


def test_a_folder_that_disappears_during_a_run_stops_the_job_and_is_reported(make_window: MakeWindow, tmp_path: Path, qtbot: QtBot) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for number in range(200):
        small_field(number).save(many / f"{number:03}.bmp")

    class RemovesFolder(FakeClassifier):
        def classify(self, inputs: NDArray[np.uint8]) -> list[ModelOutput]:
            if many.exists():
                many.rename(tmp_path / "away")
            return super().classify(inputs)

    window = make_window(lambda _folder, _say: RemovesFolder())
    window.add([many])
    window.top.start.click()
    qtbot.waitUntil(lambda: window.jobs.in_stage(JobStage.STOPPED) != [], timeout=20_000)
    (job,) = window.jobs.in_stage(JobStage.STOPPED)
    assert f"The folder {many} is empty or no longer there; connect the drive and start again" in window.banner.text
    assert (job.ledger.failed, job.ledger.done > 0) == (0, True)
