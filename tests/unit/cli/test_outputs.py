"""Where a call writes its results (to files or to standard output), and what its report contains."""

import csv
import io
import os
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from breakhis_desktop import cli
from tests.conftest import small_field
from tests.unit.cli.conftest import Classify


def test_only_the_results_go_to_standard_output_if_the_output_is_a_dash(
    classify: Classify, field: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert classify(field, "--csv", tmp_path / "out.csv") == cli.DONE
    capsysbinary.readouterr()
    assert classify(field, "--csv", "-") == cli.DONE
    assert capsysbinary.readouterr().out == (tmp_path / "out.csv").read_bytes()
    assert not Path("-").exists()


@pytest.mark.parametrize(("option", "start"), [("--json", b"{\n"), ("--xlsx", b"PK"), ("--pdf", b"%PDF")])
def test_every_format_can_go_to_a_pipe(
    classify: Classify, field: Path, option: str, start: bytes, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert classify(field, option, "-") == cli.DONE
    assert capsysbinary.readouterr().out.startswith(start)


def test_a_file_whose_name_is_a_dash_can_be_an_output_if_its_path_has_a_folder(
    classify: Classify, field: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert classify(field, "--csv", "./-") == cli.DONE
    assert (tmp_path / "-").exists()
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--csv", "-", "--json", "-"), "Only one output can go to standard output; give the others a file."),
        (("--laboratory", "Pathology"), "--laboratory is for the report; name its file with --pdf."),
        (("--logo", "logo.png"), "--logo is for the report; name its file with --pdf."),
        (("--comment", "Seen"), "--comment is for the report; name its file with --pdf."),
        (("--pdf", "out.pdf", "--logo", "absent.png"), "The logo absent.png cannot be read; choose a PNG or JPEG file, or none."),
    ],
)
def test_incompatible_or_unusable_options_are_refused_before_anything_runs(
    classify: Classify,
    field: Path,
    tmp_path: Path,
    options: tuple[str, ...],
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert classify(field, *options) == cli.NOTHING_RAN
    assert capsys.readouterr().err == f"breakhis-classify: {words}\n"


@pytest.mark.parametrize("option", ["--xlsx", "--pdf"])
def test_a_binary_output_is_not_written_to_a_terminal(
    classify: Classify, field: Path, option: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert classify(field, option, "-") == cli.NOTHING_RAN
    output = capsys.readouterr()
    assert output.out == ""
    assert f"{option[2:].upper()} is not text that a terminal can show; name a file with {option}, or send" in output.err


def test_the_report_shows_the_laboratory_and_the_logo_and_the_comment(classify: Classify, field: Path, tmp_path: Path) -> None:
    small_field(8).save(tmp_path / "logo.png")
    report = ("--laboratory", "Pathology Évora", "--logo", tmp_path / "logo.png", "--comment", "Seen on Friday")
    for name, options in {"plain.pdf": (), "full.pdf": report}.items():
        assert classify(field, "--pdf", tmp_path / name, *options) == cli.DONE
    plain, full = (PdfReader(tmp_path / name).pages[0] for name in ("plain.pdf", "full.pdf"))
    words = full.extract_text()
    assert "Pathology Évora" in words
    assert "Seen on Friday" in words
    assert len(full.images) == len(plain.images) + 1


def test_a_report_never_replaces_its_logo(classify: Classify, field: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small_field(8).save(tmp_path / "logo.png")
    (tmp_path / "logo.pdf").hardlink_to(tmp_path / "logo.png")
    before = (tmp_path / "logo.png").read_bytes()
    assert classify(field, "--pdf", tmp_path / "logo.pdf", "--logo", tmp_path / "logo.png") == cli.NOTHING_RAN
    assert (tmp_path / "logo.png").read_bytes() == before
    assert "write to another file" in capsys.readouterr().err


def test_a_quiet_call_that_succeeds_writes_nothing_to_standard_error(
    classify: Classify, field: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert classify(field, "--quiet", "--patients", "folder") == cli.DONE
    output = capsys.readouterr()
    assert output.err == ""
    assert output.out.startswith("image")


def test_a_quiet_call_still_reports_an_error(classify: Classify, field: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert classify(field, "--quiet", "--case", "P1") == cli.NOTHING_RAN
    assert "A case report is a PDF" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="a file name on Windows cannot contain bytes that are not text")
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\0"])
def test_a_dash_as_input_stands_for_a_list_of_files_on_standard_input(
    classify: Classify, field: Path, end: bytes, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    odd = field.with_name(os.fsdecode(b"b \xff.png"))
    small_field(4).save(odd)
    small_field(5).save(field.with_name("not listed.png"))
    with _standard_input(end.join([os.fsencode(field), os.fsencode(odd), b""])):
        assert classify("-", "--csv", "-") == cli.DONE
    rows = csv.DictReader(io.StringIO(capsysbinary.readouterr().out.decode()))
    assert [Path(row["path"]).name for row in rows] == ["a.png", r"b \xff.png"]


def test_an_empty_list_on_standard_input_is_refused(classify: Classify, capsys: pytest.CaptureFixture[str]) -> None:
    with _standard_input(b"\n"):
        assert classify("-") == cli.NOTHING_RAN
    assert "Standard input lists no file; send it the paths of images or folders, one on each line." in capsys.readouterr().err


class _standard_input:  # noqa: N801 (used like a function, after `with`)
    """Within its block, replaces the standard input of the process with a pipe that holds the given content."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def __enter__(self) -> None:
        self._before = os.dup(0)
        reading, writing = os.pipe()
        os.write(writing, self._content)
        os.close(writing)
        os.dup2(reading, 0)
        os.close(reading)

    def __exit__(self, *_error: object) -> None:
        os.dup2(self._before, 0)
        os.close(self._before)
