"""A run in a store is exported to the files that the user names, and no input is replaced."""

import hashlib
import json
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from breakhis_desktop.domain.decision import OperatingPoint
from breakhis_desktop.domain.records import ImageRecord, Status
from breakhis_desktop.errors import UserError
from breakhis_desktop.files import write_atomically
from breakhis_desktop.pipeline.analyse import Request, analyse
from breakhis_desktop.pipeline.check_outputs import inputs_of
from breakhis_desktop.pipeline.export_run import Export, ExportFormat, export_run, exported, save_report
from breakhis_desktop.reporting.report import ReportOptions
from breakhis_desktop.store.store import Store
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode
from tests.conftest import CARD, FakeClassifier, small_field
from tests.factories import said, tells
from tests.factories.runs import FILES, run_info

GENEROUS = OperatingPoint("custom", 0.1)


@pytest.fixture
def image(tmp_path: Path) -> Path:
    file = tmp_path / "fields" / "a.bmp"
    file.parent.mkdir()
    small_field(100).save(file)
    return file


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "table.csv"
    file.write_text("file,patient\na.bmp,P1\n", encoding="utf-8")
    return file


@pytest.fixture
def store_file(image: Path, table: Path, tmp_path: Path) -> Path:
    """Return a store with a finished run over one image, which is benign at the run's own operating point."""
    request = Request((image.parent,), CARD.points["default"], identity_rule=f"csv:{table}")
    with Store(tmp_path / "store.sqlite") as store:
        list(analyse(request, FakeClassifier(), store, threading.Event()))
        return store.file


def test_the_suffix_of_each_format_is_its_name_except_that_the_csv_for_excel_has_the_suffix_csv() -> None:
    assert {kind.value: kind.suffix for kind in ExportFormat} == {
        **{name: name for name in ("csv", "xlsx", "json", "pdf")},
        "excel_csv": "csv",
    }


def test_every_format_is_written_at_the_chosen_operating_point_and_with_the_chosen_decimal_separator(
    store_file: Path, tmp_path: Path
) -> None:
    exports = {kind: tmp_path / f"out {kind}" for kind in ExportFormat}
    export_run(store_file, 1, [Export(kind, file) for kind, file in exports.items()], GENEROUS, decimal=",")
    plain, excel = exports[ExportFormat.CSV].read_text(encoding="utf-8"), exports[ExportFormat.EXCEL_CSV].read_text(encoding="utf-8-sig")
    assert ",malignant," in plain
    assert '"0,29' in excel
    assert exports[ExportFormat.XLSX].read_bytes().startswith(b"PK")
    assert exports[ExportFormat.PDF].read_bytes().startswith(b"%PDF")
    assert json.loads(exports[ExportFormat.JSON].read_text(encoding="utf-8"))["images"][0]["decision"] == "malignant"


