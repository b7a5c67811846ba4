"""The window writes every number in the format of its language."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from breakhis_desktop.domain.decision import Estimate, OperatingPoint
from breakhis_desktop.ui.look import figures
from breakhis_desktop.ui.look.language import install_translations
from breakhis_desktop.ui.look.words import localised
from breakhis_desktop.ui.results.operating_point_words import PointWords
from breakhis_desktop.wording.cards import CardCode
from breakhis_desktop.wording.files import FileCode
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode

UI = Path(figures.__file__).parent
EVIDENCE = Message.of(CardCode.CROSS_FITTED, images=1387, accessions=50)


@pytest.fixture
def portuguese(qapp: QApplication) -> Iterator[None]:
    install_translations(qapp, "pt")
    yield
    install_translations(qapp, "en")


def test_an_english_window_writes_numbers_in_the_english_way(qapp: QApplication) -> None:
    assert (figures.count(1_234_567), figures.count(999), figures.count(0)) == ("1,234,567", "999", "0")
    assert (figures.decimal(0.948, 3), figures.decimal(1234.5, 1)) == ("0.948", "1,234.5")
    assert figures.percent(0.956) == "96%"
    assert figures.interval(Estimate(0.95, 0.89, 1)) == "0.95 [0.89, 1.00]"
    assert figures.local(".895 [.827,\xa0.951]") == ".895 [.827,\xa0.951]"


@pytest.mark.usefixtures("portuguese")
def test_a_portuguese_window_writes_numbers_in_the_brazilian_way() -> None:
    assert (figures.count(1_234_567), figures.count(999), figures.count(0)) == ("1.234.567", "999", "0")
    assert (figures.decimal(0.948, 3), figures.decimal(1234.5, 1)) == ("0,948", "1.234,5")
    assert figures.percent(12) == "1.200%"
    assert figures.interval(Estimate(0.95, 0.89, 1)) == "0,95 [0,89; 1,00]"
    assert figures.local(".895 [.827,\xa0.951]") == "0,895 [0,827;\xa00,951]"


def test_a_decimal_is_rounded_as_in_the_exports(qapp: QApplication) -> None:
    assert figures.decimal(0.125, 2) == f"{0.125:.2f}" == "0.12"


@pytest.mark.usefixtures("portuguese")
def test_numbers_in_messages_from_lower_layers_are_written_in_the_language_of_the_window() -> None:
    assert "1.387 imagens" in localised(EVIDENCE)
    assert "(distância 1,50" in localised(Message.of(ImageCode.UNLIKE_TRAINING, distance=1.5))
    words = PointWords(OperatingPoint("default", 0.282, Estimate(0.95, 0.89, 0.99), None, EVIDENCE))
    assert words.threshold == "0,282"
    assert words.sensitivity.endswith("0,95 [0,89; 0,99]")
    assert words.evidence == "Medido em 1.387 imagens de 50 amostras, por modelos que não as tinham visto"


@pytest.mark.usefixtures("portuguese")
def test_names_and_versions_keep_their_dots() -> None:
    assert localised(Message.of(RunCode.DIFFERENT_MODELS, name="resnet 1.5", id="0.25")).endswith("(resnet 1.5, id 0.25)")
    assert "1.204,5.csv" in localised(Message.of(RunCode.TABLE_UNOPENED, file="1.204,5.csv", reason=Message.of(FileCode.NOT_THERE)))


def formats(file: Path) -> Iterator[str]:
    """Yield the format specs in a file's f-strings and in its templates for translation."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            yield ast.literal_eval(ast.unparse(node.format_spec)[1:])
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from re.findall(r"\{\w*:([^}]*)\}", node.value)


@pytest.mark.parametrize("file", sorted(set(UI.rglob("*.py")) - {UI / "figures.py"}), ids=lambda file: file.stem)
def test_no_other_file_of_the_window_formats_numbers(file: Path) -> None:
    handed_over = {"charts": ["g"], "picture_marks": ["g"]}  # passed to `figures.local`
    whole = {"heat_controls": ["g"]}  # a single digit, the same in any language
    assert [form for form in formats(file) if re.search("[,fg%e]", form)] == (handed_over | whole).get(file.stem, [])
