"""The command line's handling of streams, folders, time zones, memory and rules, with a fake classifier."""

import math
import os
import signal
import subprocess
import sys
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from breakhis_desktop import cli, paths
from breakhis_desktop.cli.progress_line import ProgressLine
from breakhis_desktop.clock import local_now
from breakhis_desktop.console import path_argument
from breakhis_desktop.errors import UserError, is_out_of_memory
from breakhis_desktop.pipeline.events import FilesAwaited
from tests.conftest import FakeClassifier, small_field
from tests.unit.cli.conftest import Classify

NFC, NFD = unicodedata.normalize("NFC", "João"), unicodedata.normalize("NFD", "João")


def test_a_closed_standard_output_does_not_change_the_exit_status(classify: Classify, field: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert classify(field) == cli.DONE


@pytest.mark.skipif(sys.platform == "win32", reason="only a Unix shell can close standard streams")
def test_no_file_gets_the_descriptor_number_of_a_closed_standard_stream(tmp_path: Path) -> None:
    code = (
        "import os; from breakhis_desktop.console import fill_closed_streams; fill_closed_streams(); "
        f"opened = os.open({str(tmp_path / 'numbers')!r}, os.O_WRONLY | os.O_CREAT); os.write(opened, str(opened).encode())"
    )
    subprocess.run(["sh", "-c", '"$0" -c "$1" <&- >&- 2>&-', sys.executable, code], check=True)
    assert int((tmp_path / "numbers").read_text()) > 2


@pytest.mark.parametrize("output", [(), ("--csv", "out.csv")])
def test_a_removed_working_folder_is_reported(
    classify: Classify, field: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], output: tuple[str, ...]
) -> None:
    gone, before = tmp_path / "gone", Path.cwd()
    gone.mkdir()
    os.chdir(gone)
    gone.rmdir()
    try:
        assert classify(field if output else "x.png", *output) == cli.NOTHING_RAN
    finally:
        os.chdir(before)
    assert "The working folder was removed" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [("",), ("a.png", ""), ("a.png", "--csv", ""), ("a.png", "--store", ""), ("a.png", "--models", "")])
def test_an_empty_path_is_refused(classify: Classify, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        classify(*arguments)
    assert "a path is empty" in capsys.readouterr().err


def test_a_path_that_is_not_empty_is_left_unchanged() -> None:
    assert path_argument("./a b") == Path("./a b")


def test_a_patient_is_found_however_the_accents_of_the_name_are_encoded(classify: Classify, tmp_path: Path) -> None:
    for spelling in (NFC, NFD):
        (tmp_path / spelling).mkdir()
        small_field(5).save(tmp_path / spelling / "a.png")
    for spelling in (NFC, NFD):
        assert classify(tmp_path, "--patients", "folder", "--case", spelling, "--pdf", tmp_path / "case.pdf") == cli.DONE


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("nothing.png,P1,400", "The table fits 0 of 2 images; its column 'file' must hold their names with their endings.\n"),
        ("a.png,P1,400", "The table fits 1 of 2 images.\n"),
        ("a.png,P1,400.0\nb.png,P2,x40", ""),
    ],
)
def test_a_table_that_does_not_fit_all_images_is_reported(
    classify: Classify, field: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], table: str, said: str
) -> None:
    small_field(4).save(field.with_name("b.png"))
    field.with_name("notes.txt").touch()
    (tmp_path / "table.csv").write_text(f"file,patient,magnification\n{table}\n")
    assert classify(field.parent, "--patients", f"csv:{tmp_path / 'table.csv'}") == cli.DONE
    assert capsys.readouterr().err == f"3 queued = 2 done + 1 skipped. For research use. Not a medical device.\n{said}"


@pytest.mark.parametrize("before", ["", "folder,", "folder,magnification,"])
def test_a_pattern_that_fits_no_image_is_reported_even_if_another_rule_fits(
    classify: Classify, field: Path, capsys: pytest.CaptureFixture[str], before: str
) -> None:
    assert classify(field, "--patients", before + "pattern:{patient}_{magnification}x") == cli.DONE
    assert "The pattern fits 0 of 1 images; compare it with their names without the endings.\n" in capsys.readouterr().err


def test_a_table_that_fits_no_image_is_reported_even_if_the_folder_names_the_patient(
    classify: Classify, field: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "table.csv").write_text("file,patient\nnothing.png,P1\n")
    assert classify(field, "--patients", f"folder,csv:{tmp_path / 'table.csv'}") == cli.DONE
    assert "The table fits 0 of 1 images" in capsys.readouterr().err


def test_a_table_that_fits_no_image_is_reported_even_if_the_user_asked_for_quiet(
    classify: Classify, field: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "table.csv").write_text("file,patient\nnothing.png,P1\n")
    assert classify(field, "--quiet", "--patients", f"csv:{tmp_path / 'table.csv'}") == cli.DONE
    assert capsys.readouterr().err == "The table fits 0 of 1 images; its column 'file' must hold their names with their endings.\n"


