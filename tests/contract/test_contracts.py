"""The commands, options, columns and files that tools outside this project rely on."""

import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from breakhis_desktop import paths
from breakhis_desktop.cli import main as classify
from breakhis_desktop.reporting.rows import COLUMNS

CSV_COLUMNS = (
    "path,status,reason,patient_id,magnification,p_malignant,decision,subtype,p_A,p_F,p_PT,p_TA,p_DC,p_LC,p_MC,p_PC,"
    "needs_review,review_reason,threshold,sha256,model_id"
)
OPTIONS = ["--csv", "--xlsx", "--json", "--pdf", "--operating-point", "--threshold", "--engine", "--models", "--store", "--no-gate"]
HEAVY = ("keras", "tensorflow", "sklearn", "pandas", "reportlab", "jinja2")


def test_both_commands_exist() -> None:
    names = {point.name for group in ("console_scripts", "gui_scripts") for point in entry_points(group=group)}
    assert names >= {"breakhis-desktop", "breakhis-classify"}


def test_the_csv_begins_with_the_columns_of_the_contract() -> None:
    assert ",".join(COLUMNS).startswith(CSV_COLUMNS + ",accession")


def test_the_help_of_the_command_line_lists_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        classify(["--help"])
    assert end.value.code == 0
    help_text = capsys.readouterr().out
    assert [option for option in OPTIONS if option not in help_text] == []


@pytest.mark.slow
def test_the_help_of_training_lists_every_subcommand() -> None:
    help_text = subprocess.run([sys.executable, "-m", "training", "--help"], capture_output=True, text=True, check=True).stdout
    assert [command for command in ("prepare", "train", "tune", "evaluate", "compare", "export") if command not in help_text] == []


def test_the_store_and_the_log_are_in_the_home_folder(home: Path) -> None:
    assert {paths.home(), paths.store_file().parent, paths.log_file().parent} == {home}


@pytest.mark.parametrize("module", ["breakhis_desktop.app", "breakhis_desktop.cli"])
def test_nothing_heavy_is_imported_before_it_is_needed(module: str) -> None:
    program = f"import sys, {module}; print(*[name for name in {HEAVY} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip() == ""


def test_the_command_line_never_imports_qt() -> None:
    program = "import sys, breakhis_desktop.cli; print('PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip() == "False"
