"""In a folder with every kind of file, each file gets a row in the window, and the valid fields are analysed."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from breakhis_desktop.domain.records import Status
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.job import JobStage
from breakhis_desktop.ui.state.result_filter import ResultFilter
from breakhis_desktop.wording.images import ImageCode
from tests.conftest import small_field
from tests.odd_inputs import GOOD_FIELDS, ODD_PATIENTS, fill

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="creates pipes, sockets and file names that only Unix allows")


@pytest.fixture
def everything(tmp_path: Path) -> Iterator[tuple[Path, int]]:
    folder = tmp_path / "everything"
    folder.mkdir()
    yield folder, fill(folder, lambda number, file: small_field(number).save(file))
    subprocess.run(["rm", "-r", folder], check=True)  # pytest cannot remove this folder


def test_every_file_gets_one_row_and_the_valid_fields_are_classified(
    window: MainWindow, everything: tuple[Path, int], run_folder: Callable[[Path], None], qtbot: QtBot, capfd: pytest.CaptureFixture[str]
) -> None:
    folder, count = everything
    window.add([folder])
    (job,) = window.jobs.all()
    job.reading.rule = "folder"
    window.top.start.click()
    qtbot.waitUntil(lambda: job.stage in {JobStage.ENDED, JobStage.STOPPED}, timeout=60_000)
    assert (job.stage, job.message) == (JobStage.ENDED, None)
    assert job.ledger.queued == job.ledger.ended == count
    assert len({record.path for record in job.records}) == len(job.records) == count
    good = [record for record in job.records if record.path.name.startswith("good ")]
    assert [record.status for record in good] == [Status.DONE] * GOOD_FIELDS
    assert {record.patient_id for record in good} == {ODD_PATIENTS[1]}
    assert not any(record.reason and record.reason.code is ImageCode.FAULT for record in job.records)
    for text in ODD_PATIENTS:
        assert window.results.rows.matching(ResultFilter(text=text)).sum() == GOOD_FIELDS
    assert capfd.readouterr().err == ""
