"""CSV, XLSX and JSON files have the columns of the contract, safe cells and reproducible bytes."""

import csv
import json
import math
import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
import pytest

from breakhis_desktop.domain.decision import Estimate, OperatingPoint
from breakhis_desktop.domain.identity import Identity
from breakhis_desktop.domain.records import ImageRecord, Ledger, RunInfo
from breakhis_desktop.domain.review import Review, ReviewAction, withdraw
from breakhis_desktop.domain.taxonomy import SUBTYPE_BY_CODE, Decision
from breakhis_desktop.quality.gate import SHIPPED_LIMITS
from breakhis_desktop.reporting import tables
from breakhis_desktop.reporting.rows import escape_formula
from breakhis_desktop.reporting.tables import csv_of, image_frame, json_of, xlsx_of
from tests.conftest import CARD
from tests.factories import said

ROOT = Path("/data/Études & <co>")
CONTRACT = (
    "path,status,reason,patient_id,magnification,p_malignant,decision,subtype,p_A,p_F,p_PT,p_TA,p_DC,p_LC,p_MC,p_PC,"
    "needs_review,review_reason,threshold,sha256,model_id"
)


def _rows(target: Path) -> list[dict[str, str]]:
    with target.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def strings_of(workbook: bytes) -> list[str]:
    """Return the texts of a workbook's cells, each with its markup."""
    with ZipFile(BytesIO(workbook)) as archive:
        return re.findall(r"<t[ >].*?</t>", archive.read("xl/sharedStrings.xml").decode())


def sheets_of(workbook: bytes) -> dict[str, str]:
    """Return the markup of each sheet of a workbook, keyed by the name of the sheet."""
    with ZipFile(BytesIO(workbook)) as archive:
        names = re.findall(r'<sheet name="(.*?)"', archive.read("xl/workbook.xml").decode())
        return {name: archive.read(f"xl/worksheets/sheet{number}.xml").decode() for number, name in enumerate(names, start=1)}


@pytest.fixture
def rows(run_info: RunInfo, records: list[ImageRecord], tmp_path: Path) -> list[dict[str, str]]:
    (tmp_path / "out.csv").write_bytes(csv_of(run_info, records[::-1]))
    return _rows(tmp_path / "out.csv")


