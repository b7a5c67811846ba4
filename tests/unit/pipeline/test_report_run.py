"""The report on a run in a store, with pictures from the files of its images."""

import hashlib
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader

from breakhis_desktop.domain.card_parts import Temperature
from breakhis_desktop.domain.decision import OperatingPoint
from breakhis_desktop.domain.records import ImageRecord, Status
from breakhis_desktop.errors import UserError
from breakhis_desktop.pipeline.analyse import Request, analyse
from breakhis_desktop.pipeline.export_run import Export, ExportFormat, export_run
from breakhis_desktop.pipeline.patience import Reader
from breakhis_desktop.pipeline.report_run import picture_of, read_logo, report_of, report_pdf
from breakhis_desktop.reporting.report import Report, ReportOptions
from breakhis_desktop.store.store import Store
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode
from tests.conftest import CARD, FakeClassifier, small_field
from tests.factories import there

NAME = "SOB_M_DC-14-2523-400-001.png"


@pytest.fixture
def store_file(folder: Path, tmp_path: Path) -> Path:
    file = tmp_path / "store.sqlite"
    with Store(file) as store:
        list(analyse(Request((folder,), CARD.points["default"]), FakeClassifier(), store, threading.Event()))
    return file


def report_from(store_file: Path, options: ReportOptions = ReportOptions()) -> Report:  # noqa: B008 (immutable)
    with Store(store_file) as store:
        return report_of(store.run(1), options, CARD)


def sizes(jpeg: bytes) -> tuple[int, int]:
    with Image.open(BytesIO(jpeg)) as image:
        return image.size


def test_pictures_are_limited_in_size_and_have_heat_maps(store_file: Path, folder: Path, samples: list[Path]) -> None:
    report = report_from(store_file)
    assert len(report.pictures) == 3
    for picture in report.pictures.values():
        assert max(sizes(picture.image)) <= 700
        assert sizes(picture.heat_map) == sizes(picture.image)
        assert picture.heat_map != picture.image
        assert picture.note is None


def test_a_large_picture_is_scaled_down_with_the_heat_map_of_malignancy(tmp_path: Path) -> None:
    small_field(0).resize((1400, 1000)).save(tmp_path / "a.png")
    sha256 = hashlib.sha256((tmp_path / "a.png").read_bytes()).hexdigest()
    record = ImageRecord(0, tmp_path / "a.png", Status.DONE, sha256=sha256)
    cold, warm = np.zeros((7, 7), np.float32), np.ones((7, 7), np.float32)
    shown = [there(picture_of(record, np.stack(maps), b"", Reader())) for maps in ((cold, cold), (cold, warm), (warm, cold))]
    assert [sizes(picture.image) for picture in shown] == [(700, 500)] * 3
    assert shown[0].heat_map == shown[1].heat_map != shown[2].heat_map
    without = there(picture_of(record, None, b"", Reader()))
    assert (without.image, without.heat_map, without.note) == (shown[0].image, b"", None)


def test_the_thumbnails_of_a_report_are_small_and_their_quality_is_moderate(store_file: Path) -> None:
    report = report_from(store_file)
    assert len(report.thumbnails) == 3
    for small in report.thumbnails.values():
        assert sizes(small) in {(160, 105), (120, 120)}
        assert len(small) < 12_000