def test_an_unreadable_magnification_is_reported_before_the_run(
    classify: Classify, field: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "table.csv").write_text("file,patient,magnification\na.png,P1,high\n")
    assert classify(field, "--patients", f"csv:{tmp_path / 'table.csv'}") == cli.NOTHING_RAN
    assert "it gives a.png the magnification high; write a number such as 400, or leave it empty." in capsys.readouterr().err


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        OSError(12, "Cannot allocate memory"),
        RuntimeError("can't start new thread"),
        RuntimeError("std::bad_alloc"),
        ImportError("libtensorflow.so.2: failed to map segment from shared object"),
    ],
)
def test_running_out_of_memory_anywhere_is_reported_as_such(
    classify: Classify, field: Path, error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_options: object) -> object:
        try:
            raise error
        except Exception as before:
            raise ValueError("the engine does not open") from before

    monkeypatch.setattr("breakhis_desktop.cli.running.DeferredClassifier", broken)
    assert classify(field) == cli.NOTHING_RAN
    assert "There is not enough memory" in capsys.readouterr().err


def test_other_errors_are_not_mistaken_for_a_lack_of_memory() -> None:
    assert not any(map(is_out_of_memory, (ValueError("bad alloc"), OSError(28, "No space left on device"), RuntimeError("bad shape"))))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows takes the time zone from its settings")
def test_an_invalid_time_zone_falls_back_to_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    code = "from breakhis_desktop.clock import local_now; print(local_now().isoformat()[-6:])"
    call = subprocess.run([sys.executable, "-c", code], env={**os.environ, "TZ": "Garbage+99"}, capture_output=True, text=True, check=True)
    assert call.stdout == "+00:00\n"
    assert local_now().tzinfo is not None


def test_a_home_folder_that_the_system_cannot_name_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_home(*_options: object, **_more: object) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("BREAKHIS_HOME")
    monkeypatch.setattr("platformdirs.user_data_path", no_home)
    with pytest.raises(UserError, match="names no home folder for this user; set BREAKHIS_HOME"):
        paths.home()


def test_unresponsive_files_are_reported_once(capsys: pytest.CaptureFixture[str]) -> None:
    bar = ProgressLine()
    both = (Path("/mount/a.png"), Path("/mount/b.png"))
    for awaited in (both, (), both[1:]):
        bar.note_awaited(FilesAwaited(awaited))
    (line,) = capsys.readouterr().err.splitlines()
    assert line == (
        "breakhis-classify: no answer from /mount/a.png and 1 more; check the drive or the network. The run continues without waiting; "
        "Ctrl+C ends it and keeps what is finished."
    )


def test_the_message_about_an_unresponsive_file_fits_what_the_program_is_doing(capsys: pytest.CaptureFixture[str]) -> None:
    bar, silent = ProgressLine(), (Path("/mount/a.png"),)
    bar.note_awaited(FilesAwaited((Path("/mount"),), waits=30.0))
    bar.note_awaited(FilesAwaited(silent, slow=(Path("/slow.png"),)))
    for _ in range(2):
        bar.note_awaited(FilesAwaited(silent, waits=math.inf))
    searching, reading, decoding, stuck = capsys.readouterr().err.splitlines()
    assert searching.endswith(
        "no answer from /mount; check the drive or the network. The program waits for up to 30 seconds; Ctrl+C ends it."
    )
    assert "no answer from /mount/a.png" in reading
    assert decoding.startswith("breakhis-classify: still decoding /slow.png. The run continues without waiting")
    assert "/mount/a.png" in stuck
    assert "Nothing continues until it answers; Ctrl+C ends the program and keeps what is finished." in stuck


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], None]]:
    """Return a function that makes `os.stat` and `os.path.realpath` hang, until the test ends, for a folder and everything below it."""
    is_back, dead, stat, real = threading.Event(), set[Path](), os.stat, os.path.realpath

    def ask(path: Any) -> Any:
        if isinstance(path, str | os.PathLike) and any(Path(path).is_relative_to(folder) for folder in dead):
            is_back.wait(timeout=60)
        return path

    monkeypatch.setattr("breakhis_desktop.pipeline.patience._ANSWERS_WITHIN", 0.1)
    monkeypatch.setattr("breakhis_desktop.pipeline.patience.GIVES_UP", 0.4)
    monkeypatch.setattr(os, "stat", lambda path, **options: stat(ask(path), **options))
    monkeypatch.setattr(os.path, "realpath", lambda path, **options: real(ask(path), **options))
    yield dead.add
    is_back.set()


