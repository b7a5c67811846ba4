"""No output of a command replaces its input, its store or one of the program's own files, whatever name or link leads there."""

import hashlib
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from breakhis_desktop import paths
from breakhis_desktop.assets import default_models
from breakhis_desktop.errors import UserError
from breakhis_desktop.pipeline.check_outputs import check_outputs, inputs_of, is_below
from breakhis_desktop.pipeline.discover import NoAnswerError
from tests.conftest import small_field

on_unix = pytest.mark.skipif(sys.platform == "win32", reason="on Windows, links need a privilege and pipes are not files")


@pytest.fixture
def call(tmp_path: Path) -> Path:
    """Return a folder with inputs of a call (`fields`, `patients.csv`, `models`, `logo.gif`), its store `run.sqlite` and `older.csv`."""
    (tmp_path / "fields").mkdir()
    small_field(0).save(tmp_path / "fields" / "a.png")
    (tmp_path / "models").mkdir()
    for name in ("models/card.json", "models/binary.keras", "models/results.json", "patients.csv", "logo.gif", "run.sqlite", "older.csv"):
        (tmp_path / name).write_bytes(b"older")
    return tmp_path


def refused(call: Path, *outputs: str | Path, store: str | None = "run.sqlite") -> str:
    """Return why the outputs are refused, or an empty text if they are accepted."""
    inputs = inputs_of(
        [call / "fields"],
        store=call / store if store else None,
        tables=[call / "patients.csv"],
        models=call / "models",
        logos=[call / "logo.gif"],
    )
    try:
        check_outputs([call / output for output in outputs], inputs)
    except UserError as error:
        return str(error)
    return ""


def test_outputs_that_replace_no_input_are_accepted(call: Path) -> None:
    assert refused(call, "a.csv", "a.pdf", "older.csv", "fields/a.csv", "models/results.json") == ""


@pytest.mark.parametrize(
    ("outputs", "words"),
    [
        (["a.out", "a.out"], "named twice"),
        (["a.out", "b.out", "a.out"], "named twice"),
        (["a.out", "fields/../A.out"], "named twice"),
        (["field.png"], "has the name of an image; give the output another ending, so that no image is replaced"),
        (["slide.svs"], "has the name of an image"),
        (["."], "is a folder"),
        (["absent/a.csv"], "its folder is not there"),
        (["patients.csv"], "is the table of patients; write to another file"),
        (["models/card.json"], "is a file of the models; write to another file"),
        (["models/golden.npz"], "is a file of the models; write to another file"),
        (["logo.gif"], "is the logo of the report; write to another file"),
        (["run.sqlite"], "is the store or a part of it; write to another file"),
        (["run.sqlite-wal"], "is the store or a part of it"),
        (["run.sqlite-shm"], "is the store or a part of it"),
        (["run.sqlite-journal"], "is the store or a part of it"),
        (["RUN.sqlite-WAL"], "is the store or a part of it"),
        ([".run.sqlite.lock"], "is the store or a part of it"),
        ([".run.sqlite.holder"], "is the store or a part of it"),
        (["run.sqlite.version-2"], "is the store or a part of it"),
        (["run.sqlite.damaged-20260101-000000"], "is the store or a part of it"),
        ([paths.home], "is a folder"),
    ],
)
def test_an_output_that_may_not_be_written_is_reported_before_the_run(call: Path, outputs: list[str], words: str) -> None:
    assert words in refused(call, *(output() if callable(output) else output for output in outputs))


@pytest.mark.parametrize(
    ("store", "words"), [("absent/run.sqlite", "its folder is not there"), ("patients.csv", "is the table of patients")]
)
def test_a_store_is_checked_like_an_output(call: Path, store: str, words: str) -> None:
    assert words in refused(call, store=store)


