"""The help of the command line, and the scripts with which a shell completes its arguments."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from breakhis_desktop import cli
from breakhis_desktop.cli.arguments import parse

BASH = shutil.which("bash")
HEAVY = ("keras", "tensorflow", "onnxruntime", "pandas", "reportlab", "PySide6")


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Return the output of a call that prints something and then exits with status 0."""
    with pytest.raises(SystemExit) as end:
        cli.main(arguments)
    assert end.value.code == 0
    return capsys.readouterr().out


def test_every_example_in_the_help_is_a_valid_call(capsys: pytest.CaptureFixture[str]) -> None:
    calls = re.findall(r"^  (?:.*\| )?breakhis-classify (.*?)(?: \|.*)?$", printed(capsys, "--help"), re.MULTILINE)
    assert len(calls) == 5
    for call in calls:
        assert parse(re.findall(r'[^\s"]+|"[^"]*"', call)).paths


def test_no_line_of_the_help_is_wider_than_a_terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert [line for line in printed(capsys, "--help").splitlines() if len(line) > 80] == []


@pytest.mark.skipif(BASH is None, reason="there is no bash")
@pytest.mark.parametrize(
    ("words", "offered"),
    [(("--labo",), "--laboratory"), (("--engine", "on"), "onnxruntime"), (("--csv", "res"), "results.csv"), (("fie",), "fields")],
)
def test_bash_completes_options_and_values_and_file_names_without_starting_the_program(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, words: tuple[str, ...], offered: str
) -> None:
    (tmp_path / "completion").write_text(printed(capsys, "--print-completion", "bash"))
    (tmp_path / "results.csv").touch()
    (tmp_path / "fields").mkdir()
    program = (
        f"source completion; COMP_WORDS=(breakhis-classify {' '.join(words)}); COMP_CWORD={len(words)}; "
        '_shtab_breakhis_classify; echo "${COMPREPLY[@]}"'
    )
    call = subprocess.run([str(BASH), "-c", program], cwd=tmp_path, env={"PATH": ""}, capture_output=True, text=True, check=True)
    assert call.stdout.split() == [offered]


def test_printing_a_completion_loads_no_large_library(tmp_path: Path) -> None:
    program = (
        f"import sys, atexit; atexit.register(lambda: print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)); "
        "from breakhis_desktop.cli import main; main(['--print-completion', 'zsh'])"
    )
    call = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert call.stdout.startswith("#compdef breakhis-classify")
    assert call.stderr.strip() == "[]"
