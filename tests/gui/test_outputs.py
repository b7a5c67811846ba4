"""No output of the window replaces an analysed image or any other input of the run."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from breakhis_desktop import paths
from breakhis_desktop.errors import UserError
from breakhis_desktop.pipeline.export_run import ExportFormat, save_report
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.job import Job, JobStage
from tests.factories import there

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="creating links requires a privilege on Windows")


@pytest.fixture
def job(window: MainWindow, folder: Path, tmp_path: Path, qtbot: QtBot) -> Job:
    """Return a finished job whose rule reads patients from a table."""
    (tmp_path / "patients.csv").write_text("file,patient\nb.png,Anna\n", encoding="utf-8")
    window.add([folder])
    job = window.jobs.at(0)
    assert job is not None
    job.reading.rule = f"csv:{tmp_path / 'patients.csv'}"
    window.top.start.click()
    qtbot.waitUntil(lambda: job.stage is JobStage.ENDED, timeout=20_000)
    return job


@pytest.mark.parametrize("kind", list(ExportFormat))
def test_an_export_over_an_input_or_a_program_file_is_refused_with_a_reason(
    window: MainWindow, job: Job, folder: Path, tmp_path: Path, qtbot: QtBot, kind: ExportFormat
) -> None:
    (tmp_path / f"hard.{kind}").hardlink_to(folder / "b.png")
    (tmp_path / f"link.{kind}").symlink_to(folder / "broken.png")
    (tmp_path / f"table.{kind}").hardlink_to(tmp_path / "patients.csv")
    before = {file: file.read_bytes() for file in (*folder.iterdir(), tmp_path / "patients.csv")}
    for file, words in {
        folder / "b.png": "has the name of an image",
        tmp_path / f"hard.{kind}": "is an image",
        tmp_path / f"link.{kind}": "broken.png, is an image",
        tmp_path / f"table.{kind}": "is the table of patients",
        window.exporter._inputs.store_file: "is the store or a part of it",
        paths.home() / "settings.json": "is a file of the program itself",
    }.items():
        with qtbot.waitSignal(window.notices.warned, timeout=20_000):
            window.exporter.export(job, kind, file)
        assert words in window.banner.text
    assert {file: file.read_bytes() for file in before} == before


def test_a_damaged_image_is_recognised_under_another_name_and_is_not_replaced(
    window: MainWindow, folder: Path, tmp_path: Path, run_folder: Callable[[Path], None], qtbot: QtBot
) -> None:
    (folder / "words.png").write_text("no picture at all")
    run_folder(folder)
    (tmp_path / "out.csv").hardlink_to(folder / "words.png")
    with qtbot.waitSignal(window.notices.warned, timeout=20_000):
        window.exporter.export(there(window.jobs.at(0)), ExportFormat.CSV, tmp_path / "out.csv")
    assert "out.csv is an image" in window.banner.text
    assert (folder / "words.png").read_text() == "no picture at all"


def test_a_report_replaces_neither_an_image_nor_the_logo_that_it_shows(window: MainWindow, job: Job, folder: Path, tmp_path: Path) -> None:
    assert job.run_info is not None
    (tmp_path / "logo.pdf").write_bytes(b"a picture in an unusual format")
    (tmp_path / "b.pdf").hardlink_to(folder / "b.png")
    inputs = window.exporter._inputs.note(tmp_path / "logo.pdf")()
    for name, words in {"logo.pdf": "is the logo of the report", "b.pdf": "is an image"}.items():
        with pytest.raises(UserError, match=words):
            save_report(window.exporter._inputs.store_file, job.run_info.run_id, tmp_path / name, b"%PDF", inputs)
    save_report(window.exporter._inputs.store_file, job.run_info.run_id, tmp_path / "report.pdf", b"%PDF", inputs)
    assert (tmp_path / "report.pdf").read_bytes() == b"%PDF"


def test_diagnostics_do_not_replace_a_file_of_the_program(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.notices.warned, timeout=20_000):
        window.diagnostics.save(paths.settings_file())
    assert "is a file of the program itself; write to another file." in window.banner.text


@pytest.fixture(params=["patients (0123456789ab)", "patients\u200c.txt", "patients\udcff.txt"])
def odd_table(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Return a table of patients whose name a store cannot keep unchanged."""
    table = tmp_path / str(request.param)
    table.write_text("file,patient\nb.png,Anna\n", encoding="utf-8")
    return table


def warnings_about(window: MainWindow, job: Job, file: Path, qtbot: QtBot) -> list[str]:
    """Try to write a job's results, its report and the diagnostics to the same file; return the three warnings."""
    assert job.run_info is not None
    warnings = []
    with qtbot.waitSignal(window.notices.warned, timeout=20_000):
        window.exporter.export(job, ExportFormat.CSV, file)
    warnings.append(window.banner.text)
    with qtbot.waitSignal(window.notices.warned, timeout=20_000):
        window.reports.save(file)
    warnings.append(window.banner.text)
    with qtbot.waitSignal(window.notices.warned, timeout=20_000):
        window.diagnostics.save(file)
    return [*warnings, window.banner.text]


def test_the_table_of_patients_is_not_replaced_whatever_its_name(
    window: MainWindow, folder: Path, odd_table: Path, make_window: Callable[[], MainWindow], qtbot: QtBot
) -> None:
    window.add([folder])
    job = window.jobs.all()[0]
    job.reading.rule = f"csv:{odd_table}"
    window.top.start.click()
    qtbot.waitUntil(lambda: job.stage is JobStage.ENDED, timeout=20_000)
    assert [record.patient_id for record in job.records if record.path.name == "b.png"] == ["Anna"]
    assert [text for text in warnings_about(window, job, odd_table, qtbot) if "is the table of patients" not in text] == []
    window.close()
    again = make_window()
    qtbot.waitUntil(lambda: again.jobs.rowCount() == 1, timeout=20_000)
    (restored,) = again.jobs.all()
    assert restored.reading.rule == restored.rule == f"csv:{odd_table}"
    assert [text for text in warnings_about(again, restored, odd_table, qtbot) if "is the table of patients" not in text] == []
    assert odd_table.read_text(encoding="utf-8") == "file,patient\nb.png,Anna\n"


def test_no_output_may_replace_the_table_of_another_job_or_the_logo_of_reports(
    window: MainWindow, job: Job, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "more.txt").write_text("file,patient\n")
    (tmp_path / "logo.gif").write_text("a logo in an unusual format")
    window.jobs.add([tmp_path], identity_rule=f"csv:{tmp_path / 'more.txt'}")
    window.settings.change(logo=str(tmp_path / "logo.gif"))
    for name, words in {"more.txt": "is the table of patients", "logo.gif": "is the logo of the report"}.items():
        assert [text for text in warnings_about(window, job, tmp_path / name, qtbot) if words not in text] == []


def test_diagnostics_do_not_replace_the_table_of_patients(window: MainWindow, job: Job, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.notices.warned, timeout=20_000):
        window.diagnostics.save(tmp_path / "patients.csv")
    assert "is the table of patients" in window.banner.text
