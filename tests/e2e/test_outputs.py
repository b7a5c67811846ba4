"""The command line never overwrites its inputs or its own files, and prints nothing that controls a terminal."""

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from breakhis_desktop import paths
from breakhis_desktop.assets import default_models
from breakhis_desktop.cli import main
from breakhis_desktop.inference.model_output import ModelOutput
from breakhis_desktop.reporting import tables
from tests.conftest import FakeClassifier, small_field

pytestmark = [
    pytest.mark.usefixtures("log"),
    pytest.mark.skipif(sys.platform == "win32", reason="on Windows, links need a privilege"),
]


class Watching(FakeClassifier):
    """Calls a function when it is first asked to classify, and counts how often it is asked."""

    asked = 0

    def __init__(self, at_first: object = None) -> None:
        self._at_first = at_first

    def classify(self, inputs: NDArray[np.uint8]) -> list[ModelOutput]:
        if not self.asked and callable(self._at_first):
            self._at_first()
        self.asked += 1
        return super().classify(inputs)


@pytest.fixture
def classifier(monkeypatch: pytest.MonkeyPatch) -> Watching:
    watching = Watching()
    monkeypatch.setattr("breakhis_desktop.cli.running.DeferredClassifier", lambda *_: watching)
    return watching


@pytest.fixture
def call(tmp_path: Path) -> list[str]:
    """Return the arguments of a call with every kind of input: images, a table of patients, and models."""
    (tmp_path / "fields").mkdir()
    small_field(0).save(tmp_path / "fields" / "a.png")
    (tmp_path / "patients.csv").write_text("file,patient,magnification\na.png,Maria,400\n")
    (tmp_path / "models").mkdir()
    shutil.copyfile(default_models() / "card.json", tmp_path / "models" / "card.json")
    return [str(tmp_path / "fields"), "--patients", f"csv:{tmp_path / 'patients.csv'}", "--models", str(tmp_path / "models")]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--csv", "out.csv"], "out.csv, which leads to"),
        (["--csv", "hard.csv"], "hard.csv is an image; write to another file."),
        (["--csv", "patients.csv"], "patients.csv is the table of patients; write to another file."),
        (["--json", "models/card.json"], "card.json is a file of the models; write to another file."),
        (["--csv", "run.sqlite-wal", "--store", "run.sqlite"], "run.sqlite-wal is the store or a part of it; write to another file."),
        (["--csv", "home/breakhis-desktop.log"], "breakhis-desktop.log is a file of the program itself; write to another file."),
    ],
)
def test_an_output_that_would_replace_an_input_or_a_file_of_the_program_is_refused_before_anything_runs(
    tmp_path: Path,
    call: list[str],
    classifier: Watching,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    options: list[str],
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "out.csv").symlink_to("fields/a.png")
    (tmp_path / "hard.csv").hardlink_to(tmp_path / "fields" / "a.png")
    (tmp_path / "home").symlink_to(paths.home())
    before = contents(tmp_path)
    assert main([*call, *options]) == 2
    told = capsys.readouterr().err
    assert words in told
    assert told.count("\n") == 1
    assert contents(tmp_path) == before
    assert not classifier.asked


@pytest.mark.parametrize("target", ["fields/a.png", "patients.csv", "models/card.json"])
def test_a_link_that_appears_during_the_run_is_not_followed(
    tmp_path: Path, call: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], target: str
) -> None:
    out = tmp_path / f"out{Path(target).suffix}" if "png" not in target else tmp_path / "out.csv"
    watching = Watching(lambda: out.symlink_to(tmp_path / target))
    monkeypatch.setattr("breakhis_desktop.cli.running.DeferredClassifier", lambda *_: watching)
    before = contents(tmp_path)
    assert main([*call, f"--{out.suffix[1:]}", str(out), "--pdf", str(tmp_path / "report.pdf")]) == 1
    assert watching.asked
    assert f"{out}, which leads to {tmp_path / target}, is " in capsys.readouterr().err
    after = contents(tmp_path)
    assert {name: after[name] for name in before} == before
    assert after["report.pdf"].startswith(b"%PDF")
    assert list(tmp_path.glob(".*")) == []


