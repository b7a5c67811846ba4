"""The CSV file for Excel, with the separators of the user's region."""

import csv
import io

import pytest

from breakhis_desktop.domain.records import ImageRecord, RunInfo
from breakhis_desktop.reporting.excel_csv import excel_csv_of
from breakhis_desktop.reporting.tables import csv_of


@pytest.mark.parametrize(("decimal", "separator"), [(",", ";"), (".", ",")])
def test_the_csv_for_excel_has_the_separators_of_the_region_and_the_same_cells_as_the_plain_csv(
    run_info: RunInfo, records: list[ImageRecord], decimal: str, separator: str
) -> None:
    found = excel_csv_of(run_info, records, decimal)
    assert found.startswith(b"\xef\xbb\xbfpath" + separator.encode() + b"status")
    assert found.count(b"\r\n") == found.count(b"\n") == 1 + len(records)
    cells = [*csv.reader(io.StringIO(found.decode("utf-8-sig"), newline=""), delimiter=separator)]
    assert cells[1][5] == f"0{decimal}987654"
    plain = [*csv.reader(io.StringIO(csv_of(run_info, records).decode()))]
    assert [[cell.replace(decimal, ".") for cell in row] for row in cells] == [
        [cell.replace(decimal, ".") for cell in row] for row in plain
    ]