@pytest.mark.parametrize(
    "name",
    [
        *("store.sqlite", "store.sqlite-wal", ".store.sqlite.lock", "breakhis-desktop.log", "breakhis-desktop.log.1", "settings.json"),
        *("models/0123456789abcdef/card.json", "run-abcdefgh.sqlite"),
    ],
)
def test_files_of_the_program_itself_are_not_accepted_as_outputs(call: Path, name: str) -> None:
    (paths.home() / name).parent.mkdir(parents=True, exist_ok=True)
    assert "is a file of the program itself; write to another file." in refused(call, paths.home() / name)


def test_the_folder_of_the_program_may_hold_outputs_and_the_store_of_an_earlier_call(call: Path) -> None:
    assert refused(call, paths.home() / "results.csv", store=str(paths.home() / "run-abcdefgh.sqlite")) == ""


def test_files_of_the_program_itself_are_not_accepted_as_stores(call: Path) -> None:
    assert "is a file of the program itself" in refused(call, store=str(paths.home() / "settings.json"))


def test_the_shipped_models_are_not_accepted_as_outputs(call: Path) -> None:
    assert "is a file of the models" in refused(call, default_models() / "card.json")


def test_a_device_is_not_accepted_as_an_output(call: Path) -> None:
    assert refused(call, Path("/dev/null")) == "/dev/null is a pipe or device; name a file, or - for standard output."


def test_the_refusal_of_a_device_as_a_store_does_not_suggest_standard_output(call: Path) -> None:
    assert refused(call, store="/dev/null") == "/dev/null is a pipe or device; name a file."


@on_unix
def test_a_pipe_is_refused_as_an_output_without_waiting_for_it(call: Path) -> None:
    os.mkfifo(call / "out.csv")
    assert "pipe or device" in refused(call, "out.csv")


@on_unix
@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("fields/a.png", "an image"),
        ("patients.csv", "the table of patients"),
        ("models/binary.keras", "a file of the models"),
        ("run.sqlite", "the store or a part of it"),
    ],
)
@pytest.mark.parametrize("link", [Path.symlink_to, Path.hardlink_to])
def test_no_link_hides_an_input(call: Path, link: object, target: str, words: str) -> None:
    (call / "out.csv").symlink_to(call / target) if link is Path.symlink_to else (call / "out.csv").hardlink_to(call / target)
    refusal = refused(call, "out.csv")
    assert refusal.startswith(str(call / "out.csv"))
    assert f"is {words}; write to another file." in refusal


@on_unix
def test_an_image_is_recognised_by_its_content_if_only_a_link_to_it_has_the_name_of_an_image(call: Path) -> None:
    (call / "fields" / "a.png").rename(call / "object")
    (call / "fields" / "a.png").symlink_to(call / "object")
    assert refused(call, "object") == f"{call / 'object'} is an image; write to another file."


@on_unix
@pytest.mark.parametrize(
    ("linked", "output", "words"),
    [
        ("models", "linked/binary.keras", "is a file of the models"),
        (".", "linked/patients.csv", "is the table of patients"),
        (".", "linked/new.csv", ""),
    ],
)
def test_an_input_is_recognised_through_a_linked_folder(call: Path, linked: str, output: str, words: str) -> None:
    (call / "linked").symlink_to(call / linked)
    refusal = refused(call, output)
    assert words in refusal
    assert bool(words) is bool(refusal)


@on_unix
def test_a_link_to_another_result_file_is_accepted_and_a_link_to_any_other_file_is_refused(call: Path) -> None:
    (call / "latest.csv").symlink_to("older.csv")
    assert refused(call, "latest.csv") == ""
    (call / "diary.txt").write_bytes(b"older")
    (call / "out.csv").symlink_to("diary.txt")
    assert "it is a link to a file of another kind" in refused(call, "out.csv")


@pytest.mark.parametrize("ending", ["png", "jpg", "tif", "bmp", "webp", "jp2"])
def test_an_image_is_recognised_by_its_first_bytes(call: Path, ending: str) -> None:
    small_field(3).save(call / f"image.{ending}")
    (call / f"image.{ending}").rename(call / "older.csv")
    assert "is an image" in refused(call, "older.csv")


