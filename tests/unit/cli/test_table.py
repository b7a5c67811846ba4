"""The table that a call prints if it names no output."""

from pathlib import Path

import pytest

from breakhis_desktop.cli.table import distinct_names
from tests.conftest import small_field
from tests.unit.cli.conftest import Classify


def test_the_table_has_a_header_and_tells_images_with_the_same_file_name_apart(
    classify: Classify, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for case, seed in (("Case 3", 3), ("患者 17", 4)):
        (tmp_path / case).mkdir()
        small_field(seed).save(tmp_path / case / "field 7.png")
    (tmp_path / "Case 3" / "empty.png").touch()
    assert classify(tmp_path, "--patients", "folder") == 1
    header, *lines = capsys.readouterr().out.splitlines()
    assert header.split() == ["image", "patient", "malignant", "decision", "subtype", "review"]
    assert {line[:20].strip() for line in lines} >= {"Case 3/field 7.png", "empty.png"}
    assert any(line.startswith("患者 17/field 7.png  患者 17  0.") for line in lines)
    where = header.index("patient")
    assert {line[where:].split("  ")[0] for line in lines if not line.startswith("患者")} == {"Case 3"}
    assert lines[-1].endswith("Case 3   failed: The file is empty; copy it again from where it was made.")


def test_the_table_has_no_column_for_patients_if_none_is_known(classify: Classify, field: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert classify(field) == 0
    assert "patient" not in capsys.readouterr().out


def test_names_include_as_many_folders_as_are_needed_to_tell_files_apart() -> None:
    paths = [Path("/a/x/1.png"), Path("/b/x/1.png"), Path("/b/y/1.png"), Path("/b/y/2.png"), Path("/b/y/2.png")]
    assert distinct_names(paths) == ["a/x/1.png", "b/x/1.png", "y/1.png", "2.png", "2.png"]