def test_an_unresponsive_output_is_reported_and_refused_before_the_run(
    classify: Classify, field: Path, tmp_path: Path, silent: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    silent(tmp_path / "dead")
    assert classify(field, "--csv", tmp_path / "dead" / "out.csv") == cli.NOTHING_RAN
    report, refusal = capsys.readouterr().err.splitlines()
    assert report.startswith(
        f"breakhis-classify: no answer from {tmp_path / 'dead' / 'out.csv'}; check the drive or the network. The program"
    )
    assert refusal == (
        f"breakhis-classify: {tmp_path / 'dead' / 'out.csv'} does not answer; check the drive or the network, or name another place."
    )


def test_an_unresponsive_input_fails_and_the_other_inputs_are_analysed(
    classify: Classify, field: Path, tmp_path: Path, silent: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    silent(tmp_path / "dead")
    assert classify(tmp_path / "dead" / "b.png", field, "--csv", tmp_path / "out.csv") == cli.SOME_NOT_DONE
    assert "2 queued = 1 done + 1 failed" in capsys.readouterr().err
    assert (
        'b.png,failed,"It does not answer; check the drive or the network, then add the file or folder again."'
        in (tmp_path / "out.csv").read_text()
    )


def test_unresponsive_models_are_reported(
    classify: Classify, field: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    is_back = threading.Event()
    monkeypatch.setattr("breakhis_desktop.pipeline.patience._ANSWERS_WITHIN", 0.1)
    monkeypatch.setattr(
        "breakhis_desktop.cli.running.DeferredClassifier", lambda *_options: (is_back.wait(timeout=60), FakeClassifier())[1]
    )
    threading.Timer(1, is_back.set).start()
    assert classify(field, "--models", tmp_path / "models") == cli.DONE
    assert f"no answer from {tmp_path / 'models'}; check the drive or the network. Nothing continues until" in capsys.readouterr().err


def test_an_unresponsive_logo_is_reported_and_refused_before_the_run(
    classify: Classify, field: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    is_back = threading.Event()
    monkeypatch.setattr("breakhis_desktop.pipeline.patience._ANSWERS_WITHIN", 0.1)
    monkeypatch.setattr("breakhis_desktop.pipeline.patience.GIVES_UP", 0.4)
    monkeypatch.setattr("breakhis_desktop.cli.outputs.read_logo", lambda _file: is_back.wait(timeout=60))
    assert classify(field, "--pdf", tmp_path / "out.pdf", "--logo", tmp_path / "logo.png") == cli.NOTHING_RAN
    is_back.set()
    report, refusal = capsys.readouterr().err.splitlines()
    assert f"no answer from {tmp_path / 'logo.png'}; check the drive" in report
    assert f"{tmp_path / 'logo.png'} does not answer" in refusal


def test_an_unresponsive_home_folder_is_reported_and_refused(
    classify: Classify, field: Path, home: Path, silent: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    silent(home)
    assert classify(field) == cli.NOTHING_RAN
    report, refusal = capsys.readouterr().err.splitlines()
    assert f"no answer from {home}; check the drive" in report
    assert f"{home} does not answer" in refusal


def test_if_a_signal_ends_the_program_while_an_output_hangs_the_output_is_reported_and_finished_results_are_kept(
    classify: Classify, field: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    is_back, hung = threading.Event(), threading.Event()
    monkeypatch.setattr("breakhis_desktop.pipeline.patience._ANSWERS_WITHIN", 0.1)

    def hang(*_file: object) -> None:
        hung.set()
        is_back.wait(timeout=60)

    monkeypatch.setattr("breakhis_desktop.pipeline.export_run.write_atomically", hang)

    def end() -> None:
        hung.wait(timeout=60)
        time.sleep(0.3)  # the output must hang until the program has reported that it hangs
        os.kill(os.getpid(), signal.SIGHUP)

    threading.Thread(target=end).start()
    assert classify(field, "--csv", tmp_path / "out.csv") == cli.SOME_NOT_DONE
    is_back.set()
    words = capsys.readouterr().err
    assert f"no answer from {tmp_path / 'out.csv'}; check the drive or the network. Nothing continues until it answers" in words
    assert f"{tmp_path / 'out.csv'} does not answer" in words
    (kept,) = home.glob("run-*.sqlite")
    assert f"What is finished is kept in {kept}" in words


@pytest.mark.parametrize("case", ["", " "])
def test_an_empty_case_is_refused(classify: Classify, field: Path, tmp_path: Path, case: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        classify(field, "--pdf", tmp_path / "out.pdf", "--case", case)
    assert "the patient is empty" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("official", "neither a name nor a rule says whose images these are. Repeat the command with a rule as --patients."),
        ("folder", "its patients are fields. Repeat the command with one of them as --case."),
        ("pattern:{patient}", "its patients are a, b, c, d, e, f, g, h, i, j and 2 more. Repeat the command with one of them as --case."),
    ],
)
def test_an_unknown_case_is_reported_before_anything_is_analysed(
    classify: Classify,
    field: Path,
    tmp_path: Path,
    rule: str,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in "bcdefghijkl":
        small_field(3).save(field.with_name(f"{name}.png"))
    monkeypatch.setattr(FakeClassifier, "classify", lambda *_inputs: pytest.fail("something was analysed"))
    assert classify(field.parent, "--pdf", tmp_path / "out.pdf", "--case", "P7", "--patients", rule) == cli.NOTHING_RAN
    words = capsys.readouterr().err
    assert words == f"breakhis-classify: No image of this run is of the patient P7: {said}\n"
