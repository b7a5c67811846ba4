"""An export that cannot be written leaves every byte of the older file unchanged, whatever its format."""

from collections.abc import Callable
from pathlib import Path

import pytest

from breakhis_desktop.domain.records import ImageRecord, Ledger, RunInfo
from breakhis_desktop.errors import UserError
from breakhis_desktop.files import write_atomically
from breakhis_desktop.reporting.pdf.document import pdf_of
from breakhis_desktop.reporting.report import Report
from breakhis_desktop.reporting.tables import csv_of, json_of, xlsx_of
from tests.conftest import small_disk

Write = Callable[[Path], None]


@pytest.fixture
def writers(run_info: RunInfo, ledger: Ledger, records: list[ImageRecord]) -> dict[str, Write]:
    return {
        "csv": lambda file: write_atomically(file, csv_of(run_info, records)),
        "xlsx": lambda file: write_atomically(file, xlsx_of(run_info, ledger, records)),
        "json": lambda file: write_atomically(file, json_of(run_info, ledger, records)),
        "pdf": lambda file: write_atomically(file, pdf_of(Report(run_info, ledger, records))),
    }


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json", "pdf"])
def test_a_full_disk_leaves_the_older_export_unchanged(writers: dict[str, Write], tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"out.{kind}"
    writers[kind](file)
    older = file.read_bytes()
    with (
        small_disk(len(older) - 1),
        pytest.raises(UserError, match="could not be written: the disk cannot hold a file of that size; choose"),
    ):
        writers[kind](file)
    assert file.read_bytes() == older
    assert list(tmp_path.iterdir()) == [file]
