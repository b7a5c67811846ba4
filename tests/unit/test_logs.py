"""The log says what went wrong and where in the program, but names no patient and no file."""

import logging
import os
import subprocess
import sys
import threading
import warnings
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from breakhis_desktop import paths
from breakhis_desktop.endings import DICOM_SUFFIXES, IMAGE_SUFFIXES, WHOLE_SLIDE_SUFFIXES
from breakhis_desktop.errors import UserError
from breakhis_desktop.inference.bundle import read_bundle
from breakhis_desktop.inference.model_output import ModelOutput
from breakhis_desktop.logs import masked, start_log
from breakhis_desktop.pipeline.analyse import Request, analyse
from breakhis_desktop.store.store import Store
from tests.conftest import FakeClassifier, small_field

PATIENT = "Maria da Silva 14-2523"
PRIVATE = ("Maria", "Silva", "14-2523", "2523", "fields", "Jos", "SOB_")

_log = logging.getLogger("breakhis_desktop.tests")


@pytest.fixture(autouse=True)
def started(log: Path) -> None:
    start_log()


def text_of(log: Path) -> str:
    text = log.read_text(encoding="utf-8")
    assert [word for word in PRIVATE if word in text] == []
    return text


def strange_path(folder: Path) -> Path:
    return Path(os.fsdecode(os.fsencode(folder / PATIENT / "Jos\xe9 4") + b"\xe9")) / "SOB_M_DC-14-2523-400-001.png"


def test_a_bug_is_logged_with_its_message_and_the_modules_involved_but_without_paths(log: Path, tmp_path: Path) -> None:
    class Broken(FakeClassifier):
        def classify(self, inputs: NDArray[np.uint8]) -> list[ModelOutput]:
            try:
                raise KeyError("14-2523")
            except KeyError as error:
                raise ValueError(f"shapes do not fit\nin {strange_path(tmp_path)}\nfor SOB_M_DC-14-2523-400-001, 14-2523AB") from error

    small_field(0).save(tmp_path / "a.bmp")
    try:
        with Store(tmp_path / "store.sqlite") as store:
            list(analyse(Request((tmp_path,), FakeClassifier.card.points["default"]), Broken(), store, threading.Event()))
    except ValueError:
        _log.exception("a run stopped")
    text = text_of(log)
    assert "ERROR breakhis_desktop.tests: a run stopped" in text
    assert "KeyError: '…'" in text
    assert "which led to:" in text
    assert "breakhis_desktop.pipeline.analyse:" in text
    assert "in classify" in text
    assert "ValueError: shapes do not fit\n(left out: it may name a file)\nfor …" in text


def test_system_errors_are_logged_without_the_files_that_they_name(log: Path, tmp_path: Path) -> None:
    for path in (strange_path(tmp_path), Path("Maria.png")):
        try:
            path.read_bytes()
        except OSError:
            _log.exception("not read")
    assert text_of(log).count("FileNotFoundError: No such file or directory") == 2


def test_an_error_shown_to_the_user_is_logged_only_with_its_place_in_the_code(log: Path, tmp_path: Path) -> None:
    try:
        read_bundle(tmp_path / PATIENT)
    except UserError:
        _log.warning("models blocked", exc_info=True)
    text = text_of(log)
    assert "breakhis_desktop.inference.bundle:" in text
    assert "BundleError: (told to the user)" in text


def test_messages_that_contain_paths_are_left_out(log: Path, tmp_path: Path) -> None:
    for path in (strange_path(tmp_path), r"C:\Users\Maria\fields", r"\\server\Maria\fields", "Maria da Silva/fields"):
        _log.warning("cannot use %s", path)
    assert text_of(log).count("left out") == 4


def test_a_warning_is_logged_with_the_name_of_its_module(log: Path) -> None:
    warnings.showwarning("odd profile of 14-2523", UserWarning, "/home/Maria da Silva/lib/plugin.py", 12, line="image.load()")
    assert "WARNING py.warnings: plugin.py:12: UserWarning: odd profile of …\n" in text_of(log)


@pytest.mark.parametrize(
    "words",
    [
        "run ended: 4 queued = 3 done + 1 failed",
        "models ready: lite 1.0 on TensorFlow, checked on 40 known images",
        "binary.keras is missing in breakhis_desktop.inference.bundle",
    ],
)
def test_text_that_names_nobody_is_kept(words: str) -> None:
    assert masked(words) == words


@pytest.mark.parametrize(
    "ending", [*sorted(IMAGE_SUFFIXES | WHOLE_SLIDE_SUFFIXES | DICOM_SUFFIXES), ".csv", ".pdf", ".xlsx", ".json", ".sqlite"]
)
@pytest.mark.parametrize("form", ["{}", "{}, for one", "cannot use '{}'", "{}_old"])
def test_a_line_that_names_a_file_with_a_known_suffix_is_left_out(ending: str, form: str) -> None:
    for name in (f"Silva Maria{ending}", f"SILVA{ending.upper()}"):
        assert masked(form.format(name)) == "(left out: it may name a file)"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (KeyError("Maria Silva"), "KeyError: '…'"),
        (KeyError("Maria O'Neill Silva"), "KeyError: '…'"),
        (KeyError(("Maria", 'the "Silva"')), "KeyError: ('…', '…')"),
        (ValueError("invalid literal for int() with base 10: 'Maria Silva'"), "ValueError: invalid literal for int() with base 10: '…'"),
        (ValueError("shapes don't fit, and can't be made to"), "ValueError: shapes don't fit, and can't be made to"),
        (ValueError("begins with 'Maria Silva"), "ValueError: begins with '…'"),
        (LookupError('unknown encoding: "Maria\\" Silva"'), "LookupError: unknown encoding: '…'"),
        (AttributeError("'NoneType' object has no attribute 'size'"), "AttributeError: 'NoneType' object has no attribute 'size'"),
    ],
)
def test_text_quoted_in_an_exception_is_hidden_unless_it_comes_from_the_code(log: Path, error: Exception, words: str) -> None:
    _log.error("a run stopped", exc_info=error)
    assert text_of(log).endswith(f"{words}\n")


def test_it_is_logged_if_others_may_write_to_the_home_folder(log: Path, home: Path) -> None:
    assert "other users may write" not in text_of(log)
    (home / "of somebody else.txt").touch()
    home.chmod(0o777)
    start_log()
    assert "WARNING breakhis_desktop.logs: other users may write to the program's folder\n" in text_of(log)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_the_current_and_the_older_log_are_private_to_their_user(log: Path, home: Path) -> None:
    before = os.umask(0)
    try:
        for _ in range(12):
            _log.info("x" * 100_000)
    finally:
        os.umask(before)
    assert {path.name: path.stat().st_mode & 0o777 for path in home.iterdir()} == {
        "breakhis-desktop.log": 0o600,
        "breakhis-desktop.log.1": 0o600,
    }


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full, a device that is always full")
def test_a_log_on_a_full_disk_causes_no_output(home: Path) -> None:
    paths.log_file().unlink()
    paths.log_file().symlink_to("/dev/full")
    program = (
        "import logging; from breakhis_desktop.logs import start_log; start_log(); logging.getLogger('breakhis_desktop').error('Maria')"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr == ""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps its named pipes outside the file system")
def test_a_pipe_in_place_of_the_log_is_reported_without_waiting_for_it(log: Path) -> None:
    log.unlink()
    os.mkfifo(log)
    with pytest.raises(UserError, match=r"cannot be written \(it is a pipe\); move it away"):
        start_log()
