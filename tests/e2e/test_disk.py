"""The command line, with a fake classifier, when disks are full, folders vanish or are read-only, and stores cannot be used."""

import csv
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock
from numpy.typing import NDArray

from breakhis_desktop.cli import main
from breakhis_desktop.inference.model_output import ModelOutput
from breakhis_desktop.pipeline.analyse import CHUNK
from breakhis_desktop.store.store import Store
from tests.conftest import FakeClassifier, small_disk, small_field

IMAGES = 6 * CHUNK
KINDS = ("csv", "xlsx", "json", "pdf")

pytestmark = pytest.mark.usefixtures("log")

UseClassifier = Callable[[FakeClassifier], None]


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> UseClassifier:
    """Return a function that makes the command line use the given classifier."""
    return lambda classifier: monkeypatch.setattr("breakhis_desktop.cli.running.DeferredClassifier", lambda *_: classifier)


@pytest.fixture
def many(tmp_path: Path, use: UseClassifier) -> Path:
    use(FakeClassifier())
    folder = tmp_path / "share" / "many"
    folder.mkdir(parents=True)
    for number in range(IMAGES):
        small_field(number % 200).save(folder / f"{number:03}.bmp")
    return folder


def classify(*arguments: str | Path) -> int:
    return main([str(argument) for argument in arguments])


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_disk_that_fills_up_stops_a_run_and_the_same_call_resumes_it(
    many: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store, out = tmp_path / "run.sqlite", tmp_path / "out.csv"
    with small_disk(2_000_000):
        assert classify(many, "--store", store, "--csv", out) == 2
    told = capsys.readouterr().err
    assert told.startswith(f"breakhis-classify: The store {store} cannot be used (")
    assert told.endswith("Check that its folder exists, can be written to and has space left.\n")
    assert not out.exists()

    class Counting(FakeClassifier):
        images = 0

        def classify(self, inputs: NDArray[np.uint8]) -> list[ModelOutput]:
            self.images += len(inputs)
            return super().classify(inputs)

    rest = Counting()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("breakhis_desktop.cli.running.DeferredClassifier", lambda *_: rest)
        assert classify(many, "--store", store, "--csv", out) == 0
    assert 0 < rest.images < IMAGES
    assert classify(many, "--csv", tmp_path / "undisturbed.csv") == 0
    assert rows(out) == rows(tmp_path / "undisturbed.csv")
    assert len(rows(out)) == IMAGES


class TakesAway(FakeClassifier):
    """Renames a folder while the first images are classified."""

    def __init__(self, folder: Path, away: Path) -> None:
        self._folder, self._away = folder, away

    def classify(self, inputs: NDArray[np.uint8]) -> list[ModelOutput]:
        if not self._away.exists():
            self._folder.rename(self._away)
        return super().classify(inputs)


def test_a_vanished_folder_stops_the_run_and_finished_results_are_kept_even_without_a_store(
    many: Path, tmp_path: Path, home: Path, use: UseClassifier, capsys: pytest.CaptureFixture[str]
) -> None:
    use(TakesAway(many.parent, tmp_path / "away"))
    assert classify(many, "--csv", tmp_path / "out.csv") == 2
    (kept,) = home.glob("run-*")
    assert kept.suffix == ".sqlite"
    told = capsys.readouterr().err
    assert f"the same command with --store {kept} continues from there" in told
    assert f"The folder {many} is empty or no longer there; connect the drive and start again" in told
    (tmp_path / "away").rename(many.parent)
    use(FakeClassifier())
    assert classify(many, "--store", kept, "--csv", tmp_path / "out.csv") == 0
    assert [row["status"] for row in rows(tmp_path / "out.csv")] == ["done"] * IMAGES


def test_finished_results_are_kept_even_if_the_disk_of_the_programs_folder_is_full(
    many: Path, tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with small_disk(2_000_000):
        assert classify(many, "--csv", tmp_path / "out.csv") == 2
    (kept,) = home.glob("run-*.sqlite")
    assert f"the same command with --store {kept} continues from there" in capsys.readouterr().err
    with Store(kept) as store:
        assert 0 < store.run(1).ledger().done < IMAGES
    assert classify(many, "--store", kept, "--csv", tmp_path / "out.csv") == 0
    assert len(rows(tmp_path / "out.csv")) == IMAGES


def test_a_run_that_stops_before_any_image_is_finished_leaves_nothing_behind(tmp_path: Path, home: Path, use: UseClassifier) -> None:
    use(FakeClassifier())
    assert classify(tmp_path, "--csv", tmp_path / "out.csv") == 2
    assert list(home.glob("run-*")) == []


@pytest.mark.slow
def test_an_export_too_large_for_the_disk_does_not_replace_the_older_file_and_the_other_exports_are_written(
    many: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outputs = {kind: tmp_path / f"out.{kind}" for kind in KINDS}
    call = [many, "--store", tmp_path / "run.sqlite", *(text for kind, file in outputs.items() for text in (f"--{kind}", file))]
    assert classify(*call) == 0
    sizes = sorted(file.stat().st_size for file in outputs.values())
    for file in outputs.values():
        file.write_bytes(b"older")
    with small_disk(sizes[2] - 1):
        assert classify(*call) == 1
    kept = {kind for kind, file in outputs.items() if file.read_bytes() == b"older"}
    assert len(kept) == 2
    told = capsys.readouterr().err
    assert {
        kind for kind, file in outputs.items() if f"{file} could not be written: the disk cannot hold a file of that size" in told
    } == kept
    assert list(tmp_path.glob(".*.part")) == []


@pytest.fixture
def unprivileged() -> list[str]:
    """Return the words to put before a command so that file permissions apply to it even if the tests run as root."""
    if sys.platform == "win32":
        pytest.skip("only Unix has permission bits")
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("root may write everywhere, and this system lacks setpriv, which could prevent that")
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ("--store", "cannot be written: its folder is not there or is read-only. Choose another place."),
        ("--csv", "cannot be written: its folder is not there or is read-only. Choose another place."),
        ("BREAKHIS_HOME", "which cannot be created or written to; set it to another folder."),
    ],
)
def test_a_read_only_folder_is_reported_in_a_sentence_before_anything_runs(
    unprivileged: list[str], tmp_path: Path, folder: Path, option: str, words: str
) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    call = [*unprivileged, sys.executable, "-m", "breakhis_desktop.cli", str(folder)]
    call += [option, str(locked / "out")] if option.startswith("--") else []
    environment = os.environ | ({} if option.startswith("--") else {option: str(locked)})
    result = subprocess.run(call, capture_output=True, text=True, check=False, env=environment)
    assert result.returncode == 2
    assert result.stderr.endswith(f"{words}\n")
    assert result.stderr.count("\n") == 1
    assert list(locked.iterdir()) == []


def test_a_lock_held_by_another_process_is_reported_in_a_sentence_within_seconds(
    many: Path, tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, lock = tmp_path / "run.sqlite", home / ".temporary.lock"
    assert classify(many, "--store", store) == 0
    capsys.readouterr()
    monkeypatch.setattr("breakhis_desktop.store.temporary._PATIENCE", 0.2)
    monkeypatch.setattr("breakhis_desktop.store.connection._PATIENCE", 0.2)
    with FileLock(lock):
        assert classify(many) == 2
    assert capsys.readouterr().err.startswith(f"breakhis-classify: Another process holds the lock {lock} and does not release it.")
    with closing(sqlite3.connect(store, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        assert classify(many, "--store", store) == 2
    assert capsys.readouterr().err == (
        f"breakhis-classify: The store {store} is locked by another program. Close that program, or name another store.\n"
    )


def test_another_programs_database_is_refused_as_a_store(many: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "places.sqlite"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE moz_places (url TEXT)")
    content = other.read_bytes()
    assert classify(many, "--store", other) == 2
    assert "is the database of another program and was left as it is" in capsys.readouterr().err
    assert other.read_bytes() == content


def test_a_read_only_store_is_reported_in_a_sentence(unprivileged: list[str], many: Path, tmp_path: Path) -> None:
    store = tmp_path / "run.sqlite"
    assert classify(many, "--store", store) == 0
    store.chmod(0o400)
    call = [*unprivileged, sys.executable, "-m", "breakhis_desktop.cli", str(many), "--store", str(store)]
    result = subprocess.run(call, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert result.stderr.startswith(f"breakhis-classify: The store {store} cannot be used (attempt to write a readonly database)")