def test_the_header_begins_with_the_columns_of_the_contract(run_info: RunInfo, records: list[ImageRecord], tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_bytes(csv_of(run_info, records))
    content = (tmp_path / "out.csv").read_bytes()
    further = "accession,width,height,true_subtype,operating_point,tiles,distance,engine,reused_from"
    reviewed = "review_action,reviewed_decision,reviewed_subtype,reviewer,reviewed_at,review_note"
    assert content.startswith(f"{CONTRACT},{further},{reviewed}\n".encode())
    assert b"\r" not in content
    assert content.count(b"\n") == 1 + len(records)


def test_the_row_of_an_image_with_an_official_name_has_all_its_values(rows: list[dict[str, str]]) -> None:
    row = rows[0]
    assert (row["patient_id"], row["accession"], row["magnification"], row["true_subtype"]) == ("14-22549AB", "22549", "400", "DC")
    assert (row["p_malignant"], row["decision"], row["subtype"], row["p_DC"]) == ("0.987654", "malignant", "DC", "0.650000")
    assert (row["needs_review"], row["review_reason"], row["threshold"]) == ("false", "", "0.340000")
    assert (row["width"], row["height"], row["model_id"]) == ("700", "460", "7c1e44d09bd21e9a")


def test_rows_are_in_the_order_of_the_run(rows: list[dict[str, str]], records: list[ImageRecord]) -> None:
    assert [row["status"] for row in rows] == [record.status for record in records]


def test_several_review_reasons_are_joined(rows: list[dict[str, str]]) -> None:
    assert (rows[2]["needs_review"], rows[2]["review_reason"]) == ("true", "near threshold; models disagree")
    assert rows[8]["review_reason"] == "quality gate overridden: It is blurred."


def test_a_row_without_prediction_has_empty_cells(rows: list[dict[str, str]]) -> None:
    row = rows[3]
    assert row["reason"] == "The file is empty; copy it again from where it was made."
    assert {row[name] for name in ("p_malignant", "decision", "subtype", "p_A", "needs_review", "magnification", "width")} == {""}


def test_line_breaks_and_bytes_that_are_not_utf8_are_escaped(rows: list[dict[str, str]]) -> None:
    assert rows[3]["path"] == rf"{ROOT}/line\u000abreak.png"
    assert rows[4]["path"] == rf"{ROOT}/caf\xe9.png"


def test_a_formula_is_defused_and_a_number_is_not(rows: list[dict[str, str]], run_info: RunInfo, records: list[ImageRecord]) -> None:
    assert rows[4]["reason"] == "'=The image is blurred."
    assert [escape_formula(start + "1") for start in "=+-@＝＋－＠\t\r"] == [f"'{start}1" for start in "=+-@＝＋－＠\t\r"]
    frame = image_frame(run_info, records)
    assert frame["p_malignant"].dtype == "float64"
    assert frame["magnification"].dtype == "Int64"


def test_a_run_without_images_gives_only_the_header(run_info: RunInfo, tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_bytes(csv_of(run_info, []))
    (tmp_path / "out.xlsx").write_bytes(xlsx_of(run_info, Ledger(0), []))
    assert _rows(tmp_path / "out.csv") == []


def test_the_workbook_holds_texts_and_numbers_and_the_settings_of_the_run(
    run_info: RunInfo, ledger: Ledger, records: list[ImageRecord], tmp_path: Path
) -> None:
    (tmp_path / "out.xlsx").write_bytes(xlsx_of(run_info, ledger, records))
    with ZipFile(tmp_path / "out.xlsx") as workbook:
        images, sheet = (workbook.read(f"xl/worksheets/sheet{number}.xml").decode() for number in (1, 2))
        strings = workbook.read("xl/sharedStrings.xml").decode()
        properties = workbook.read("docProps/core.xml").decode()
    assert "<v>0.987654</v>" in images
    assert "<f>" not in images + sheet
    assert "&lt;b&gt;&amp;.png" in strings
    assert str(ledger) in strings
    assert "For research use. Not a medical device." in strings
    assert "2026-03-12T13:05:09Z" in properties


def test_json_holds_the_run_and_the_ledger_and_the_images(
    run_info: RunInfo, ledger: Ledger, records: list[ImageRecord], tmp_path: Path
) -> None:
    (tmp_path / "out.json").write_bytes(json_of(run_info, ledger, records))
    text = (tmp_path / "out.json").read_text(encoding="utf-8")
    document = json.loads(text)
    assert text.endswith("}\n")
    assert document["run"]["operating_point"]["sensitivity"] == {"value": 0.95, "low": 0.9, "high": 0.98}
    assert document["ledger"] == {"queued": 10, "done": 5, "failed": 1, "refused": 1, "skipped": 1, "cancelled": 1, "to_go": 1}
    assert document["images"][0]["needs_review"] is False
    assert document["images"][3]["p_malignant"] is None
    assert document["images"][4]["reason"] == "=The image is blurred."
    assert list(document["images"][0])[:21] == CONTRACT.split(",")


def test_json_says_whose_limits_the_quality_gate_uses(run_info: RunInfo, ledger: Ledger, records: list[ImageRecord]) -> None:
    cards = (None, CARD, replace(CARD, gate_limits=SHIPPED_LIMITS))
    sources = [json.loads(json_of(run_info, ledger, records, card=card))["run"]["gate_limits"] for card in cards]
    assert sources == [None, "program", "models"]


def test_a_run_viewed_at_another_operating_point_is_exported_at_that_point_and_says_so(
    run_info: RunInfo, ledger: Ledger, records: list[ImageRecord], tmp_path: Path
) -> None:
    seen = run_info.seen_from(OperatingPoint("custom", 0.15))
    (tmp_path / "out.csv").write_bytes(csv_of(seen, records))
    decided = [row for row in _rows(tmp_path / "out.csv") if row["decision"]]
    assert {(row["threshold"], row["operating_point"]) for row in decided} == {("0.150000", "custom")}
    assert all((row["decision"] == "malignant") is (float(row["p_malignant"]) >= 0.15) for row in decided)
    (tmp_path / "out.json").write_bytes(json_of(seen, ledger, records))
    run = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["run"]
    assert (run["operating_point"]["threshold"], run["run_made_at"]["threshold"], run["run_made_at"]["name"]) == (0.15, 0.34, "default")
    (tmp_path / "out.xlsx").write_bytes(xlsx_of(seen, ledger, records))
    with ZipFile(tmp_path / "out.xlsx") as workbook:
        strings = workbook.read("xl/sharedStrings.xml").decode()
    for words in ("Decided at", "custom: malignant from a probability of 0.150 upwards"):
        assert f"<t>{words}</t>" in strings
    for words in ("Run made at", "default: malignant from a probability of 0.340 upwards"):
        assert f"<t>{words}</t>" in strings


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "json"])
def test_the_same_run_gives_the_same_bytes(
    run_info: RunInfo, ledger: Ledger, records: list[ImageRecord], tmp_path: Path, suffix: str
) -> None:
    for name in ("first", "second"):
        target = tmp_path / f"{name}.{suffix}"
        match suffix:
            case "csv":
                target.write_bytes(csv_of(run_info, records))
            case "xlsx":
                target.write_bytes(xlsx_of(run_info, ledger, records))
            case "json":
                target.write_bytes(json_of(run_info, ledger, records))
    assert (tmp_path / f"first.{suffix}").read_bytes() == (tmp_path / f"second.{suffix}").read_bytes()


