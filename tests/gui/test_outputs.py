"""Nothing that the window writes replaces an image that is analysed, or anything else that the run was made from."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from breakhis_desktop import paths
from breakhis_desktop.errors import UserError
from breakhis_desktop.pipeline.export_run import ExportFormat, save_report
from breakhis_desktop.reporting.report import ReportOptions
from breakhis_desktop.ui.shell.main_window import MainWindow
from breakhis_desktop.ui.state.jobs import Job, JobStage

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")


@pytest.fixture
def job(window: MainWindow, folder: Path, tmp_path: Path, qtbot: QtBot) -> Job:
    """Run a folder with a table of patients."""
    (tmp_path / "patients.csv").write_text("file,patient\nb.png,Anna\n", encoding="utf-8")
    window.add([folder])
    job = window.jobs.at(0)
    assert job is not None
    job.identity_rule = f"csv:{tmp_path / 'patients.csv'}"
    window.top.start.click()
    qtbot.waitUntil(lambda: job.stage is JobStage.ENDED, timeout=20_000)
    return job


@pytest.mark.parametrize("kind", list(ExportFormat))
def test_an_export_is_refused_in_the_banner(
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
        window.exporter._store_file: "is the store or a part of it",
        paths.home() / "settings.json": "is a file of the program itself",
    }.items():
        with qtbot.waitSignal(window.exporter.failed, timeout=20_000):
            window.exporter.export(job, kind, file)
        assert words in window.banner.text
    assert {file: file.read_bytes() for file in before} == before


def test_a_damaged_image_is_known_by_what_was_read_of_it(
    window: MainWindow, folder: Path, tmp_path: Path, run_folder: Callable[[Path], None], qtbot: QtBot
) -> None:
    (folder / "words.png").write_text("no picture at all")
    run_folder(folder)
    (tmp_path / "out.csv").hardlink_to(folder / "words.png")
    with qtbot.waitSignal(window.exporter.failed, timeout=20_000):
        window.exporter.export(window.jobs.at(0), ExportFormat.CSV, tmp_path / "out.csv")
    assert "out.csv is an image" in window.banner.text
    assert (folder / "words.png").read_text() == "no picture at all"


def test_a_report_replaces_neither_an_image_nor_its_logo(window: MainWindow, job: Job, folder: Path, tmp_path: Path) -> None:
    assert job.facts is not None
    (tmp_path / "logo.pdf").write_bytes(b"a picture of a kind of its own")
    (tmp_path / "b.pdf").hardlink_to(folder / "b.png")
    options = ReportOptions("Laboratory", tmp_path / "logo.pdf")
    for name, words in {"logo.pdf": "is the logo of the report", "b.pdf": "is an image"}.items():
        with pytest.raises(UserError, match=words):
            save_report(window.exporter._store_file, job.facts.run_id, tmp_path / name, b"%PDF", options)
    save_report(window.exporter._store_file, job.facts.run_id, tmp_path / "report.pdf", b"%PDF", options)
    assert (tmp_path / "report.pdf").read_bytes() == b"%PDF"


def test_diagnostics_replace_no_file_of_the_program(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.diagnostics.failed, timeout=20_000):
        window.diagnostics.save(paths.settings_file())
    assert "is a file of the program itself; write to another file." in window.banner.text