def test_an_export_uses_the_operating_point_of_the_run_and_a_decimal_point_by_default(store_file: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    export_run(store_file, 1, [Export(ExportFormat.EXCEL_CSV, file)])
    (row,) = file.read_text(encoding="utf-8-sig").splitlines()[1:]
    assert ",benign," in row
    assert ";" not in row
    assert row.encode() in exported(store_file, 1, ExportFormat.EXCEL_CSV, ReportOptions(), None)


def test_only_the_card_of_the_models_that_made_the_run_is_exported(store_file: Path) -> None:
    own = json.loads(exported(store_file, 1, ExportFormat.JSON, ReportOptions(), CARD))
    other = json.loads(exported(store_file, 1, ExportFormat.JSON, ReportOptions(), replace(CARD, input_size=(96, 96))))
    none = json.loads(exported(store_file, 1, ExportFormat.JSON, ReportOptions(), None))
    assert own != other == none


def test_the_options_for_the_report_are_passed_on_to_it(store_file: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"absent\.png cannot be read"):
        exported(store_file, 1, ExportFormat.PDF, ReportOptions(logo=tmp_path / "absent.png"), CARD)


def test_a_report_is_prepared_only_for_an_export_as_pdf(store_file: Path, tmp_path: Path) -> None:
    options = ReportOptions(logo=tmp_path / "absent.png")
    assert exported(store_file, 1, ExportFormat.CSV, options, CARD).startswith(b"path,")


def test_no_export_replaces_the_store_or_the_table_or_the_logo_or_an_image(
    store_file: Path, image: Path, table: Path, tmp_path: Path
) -> None:
    small_field(8).save(tmp_path / "logo.png")
    (tmp_path / "copy.bmp").write_bytes(image.read_bytes())
    options = ReportOptions(logo=tmp_path / "logo.png")
    for file in (store_file, table, tmp_path / "logo.png", image, tmp_path / "copy.bmp"):
        before = file.read_bytes()
        with pytest.raises(UserError):
            export_run(store_file, 1, [Export(ExportFormat.CSV, file)], options=options)
        assert file.read_bytes() == before


def test_a_logo_of_an_unknown_kind_is_not_replaced(store_file: Path, tmp_path: Path) -> None:
    logo = tmp_path / "logo.pdf"
    logo.write_bytes(b"no picture")
    with pytest.raises(UserError, check=tells(RunCode.OUTPUT_IS_INPUT, what=Message.of(RunCode.INPUT_LOGO))):
        export_run(store_file, 1, [Export(ExportFormat.CSV, logo)], options=ReportOptions(logo=logo))


def test_a_damaged_image_of_the_run_is_replaced_by_neither_an_export_nor_a_saved_report(store_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    out.write_bytes(b"not whole")
    with Store(store_file) as store:
        run_id = store.begin_run(run_info(), FILES[:1])
        store.run(run_id).write([ImageRecord(0, FILES[0], Status.FAILED, said("damaged"), hashlib.sha256(b"not whole").hexdigest())])
    with pytest.raises(UserError, check=tells(RunCode.OUTPUT_IS_INPUT, what=Message.of(RunCode.INPUT_IMAGE))):
        export_run(store_file, run_id, [Export(ExportFormat.CSV, out)])
    with pytest.raises(UserError, check=tells(RunCode.OUTPUT_IS_INPUT, what=Message.of(RunCode.INPUT_IMAGE))):
        save_report(store_file, run_id, out, b"%PDF", inputs_of())


def test_an_output_named_like_an_image_is_refused_before_anything_is_written(store_file: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, check=tells(RunCode.OUTPUT_NAMED_AS_IMAGE)):
        export_run(store_file, 1, [Export(ExportFormat.CSV, tmp_path / "no folder" / "out.png")])


def test_an_export_does_not_replace_the_inputs_that_the_caller_names(store_file: Path, tmp_path: Path) -> None:
    (tmp_path / "own.csv").touch()
    with pytest.raises(UserError):
        export_run(store_file, 1, [Export(ExportFormat.CSV, tmp_path / "own.csv")], inputs=inputs_of(tables=[tmp_path / "own.csv"]))
    assert (tmp_path / "own.csv").read_bytes() == b""


def test_an_input_that_appears_while_the_content_is_made_is_not_replaced(
    store_file: Path, image: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.csv"
    monkeypatch.setattr("breakhis_desktop.reporting.tables.csv_of", lambda *_: (out.write_bytes(image.read_bytes()), b"rows")[1])
    with pytest.raises(UserError):
        export_run(store_file, 1, [Export(ExportFormat.CSV, out)])
    assert out.read_bytes() == image.read_bytes()


def test_a_saved_report_replaces_an_older_file_but_neither_an_image_nor_an_input(
    store_file: Path, image: Path, table: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.pdf"
    out.write_bytes(b"older")
    save_report(store_file, 1, out, b"%PDF", inputs_of(tables=[table]))
    assert out.read_bytes() == b"%PDF"
    out.write_bytes(image.read_bytes())
    for file in (table, out):
        before = file.read_bytes()
        with pytest.raises(UserError):
            save_report(store_file, 1, file, b"%PDF", inputs_of(tables=[table]))
        assert file.read_bytes() == before


def test_each_file_is_named_while_it_is_waited_for(store_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def write(file: Path, content: bytes, check: Callable[[Path], None]) -> None:
        asked.append("written")
        write_atomically(file, content, check)

    def make(*_run: object) -> bytes:
        asked.append("made")
        return b"rows"

    monkeypatch.setattr("breakhis_desktop.pipeline.export_run.write_atomically", write)
    monkeypatch.setattr("breakhis_desktop.reporting.tables.csv_of", make)
    exports = [Export(ExportFormat.CSV, tmp_path / name) for name in ("a.csv", "b.csv")]
    export_run(store_file, 1, exports, asking=lambda path: asked.append("" if path is None else path.name))
    each = [[name, "", "made", name, "written", ""] for name in ("a.csv", "b.csv")]
    assert asked == ["a.csv", "b.csv", "", *each[0], *each[1]]


def test_a_call_without_exports_does_not_create_the_store(tmp_path: Path) -> None:
    export_run(tmp_path / "absent.sqlite", 1, [])
    assert not (tmp_path / "absent.sqlite").exists()
