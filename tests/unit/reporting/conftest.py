"""Fixtures: a run with images of every status and with awkward file names, and stand-ins for the system's fonts."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from breakhis_desktop.assets import resources
from breakhis_desktop.domain.decision import Estimate, OperatingPoint, Prediction, ReviewRule
from breakhis_desktop.domain.records import ImageRecord, Ledger, RunInfo, Status
from breakhis_desktop.imaging.prepare import thumbnail
from breakhis_desktop.reporting.pdf import system_fonts, text
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message
from tests.factories import said

ROOT = Path("/data/Études & <co>")


def prediction(p_malignant: float, subtype: int) -> Prediction:
    return Prediction(p_malignant, tuple(0.65 if place == subtype else 0.05 for place in range(8)))


@pytest.fixture
def system_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return an empty folder that takes the place of the system's font folders."""
    remembered = (system_fonts._font_files, system_fonts._registered, text._font_of)
    folder = tmp_path / "fonts"
    folder.mkdir()
    monkeypatch.setattr(system_fonts, "font_folders", lambda: [folder])
    for one in remembered:
        one.cache_clear()
    yield folder
    for one in remembered:
        one.cache_clear()


@pytest.fixture
def no_system_fonts(system_folder: Path) -> None:
    """Leave the system without fonts."""


@pytest.fixture
def chinese_font(system_folder: Path) -> Path:
    """Give the system a font that has a few Chinese characters, drawn as a Latin A, and return its file."""
    font = TTFont(resources() / "fonts" / "NotoSans-Regular.ttf")
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap |= dict.fromkeys((0x4E00, 0x7D44, 0x7E54), table.cmap[ord("A")])
    font["name"].setName("ChineseTest", 6, 3, 1, 0x409)
    font["name"].setName("ChineseTest", 6, 1, 0, 0)
    file = system_folder / "NotoSansSC-Regular.ttf"
    font.save(file)
    return file


@pytest.fixture(scope="session")
def run_info() -> RunInfo:
    """Return the run's settings."""
    return RunInfo(
        run_id=7,
        started="2026-03-12T14:05:09+01:00",
        inputs=(ROOT,),
        model_name="EfficientNet-Lite0 1.0",
        model_id="7c1e44d09bd21e9a",
        file_hashes={"binary.keras": "a" * 64, "subtype.keras": "b" * 64, "golden.npz": "c" * 64},
        point=OperatingPoint("default", 0.34, Estimate(0.95, 0.9, 0.98), Estimate(0.71, 0.55, 0.83)),
        review_rule=ReviewRule(0.1),
        program_version="0.1.0",
        gate_version=1,
    )


@pytest.fixture(scope="session")
def records() -> list[ImageRecord]:
    """Return the records of nine images, five of which are done."""
    done = Status.DONE
    return [
        ImageRecord(0, ROOT / "SOB_M_DC-14-22549AB-400-031.png", done, None, "d" * 64, (700, 460), prediction(0.987654321, 4)),
        ImageRecord(1, ROOT / "déjà vu" / "<b>&.png", done, None, "e" * 64, (224, 224), prediction(0.1, 0)),
        ImageRecord(2, ROOT / "organ 組織.png", done, None, "f" * 64, (224, 224), prediction(0.4, 0)),
        ImageRecord(3, ROOT / "line\nbreak.png", Status.FAILED, Message.of(ImageCode.EMPTY_FILE)),
        ImageRecord(4, ROOT / os.fsdecode(b"caf\xe9.png"), Status.REFUSED, said("=The image is blurred."), "0" * 64, (224, 224)),
        ImageRecord(5, ROOT / "notes.txt", Status.SKIPPED, said("Not an image.")),
        ImageRecord(6, ROOT / "later.png", Status.CANCELLED, said("The run was cancelled before.")),
        ImageRecord(7, ROOT / f"{'x' * 200}_end.png", done, None, "1" * 64, (96, 72), prediction(0.2, 1)),
        ImageRecord(8, ROOT / "overridden.png", done, None, "2" * 64, (96, 72), prediction(0.02, 1), said("It is blurred.")),
    ]


@pytest.fixture(scope="session")
def ledger(records: list[ImageRecord]) -> Ledger:
    """Return the ledger of ten images, one of them still to go."""
    return Ledger(10).plus(record.status for record in records)


@pytest.fixture(scope="session")
def thumbnails() -> dict[int, bytes]:
    """Return the thumbnails of three images, keyed by their positions."""
    return dict.fromkeys((0, 1, 4), thumbnail(Image.linear_gradient("L").convert("RGB")))