def test_unresponsive_files_are_shown_as_thumbnails_and_waited_for_only_once(
    store_file: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_back, asked = threading.Event(), []
    monkeypatch.setattr("breakhis_desktop.pipeline.patience._ANSWERS_WITHIN", 0.3)

    def hang(path: Path) -> None:
        asked.append(path)
        is_back.wait(timeout=60)

    monkeypatch.setattr("breakhis_desktop.pipeline.report_run.read_bytes", hang)
    pictures = report_from(store_file).pictures.values()
    is_back.set()
    assert [picture.note for picture in pictures] == [Message.of(RunCode.REPORT_FILE_GONE)] * 3
    assert len(asked) == 1


@pytest.mark.parametrize(("fate", "note"), [("gone", RunCode.REPORT_FILE_GONE), ("changed", RunCode.REPORT_FILE_CHANGED)])
def test_a_missing_or_changed_file_is_shown_as_its_thumbnail(store_file: Path, folder: Path, fate: str, note: RunCode) -> None:
    before = report_from(store_file, ReportOptions(patient="14-2523"))
    (position,) = before.pictures
    if fate == "gone":
        (folder / NAME).unlink()
    else:
        (folder / NAME).write_bytes((folder / "b.png").read_bytes())
    picture = report_from(store_file, ReportOptions(patient="14-2523")).pictures[position]
    assert max(sizes(picture.image)) <= 320
    assert picture.note == Message.of(note)
    assert "stored thumbnail" in str(picture.note)


@pytest.mark.parametrize("damage", ["x'00'", "x''", "substr(jpeg, 1, length(jpeg) / 2)", "zeroblob(500)", "x'ffd8ffe0' || x'ffd9'"])
@pytest.mark.parametrize("fate", ["there", "gone"])
def test_an_invalid_thumbnail_is_left_out(store_file: Path, folder: Path, damage: str, fate: str) -> None:
    with closing(sqlite3.connect(store_file, isolation_level=None)) as connection:
        connection.execute(f"UPDATE thumbnail SET jpeg = CAST({damage} AS BLOB)")  # noqa: S608 (built from constants of this file)
    if fate == "gone":
        for file in folder.iterdir():
            file.unlink()
    report = report_from(store_file)
    assert report.thumbnails == {}
    assert len(report.pictures) == (3 if fate == "there" else 0)
    for options in (ReportOptions(), ReportOptions(patient="14-2523")):
        assert report_pdf(store_file, 1, options).startswith(b"%PDF")


def test_the_card_of_models_other_than_those_of_the_run_is_left_out(store_file: Path) -> None:
    others = replace(CARD, temperature=Temperature(binary=2.0, subtype=1.0))
    with Store(store_file) as store:
        assert report_of(store.run(1), ReportOptions(), CARD).card is CARD
        assert report_of(store.run(1), ReportOptions(), others).card is None


def test_the_same_run_and_options_always_give_the_same_bytes(store_file: Path, tmp_path: Path) -> None:
    options = ReportOptions("Laboratory", None, "Comment")
    first = report_pdf(store_file, 1, options, CARD)
    export_run(store_file, 1, [Export(ExportFormat.PDF, tmp_path / "out.pdf")], options=options, card=CARD)
    assert (tmp_path / "out.pdf").read_bytes() == first


def test_a_report_uses_the_operating_point_in_force(store_file: Path) -> None:
    written = report_pdf(store_file, 1, ReportOptions(), CARD, OperatingPoint("custom", 0.123))
    assert "operating point 0.123" in PdfReader(BytesIO(written)).pages[0].extract_text()


def test_a_logo_is_scaled_down_and_placed_on_white(tmp_path: Path) -> None:
    Image.new("RGBA", (4000, 1000), (0, 0, 0, 0)).save(tmp_path / "logo.png")
    with Image.open(BytesIO(read_logo(tmp_path / "logo.png"))) as logo:
        assert logo.size == (800, 200)
        assert logo.getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize("content", [None, b"no picture"])
def test_an_unreadable_logo_is_reported(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "logo.png").write_bytes(content)
    with pytest.raises(UserError, match=r"logo\.png cannot be read; choose"):
        read_logo(tmp_path / "logo.png")


@pytest.mark.parametrize("name", ["a\0b.png", "a\ud800.png"])
def test_a_logo_with_an_impossible_name_is_reported(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match=r"png cannot be read; choose"):
        read_logo(tmp_path / name)


def test_a_patient_who_is_not_in_the_run_is_reported(store_file: Path) -> None:
    with pytest.raises(UserError, match="none of the images to report"):
        report_pdf(store_file, 1, ReportOptions(patient="nobody"))
