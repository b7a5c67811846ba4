"""A run leaves behind a log that names no patient, and writes files only to the program's folder and where the user asks for them."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from breakhis_desktop.cli import main
from breakhis_desktop.inference.model_output import ModelOutput
from tests.conftest import FakeClassifier

PATIENT = "Maria da Silva 14-2523"
IMAGE = "SOB_M_DC-14-2523-400-001.png"


@pytest.fixture
def patient_folder(tmp_path: Path, samples: list[Path]) -> Path:
    folder = tmp_path / PATIENT
    folder.mkdir()
    (folder / IMAGE).write_bytes(samples[0].read_bytes())
    (folder / "Silva broken.png").write_bytes(samples[0].read_bytes()[:5000])
    return folder


def assert_names_nobody(log: Path) -> None:
    text = log.read_text(encoding="utf-8")
    assert [word for word in ("Maria", "Silva", "2523", "SOB_", "broken.png", "gone.png") if word in text] == []


class Buggy(FakeClassifier):
    """Fails as a bug might, with the path of an image in the error's text."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def classify(self, inputs: NDArray[np.uint8]) -> list[ModelOutput]:
        raise ValueError(f"{inputs.shape} of {self._folder / IMAGE} cannot be classified")


@pytest.mark.parametrize("make", [lambda _folder: FakeClassifier(), Buggy], ids=["good", "buggy"])
def test_the_log_names_neither_the_patient_nor_a_file(
    log: Path, patient_folder: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], FakeClassifier]
) -> None:
    monkeypatch.setattr("breakhis_desktop.cli.running.DeferredClassifier", lambda *_: make(patient_folder))
    status = main([str(patient_folder), str(patient_folder / "gone.png")])
    buggy = make is Buggy
    assert status == (70 if buggy else 1)
    assert ("ValueError" in log.read_text(encoding="utf-8")) is buggy
    assert_names_nobody(log)


def test_damaged_models_are_reported_to_the_user_and_the_log_does_not_say_where_they_are(
    log: Path, patient_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (patient_folder / "card.json").write_text("{")
    assert main([str(patient_folder), "--models", str(patient_folder)]) == 2
    assert f"The models in {patient_folder} cannot be used" in capsys.readouterr().err
    assert_names_nobody(log)


WATCHED = """
import os, sys, tempfile
tempfile.gettempdir()  # before the audit begins: at the first call, Python writes a test file there
written = []
def note(event, arguments):
    if event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        written.append(str(arguments[0]))
sys.addaudithook(note)
from breakhis_desktop.cli import main
status = main(sys.argv[2:])
print(*[path for path in written if path.startswith(sys.argv[1])], sep="\\n")
sys.exit(status)
"""


@pytest.mark.slow
def test_nothing_is_written_to_the_systems_temporary_folder(tmp_path: Path, home: Path, samples: list[Path]) -> None:
    temporary, out = tmp_path / "temporary", tmp_path / "out"
    temporary.mkdir()
    out.mkdir()
    exports = [text for kind in ("csv", "xlsx", "json", "pdf") for text in (f"--{kind}", str(out / f"out.{kind}"))]
    call = [sys.executable, "-c", WATCHED, str(temporary), str(samples[0]), *exports]
    ended = subprocess.run(call, capture_output=True, text=True, check=False, env=os.environ | {"TMPDIR": str(temporary)})
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.strip() == ""
    assert list(temporary.iterdir()) == []
    assert len(list(out.iterdir())) == 4
    assert list(home.glob("run-*")) == []
