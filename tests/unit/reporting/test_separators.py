"""A CSV file holds no formula, even for spreadsheets that split its lines at semicolons."""

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePath

import pytest

from breakhis_desktop.domain.identity import Identity
from breakhis_desktop.domain.records import ImageRecord, RunInfo
from breakhis_desktop.domain.review import Review, ReviewAction
from breakhis_desktop.domain.taxonomy import Decision
from breakhis_desktop.domain.truth import truth_of
from breakhis_desktop.reporting.excel_csv import excel_csv_of
from breakhis_desktop.reporting.provenance import Origin, provenance_csv
from breakhis_desktop.reporting.rows import FORMULA_STARTS
from breakhis_desktop.reporting.tables import csv_of, image_frame
from tests.factories import said, there

ATTACKS = ["a;=1+1;b", "=1;=2", ";@x", 'a;"=1+1"', 'a;""=1+1""', "a;;-1", "a;\uff1d1", '"a";=1', "a,b;=1"]


def formulas(content: bytes, delimiter: str) -> list[str]:
    """Return the cells that a spreadsheet would run as formulas; a spreadsheet heeds a quotation mark only at the start of a cell."""
    cells = [cell for row in csv.reader(io.StringIO(content.decode()), delimiter=delimiter) for cell in row]
    return [cell for cell in cells if cell.startswith(FORMULA_STARTS)]


def attacked(records: Sequence[ImageRecord], attack: str) -> tuple[ImageRecord, dict[int, list[Review]]]:
    review = Review(ReviewAction.OVERRIDDEN, Decision.BENIGN, None, attack, attack, "2026-01-01T10:05:00+01:00")
    record = replace(records[0], path=Path(f"/data/{attack}.png"), reason=said(attack), engine=attack, identity=Identity(attack, 400))
    return record, {0: [review]}


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_part_of_a_cell_is_a_formula(run_info: RunInfo, records: list[ImageRecord], attack: str) -> None:
    record, reviews = attacked(records, attack)
    found = csv_of(replace(run_info, point=replace(run_info.point, name=attack)), [record], reviews)
    assert [formulas(found, delimiter) for delimiter in ",;"] == [[], []]
    (row,) = csv.DictReader(io.StringIO(found.decode()))
    assert row["path"] == str(record.path)


@pytest.mark.parametrize("decimal", [".", ","])
@pytest.mark.parametrize("attack", ATTACKS)
def test_no_part_of_a_cell_for_excel_is_a_formula(run_info: RunInfo, records: list[ImageRecord], attack: str, decimal: str) -> None:
    record, reviews = attacked(records, attack)
    found = excel_csv_of(replace(run_info, point=replace(run_info.point, name=attack)), [record], decimal, reviews)
    assert [formulas(found, delimiter) for delimiter in ",;"] == [[], []]


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_part_of_a_cell_in_the_table_of_a_training_folder_is_a_formula(
    run_info: RunInfo, records: list[ImageRecord], attack: str
) -> None:
    record, reviews = attacked(records, attack)
    origin = Origin(record, there(truth_of(record, reviews[0][0])), PurePath("B", f"{attack}.png"), said(attack))
    found = provenance_csv(run_info, [origin, replace(origin, place=None)])
    assert [formulas(found, delimiter) for delimiter in ",;"] == [[], []]
    assert next(csv.DictReader(io.StringIO(found.decode())))["file"] == f"B/{attack}.png"


def test_an_ordinary_table_is_written_unchanged_byte_for_byte(run_info: RunInfo, records: list[ImageRecord]) -> None:
    frame = image_frame(run_info, records)
    frame["needs_review"] = frame["needs_review"].map({True: "true", False: "false"})
    assert csv_of(run_info, records) == frame.to_csv(index=False, float_format="%.6f", lineterminator="\n").encode()


def test_a_name_with_commas_and_quotes_is_quoted_as_usual(run_info: RunInfo, records: list[ImageRecord]) -> None:
    record = replace(records[0], path=Path('/data/a, "b".png'), reason=said('cold; -5 °C; "so"'))
    assert csv_of(run_info, [record]).decode().splitlines()[1].startswith('"/data/a, ""b"".png",done,"cold; -5 °C; ""so""",')


def test_an_odd_model_id_does_not_break_a_line(run_info: RunInfo, records: list[ImageRecord]) -> None:
    found = csv_of(replace(run_info, model_id="a\nb\x1b"), records)
    assert found.count(b"\n") == 1 + len(records)