def test_pandas_reads_the_csv_back(run_info: RunInfo, ledger: Ledger, records: list[ImageRecord], tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_bytes(csv_of(run_info, records))
    frame = pd.read_csv(tmp_path / "out.csv")
    assert frame["p_malignant"].count() == ledger.done
    assert frame["magnification"].dropna().tolist() == [400]


MADE = "2026-11-26T10:14:00+01:00"
OVERRIDE = Review(ReviewAction.OVERRIDDEN, Decision.BENIGN, SUBTYPE_BY_CODE["F"], "=no atypia\nseen", "M. Silva", MADE)
REVIEWS = {0: [OVERRIDE], 1: [OVERRIDE, withdraw("A. Kaya", "2026-11-26T11:00:00+01:00")]}


def test_a_review_appears_beside_the_decision_of_the_models_until_the_review_is_withdrawn(
    run_info: RunInfo, records: list[ImageRecord], tmp_path: Path
) -> None:
    (tmp_path / "out.csv").write_bytes(csv_of(run_info, records, REVIEWS))
    reviewed, withdrawn, *_ = _rows(tmp_path / "out.csv")
    assert (reviewed["decision"], reviewed["subtype"]) == ("malignant", "DC")
    assert (reviewed["review_action"], reviewed["reviewed_decision"], reviewed["reviewed_subtype"]) == ("overridden", "benign", "F")
    assert (reviewed["reviewer"], reviewed["reviewed_at"], reviewed["review_note"]) == ("M. Silva", MADE, r"'=no atypia\u000aseen")
    assert {withdrawn[name] for name in ("review_action", "reviewed_decision", "reviewed_subtype", "reviewer", "reviewed_at")} == {""}


def test_json_holds_every_review_including_withdrawn_ones(
    run_info: RunInfo, ledger: Ledger, records: list[ImageRecord], tmp_path: Path
) -> None:
    (tmp_path / "out.json").write_bytes(json_of(run_info, ledger, records, REVIEWS))
    document = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert [(row["path"], row["review_action"]) for row in document["reviews"]] == [
        (str(records[0].path), "overridden"),
        (str(records[1].path), "overridden"),
        (str(records[1].path), "withdrawn"),
    ]
    assert document["images"][0]["reviewed_subtype"] == "F"
    assert document["images"][1]["review_action"] is None


def test_the_workbook_holds_the_reviews(run_info: RunInfo, ledger: Ledger, records: list[ImageRecord], tmp_path: Path) -> None:
    (tmp_path / "out.xlsx").write_bytes(xlsx_of(run_info, ledger, records, REVIEWS))
    with ZipFile(tmp_path / "out.xlsx") as workbook:
        assert "M. Silva" in workbook.read("xl/sharedStrings.xml").decode()


def test_images_that_do_not_fit_on_one_sheet_go_to_further_sheets(
    run_info: RunInfo, ledger: Ledger, records: list[ImageRecord], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "MOST_SHEET_IMAGES", 4)
    book = sheets_of(xlsx_of(run_info, ledger, records))
    assert [(name, sheet.count("<row ") - 1) for name, sheet in book.items() if name != "Run"] == [
        ("Images", 4),
        ("Images 2", 4),
        ("Images 3", 1),
    ]


def test_the_header_of_the_images_sheet_stays_in_view_and_has_filters(
    run_info: RunInfo, ledger: Ledger, records: list[ImageRecord]
) -> None:
    sheet = sheets_of(xlsx_of(run_info, ledger, records))["Images"]
    assert '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' in sheet
    assert f'<autoFilter ref="A1:AJ{len(records) + 1}"/>' in sheet


def test_probabilities_are_shown_with_three_decimals_and_stored_with_six(
    run_info: RunInfo, ledger: Ledger, records: list[ImageRecord]
) -> None:
    book = xlsx_of(run_info, ledger, records)
    with ZipFile(BytesIO(book)) as archive:
        assert 'formatCode="0.000"' in archive.read("xl/styles.xml").decode()
    assert "<v>0.987654</v>" in sheets_of(book)["Images"]


@pytest.mark.parametrize("letter", ["x", "\N{MICROSCOPE}", "\N{PILE OF POO}\u0301"])
def test_a_text_too_long_for_a_cell_is_cut_and_says_so(run_info: RunInfo, records: list[ImageRecord], letter: str) -> None:
    review = replace(OVERRIDE, reason=f"a{letter * 40_000}")
    (note,) = [text for text in strings_of(xlsx_of(run_info, Ledger(0), records, {0: [review]})) if len(text) > 15_000]
    note = note.removeprefix("<t>").removesuffix("</t>")
    assert len(note.encode("utf-16-le")) // 2 in {32_766, 32_767}
    kept = note.removesuffix(" … (cut here, because a cell cannot hold more; the JSON export has the whole text)")
    assert kept != note
    assert kept.endswith(tuple(letter))
    assert "<t>1: a cell cannot hold longer text; the JSON export has all of it</t>" in strings_of(
        xlsx_of(run_info, Ledger(0), records, {0: [review]})
    )


def test_a_text_that_just_fits_into_a_cell_is_not_cut(run_info: RunInfo, records: list[ImageRecord]) -> None:
    note = "y" * 32_767
    assert f"<t>{note}</t>" in strings_of(xlsx_of(run_info, Ledger(0), records, {0: [replace(OVERRIDE, reason=note)]}))
    assert note + "z" in csv_of(run_info, records, {0: [replace(OVERRIDE, reason=note + "z")]}).decode()


def test_a_figure_that_is_not_finite_is_null_in_json(run_info: RunInfo, ledger: Ledger, records: list[ImageRecord]) -> None:
    point = OperatingPoint("default", 0.34, Estimate(math.nan, 0.9, math.inf))
    document = json.loads(json_of(replace(run_info, point=point), ledger, [replace(records[0], distance=math.nan)]))
    assert document["run"]["operating_point"]["sensitivity"] == {"value": None, "low": 0.9, "high": None}
    assert document["images"][0]["distance"] is None


def test_text_from_outside_puts_no_control_characters_into_an_output(run_info: RunInfo, ledger: Ledger, records: list[ImageRecord]) -> None:
    odd = "\x1b[2J\u202e\ue000\ufdd0\uffff"
    hostile = replace(run_info, point=OperatingPoint(odd, 0.34, evidence=said(odd)), model_name=odd, file_hashes={odd: odd})
    record = replace(records[0], identity=Identity(odd), engine=odd, reason=said(odd))
    outputs = [
        csv_of(hostile, [record]),
        json_of(hostile, ledger, [record]),
        "".join(strings_of(xlsx_of(hostile, ledger, [record]))).encode(),
    ]
    assert [character for output in outputs for character in odd if not character.isprintable() and character in output.decode()] == []