@pytest.mark.parametrize("content", [b"", b"BMI,age\n22,40\n" * 30, b"path,status\n", b"PK\3\4", b"%PDF-1.4", b"\xef\xbb\xbfpath"])
def test_a_file_that_is_not_an_image_is_not_mistaken_for_one(call: Path, content: bytes) -> None:
    (call / "older.csv").write_bytes(content)
    assert refused(call, "older.csv") == ""


@pytest.mark.parametrize(("content", "words"), [(b"not whole", "is an image"), (b"another", "")])
def test_a_damaged_image_of_the_run_is_recognised_by_its_hash(
    call: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, words: str
) -> None:
    monkeypatch.setattr("breakhis_desktop.pipeline.check_outputs.MAX_BYTES", len(content))
    (call / "older.csv").write_bytes(content)
    inputs = replace(inputs_of(), hashes={hashlib.sha256(b"not whole").hexdigest()})
    if words:
        with pytest.raises(UserError, match=words):
            check_outputs([call / "older.csv"], inputs)
        monkeypatch.setattr("breakhis_desktop.pipeline.check_outputs.MAX_BYTES", len(content) - 1)
    check_outputs([call / "older.csv"], inputs)


def test_an_input_that_does_not_answer_is_recognised_by_its_path(call: Path) -> None:
    def asking(file: Path | None) -> None:
        if file == call / "patients.csv":
            raise NoAnswerError

    inputs = inputs_of(tables=[call / "patients.csv"], asking=asking)
    with pytest.raises(UserError, match="is the table of patients"):
        check_outputs([call / "patients.csv"], inputs)


def test_a_file_can_be_below_a_folder_even_if_neither_exists(call: Path) -> None:
    assert is_below(call / "fields" / "new" / "a.csv", call / "fields")
    assert is_below(call / "absent" / "a.csv", call / "absent")
    assert not is_below(call / "fields" / "a.csv", call / "models")


def test_a_read_only_file_is_reported_before_the_run(call: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    access = os.access
    monkeypatch.setattr("os.access", lambda path, mode: Path(path).name != "older.csv" and access(path, mode))
    assert "older.csv is read-only; make it writable, or choose another name." in refused(call, "older.csv")


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="there is no /proc")
def test_a_folder_that_cannot_hold_files_is_reported_whatever_its_permissions_say(call: Path) -> None:
    if not os.access("/proc", os.W_OK):
        pytest.skip("/proc appears to be writable only to an administrator")
    assert refused(call, "/proc/a.csv") == "/proc/a.csv could not be written: its folder cannot hold new files; choose another."


def test_the_check_leaves_nothing_behind(call: Path) -> None:
    before = sorted(call.rglob("*"))
    assert refused(call, "a.csv", "fields/a.pdf") == ""
    assert sorted(call.rglob("*")) == before


def test_two_unicode_spellings_of_a_name_count_as_one_output(call: Path) -> None:
    assert "named twice" in refused(call, "Jo\u00e3o.out", "Joa\u0303o.out")
    assert "named twice" in refused(call, "\u0390.out", "\u0399\u0308\u0301.out")


def test_each_file_is_named_while_it_is_checked(call: Path) -> None:
    asked: list[Path | None] = []
    inputs = inputs_of([call / "fields"], tables=[call / "patients.csv"], models=call / "models", asking=asked.append)
    assert {call / "fields", call / "patients.csv", call / "models" / "card.json"} <= set(asked)
    assert asked[-1] is None
    asked.clear()
    check_outputs([call / "a.csv", call / "a.pdf"], replace(inputs, store=call / "run.sqlite"), asked.append)
    assert asked == [call / "run.sqlite", call / "a.csv", call / "a.pdf", None]
