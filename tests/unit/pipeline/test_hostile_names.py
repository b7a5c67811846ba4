"""Files whose names have a special meaning for a terminal, spreadsheet, web page or database are found, and do no harm in any output."""

import csv
import json
import os
import threading
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader

from breakhis_desktop.domain.records import Status
from breakhis_desktop.files import printable
from breakhis_desktop.pipeline.analyse import Request, analyse
from breakhis_desktop.pipeline.discover import discover
from breakhis_desktop.pipeline.events import RunStarted
from breakhis_desktop.pipeline.export_run import Export, ExportFormat, export_run
from breakhis_desktop.reporting.pdf.text import drawable
from breakhis_desktop.store.store import Store
from tests.conftest import FakeClassifier, small_field

NAMES = [
    "bell\a and \x1b[31mred\x7f.png",
    "\u202egnp.exe.png",
    "line\nbreak\r\ttab\u2028.png",
    "<b>&amp;<br><para>.png",
    "=1+1.png",
    '=HYPERLINK("x","y").png',
    "@SUM(A1).png",
    "+1.png",
    "-1.png",
    'a,"b";c.png',
    "'; DROP TABLE image;--.png",
    "%s{0}$HOME`id`.png",
    "\u7d44\U0001f52c\u200b\ufeff.png",
    os.fsdecode(b"\xff\xfe\x80.png"),
    "x" * 251 + ".png",
    "\u00fc" * 125 + "x.png",
]


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    folder = tmp_path / "=<i>&\n\u202e"
    folder.mkdir()
    small_field(0).save(tmp_path / "image.png")
    for name in NAMES:
        (folder / name).write_bytes((tmp_path / "image.png").read_bytes())
    return folder


@pytest.fixture
def outputs(hostile: Path, tmp_path: Path) -> dict[str, Path]:
    files = {kind.value: tmp_path / f"out.{kind.value}" for kind in ExportFormat}
    with Store(tmp_path / "store.sqlite") as store:
        request = Request((hostile,), FakeClassifier.card.points["default"])
        started, *_ = analyse(request, FakeClassifier(), store, threading.Event())
    assert isinstance(started, RunStarted)
    export_run(tmp_path / "store.sqlite", started.run_info.run_id, [Export(ExportFormat(kind), file) for kind, file in files.items()])
    return files


def test_every_name_is_found_once(hostile: Path) -> None:
    assert sorted(file.path.name for file in discover([hostile])) == sorted(NAMES)


def test_tables_have_a_row_for_each_name(outputs: dict[str, Path], hostile: Path) -> None:
    expected = sorted(printable(hostile / name) for name in NAMES)
    with outputs["csv"].open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert sorted(row["path"] for row in rows) == expected
    assert {row["status"] for row in rows} == {"done"}
    assert outputs["csv"].read_text(encoding="utf-8").count("\n") == len(NAMES) + 1
    images = json.loads(outputs["json"].read_text(encoding="utf-8"))["images"]
    assert sorted(image["path"] for image in images) == expected


def test_a_workbook_holds_no_formula_and_no_link(outputs: dict[str, Path]) -> None:
    with zipfile.ZipFile(outputs["xlsx"]) as workbook:
        assert workbook.testzip() is None
        sheets = [workbook.read(name).decode() for name in workbook.namelist() if "worksheets/" in name]
        strings = workbook.read("xl/sharedStrings.xml").decode()
    assert not any(f"<{element}" in sheet for sheet in sheets for element in ("f>", "f ", "hyperlink"))
    assert "&lt;b&gt;&amp;amp;&lt;br&gt;&lt;para&gt;.png" in strings
    assert r"line\u000abreak\u000d\u0009tab\u2028.png" in strings


def test_a_report_shows_every_name_escaped(outputs: dict[str, Path]) -> None:
    pages = [page.extract_text() for page in PdfReader(outputs["pdf"]).pages]
    words = "".join("".join(pages).replace("\u00a0", " ").split())
    shown = [name for name in NAMES if len(name) < 100]
    missing = [name for name in shown if "".join(drawable(name).split()) not in words]
    assert missing == []


def test_thousands_of_tiny_files_are_each_found_once(tmp_path: Path) -> None:
    for number in range(3000):
        (tmp_path / f"{number:05}.png").touch()
    found = discover([tmp_path, tmp_path])
    assert [file.status for file in found] == [None] * 3000 + [Status.SKIPPED] * 3000
    assert len({file.path for file in found}) == 3000


def test_each_kind_of_link_gets_the_right_status(tmp_path: Path) -> None:
    folder, outside = tmp_path / "folder", tmp_path / "outside.png"
    folder.mkdir()
    outside.touch()
    (folder / "a-link.png").symlink_to(outside)
    (folder / "b-itself.png").symlink_to("b-itself.png")
    (folder / "c-there.png").symlink_to("d-back.png")
    (folder / "d-back.png").symlink_to("c-there.png")
    (folder / "e-above").symlink_to("..", target_is_directory=True)
    statuses = {file.path.name: file.status for file in discover([folder])}
    assert statuses == {
        "a-link.png": None,
        "b-itself.png": Status.FAILED,
        "c-there.png": Status.FAILED,
        "d-back.png": Status.FAILED,
        "e-above": Status.SKIPPED,
    }