@pytest.mark.usefixtures("classifier")
def test_a_link_that_appears_while_the_results_are_assembled_is_not_followed(
    tmp_path: Path, call: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made, table = tables.csv_of, (tmp_path / "patients.csv").read_bytes()

    def made_slowly(*arguments: Any) -> bytes:
        (tmp_path / "out.csv").symlink_to(tmp_path / "patients.csv")
        return made(*arguments)

    monkeypatch.setattr(tables, "csv_of", made_slowly)
    assert main([*call, "--csv", str(tmp_path / "out.csv")]) == 1
    assert "patients.csv is the table of patients; write to another file." in capsys.readouterr().err
    assert (tmp_path / "patients.csv").read_bytes() == table


@pytest.mark.usefixtures("classifier")
@pytest.mark.parametrize("name", ["patients (0123456789ab)", "patients\udcff"])
def test_the_table_of_patients_is_recognised_whatever_its_name(
    tmp_path: Path, call: list[str], capsys: pytest.CaptureFixture[str], name: str
) -> None:
    table = (tmp_path / "patients.csv").rename(tmp_path / name)
    before = table.read_bytes()
    assert main([call[0], "--patients", f"csv:{table}", "--csv", str(table)]) == 2
    assert "is the table of patients; write to another file." in capsys.readouterr().err
    assert table.read_bytes() == before


@pytest.mark.usefixtures("classifier")
def test_the_other_outputs_are_written_if_an_output_fails_unexpectedly(
    tmp_path: Path, call: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stumble(*_: Any) -> bytes:
        raise ArithmeticError("nobody thought of it")

    monkeypatch.setattr(tables, "csv_of", stumble)
    outputs = {kind: tmp_path / f"out.{kind}" for kind in ("csv", "xlsx", "json", "pdf")}
    assert main([*call, *(part for kind, file in outputs.items() for part in (f"--{kind}", str(file)))]) == 70
    assert [kind for kind, file in outputs.items() if file.exists()] == ["xlsx", "json", "pdf"]
    told = capsys.readouterr().err
    assert "What is finished is kept in " in told
    assert told.count("Something unexpected went wrong") == 1


BUG = """
import runpy
import sys
from breakhis_desktop.pipeline import analyse

def stumble(*_):
    raise ArithmeticError("nobody thought of it")

analyse.analyse = stumble
runpy.run_module("breakhis_desktop.cli", run_name="__main__")
"""


def test_a_fault_is_logged_if_the_command_line_is_run_as_a_module(log: Path, call: list[str]) -> None:
    done = subprocess.run([sys.executable, "-c", BUG, call[0]], capture_output=True, text=True, check=False)
    assert done.returncode == 70
    assert "the log says more" in done.stderr
    text = log.read_text(encoding="utf-8")
    assert "ERROR breakhis_desktop.cli: breakhis-classify stopped" in text
    assert "ArithmeticError: nobody thought of it" in text


@pytest.mark.usefixtures("classifier")
def test_an_older_export_is_replaced_even_in_the_analysed_folder_and_through_a_link(tmp_path: Path, call: list[str]) -> None:
    inside, link = tmp_path / "fields" / "results.csv", tmp_path / "latest.csv"
    for _ in range(2):
        assert main([*call, "--csv", str(inside)]) == 0
    inside.chmod(0o600)
    link.symlink_to(inside)
    inside.write_text("older")
    assert main([*call, "--csv", str(link)]) == 0
    assert link.is_symlink()
    assert inside.read_text(encoding="utf-8").startswith("path,status")
    assert inside.stat().st_mode & 0o777 == 0o600


@pytest.mark.usefixtures("classifier")
@pytest.mark.parametrize(
    "arguments",
    [
        ["fields", "--odd\x1b[2J\u202e"],
        ["fields", "--engine", "\x1b[2J"],
        ["fields", "--operating-point", "\x1b[2J\u202e"],
        ["fields", "--csv", "\x1b[2J/out.csv"],
        ["fields", "--patients", "\x1b[2J"],
        ["\x1b[2J\u202e"],
        ["\x1b[2J/a.png"],
    ],
)
def test_nothing_that_is_printed_controls_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("fields", os.path.join("\x1b[2J", "b")):  # noqa: PTH118 (a name of the test's own)
        Path(folder).mkdir(parents=True)
        small_field(0).save(Path(folder) / "a\x1b[2J\u202e.png")
    with suppress(SystemExit):
        main(arguments)
    said = "".join(capsys.readouterr())
    assert said
    assert [character for character in said if not character.isprintable() and character != "\n"] == []
