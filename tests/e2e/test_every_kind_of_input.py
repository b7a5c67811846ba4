"""A folder with every kind of file that a disk can hold and twenty good fields: each file gets one row, and the good fields are done."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.programs import classify, rows
from tests.odd_inputs import GOOD_FIELDS, ODD_PATIENTS, fill

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="creates pipes, sockets and file names that only Unix allows")


@pytest.fixture
def everything(tmp_path: Path, samples: list[Path]) -> Iterator[tuple[Path, int]]:
    familiar = [sample.read_bytes() for sample in samples if sample.name.startswith(("synthetic-01", "synthetic-05", "synthetic-07"))]
    folder = tmp_path / "everything"
    folder.mkdir()
    yield folder, fill(folder, lambda number, file: file.write_bytes(familiar[number % 3]))
    subprocess.run(["rm", "-r", folder], check=True)  # pytest cannot remove such deeply nested folders


@pytest.mark.slow
def test_the_command_line_gives_every_file_one_row_and_prints_only_the_summary(everything: tuple[Path, int], tmp_path: Path) -> None:
    folder, count = everything
    out = tmp_path / "out.csv"
    result = classify(folder, "--patients", "folder", "--csv", out, cwd=tmp_path)
    found = rows(out)
    assert result.returncode == 1
    assert result.stdout == ""
    (summary,) = result.stderr.splitlines()
    assert summary.startswith(f"{count} queued = ")
    assert len({row["path"] for row in found}) == len(found) == count
    good = [row for row in found if "/good " in row["path"]]
    assert [row["status"] for row in good] == ["done"] * GOOD_FIELDS
    assert {row["patient_id"] for row in good} == {ODD_PATIENTS[1]}
    others = [row for row in found if row["status"] != "done"]
    assert all(row["reason"].endswith(".") for row in others)
    assert [row["path"] for row in others if "made the program fail" in row["reason"]] == []
